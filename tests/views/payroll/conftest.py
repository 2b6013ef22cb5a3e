"""The page of payroll, shown, in an office whose February waits to be paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.models.values.actors import Actor, Role
from app.services.payroll.requests import PayRunDone, StartPayRun
from app.views.payroll.page import PayrollPage
from app.views.tools import Tools
from tests.month import FEBRUARY


@pytest.fixture
def page(tools: Tools, qtbot: QtBot) -> Iterator[PayrollPage]:
    """The page in a window of its own."""
    made = PayrollPage(tools)
    qtbot.addWidget(made)
    made.resize(1236, 846)
    made.show()
    made.activateWindow()
    yield made
    made.close()


@pytest.fixture
def paid(tools: Tools) -> PayRunDone:
    """February's pay, approved."""
    first, last, on = (date.fromisoformat(each) for each in FEBRUARY[1::2])
    return tools.office.pay_runs.run(StartPayRun(first, last, on, "february"))


@pytest.fixture
def own_page(paid: PayRunDone, tools: Tools, qtbot: QtBot) -> Iterator[PayrollPage]:
    """The page as the first tutor of the run sees it."""
    actor = Actor("Ann", Role.TUTOR, paid.statements[0].tutor_id)
    made = PayrollPage(replace(tools, office=tools.office.acting_as(actor)))
    qtbot.addWidget(made)
    made.resize(1236, 846)
    made.show()
    yield made
    made.close()
