"""Journeys of billing: the run, payments, credit notes, accounts, locked periods."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytest_bdd import given, parsers, scenarios, then, when

from app.services.billing.ledger import DocumentRow
from app.services.billing.requests import StartRun
from tests.journeys.conftest import OpenDesk
from tests.journeys.desk import Desk, rows_of
from tests.once import Fresh

scenarios("features/invoices.feature")

KEYS = {"R": Qt.Key.Key_R, "V": Qt.Key.Key_V, "1": Qt.Key.Key_1}


def document(desk: Desk, number: str) -> DocumentRow:
    """Give a document by its number."""
    rows = desk.office.ledger.documents()
    return next(row for row in rows if row.number == number)


@given("an office whose February is billed", target_fixture="desk")
def _(fresh_sqlite: Fresh, open_desk: OpenDesk) -> Desk:
    desk = open_desk(fresh_sqlite())
    run = StartRun(date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1), "february")
    desk.office.invoices.run(run)
    desk.rest()
    return desk


@when(parsers.parse("presses the key {key}"))
def _(desk: Desk, key: str) -> None:
    desk.key(KEYS[key])
    desk.rest()


@when("presses Enter")
def _(desk: Desk) -> None:
    desk.key(Qt.Key.Key_Return)
    desk.gone()


@then("no document has a number yet")
def _(desk: Desk) -> None:
    assert not desk.office.ledger.documents()


@then(parsers.parse("{count:d} documents over {amount:f} are issued"))
def _(desk: Desk, count: int, amount: float) -> None:
    rows = desk.office.ledger.documents()
    assert len({row.number for row in rows}) == count
    assert sum(row.total for row in rows) / 100 == pytest.approx(amount)


@then(parsers.parse('the table shows "{number}" as "{text}"'))
def _(desk: Desk, number: str, text: str) -> None:
    def is_there() -> bool:
        rows = rows_of(desk.table(number))
        return any(number in row and text in row for row in rows)

    desk.until(is_there, f"{number} with {text}")


@then(parsers.parse("{amount:f} is open of {number}"))
def _(desk: Desk, amount: float, number: str) -> None:
    desk.rest()
    assert document(desk, number).open / 100 == pytest.approx(amount)


@then(parsers.parse("the account of {payer} comes to {amount:f}"))
def _(desk: Desk, payer: str, amount: float) -> None:
    row = next(one for one in desk.office.ledger.documents() if one.payer == payer)
    entries = desk.office.ledger.account(row.payer_id)
    assert entries[-1].balance / 100 == pytest.approx(amount)


@then(parsers.parse("{count:d} sessions wait to be closed out"))
def _(desk: Desk, count: int) -> None:
    assert len(desk.office.close_outs.open_close_outs()) == count
