"""The sample office's parts: its clock, its months, its stages."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import database_url, open_office
from app.models.values.schedule import TimeSpan
from app.services.demo.clock import StoryClock
from app.services.demo.folder import FolderInUseError, site
from app.services.demo.making import DatabaseInUseError, make_sample
from app.services.demo.money import months_before
from app.services.demo.people import ADMINISTRATOR, OWNER
from app.services.demo.story import Stage
from app.services.scheduling.requests import ClashKind

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_storys_clock_never_goes_back() -> None:
    clock = StoryClock(NOW)
    clock.go_to(NOW - timedelta(days=1))
    assert clock.now() == NOW
    clock.go_to(NOW + timedelta(days=1))
    assert clock.now() == NOW + timedelta(days=1)


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_the_months_meet_without_a_gap(today: date) -> None:
    former, last = months_before(today)
    assert former.on == last.from_on == former.until_on + timedelta(days=1)
    assert last.on == today.replace(day=1) == last.until_on + timedelta(days=1)
    assert (former.from_on.day, last.from_on.day) == (1, 1)


def test_later_stages_cover_the_earlier() -> None:
    assert Stage.PAYROLL.covers(Stage.BOOKINGS)
    assert Stage.INVOICES.covers(Stage.INVOICES)
    assert not Stage.BOOKINGS.covers(Stage.CLOSE_OUTS)


def test_an_office_that_is_no_sample_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "office.chalkbook"
    file.write_bytes(b"precious")
    with pytest.raises(FolderInUseError):
        make_sample(tmp_path, NOW, Stage.BOOKINGS)
    assert file.read_bytes() == b"precious"


def lay(folder: Path, text: str) -> Path | None:
    """Put a sample of three files in a folder, as the making does."""
    with site(folder) as place:
        (place.aside / "office.chalkbook").write_text(text)
        (place.aside / "invoices").mkdir()
        (place.aside / "invoices" / "INV-0001.pdf").write_text(text)
        (place.aside / "summary.json").write_text("{}")
        return place.put_in_place()


def test_a_sample_that_nobody_worked_in_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    assert lay(folder, "first") is None
    (folder / "my letter.txt").write_text("Dear all")
    assert lay(folder, "second") is None
    assert (folder / "office.chalkbook").read_text() == "second"
    assert (folder / "my letter.txt").read_text() == "Dear all"
    assert [path.name for path in tmp_path.iterdir()] == ["sample"]


@pytest.mark.parametrize("part", ["office.chalkbook", "invoices/mine.pdf"])
def test_a_sample_that_somebody_worked_in_is_kept_beside(
    tmp_path: Path, part: str
) -> None:
    folder = tmp_path / "sample"
    for number, text in enumerate(("first", "second"), 1):
        lay(folder, text)
        (folder / part).write_text(f"work {number}")
        later = (folder / "summary.json").stat().st_mtime_ns + 1
        os.utime(folder / part, ns=(later, later))
    assert lay(folder, "third") == tmp_path / "sample.before-demo-2"
    assert (folder / "office.chalkbook").read_text() == "third"
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["sample", "sample.before-demo", "sample.before-demo-2"]
    assert (tmp_path / "sample.before-demo" / part).read_text() == "work 1"


def test_a_sample_that_was_not_finished_leaves_the_former(tmp_path: Path) -> None:
    folder = tmp_path / "sample"
    lay(folder, "first")
    with site(folder) as place:
        (place.aside / "office.chalkbook").write_text("half")
    assert (folder / "office.chalkbook").read_text() == "first"
    assert not place.aside.exists()


def test_a_database_with_an_office_is_left_alone(month: str, tmp_path: Path) -> None:
    url = database_url(month)
    with pytest.raises(DatabaseInUseError):
        make_sample(tmp_path / "new", NOW, Stage.BOOKINGS, url)


def test_bookings_are_a_term_that_nothing_has_happened_in(tmp_path: Path) -> None:
    made = make_sample(tmp_path, NOW, Stage.BOOKINGS)
    assert (made.counts["students"], made.counts["tutors"]) == (60, 12)
    assert made.counts["sessions"] > 600
    assert (made.counts["held"], made.counts["invoices"]) == (0, 0)
    assert made.sums["invoiced"] == "0.00"
    assert not (tmp_path / "invoices").exists()
    office = open_office(str(tmp_path / "office.chalkbook"))
    assert office.checking.check().is_ok
    actors = {one.actor for one in office.journal.entries(limit=10_000)}
    assert actors == {OWNER.name, ADMINISTRATOR.name}
    office.close()


def test_sessions_are_closed_out_by_people_of_the_office(tmp_path: Path) -> None:
    make_sample(tmp_path, NOW, Stage.CLOSE_OUTS)
    office = open_office(str(tmp_path / "office.chalkbook"))
    steps = office.journal.entries("close_out", limit=10_000)
    closed = {one.actor for one in steps if one.action == "Close out a session"}
    tutors = {f"{one.name} (tutor {one.tutor_id})" for one in office.tutors.tutors()}
    assert len(closed & tutors) > len(tutors) // 2
    assert closed <= tutors | {ADMINISTRATOR.name}
    friday = TimeSpan(NOW - timedelta(days=3, hours=6), NOW - timedelta(days=2))
    cards = office.timetable.sessions_in(friday)
    assert {card.status.is_ahead for card in cards} == {True, False}
    office.close()


def at_noon(day: int) -> datetime:
    """Give noon of a day of November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, 12, tzinfo=UTC)


@pytest.mark.parametrize("day", [24, 28], ids=["Tuesday", "Saturday"])
def test_the_days_ahead_are_those_of_a_real_office(day: int, tmp_path: Path) -> None:
    now = at_noon(day)
    make_sample(tmp_path, now, Stage.BOOKINGS)
    with closing(open_office(str(tmp_path / "office.chalkbook"))) as office:
        ahead = TimeSpan(now, now + timedelta(days=9))
        cards = office.timetable.sessions_in(ahead)
        (twice,) = [card for card in cards if card.is_overridden]
        reason = office.timetable.session(twice.session_id).override_reason
        assert "the families agreed" in reason
        found = office.timetable.clashes_in(ahead).values()
        kinds = [clash.kind for clashes in found for clash in clashes]
        assert kinds.count(ClashKind.TUTOR_LEAVE) > 1
        assert office.timetable.waiting()
        today = now.date()
        assert office.days.closures(today, today + timedelta(days=13))
        due = {row.due_on for row in office.tasks.open_tasks()}
        assert {today, today - timedelta(days=1), today + timedelta(days=6)} <= due
        assert office.checking.check().is_ok


def test_the_same_day_makes_the_same_office(tmp_path: Path) -> None:
    span = TimeSpan(at_noon(9), at_noon(30))
    seen = []
    for name in ("first", "second"):
        make_sample(tmp_path / name, at_noon(26), Stage.BOOKINGS)
        path = tmp_path / name / "office.chalkbook"
        with closing(open_office(str(path))) as office:
            seen.append(office.timetable.sessions_in(span))
    assert seen[0] == seen[1]
