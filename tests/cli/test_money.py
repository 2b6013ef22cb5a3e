"""Billing and paying by command: looked at first, done once, written where asked."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from app.bootstrap import open_office
from app.models.values.billing import PriceLevel, PricePer
from app.models.values.payroll import PayLevel, PayPer
from app.services.catalog.requests import AddOffering, SetPrice
from app.services.closing.requests import CloseSession
from app.services.payroll.requests import SetPay
from app.services.people.tutor_requests import AddTutor
from app.services.scheduling.requests import BookSession
from tests.cli.speaking import Command, run
from tests.fakes import FakeClock
from tests.kills.judging import books, rows
from tests.month import FEBRUARY, HELD_BACK, HOSTILE
from tests.once import Fresh
from tests.tampering import picture

VERBS = ("bill", "pay")
CLOCK = FakeClock(datetime(2026, 3, 4, 22, tzinfo=UTC))


def entries(address: str) -> int:
    """Count the journal's entries."""
    return int(rows(address, "SELECT count(*) FROM journal")[0][0][0])


@pytest.mark.parametrize("verb", VERBS)
def test_a_dry_run_tells_and_changes_nothing(
    say: Command, month: str, verb: str
) -> None:
    before = entries(month), books(month)
    said = say(verb, *FEBRUARY, "--office", month, "--dry-run")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("nothing was changed.\n")
    document = say(verb, *FEBRUARY, "--office", month, "--dry-run", "--json").document
    assert document.keys() == {"period", "drafts", "exceptions"}
    assert len(document["drafts"]) == {"bill": 11, "pay": 5}[verb]
    assert (entries(month), books(month)) == before


@pytest.mark.parametrize(
    ("verb", "first", "heads", "last"),
    [
        (
            "bill",
            "Invoices of 01 Feb 2026 to 28 Feb 2026, issued 01 Mar 2026.",
            ["Payer", "Kind", "Net", "Tax", "Total", "Currency", "Lines"],
            "11 documents would be issued; nothing was changed.",
        ),
        (
            "pay",
            "Pay of 01 Feb 2026 to 28 Feb 2026, paid 01 Mar 2026.",
            ["Tutor", "Gross", "Net", "Currency", "Hours", "Lines"],
            "5 tutors would be paid; nothing was changed.",
        ),
    ],
)
def test_a_run_says_first_what_for(
    say: Command, month: str, verb: str, first: str, heads: list[str], last: str
) -> None:
    period = ("--from", "2026-02-01", "--to", "2026-02-28", "--on", "2026-03-01")
    lines = say(verb, *period, "--office", month, "--dry-run").out.splitlines()
    assert (lines[0], lines[-1]) == (first, last)
    assert heads in [line.split() for line in lines]
    asked = (verb, *period, "--office", month, "--dry-run", "--json")
    assert say(*asked).document["period"] == {
        "from": "2026-02-01",
        "to": "2026-02-28",
        "on": "2026-03-01",
    }


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_names_what_goes_without_saying(say: Command, verb: str) -> None:
    told = " ".join(say(verb, "--help").out.split())
    for words in ("last full month", "end of the month of --from", "default: today"):
        assert words in told


@pytest.mark.parametrize("verb", VERBS)
def test_a_dry_run_leaves_the_file_as_it_is(
    say: Command, month_sqlite: str, verb: str
) -> None:
    before = Path(month_sqlite).read_bytes()
    assert say(verb, *FEBRUARY, "--office", month_sqlite, "--dry-run").code == 0
    assert Path(month_sqlite).read_bytes() == before


def test_bill_issues_what_the_preview_said(say: Command, month: str) -> None:
    asked = (*FEBRUARY, "--office", month, "--json")
    drafts = say("bill", *asked, "--dry-run").document["drafts"]
    said = say("bill", *asked)
    assert (said.code, said.err) == (0, "")
    assert said.document.keys() == {"period", "issued", "exceptions", "files"}
    issued = said.document["issued"]
    assert [row["number"] for row in issued] == [f"INV-{n:04}" for n in range(1, 12)]
    assert [(row["payer"], row["total"]) for row in issued] == [
        (row["payer"], row["total"]) for row in drafts
    ]
    stored = [(number, total) for number, _payer, total in books(month).documents]
    assert [
        (row["number"], int(Decimal(row["total"]) * 100)) for row in issued
    ] == stored


def test_what_holds_back_is_named_and_is_no_failure(say: Command, month: str) -> None:
    said = say("bill", *FEBRUARY, "--office", month, "--json")
    blocking = [one for one in said.document["exceptions"] if one["is_blocking"]]
    assert [one["kind"] for one in blocking] == ["no_address"]
    assert HELD_BACK in blocking[0]["message"]
    assert all(one["message"].endswith(".") for one in said.document["exceptions"])
    assert HELD_BACK not in {row["payer"] for row in said.document["issued"]}


