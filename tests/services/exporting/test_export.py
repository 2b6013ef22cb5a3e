"""The whole office as sheets: every record, the promised columns, safe to open."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.bootstrap import database_url, open_office
from app.models.base import Model
from app.models.database import Database
from app.models.office import Attachment
from app.models.recording import Step
from app.models.values.actors import Actor, Role
from app.services.billing.requests import CreditInvoice, StartRun
from app.services.desk import OfficeOnlyError
from app.services.exporting.export import NotWrittenError
from app.services.office import Office
from app.services.payroll.requests import StartPayRun
from tests.fakes import FakeClock
from tests.month import HOSTILE
from tests.once import Fresh
from tests.tampering import picture

CLOCK = FakeClock(datetime(2026, 3, 4, 22, tzinfo=UTC))
PERIOD = (date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))

COLUMNS = {
    "sessions": (
        "id,starts_at,ends_at,actual_starts_at,actual_ends_at,status,close_out,series,"
        "offering,room,place,tutors,students"
    ),
    "close_outs": "session,state",
    "charges": "session,student,payer,kind",
    "invoices": "number,payer,issued_on,due_on,net,tax,total,open",
    "invoice_lines": "invoice,charge,session,student,kind,amount",
    "credit_notes": "number,payer,issued_on,due_on,net,tax,total,open",
    "payments": "payer,received_on,amount",
    "pay_lines": "session,tutor,kind",
    "pay_statements": "pay_run,tutor,number",
    "households": "name,kind,currency",
    "students": "household,name",
    "tutors": "name,status",
    "placements": "tutor,offering,state",
    "availability": "tutor,weekday,start_minute,end_minute",
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture
def billed(month: str) -> Iterator[Office]:
    """The small office with February billed, paid and one invoice taken back."""
    office = open_office(month, clock=CLOCK)
    done = office.invoices.run(StartRun(*PERIOD, "bill"))
    office.pay_runs.run(StartPayRun(*PERIOD, "pay"))
    office.credits.credit(
        CreditInvoice(done.document_ids[0], PERIOD[2], "-1 too many", "c", rebill=True)
    )
    yield office
    office.close()


def sheet(folder: Path, name: str) -> list[dict[str, str]]:
    """Read a sheet as a spreadsheet does."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_every_sheet_has_the_promised_columns_first(
    billed: Office, tmp_path: Path
) -> None:
    billed.export.write(tmp_path)
    for name, columns in COLUMNS.items():
        text = (tmp_path / f"{name}.csv").read_text("utf-8-sig")
        assert text.startswith(columns), name


def test_every_kind_of_record_has_a_sheet_and_every_column_a_description(
    billed: Office, tmp_path: Path
) -> None:
    exported = billed.export.write(tmp_path)
    described = json.loads((tmp_path / "columns.json").read_text("utf-8"))
    files = {path.name for path in tmp_path.glob("*.csv")}
    assert files == described.keys() == exported.rows.keys()
    for name in files:
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
        assert rows[0] == [column["name"] for column in described[name]]
        assert {len(row) for row in rows} == {len(rows[0])}
        assert len(rows) - 1 == exported.rows[name]
    shaped = {"session", "document", "document_line", "attachment"}
    derived = {"occupancy", "occupancy_override"}
    plain = len(Model.metadata.tables.keys() - shaped - derived)
    assert len(files) == plain + len(("sessions", *("documents", "lines") * 2))


def test_the_bytes_are_what_spreadsheets_want(billed: Office, tmp_path: Path) -> None:
    billed.export.write(tmp_path)
    for path in tmp_path.glob("*.csv"):
        content = path.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        head = content.split(b"\r\n")[0]
        assert b"\n" not in head
        assert b"," in head


def test_sessions_tell_when_who_and_what_became_of_them(
    billed: Office, tmp_path: Path
) -> None:
    billed.export.write(tmp_path)
    sessions = sheet(tmp_path, "sessions")
    assert len(sessions) == len({row["id"] for row in sessions}) > 80
    group = [row for row in sessions if ";" in row["students"]]
    assert group
    for row in sessions:
        assert INSTANT.fullmatch(row["starts_at"])
        assert INSTANT.fullmatch(row["ends_at"])
        assert row["tutors"].isdigit()
        is_held = row["status"] == "held"
        for column in ("actual_starts_at", "actual_ends_at"):
            assert bool(INSTANT.fullmatch(row[column])) is is_held
        is_over = row["status"] in {"held", "no_show"}
        assert row["close_out"] in ({"closed", "approved"} if is_over else {"open"})
        is_cancelled = row["status"].startswith("cancelled")
        assert bool(row["students"]) is not is_cancelled
    assert {row["status"] for row in sessions} >= {"held", "planned", "no_show"}


