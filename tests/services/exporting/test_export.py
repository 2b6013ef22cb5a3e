"""The whole office as sheets: the promised columns, exact amounts, defused texts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from app.models.values.actors import Actor, Role
from app.services.desk import OfficeOnlyError
from app.services.exporting.export import NotWrittenError
from app.services.exporting.tables import instant_text, plain
from app.services.office import Office
from app.services.sheets import cell, write_sheet
from tests.factories import Make

PROMISED = {
    "sessions.csv": "id,starts_at,ends_at,actual_starts_at,actual_ends_at,status,"
    "close_out,series,offering,room,place,tutors,students",
    "invoices.csv": "number,payer,issued_on,due_on,net,tax,total,open",
    "invoice_lines.csv": "invoice,charge,session,student,kind,amount",
}
FILES = (
    *("close_outs", "charges", "payments", "pay_lines", "pay_statements"),
    *("households", "students", "tutors", "placements", "availability"),
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(office: Office, make: Make, tmp_path: Path) -> Path:
    """An export of an office with a month that was billed and paid."""
    make.office()
    make.household('=cmd|"/c calc"')
    folder = tmp_path / "export"
    office.export.write(folder)
    return folder


@pytest.mark.parametrize("file", PROMISED)
def test_has_the_promised_columns_first(folder: Path, file: str) -> None:
    head = (folder / file).read_bytes().split(b"\r\n")[0].decode("utf-8-sig")
    assert head.startswith(PROMISED[file])


def test_has_every_promised_file_and_describes_its_columns(folder: Path) -> None:
    described = json.loads((folder / "columns.json").read_text("utf-8"))
    for name in FILES:
        head = (folder / f"{name}.csv").read_bytes().split(b"\r\n")[0]
        columns = [column["name"] for column in described[f"{name}.csv"]]
        assert head.decode("utf-8-sig").split(",") == columns


def test_texts_that_a_spreadsheet_would_run_are_defused(folder: Path) -> None:
    (household,) = rows(folder / "households.csv")
    assert household["name"] == '\'=cmd|"/c calc"'


def test_is_the_offices_own(office: Office, tmp_path: Path) -> None:
    tutor = office.acting_as(Actor("Anna", Role.TUTOR, 1))
    with pytest.raises(OfficeOnlyError):
        tutor.export.write(tmp_path)


def test_says_where_it_cannot_write(office: Office, make: Make, tmp_path: Path) -> None:
    make.office()
    taken = tmp_path / "file"
    taken.write_text("in the way")
    with pytest.raises(NotWrittenError, match="file"):
        office.export.write(taken)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\ufeff=1"])
def test_cells_that_run_are_quoted(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_numbers_are_never_quoted() -> None:
    assert (plain(-5), plain(None), plain(value=True)) == ("-5", "", "true")
    assert (cell("plain"), instant_text(None)) == ("plain", "")


def test_a_sheet_is_for_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    assert write_sheet(path, ["a", "b"], [["1", "x,y"], ["2", 'q"']]) == 2
    assert path.read_bytes() == b'\xef\xbb\xbfa,b\r\n1,"x,y"\r\n2,"q"""\r\n'