@pytest.mark.parametrize("verb", VERBS)
def test_a_second_start_does_nothing_twice(say: Command, month: str, verb: str) -> None:
    assert say(verb, *FEBRUARY, "--office", month).code == 0
    once = books(month)
    second = say(verb, *FEBRUARY, "--office", month, "--json")
    assert second.code == 0
    assert second.document.get("issued", second.document.get("statements")) == []
    assert books(month) == once


def teach_one_more(address: str, tutor: int = 1) -> int:
    """Enter a session of February late, and close it out."""
    office = open_office(address, clock=CLOCK)
    try:
        booked = office.bookings.book(
            BookSession(
                1,
                (tutor,),
                (1,),
                datetime.fromisoformat("2026-02-28T09:00"),
                60,
                accept_soft=True,
            )
        )
        office.close_outs.close(CloseSession(booked.session_id))
    finally:
        office.close()
    return booked.session_id


@pytest.mark.parametrize("verb", VERBS)
def test_a_second_start_takes_what_has_come_since(
    say: Command, month: str, verb: str
) -> None:
    say(verb, *FEBRUARY, "--office", month)
    once = books(month)
    teach_one_more(month)
    assert say(verb, *FEBRUARY, "--office", month).code == 0
    twice = books(month)
    assert len(twice.documents) - len(once.documents) == (verb == "bill")
    assert len(twice.statements) - len(once.statements) == (verb == "pay")
    assert (twice.documents or twice.statements)[:-1] == (
        once.documents or once.statements
    )


def test_a_tutor_without_a_rate_is_held_back_until_there_is_one(
    say: Command, month: str
) -> None:
    office = open_office(month, clock=CLOCK)
    tutor = office.tutors.add_tutor(AddTutor("Zoe Unpaid", address="3 Top Road"))
    office.close()
    teach_one_more(month, tutor)
    asked = (*FEBRUARY, "--office", month, "--json")
    said = say("pay", *asked)
    assert said.code == 0
    blocking = [one for one in said.document["exceptions"] if one["is_blocking"]]
    assert ["Zoe Unpaid" in one["message"] for one in blocking] == [True]
    assert len(said.document["statements"]) == 5
    office = open_office(month, clock=CLOCK)
    office.pay_rates.set_pay(
        SetPay(PayLevel.TUTOR, tutor_id=tutor, per=PayPer.HOUR, amount=2000)
    )
    office.close()
    late = say("pay", *asked).document["statements"]
    assert [(row["tutor"], row["gross"]) for row in late] == [("Zoe Unpaid", "20.00")]


def test_pay_names_as_held_back_only_whom_the_run_held_back(
    say: Command, month_sqlite: str
) -> None:
    office = open_office(month_sqlite, clock=CLOCK)
    tutor = office.tutors.add_tutor(AddTutor("Zoe Unpaid", address="3 Top Road"))
    teach_one_more(month_sqlite, tutor)
    terms = SetPay(PayLevel.TUTOR, tutor_id=tutor, per=PayPer.HOUR, amount=2000)
    office.pay_rates.set_pay(replace(terms, valid_from=date(2026, 4, 1)))
    office.close()
    with closing(sqlite3.connect(month_sqlite)) as file, file:
        file.execute("UPDATE pay_rate SET valid_from = NULL")
    asked = (*FEBRUARY, "--office", month_sqlite, "--json")
    assert len(say("pay", *asked, "--dry-run").document["drafts"]) == 6
    said = say("pay", *asked).document
    assert len(said["statements"]) == 6
    assert not any(one["is_blocking"] for one in said["exceptions"])


def test_a_session_without_a_price_is_held_back_until_there_is_one(
    say: Command, month: str
) -> None:
    office = open_office(month, clock=CLOCK)
    unpriced = office.catalog.add_offering(AddOffering("Latin", 1))
    start = datetime.fromisoformat("2026-02-28T09:00")
    booked = office.bookings.book(
        BookSession(unpriced, (1,), (1,), start, 60, accept_soft=True)
    )
    office.close_outs.close(CloseSession(booked.session_id))
    office.close()
    asked = (*FEBRUARY, "--office", month, "--json")
    said = say("bill", *asked)
    assert said.code == 0
    blocking = [one for one in said.document["exceptions"] if one["kind"] == "no_rate"]
    assert [one["session"] for one in blocking] == [booked.session_id]
    assert len(said.document["issued"]) == 10
    office = open_office(month, clock=CLOCK)
    office.catalog.set_price(
        SetPrice(
            PriceLevel.OFFERING, offering_id=unpriced, per=PricePer.HOUR, amount=3000
        )
    )
    office.close()
    assert len(say("bill", *asked).document["issued"]) == 1


def text_of(path: Path) -> str:
    """Read the words of a PDF."""
    with pypdfium2.PdfDocument(path) as document:
        return " ".join(
            page.get_textpage().get_text_bounded().replace("\r\n", " ")
            for page in document
        )