def test_amounts_are_minor_units_with_their_currency(
    billed: Office, tmp_path: Path
) -> None:
    billed.export.write(tmp_path)
    lines = sheet(tmp_path, "invoice_lines")
    for invoice in sheet(tmp_path, "invoices"):
        own = [line for line in lines if line["invoice"] == invoice["number"]]
        assert sum(int(line["amount"]) for line in own) == int(invoice["net"])
        assert int(invoice["net"]) + int(invoice["tax"]) == int(invoice["total"])
        assert invoice["currency"] == "GBP"
    for name in ("charges", "pay_lines", "payments", "pay_statements", "prices"):
        assert all(row["currency"] == "GBP" for row in sheet(tmp_path, name))
    assert "currency" not in sheet(tmp_path, "tax_codes")[0]


def test_what_is_open_is_what_the_ledger_says(billed: Office, tmp_path: Path) -> None:
    billed.export.write(tmp_path)
    open_amounts = {row.number: str(row.open) for row in billed.ledger.documents()}
    rows = [*sheet(tmp_path, "invoices"), *sheet(tmp_path, "credit_notes")]
    assert {row["number"]: row["open"] for row in rows} == open_amounts


def test_a_text_that_would_run_is_defused_and_a_number_never(
    billed: Office, tmp_path: Path
) -> None:
    billed.export.write(tmp_path)
    names = {row["name"] for row in sheet(tmp_path, "households")}
    assert f"'{HOSTILE}" in names
    assert HOSTILE not in names
    amounts = {row["amount"] for row in sheet(tmp_path, "charges")}
    assert any(amount.startswith("-") for amount in amounts)
    (credit,) = sheet(tmp_path, "credit_notes")
    assert credit["reason"] == "'-1 too many"
    for path in tmp_path.glob("*.csv"):
        for row in sheet(tmp_path, path.stem):
            for column, text in row.items():
                if text.startswith(("=", "+", "-", "@", "\t", "\r")):
                    assert re.fullmatch(r"-\d+(\.\d+)?", text), (path.name, column)


def test_both_databases_write_the_same(
    fresh_sqlite: Fresh, fresh_postgres: Fresh, tmp_path: Path
) -> None:
    for name, fresh in (("file", fresh_sqlite), ("server", fresh_postgres)):
        office = open_office(fresh(), clock=CLOCK)
        office.export.write(tmp_path / name)
        office.close()
    assert picture(tmp_path / "file") == picture(tmp_path / "server")


def test_a_new_export_takes_the_place_of_the_old(
    billed: Office, tmp_path: Path
) -> None:
    billed.export.write(tmp_path)
    first = picture(tmp_path)
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "sessions.csv").write_text("old")
    billed.export.write(tmp_path)
    assert picture(tmp_path) == {**first, "mine.txt": b"mine"}


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_folder_that_cannot_be_is_refused(
    billed: Office, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotWrittenError, match="file"):
        billed.export.write(tmp_path / place)


def test_a_tutor_may_not_take_the_office_away(billed: Office, tmp_path: Path) -> None:
    tutor = billed.acting_as(Actor("Ann", Role.TUTOR, 1))
    with pytest.raises(OfficeOnlyError):
        tutor.export.write(tmp_path)
    assert not list(tmp_path.glob("*.csv"))


def test_attached_files_keep_their_content_and_not_their_names(
    month: str, tmp_path: Path
) -> None:
    names = ("../../up.pdf", "a/b.png", "nul", "x.p\\df", ".hidden", "ü" * 80 + ".txt")
    database = Database(database_url(month))
    with database.transaction(Step("attach", "tests", CLOCK.now())) as transaction:
        for name in names:
            attachment = Attachment(
                owner_kind="tutor", owner_id=1, name=name, media_type="x/y", size=3,
                sha256="", content=name.encode(),
            )  # fmt: skip
            transaction.add(attachment)
    database.close()
    office = open_office(month, clock=CLOCK)
    office.export.write(tmp_path / "all")
    office.close()
    files = picture(tmp_path / "all" / "attachments")
    assert list(files.values()) == [name.encode() for name in names]
    assert [name.partition(".")[0] for name in files] == list("123456")
    assert all(re.fullmatch(r"\d(\.[A-Za-z0-9]{1,7})?", name) for name in files)
