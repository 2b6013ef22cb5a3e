"""Every amount of pay is the sum of its lines, before and after it is frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from app.bootstrap import open_office
from app.models.values.actors import Actor, Role
from app.services.documents.values import PayStatement
from app.services.office import Office
from app.services.payroll.book import PayRow
from app.services.payroll.errors import OtherPayError
from app.services.payroll.explaining import Explained
from app.services.payroll.requests import PayRunOf, StartPayRun
from tests.fakes import FakeClock

FEBRUARY = (date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1))


@pytest.fixture
def month_pay(month_sqlite: str, clock: FakeClock) -> Iterator[tuple[Office, PayRunOf]]:
    """The office whose February was taught, and the period to pay."""
    office = open_office(month_sqlite, clock=clock)
    yield office, PayRunOf(*FEBRUARY)
    office.close()


def adds_up(row: PayRow, found: Explained) -> bool:
    """Say whether everything of a tutor's pay is the sum of what it is made of."""
    parts = row.taught + row.supplements + row.corrections
    lines = [sum(line.amount for line in each.lines) for each in found.earned]
    return (
        row.gross == parts == found.gross == sum(lines)
        and lines == [each.amount for each in found.earned]
        and row.net == found.net == found.gross - found.deducted
    )


def test_what_would_be_paid_is_what_is_paid(month_pay: tuple[Office, PayRunOf]) -> None:
    office, of = month_pay
    book = office.pay_book
    before = book.preview(of)
    assert before.rows
    assert all(
        adds_up(row, book.explain_draft(of, row.tutor_id)) for row in before.rows
    )
    done = office.pay_runs.run(StartPayRun(*FEBRUARY, "february"))
    after = book.table(done.pay_run_id or 0)
    frozen = [
        replace(row, statement_id=None, number="", former_net=None)
        for row in after.rows
    ]
    assert frozen == list(before.rows)
    assert all(
        adds_up(row, book.explain_statement(row.statement_id or 0))
        for row in after.rows
    )


def test_an_open_run_is_worked_out_anew(month_pay: tuple[Office, PayRunOf]) -> None:
    office, of = month_pay
    run_id = office.pay_runs.start(StartPayRun(*FEBRUARY, "looked at")) or 0
    rows = office.pay_book.table(run_id).rows
    assert rows == office.pay_book.preview(of).rows
    first = rows[0]
    assert adds_up(first, office.pay_book.explain_run(run_id, first.tutor_id))


def test_a_tutor_opens_nobody_elses_pay(month_pay: tuple[Office, PayRunOf]) -> None:
    office, _of = month_pay
    done = office.pay_runs.run(StartPayRun(*FEBRUARY, "february"))
    own, other, *_rest = done.statements
    tutor = office.acting_as(Actor("Ann", Role.TUTOR, own.tutor_id))
    assert tutor.pay_book.explain_statement(own.statement_id).net == own.net
    assert isinstance(tutor.previews.statement(own.statement_id).value, PayStatement)
    with pytest.raises(OtherPayError):
        tutor.pay_book.explain_statement(other.statement_id)
    with pytest.raises(OtherPayError):
        tutor.previews.statement(other.statement_id)