def test_bill_writes_a_document_for_every_number(
    say: Command, month: str, tmp_path: Path
) -> None:
    out = tmp_path / "new" / "invoices"
    said = say("bill", *FEBRUARY, "--office", month, "--out", out, "--json")
    files = [Path(name) for name in said.document["files"]]
    assert sorted(files) == sorted(out.iterdir())
    for row in said.document["issued"]:
        (own,) = [path for path in files if path.name.startswith(row["number"])]
        words = text_of(own)
        assert row["number"] in words
        assert row["total"].replace(",", "") in words.replace(",", "")
        assert HOSTILE[:4] not in words or row["payer"] == f"Kim {HOSTILE}"


@pytest.mark.parametrize("verb", VERBS)
def test_out_gets_only_what_it_lacks(
    say: Command, month_sqlite: str, tmp_path: Path, verb: str
) -> None:
    asked = (*FEBRUARY, "--office", month_sqlite, "--out", tmp_path / "out", "--json")
    first = say(verb, *asked).document["files"]
    before = picture(tmp_path / "out")
    assert len(before) == len(first) == {"bill": 11, "pay": 6}[verb]
    assert say(verb, *asked).document["files"] == []
    gone = sorted((tmp_path / "out").iterdir())[2]
    gone.unlink()
    assert say(verb, *asked).document["files"] == [str(gone)]
    assert picture(tmp_path / "out") == before


def test_pay_writes_statements_and_one_table(
    say: Command, month: str, tmp_path: Path
) -> None:
    asked = (*FEBRUARY, "--office", month, "--out", tmp_path / "pay", "--json")
    said = say("pay", *asked)
    assert said.document.keys() == {"period", "statements", "exceptions", "files"}
    files = [Path(name) for name in said.document["files"]]
    (table,) = [path for path in files if path.suffix == ".csv"]
    content = table.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == content.count(b"\n")
    found = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    for row in said.document["statements"]:
        own = [line for line in found if line["statement"] == row["number"]]
        assert sum(Decimal(line["amount"]) for line in own) == Decimal(row["gross"])
        (paper,) = [path for path in files if path.name.startswith(row["number"])]
        assert row["number"] in text_of(paper)


def period_of(address: str) -> tuple[date, date]:
    """Give the period that stands on the last document."""
    query = "SELECT from_on, until_on FROM document ORDER BY id DESC LIMIT 1"
    first, last = rows(address, query)[0][0]
    return date.fromisoformat(str(first)), date.fromisoformat(str(last))


@pytest.mark.parametrize(
    ("words", "period"),
    [
        (("--from", "2026-02-10"), (date(2026, 2, 10), date(2026, 2, 28))),
        (("--to", "2026-02-20"), (date(2026, 2, 1), date(2026, 2, 20))),
    ],
)
def test_half_a_period_is_completed_to_the_month(
    say: Command,
    month_sqlite: str,
    words: tuple[str, ...],
    period: tuple[date, date],
) -> None:
    assert say("bill", *words, "--on", "2026-03-01", "--office", month_sqlite).code == 0
    assert period_of(month_sqlite) == period


def test_without_a_period_it_is_the_last_calendar_month(
    say: Command, month_sqlite: str
) -> None:
    assert say("bill", "--office", month_sqlite).code == 0
    first, last = period_of(month_sqlite)
    issued = rows(month_sqlite, "SELECT max(issued_on) FROM document")[0][0][0]
    today = date.fromisoformat(issued)
    assert (first.day, (last - first).days in range(27, 31)) == (1, True)
    assert (today.replace(day=1) - last).days == 1


@pytest.mark.parametrize("verb", VERBS)
def test_a_period_the_wrong_way_round_is_refused(
    say: Command, month_sqlite: str, verb: str
) -> None:
    words = ("--from", "2026-02-28", "--to", "2026-02-01", "--office", month_sqlite)
    assert "2026" in say(verb, *words).sentence


def test_an_issue_date_before_the_last_one_is_refused(say: Command, month: str) -> None:
    say("bill", *FEBRUARY, "--office", month)
    before = books(month)
    earlier = ("--from", "2026-01-01", "--to", "2026-01-31", "--on", "2026-02-27")
    assert say("bill", *earlier, "--office", month).sentence
    assert books(month) == before


def test_processes_do_the_same(fresh_sqlite: Fresh, tmp_path: Path) -> None:
    office = fresh_sqlite()
    for verb in VERBS:
        out = tmp_path / verb
        said = run(verb, *FEBRUARY, "--office", office, "--out", out, "--json")
        assert (said.code, said.err) == (0, "")
        assert [str(path) for path in sorted(out.iterdir())] == sorted(
            said.document["files"]
        )
    assert run("check", "--office", office).code == 0
