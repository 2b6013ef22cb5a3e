"""What tests of windows need: an office, tools whose jobs run at once, and guards."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap import database_url, open_office
from app.models.database import Database
from app.services.office import Office
from app.views import style
from app.views.changes import ChangeBus
from app.views.formats import Formats
from app.views.state import State
from app.views.theme import Scheme
from app.views.tools import Tools
from tests.factories import Make
from tests.fakes import FakeClock, InlineJobs, ScriptedPrompts
from tests.services.closing.world import World
from tests.views.stage import Stage

SLOW = 0.1  # seconds of collecting that pay for looking at everything once more


class Collector:
    """Collects after each test, leaving out what was there before and stays."""

    def __init__(self) -> None:
        self._is_slow = True

    def set_aside(self) -> None:
        """Look at what stays once more, and no longer, when collecting has got slow."""
        if self._is_slow:
            gc.unfreeze()
            gc.collect()
            gc.freeze()

    def collect(self) -> None:
        """Collect on this thread, and what Qt was asked to delete as well."""
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        began = time.perf_counter()
        gc.collect()
        self._is_slow = time.perf_counter() - began > SLOW
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(scope="session")
def _collector() -> Collector:
    """The one for all tests of windows in this process."""
    return Collector()


@pytest.fixture(autouse=True)
def _tidy_windows(qapp: QApplication, _collector: Collector) -> Iterator[None]:
    """Collect on this thread only, and leave no window behind."""
    gc.disable()
    _collector.set_aside()
    yield
    _collector.collect()
    gc.enable()
    left = [widget for widget in qapp.topLevelWidgets() if widget.isVisible()]
    for widget in left:
        widget.close()
    assert not left, f"windows left open: {left}"


@pytest.fixture(scope="session")
def _dressed(qapp: QApplication) -> None:
    """Give the application its looks once."""
    style.dress(qapp, Scheme.LIGHT)


@pytest.fixture
def formats() -> Formats:
    """How an office in London writes."""
    return Formats.of("en-GB", "Europe/London", "GBP")


@pytest.fixture
def state(tmp_path: Path) -> State:
    """A window that remembers nothing yet."""
    path = str(tmp_path / "window.ini")
    return State(QSettings(path, QSettings.Format.IniFormat))


@pytest.fixture
def prompts() -> ScriptedPrompts:
    """Answers that were thought out beforehand."""
    return ScriptedPrompts()


@pytest.fixture
def month_office(month_sqlite: str, clock: FakeClock) -> Iterator[Office]:
    """A small office whose February waits to be billed, in a file of its own."""
    office = open_office(month_sqlite, clock=clock)
    yield office
    office.close()


@pytest.fixture
def tools(
    _dressed: None,
    month_office: Office,
    clock: FakeClock,
    state: State,
    prompts: ScriptedPrompts,
) -> Tools:
    """What a page works with, in that office; jobs are done on the spot."""
    record = month_office.settings.office()
    formats = Formats.of(record.locale, record.zone, record.currency)
    return Tools(
        month_office,
        InlineJobs(),
        ChangeBus(month_office),
        prompts,
        formats,
        clock,
        state,
    )


@pytest.fixture
def world(sqlite_address: str, clock: FakeClock) -> Iterator[World]:
    """Anna teaches Maya and Ben; 48 an hour is charged, 27 an hour is paid."""
    database = Database(database_url(sqlite_address))
    with closing(database):
        yield World(database, clock, Make(database, clock))


@pytest.fixture
def stage(
    _dressed: None,
    sqlite_address: str,
    clock: FakeClock,
    state: State,
    prompts: ScriptedPrompts,
    formats: Formats,
    qtbot: QtBot,
) -> Iterator[Stage]:
    """Where pages of that office are shown."""
    made = Stage(sqlite_address, clock, state, prompts, formats, qtbot)
    yield made
    made.close()
