"""Journeys of paying tutors: a missing rate, a month, a correction."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_bdd import given, parsers, scenarios, then

from app.models.values.payroll import PayRunState
from app.models.values.schedule import EditScope
from app.services.closing.requests import CloseSession
from app.services.payroll.requests import PayRunOf
from app.services.people.tutor_requests import AddTutor
from app.services.scheduling.requests import EditSeries
from tests.journeys.conftest import OpenDesk
from tests.journeys.desk import Desk
from tests.once import Fresh

scenarios("features/payroll.feature")


def tutor_id(desk: Desk, name: str) -> int:
    """Give a tutor's number by name."""
    rows = desk.office.tutors.tutors()
    return next(row.tutor_id for row in rows if row.name == name)


@given(
    parsers.parse("an office where {name} has taught without a rate"),
    target_fixture="desk",
)
def _(fresh_sqlite: Fresh, open_desk: OpenDesk, name: str) -> Desk:
    desk = open_desk(fresh_sqlite())
    office = desk.office
    tutor = office.tutors.add_tutor(AddTutor(name, address="2 Low Road"))
    waiting = office.close_outs.open_close_outs()[0]
    change = EditSeries(waiting.session_id, EditScope.THIS, tutor_ids=(tutor,))
    office.series.edit(change)
    office.close_outs.close(CloseSession(waiting.session_id))
    desk.rest()
    return desk


@then(parsers.parse("{name} earns {amount:f} an hour"))
def _(desk: Desk, name: str, amount: float) -> None:
    desk.rest()
    [rate] = desk.office.pay_rates.rates(tutor_id(desk, name))
    assert rate.amount / 100 == pytest.approx(amount)


@then(parsers.parse("one run over {amount:f} is approved"))
def _(desk: Desk, amount: float) -> None:
    desk.sees("Approved")
    [run] = desk.office.pay_runs.runs()
    assert run.state is PayRunState.APPROVED
    assert run.net / 100 == pytest.approx(amount)


@then(parsers.parse("the next run of March takes {amount:f} off {name}"))
def _(desk: Desk, amount: float, name: str) -> None:
    asked = PayRunOf(date(2026, 3, 1), date(2026, 3, 31), date(2026, 3, 31))
    table = desk.office.pay_book.preview(asked)
    [row] = [one for one in table.rows if one.tutor == name]
    assert row.net / 100 == pytest.approx(-amount)
