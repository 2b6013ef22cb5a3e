"""Starts the desktop application, and ends it in order."""

from __future__ import annotations

import argparse
import getpass
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import platformdirs
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.bootstrap import backup_folder, is_founded, open_office
from app.models.values.actors import Actor, Role
from app.models.values.errors import OfficeError
from app.opening import Opening, make_application
from app.services.clock import Clock, SystemClock
from app.services.office import Office
from app.services.profile import SetUpOffice
from app.text import _
from app.views.appearance import Appearance
from app.views.changes import ChangeBus
from app.views.errors import CrashReports, refusal
from app.views.formats import Formats
from app.views.garbage import GarbageCollector
from app.views.jobs import BackgroundJobs
from app.views.keeping import Chores, Keeper
from app.views.pages import pages_for
from app.views.prompts import WindowPrompts
from app.views.shell.ahead import Ahead
from app.views.shell.main_window import MainWindow
from app.views.shell.welcome import Choice, Welcome, Wish
from app.views.state import State
from app.views.theme import Scheme
from app.views.tools import Tools

OFFSCREEN = "offscreen"


@dataclass(frozen=True, slots=True)
class Pictures:
    """What ``grab`` is to draw.

    Attributes:
        scale: how many pixels a px has; 1.0 is 100 %.
    """

    folder: Path
    scheme: Scheme
    scale: float = 1.0
    size: tuple[int, int] = (1440, 900)


def open_desktop(address: str, opening: Opening | None = None) -> int:
    """Show an office's window until it is closed, and give the exit code.

    Args:
        address: a file, or a database's address.
        opening: what already came to the screen for it; made here where nothing did.

    Raises:
        OfficeError: The office cannot be opened; a window has said so.
    """
    if opening is None:
        opening = Opening(address)
        if not opening.come_up():
            return 0
    try:
        return _opened(address, opening)
    except OfficeError as error:
        opening.give_way()
        _tell(error, opening.application)
        raise
    finally:
        opening.first.leave()


def _opened(address: str, opening: Opening) -> int:
    application = opening.application
    if opening.is_over():
        return 0
    if not is_founded(address):
        opening.give_way()
        wish = _ask_for_office(application)
        if wish is None:
            return 0
        address = _founded(address, wish)
        if not opening.first.move(address):
            return 0
    desktop = Desktop(address, SystemClock(), opening.state, opening.appearance)
    opening.first.knocked.connect(desktop.window.come_forward)
    desktop.keep()
    desktop.window.show()
    opening.give_way()
    try:
        return application.exec()
    finally:
        desktop.close()


def _tell(error: OfficeError, application: QApplication) -> None:
    """Say in a window why the office cannot be opened, until that is read."""
    box = refusal(error)
    box.finished.connect(application.quit)
    box.open()
    application.exec()
    box.deleteLater()


class _Answer:
    """Keeps what was wished for in the first window."""

    def __init__(self) -> None:
        self.wish: Wish | None = None

    def take(self, wish: Wish) -> None:
        """Keep a wish."""
        self.wish = wish


def _ask_for_office(application: QApplication) -> Wish | None:
    """Ask what is wanted where there is no office yet; nothing if nothing is."""
    answer, welcome = _Answer(), Welcome()
    welcome.wished.connect(answer.take)
    welcome.finished.connect(application.quit)
    welcome.open()
    application.exec()
    welcome.deleteLater()
    return answer.wish


def _founded(address: str, wish: Wish) -> str:
    """Make the office that was wished for, and name its address."""
    if wish.choice is Choice.SAMPLE or wish.office is None:
        from app.services.demo.making import make_sample  # noqa: PLC0415  rarely asked
        from app.services.demo.story import Stage  # noqa: PLC0415

        folder = platformdirs.user_data_path("chalkbook", appauthor=False) / "sample"
        summary = make_sample(folder, SystemClock().now(), Stage.PAYROLL, None)
        return str(summary.office)
    office = open_office(address, actor=Actor(_person(), Role.OWNER), create=True)
    try:
        office.settings.set_up(wish.office)
    finally:
        office.close()
    return address


def pictures_of(asked: argparse.Namespace) -> Pictures:
    """Read what was typed after ``grab``."""
    folder = Path(asked.out).expanduser()
    return Pictures(folder, Scheme(asked.theme), asked.scale, asked.size)


def draw_pictures(address: str, wanted: Pictures, clock: Clock) -> int:
    """Draw every page of an office into PNG files, without a screen."""
    os.environ["QT_QPA_PLATFORM"] = OFFSCREEN
    os.environ["QT_SCALE_FACTOR"] = str(wanted.scale)
    with TemporaryDirectory(prefix="chalkbook") as name:
        remembered = str(Path(name) / "windows.ini")
        application = make_application()
        state = State(QSettings(remembered, QSettings.Format.IniFormat))
        appearance = Appearance(application, state)
        appearance.show_scheme(wanted.scheme)
        desktop = Desktop(address, clock, state, appearance)
        _draw(application, desktop, wanted)
        nobody = SetUpOffice(_("A new office"), "Europe/Berlin", "EUR")
        empty = _founded(str(Path(name) / "new.chalkbook"), Wish(Choice.NEW, nobody))
        desktop = Desktop(empty, clock, state, appearance)
        return _draw(application, desktop, wanted, is_empty=True)


def _draw(
    application: QApplication,
    desktop: Desktop,
    wanted: Pictures,
    *,
    is_empty: bool = False,
) -> int:
    """Draw the window of an office, then close it."""
    from app.views.grab import Grabber  # noqa: PLC0415  only those who draw need it

    desktop.window.resize(*wanted.size)
    desktop.window.show()
    grabber = Grabber(desktop.window, desktop.jobs, wanted.folder, is_empty=is_empty)
    grabber.finished.connect(application.quit)
    grabber.start()
    try:
        return application.exec()
    finally:
        desktop.close()


class Desktop:
    """An open office with its window, jobs and crash reports."""

    def __init__(
        self, address: str, clock: Clock, state: State, appearance: Appearance
    ) -> None:
        self.reports = CrashReports()
        self.reports.install()
        self.garbage = GarbageCollector()
        actor = Actor(_person(), Role.OWNER)
        self.office: Office = open_office(address, clock=clock, actor=actor)
        record = self.office.settings.office()
        state.enter(record.uid)
        self.jobs = BackgroundJobs()
        self._address = address
        self._tools = tools = Tools(
            self.office,
            self.jobs,
            ChangeBus(self.office),
            WindowPrompts(),
            Formats.of(record.locale, record.zone, record.currency),
            clock,
            state,
        )
        self.window = MainWindow(tools, actor, record.name, appearance)
        tools.bus.watch(self.jobs)
        self.jobs.busy.connect(self.window.status.show_jobs)
        self.jobs.failed.connect(self.window.complain)

    def keep(self) -> None:
        """Have backups made, the day's chores done and the pages made from now on."""
        folder = backup_folder(self._address)
        self.keeper = Keeper(self._tools, folder, self.window)
        self.window.keep(self.keeper)
        self.keeper.start()
        self.chores = Chores(self._tools, self.window)
        self.chores.start()
        pages = pages_for(self.office.actor)
        self.ahead = Ahead(self._tools, self.window, pages)
        self.ahead.start()

    def close(self) -> None:
        """Finish the work in hand, then close the window and the office."""
        self._tools.bus.leave()
        self.jobs.close()
        self.window.deleteLater()
        self.office.close()


def _person() -> str:
    """Name who sits at this machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return _("Office")
