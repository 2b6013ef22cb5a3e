"""Backups: one file of either database, restored into either, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap import database_url, open_office
from app.models.copying import (
    DamagedBackupError,
    NoBackupError,
    NotABackupError,
    NotReplacedError,
    SameFileError,
)
from app.models.files import NoFolderError
from app.models.office import OfficeProfile
from app.services.backup import back_up, restore
from app.services.letterheads import frozen_letterhead, letterhead_of
from tests.fakes import FakeClock

CLOCK = FakeClock()


def content(address: str, folder: Path) -> dict[str, bytes]:
    """Give every sheet of an office's export."""
    office = open_office(address)
    try:
        office.export.write(folder)
        assert office.checking.check().is_ok
    finally:
        office.close()
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


def test_a_restored_office_holds_the_same(month: str, tmp_path: Path) -> None:
    before = content(month, tmp_path / "before")
    copy = tmp_path / "copy.chalkbook"
    back_up(database_url(month), copy, CLOCK)
    restored = tmp_path / "restored.chalkbook"
    done = restore(copy, database_url(str(restored)), CLOCK, tmp_path)
    assert done.former is None
    assert content(str(restored), tmp_path / "after") == before


def test_the_former_office_is_kept(month: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.chalkbook"
    back_up(database_url(month), copy, CLOCK)
    office = open_office(month)
    office.catalog.add_subject("Astronomy")
    office.close()
    done = restore(copy, database_url(month), CLOCK, tmp_path)
    office = open_office(month)
    assert "Astronomy" not in [row.name for row in office.catalog.subjects()]
    office.close()
    assert done.former is not None
    former = open_office(str(done.former))
    assert "Astronomy" in [row.name for row in former.catalog.subjects()]
    former.close()


def test_what_is_no_backup_changes_nothing(month: str, tmp_path: Path) -> None:
    before = content(month, tmp_path / "before")
    text = tmp_path / "letter.txt"
    text.write_text("Dear Sir, " * 1000)
    good = tmp_path / "good.chalkbook"
    back_up(database_url(month), good, CLOCK)
    cut = tmp_path / "cut.chalkbook"
    cut.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    for source, error in (
        (tmp_path / "nowhere", NoBackupError),
        (text, NotABackupError),
        (cut, DamagedBackupError),
    ):
        with pytest.raises(error):
            restore(source, database_url(month), CLOCK, tmp_path)
    assert content(month, tmp_path / "after") == before


def test_a_backup_never_takes_the_place_of_something_else(
    fresh_sqlite: object, tmp_path: Path
) -> None:
    assert callable(fresh_sqlite)
    address = fresh_sqlite()
    url = database_url(address)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir")
    with pytest.raises(NotReplacedError):
        back_up(url, letter, CLOCK)
    assert letter.read_text() == "Dear Sir"
    with pytest.raises(NoFolderError):
        back_up(url, tmp_path / "nowhere" / "copy", CLOCK)
    with pytest.raises(SameFileError):
        back_up(url, Path(address), CLOCK)


def test_letterheads_are_the_same_now_and_frozen() -> None:
    office = OfficeProfile(
        name="Lindenhof Tutoring",
        zone="Europe/Berlin",
        currency="EUR",
        address="Lindenstraße 12\n10969 Berlin",
        contact="office@lindenhof.example",
        legal="GmbH",
    )
    now = letterhead_of(office)
    frozen = {
        "name": now.name,
        "address": list(now.address),
        "contact": now.contact,
        "legal": now.legal,
    }
    assert frozen_letterhead(frozen) == now
    assert (now.mark, now.address) == ("L", ("Lindenstraße 12", "10969 Berlin"))
