"""Backups come by themselves, stay as long as they should, and can be looked into."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from app.bootstrap import database_url
from app.models.copying import NotABackupError
from app.models.values.actors import Actor, Role
from app.models.values.errors import UnavailableError
from app.services import backups
from app.services.backups import (
    FREEZE,
    BackupFile,
    files_in,
    folder_for,
    to_throw_away,
)
from app.services.desk import OfficeOnlyError
from app.services.office import Office
from tests.factories import Make
from tests.fakes import FakeClock

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def backup(at: datetime) -> BackupFile:
    return BackupFile(Path(f"{at:%Y%m%d%H%M}"), at, 1, 1)


def test_a_year_of_hourly_backups_leaves_days_weeks_and_months() -> None:
    files: list[BackupFile] = []
    for hour in range(24 * 400):
        now = NOW + timedelta(hours=hour)
        files.append(backup(now))
        gone = {file.path for file in to_throw_away(files, now)}
        files = [file for file in files if file.path not in gone]
    last = files[-1].at
    days = {file.at.date() for file in files if last - file.at < timedelta(days=6)}
    months = {(file.at.year, file.at.month) for file in files}
    assert len(days) == 6 or len(days) == 7
    assert len(months) >= 12
    assert len(files) <= 7 + 4 + 12


def test_the_newest_backup_stays_however_old_it_is() -> None:
    old = backup(NOW - timedelta(days=4000))
    assert to_throw_away([old], NOW) == []


def test_a_backup_is_made_when_something_changed_and_an_hour_went_by(
    office: Office, make: Make, clock: FakeClock, tmp_path: Path
) -> None:
    make.office()
    folder = tmp_path / "backups"
    office.catalog.add_subject("Maths")
    first = office.backups.back_up_if_due(folder)
    assert first is not None
    assert office.backups.back_up_if_due(folder) is None  # nothing changed
    office.catalog.add_subject("Physics")
    clock.advance(minutes=59)
    assert office.backups.back_up_if_due(folder) is None
    clock.advance(minutes=2)
    assert office.backups.back_up_if_due(folder) is not None
    assert len(files_in(folder)) == 1  # the newest of the day
    assert office.backups.standing(folder).is_current


def test_people_are_warned_after_three_days_without_a_backup(
    office: Office, make: Make, clock: FakeClock, tmp_path: Path
) -> None:
    make.office()
    office.catalog.add_subject("Maths")
    assert office.backups.standing(tmp_path).is_overdue
    office.backups.back_up(tmp_path)
    clock.advance(days=4)
    assert not office.backups.standing(tmp_path).is_overdue  # nothing changed
    office.catalog.add_subject("Physics")
    assert office.backups.standing(tmp_path).is_overdue


def test_after_a_restore_nothing_is_thrown_away(
    office: Office, make: Make, clock: FakeClock, tmp_path: Path
) -> None:
    make.office()
    office.backups.freeze(tmp_path)
    for name in ("Maths", "Physics", "Art"):
        office.catalog.add_subject(name)
        clock.advance(hours=2)
        office.backups.back_up(tmp_path)
    assert len(files_in(tmp_path)) == 3
    assert office.backups.standing(tmp_path).is_frozen
    office.backups.thaw(tmp_path)
    assert len(files_in(tmp_path)) <= 2


def test_looking_into_a_backup_restores_it_on_trial(
    office: Office, make: Make, tmp_path: Path
) -> None:
    make.office(name="Chalk & Co")
    family = make.household("Meyer")
    make.student("Lea", family)
    made = office.backups.back_up(tmp_path)
    contents = office.backups.look_into(made.path)
    assert (contents.office, contents.households, contents.students) == (
        "Chalk & Co",
        1,
        1,
    )
    other = tmp_path / "letter.chalkbook"
    other.write_text("Dear Sir", "utf-8")
    with pytest.raises(NotABackupError):
        office.backups.look_into(other)
    assert files_in(tmp_path) == (made,)  # other files are no backups


def test_a_backup_takes_the_place_of_the_open_office(
    office: Office, make: Make, clock: FakeClock, tmp_path: Path
) -> None:
    make.office()
    family = make.household("Meyer")
    make.student("Lea", family)
    made = office.backups.back_up(tmp_path)
    clock.advance(hours=2)
    make.student("Noah", family)
    assert office.backups.holds_now().students == 2
    former = office.backups.restore(made.path, tmp_path)
    assert office.backups.holds_now() == office.backups.look_into(made.path)
    assert office.backups.holds_now().students == 1
    assert former is not None
    assert office.backups.look_into(former).students == 2
    assert office.backups.standing(tmp_path).is_frozen


def test_a_restored_office_is_backed_up_at_once_and_when_it_changes(
    office: Office, make: Make, clock: FakeClock, tmp_path: Path
) -> None:
    make.office()
    made = office.backups.back_up(tmp_path)
    for name in ("Maths", "Physics", "Art"):
        office.catalog.add_subject(name)
    clock.advance(hours=2)
    office.backups.back_up(tmp_path)
    clock.advance(hours=2)
    office.backups.restore(made.path, tmp_path)
    standing = office.backups.standing(tmp_path)
    assert (len(standing.files), standing.files[0].at) == (3, clock.now())
    assert standing.is_current
    for name in ("Botany", "Latin"):  # no more entries than the lost branch had
        office.catalog.add_subject(name)
        clock.advance(days=4)
        assert office.backups.standing(tmp_path).is_overdue
        assert office.backups.back_up_if_due(tmp_path) is not None
    assert not office.backups.standing(tmp_path).is_overdue


@pytest.mark.parametrize(
    "error",
    [OSError(28, "No space left"), UnavailableError("busy")],
    ids=["os", "ours"],
)
def test_what_fails_after_a_restore_does_not_hide_that_it_was_restored(
    office: Office,
    make: Make,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    make.office()
    made = office.backups.back_up(tmp_path)
    office.catalog.add_subject("Maths")

    def fail(*_anything: object) -> None:
        raise error

    monkeypatch.setattr(backups, "upgrade", fail)
    assert office.backups.restore(made.path, tmp_path) is not None
    assert office.catalog.subjects() == ()


def test_one_leap_of_the_clock_costs_no_backup(
    office: Office, make: Make, clock: FakeClock, tmp_path: Path
) -> None:
    make.office()
    for number in range(12):
        office.catalog.add_subject(f"Subject {number}")
        office.backups.back_up_if_due(tmp_path)
        clock.advance(days=1)
    before = set(files_in(tmp_path))
    right = clock.now()
    clock.advance(days=3660, hours=-12)
    for number in range(3):  # it is worked for some hours before somebody sees it
        office.catalog.add_subject(f"Leap {number}")
        assert office.backups.back_up_if_due(tmp_path) is not None
        clock.advance(hours=2)
    assert len(before - set(files_in(tmp_path))) <= 1  # one day more, one day less
    clock.time = right
    for number in range(3):  # set right again, backups go on
        clock.advance(hours=2)
        office.catalog.add_subject(f"Right {number}")
        assert office.backups.back_up_if_due(tmp_path) is not None
    clock.advance(days=4)
    office.catalog.add_subject("Latin")
    assert office.backups.standing(tmp_path).is_overdue


def test_nothing_goes_while_the_clock_is_far_from_the_last_sign_of_life(
    office: Office, make: Make, clock: FakeClock, tmp_path: Path
) -> None:
    make.office()
    made = [office.backups.back_up(tmp_path)]
    clock.advance(minutes=5)
    office.backups.freeze(tmp_path)
    made.append(office.backups.back_up(tmp_path))
    (tmp_path / FREEZE).unlink()
    clock.advance(days=100)
    office.backups.back_up(tmp_path)
    assert {file.path for file in made} <= {file.path for file in files_in(tmp_path)}


def test_a_refused_restore_leaves_nothing_behind(
    office: Office, make: Make, tmp_path: Path
) -> None:
    make.office()
    other = tmp_path / "letter.chalkbook"
    other.write_text("Dear Sir", "utf-8")
    for _try in range(2):
        with pytest.raises(NotABackupError):
            office.backups.restore(other, tmp_path / "backups")
    assert not office.backups.standing(tmp_path / "backups").is_frozen
    office.backups.freeze(tmp_path / "backups")
    with pytest.raises(NotABackupError):
        office.backups.restore(other, tmp_path / "backups")
    assert office.backups.standing(tmp_path / "backups").is_frozen


def test_a_name_with_an_impossible_day_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "office 2026-13-41 990000 #7.chalkbook").touch()
    assert files_in(tmp_path) == ()


def test_what_is_no_backup_leaves_the_office_as_it_is(
    office: Office, make: Make, tmp_path: Path
) -> None:
    make.office(name="Chalk & Co")
    other = tmp_path / "letter.chalkbook"
    other.write_text("Dear Sir", "utf-8")
    with pytest.raises(NotABackupError):
        office.backups.restore(other, tmp_path)
    assert office.backups.holds_now().office == "Chalk & Co"


def test_a_tutor_touches_no_backup(office: Office, make: Make, tmp_path: Path) -> None:
    make.office()
    tutor = office.acting_as(Actor("Anna", Role.TUTOR, make.tutor("Anna")))
    for ask in (tutor.backups.standing, tutor.backups.back_up, tutor.backups.freeze):
        with pytest.raises(OfficeOnlyError):
            ask(tmp_path)


def test_a_files_backups_lie_beside_it_a_servers_at_home(tmp_path: Path) -> None:
    file = make_url(database_url(str(tmp_path / "north.chalkbook")))
    assert folder_for(file, Path("/home")) == tmp_path / "north backups"
    server = make_url("postgresql+psycopg://u@h/north")
    assert folder_for(server, Path("/home")) == Path("/home/north backups")
