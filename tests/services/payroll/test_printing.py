"""Statements and tables come from frozen data alone."""

from __future__ import annotations

import csv
from datetime import date, time
from decimal import Decimal
from io import StringIO

import pytest

from app.models.office import OfficeProfile
from app.models.people import Student, Tutor
from app.models.values.payroll import DistanceUnit, Engagement, PayKind
from app.services.documents.content import Strip
from app.services.documents.locale import locale_for
from app.services.documents.pay_statement import pay_content
from app.services.documents.values import Entry
from app.services.payroll.entries import PayEntries
from app.services.payroll.faces import initials, kind_words, masked
from app.services.payroll.pay_rates import PayRates
from app.services.payroll.printing import COLUMNS
from app.services.payroll.requests import AddAdjustment, SetMileageRate
from app.services.payroll.runs import PayRuns
from tests.services.payroll.scene import DECEMBER, Scene, at


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Maya Lind", "M. L."),
        ("Ana Maria de la Cruz", "A. C."),
        ("Cher", "C."),
        ("  ", ""),
    ],
)
def test_students_are_shown_by_initials(name: str, short: str) -> None:
    assert initials(name) == short


@pytest.mark.parametrize(
    ("account", "shown"),
    [("DE02 1203 0000 0000 2020 51", "•••• 2051"), ("1234", ""), ("", "")],
)
def test_only_the_end_of_an_account_is_shown(account: str, shown: str) -> None:
    assert masked(account) == shown


def test_every_kind_of_pay_has_words() -> None:
    assert all(kind_words(kind) for kind in PayKind)


def test_a_statement_lists_sums_and_every_session(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.claim_expense(session, 1250)
    scene.close(session, minutes=90)
    scene.close(scene.book(at(17)))
    row = scene.pay().statements[0]
    document = PayRuns(scene.desk).document(row.statement_id)
    assert (document.number, document.contractor) == ("PAY-2026-11-001", False)
    assert document.tutor.lines == ("1 Low Street",)
    assert [
        (one.label, one.minutes, one.rate, one.amount, one.detail)
        for one in document.earnings
    ] == [
        ("Sessions", 150, 2700, 6750, "2 sessions"),
        ("Expenses", None, None, 1250, "1 claim"),
    ]
    first = document.sessions[0]
    assert (first.day, first.start, first.end) == (
        date(2026, 11, 10),
        time(16),
        time(17, 30),
    )
    assert (first.initials, first.minutes, first.rate, first.amount) == (
        "M. L.",
        90,
        2700,
        4050,
    )
    assert sum(one.amount for one in document.sessions) == document.gross == 8000
    assert [one.kind for one in document.sessions] == ["", "expense", ""]


def test_nothing_that_changes_later_changes_a_statement(scene: Scene) -> None:
    scene.close(scene.book(at(10)))
    [row] = scene.pay().statements
    before = PayRuns(scene.desk).document(row.statement_id)
    with scene.make.transaction() as transaction:
        tutor = transaction.get_one(Tutor, scene.anna)
        tutor.name, tutor.address = "Somebody Else", "Elsewhere"
        tutor.engagement = Engagement.CONTRACTOR
        transaction.get_one(Student, scene.maya).name = "Zed Zed"
        transaction.get_one(OfficeProfile, 1).currency = "EUR"
    assert PayRuns(scene.desk).document(row.statement_id) == before
    [statement] = scene.statements()
    assert statement.face["office"] == {
        "name": "Chalk Street Tutors",
        "address": [],
        "contact": "",
        "legal": "",
        "language": "en-GB",
        "country": "GB",
        "logo_id": None,
    }


def test_the_year_to_date_goes_by_tax_year_and_day_of_paying(scene: Scene) -> None:
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    for period, month in (
        ((march, date(2026, 3, 31)), 3),
        ((april, date(2026, 4, 30)), 4),
        (DECEMBER, 12),
    ):
        scene.close(scene.book(at(8, month=month)))
        scene.pay(period)
    row = PayRuns(scene.desk).statements()[-1]
    document = PayRuns(scene.desk).document(row.statement_id)
    assert document.year_to_date == (
        Entry("Gross", 5400),
        Entry("Deductions", 0),
        Entry("Net", 5400),
        Entry("Sessions", 5400),
    )
    assert document.year_minutes == 120
    strip = next(
        part
        for part in pay_content(document, locale_for("de")).parts
        if isinstance(part, Strip)
    )
    assert strip.facts == (
        ("Gross", "54,00"),
        ("Deductions", "0,00"),
        ("Net", "54,00"),
        ("Hours", "2,00"),
        ("Sessions", "54,00"),
    )


def test_what_is_taken_back_shows_the_times_that_were_paid(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session, minutes=90)
    scene.pay()
    scene.close(session, minutes=60)
    row = scene.pay(DECEMBER).statements[0]
    document = PayRuns(scene.desk).document(row.statement_id)
    shown = {(one.amount, one.start, one.end) for one in document.sessions}
    assert shown == {
        (-4050, time(16), time(17, 30)),
        (2700, time(16), time(17)),
    }


def test_the_table_has_its_columns_and_plain_numbers(scene: Scene) -> None:
    with scene.make.transaction() as transaction:
        transaction.get_one(Tutor, scene.anna).name = "=HYPERLINK(1)"
    rate = SetMileageRate(Decimal("0.725"), DistanceUnit.MILE, date(2026, 1, 1))
    PayRates(scene.desk).set_mileage_rate(rate)
    session = scene.book(at(10))
    claim = scene.claim_miles(session, "12.4", date(2026, 11, 10))
    scene.close(session, minutes=75)
    fine = AddAdjustment(scene.anna, date(2026, 11, 12), -500, "-1+1")
    line_id = PayEntries(scene.desk).add_adjustment(fine)
    done = scene.pay()
    text = PayRuns(scene.desk).csv(done.pay_run_id or 0)
    assert text.endswith("\r\n")
    head, *rows = csv.reader(StringIO(text, newline=""))
    assert tuple(head) == COLUMNS
    of = ["PAY-2026-11-001", "'=HYPERLINK(1)"]
    when = ["2026-11-10", "2026-11-10T16:00"]
    miles = ["", "", "0.725", "8.99", f"mileage:{claim}", "12.4 mile at 0.725"]
    fine_row = ["2026-11-12", "", "", "", "", "-5.00", f"adjustment:{line_id}", "'-1+1"]
    assert rows == [
        [*of, "session", *when, "75", "1.25", "27.00", "33.75", "", ""],
        [*of, "mileage", *when, *miles],
        [*of, "adjustment", *fine_row],
    ]
