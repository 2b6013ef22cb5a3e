"""Whatever is spoilt behind the program's back, the check names it."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from app.bootstrap import open_office
from app.models.values.actors import Actor, Role
from app.models.values.errors import UnavailableError
from app.services.checking.check import Checked
from app.services.desk import OfficeOnlyError
from tests.conventions import ROOT
from tests.services.checking.conftest import CLOCK
from tests.services.checking.spoiling import SPOILT, SPOILT_FILES, statement
from tests.tampering import tamper

TOLD = {"charges_complete", "pay_complete", "no_price", "no_rate"}  # nothing is wrong
FIRST_OF_ITS_KIND = [
    (code, spoilt)
    for number, (code, spoilt) in enumerate(SPOILT)
    if code not in {former for former, _ in SPOILT[:number]}
]


def check(address: str) -> Checked:
    """Check an office."""
    office = open_office(address, clock=CLOCK)
    try:
        return office.checking.check()
    finally:
        office.close()


def codes(address: str) -> set[str]:
    """Give the codes of what is wrong."""
    return {found.code for found in check(address).findings if found.is_error}


def test_nothing_is_wrong_before(billed: str) -> None:
    checked = check(billed)
    assert checked.is_ok
    assert {found.code for found in checked.findings} == {
        "charges_complete",
        "pay_complete",
    }


@pytest.mark.parametrize(("code", "spoilt"), SPOILT)
def test_each_fault_of_a_file_is_found(
    billed_sqlite: str, code: str, spoilt: str
) -> None:
    tamper(billed_sqlite, statement(spoilt))
    assert code in codes(billed_sqlite)


@pytest.mark.parametrize(("code", "spoilt"), SPOILT_FILES)
def test_what_only_a_file_can_suffer_is_found(
    billed_sqlite: str, code: str, spoilt: str
) -> None:
    tamper(billed_sqlite, spoilt)
    assert code in codes(billed_sqlite)


def test_a_torn_page_is_found(billed_sqlite: str) -> None:
    with closing(sqlite3.connect(billed_sqlite)) as file:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'ix_journal_step'"
        (page,) = file.execute(query).fetchone()
        (size,) = file.execute("PRAGMA page_size").fetchone()
    spoilt = bytearray(Path(billed_sqlite).read_bytes())
    spoilt[page * size - 3] ^= 0x7F
    Path(billed_sqlite).write_bytes(spoilt)
    assert "integrity" in codes(billed_sqlite)


@pytest.mark.postgres
@pytest.mark.parametrize(("code", "spoilt"), FIRST_OF_ITS_KIND)
def test_each_fault_of_a_server_is_found(
    billed_postgres: str, code: str, spoilt: str
) -> None:
    tamper(billed_postgres, statement(spoilt))
    assert code in codes(billed_postgres)


@pytest.mark.postgres
def test_the_guard_of_a_server_must_be_there(billed_postgres: str) -> None:
    tamper(
        billed_postgres, "ALTER TABLE occupancy DROP CONSTRAINT ex_occupancy_overlap"
    )
    assert "guard" in codes(billed_postgres)


def test_a_finding_names_its_records(billed_sqlite: str) -> None:
    tamper(billed_sqlite, "DELETE FROM household WHERE id = 2")
    for finding in check(billed_sqlite).findings:
        assert finding.message.endswith(".")
        for record in finding.records:
            assert re.fullmatch(r"[a-z_]+:\d+", record)


def test_a_check_is_the_offices_own(billed_sqlite: str) -> None:
    office = open_office(billed_sqlite, clock=CLOCK)
    tutor = office.acting_as(Actor("Ann", Role.TUTOR, 1))
    with pytest.raises(OfficeOnlyError):
        tutor.checking.check()
    office.close()


def test_every_finding_is_shown_to_be_found() -> None:
    source = ROOT / "app" / "services" / "checking"
    named = {
        code
        for path in source.glob("*.py")
        for code in re.findall(r'Finding\(\s*"(\w+)"', path.read_text("utf-8"))
    }
    shown = {"integrity", *(code for code, _ in (*SPOILT, *SPOILT_FILES))}
    assert named - TOLD == shown


FLIPS = pytest.param(300, marks=[pytest.mark.long, pytest.mark.timeout(1800)])


@pytest.mark.parametrize("flips", [6, FLIPS])
def test_a_flipped_bit_in_a_money_record_is_found(
    billed_file: Path, tmp_path: Path, flips: int
) -> None:
    random = Random(flips)  # noqa: S311  any bits will do
    whole = billed_file.read_bytes()
    marks = (b"INV-00", b"command line", b"PAY-2026", b"transfer", b"Kim ", b"live")
    places = [
        match.start() + random.randrange(len(mark))
        for mark in marks
        for match in re.finditer(re.escape(mark), whole)
    ]
    for place in random.sample(places, flips):
        spoilt = bytearray(whole)
        spoilt[place] ^= 1 << random.randrange(7)
        path = tmp_path / "spoilt.chalkbook"
        path.write_bytes(spoilt)
        try:
            assert codes(str(path)), f"nobody noticed byte {place}"
        except UnavailableError:
            continue


@pytest.mark.parametrize("kept", [0.9, 0.5, 0.1])
def test_a_file_that_was_cut_is_refused(billed_sqlite: str, kept: float) -> None:
    path = Path(billed_sqlite)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(UnavailableError, match="damaged"):
        check(billed_sqlite)
    assert path.stat().st_size == int(len(content) * kept)
