"""Whole offices are copied out of either database and into either."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from app.bootstrap import database_url, open_office
from app.models import pages
from app.models.copying import (
    NotABackupError,
    NotReplacedError,
    back_up,
    restore,
)
from app.models.faults import BusyError
from app.models.schema import NewerFileError
from tests.fakes import FakeClock
from tests.kills.judging import rows
from tests.once import Fresh
from tests.tampering import picture, tamper

CLOCK = FakeClock()
NOW = CLOCK.now()


def content(address: str, folder: Path) -> dict[str, bytes]:
    """Give every sheet of an office that must be whole."""
    office = open_office(address, clock=CLOCK)
    assert office.checking.check().is_ok
    office.export.write(folder)
    office.close()
    return picture(folder)


@pytest.mark.postgres
def test_an_office_moves_from_a_file_to_a_server_and_back(
    fresh_sqlite: Fresh, fresh_postgres: Fresh, tmp_path: Path
) -> None:
    file, server = fresh_sqlite(), fresh_postgres()
    tamper(server, "DELETE FROM note")
    before = content(file, tmp_path / "before")
    for number, target in enumerate((server, str(tmp_path / "back.chalkbook"))):
        copy = tmp_path / f"{number}.chalkbook"
        back_up(make_url(database_url(file)), copy, NOW)
        restore(copy, make_url(database_url(target)), NOW, tmp_path)
        assert content(target, tmp_path / f"after {number}") == before
        file = target


def test_a_restored_office_goes_on_where_it_was(month: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.chalkbook"
    back_up(make_url(database_url(month)), copy, NOW)
    for _again in range(2):
        restore(copy, make_url(database_url(month)), NOW, tmp_path)
        office = open_office(month, clock=CLOCK)
        office.catalog.add_subject("Astronomy")
        assert office.checking.check().is_ok
        office.close()
    (journal,) = rows(month, "SELECT id FROM journal ORDER BY id")
    assert [row[0] for row in journal] == list(range(1, len(journal) + 1))


@pytest.mark.postgres
def test_no_id_is_given_again_in_a_copy(
    fresh_sqlite: Fresh, fresh_postgres: Fresh, tmp_path: Path
) -> None:
    def removed(address: str) -> int:
        office = open_office(address, clock=CLOCK)
        subject_id = office.catalog.add_subject("Astronomy")
        office.journal.undo(office.journal.undoable()[0].step)
        office.close()
        return subject_id

    address, given = fresh_sqlite(), []
    targets = [fresh_postgres(), *(str(tmp_path / f"{n}.office") for n in range(2))]
    for number, target in enumerate(targets):
        given.append(removed(address))
        copy = tmp_path / f"{number}.chalkbook"
        back_up(make_url(database_url(address)), copy, NOW)
        restore(copy, make_url(database_url(target)), NOW, tmp_path)
        address = target
    given.append(removed(address))
    assert given == sorted(set(given))


def test_every_former_office_is_kept(month_sqlite: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.chalkbook"
    url = make_url(database_url(month_sqlite))
    back_up(url, copy, NOW)
    formers = {restore(copy, url, NOW, tmp_path) for _time in range(3)}
    assert len(formers) == 3
    assert None not in formers


def test_a_damaged_office_is_moved_aside_and_replaced(
    month_sqlite: str, tmp_path: Path
) -> None:
    path, copy = Path(month_sqlite), tmp_path / "copy.chalkbook"
    back_up(make_url(database_url(month_sqlite)), copy, NOW)
    damaged = path.read_bytes()[:200_000]
    path.write_bytes(damaged)
    former = restore(copy, make_url(database_url(month_sqlite)), NOW, tmp_path)
    assert former is not None
    assert former.read_bytes() == damaged
    content(month_sqlite, tmp_path / "all")


def test_a_backup_of_a_newer_program_is_refused(
    month_sqlite: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.chalkbook"
    url = make_url(database_url(month_sqlite))
    back_up(url, copy, NOW)
    tamper(str(copy), "UPDATE alembic_version SET version_num = '9000'")
    before = Path(month_sqlite).read_bytes()
    with pytest.raises(NewerFileError, match=r"copy\.chalkbook"):
        restore(copy, url, NOW, tmp_path)
    assert Path(month_sqlite).read_bytes() == before


@pytest.mark.parametrize("kind", ["text", "folder"])
def test_nothing_else_is_replaced_by_an_office(
    month_sqlite: str, tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "target"
    if kind == "text":
        target.write_text("mine")
    else:
        target.mkdir()
    with pytest.raises(NotReplacedError, match="target"):
        restore(Path(month_sqlite), make_url(database_url(str(target))), NOW, tmp_path)
    assert target.is_dir() or target.read_text() == "mine"


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_is_no_file_is_neither_opened_nor_replaced(
    month_sqlite: str, tmp_path: Path, kind: str
) -> None:
    url, special = make_url(database_url(month_sqlite)), tmp_path / "special"
    if kind == "pipe":
        os.mkfifo(special)
    else:
        special.symlink_to(os.devnull)
    with pytest.raises(NotReplacedError, match="special"):
        back_up(url, special, NOW)
    with pytest.raises(NotReplacedError, match="special"):
        restore(Path(month_sqlite), make_url(database_url(str(special))), NOW, tmp_path)
    with pytest.raises(NotABackupError, match="special"):
        restore(special, url, NOW, tmp_path)
    assert special.is_fifo() or special.is_char_device()


def test_a_file_that_is_kept_by_another_is_not_waited_for_for_ever(
    fresh_sqlite: Fresh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "WAIT_SECONDS", 0.5)
    office, copy = fresh_sqlite(), Path(fresh_sqlite())
    with closing(sqlite3.connect(office, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM session").fetchall()
        with pytest.raises(BusyError, match="in use by another program"):
            restore(copy, make_url(database_url(office)), NOW, tmp_path)
    content(office, tmp_path / "all")


def test_whoever_has_the_office_open_sees_the_restored_one(
    month: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.chalkbook"
    back_up(make_url(database_url(month)), copy, NOW)
    other = open_office(month, clock=CLOCK)
    other.catalog.add_subject("Astronomy")
    restore(copy, make_url(database_url(month)), NOW, tmp_path)
    assert "Astronomy" not in [row.name for row in other.catalog.subjects()]
    other.catalog.add_subject("Botany")
    assert other.checking.check().is_ok
    other.close()
