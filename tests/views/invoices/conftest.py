"""The page of invoices, shown, in an office whose February waits to be billed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.billing.requests import RunDone, StartRun
from app.views.invoices.page import InvoicesPage
from app.views.tools import Tools
from tests.month import FEBRUARY


@pytest.fixture
def page(tools: Tools, qtbot: QtBot) -> Iterator[InvoicesPage]:
    """The page in a window of its own."""
    made = InvoicesPage(tools)
    qtbot.addWidget(made)
    made.resize(1236, 846)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    yield made
    made.close()


@pytest.fixture
def issued(tools: Tools) -> RunDone:
    """February's invoices."""
    first, last, on = (date.fromisoformat(each) for each in FEBRUARY[1::2])
    return tools.office.invoices.run(StartRun(first, last, on, "february"))
