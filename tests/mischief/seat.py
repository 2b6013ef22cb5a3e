"""The desk that a random visitor sits down at: the program's parts, made anew."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.bootstrap import open_office
from app.models.values.actors import Actor, Role
from app.services.checking.check import Checked
from app.services.office import Office
from app.views.appearance import Appearance, Wanted
from app.views.changes import ChangeBus
from app.views.formats import Formats
from app.views.jobs import BackgroundJobs
from app.views.keeping import Keeper
from app.views.shell.main_window import MainWindow
from app.views.state import State
from app.views.tools import Tools
from tests.fakes import FakeClock
from tests.mischief.standing_in import ChancePrompts, TurnJobs

OWNER = Actor("Olga", Role.OWNER)
OUTSIDE = ("tel", "mailto", "http", "https", "file")


class Outside(QObject):
    """Stands in for the programs that addresses are opened with."""

    @Slot(QUrl)
    def hear(self, address: QUrl) -> None:
        """Take an address."""
        assert address.isValid()


class Seat:
    """The main window with everything behind it, but nothing of the system.

    Attributes:
        jobs: those of the program, or such as can be played again.
    """

    def __init__(
        self,
        address: str,
        clock: FakeClock,
        state: State,
        prompts: ChancePrompts,
        jobs: TurnJobs | BackgroundJobs,
    ) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.setQuitOnLastWindowClosed(False)
        self.clock, self.jobs, self.prompts = clock, jobs, prompts
        self.office: Office = open_office(address, clock=clock, actor=OWNER)
        record = self.office.settings.office()
        self.tools = Tools(
            self.office,
            jobs,
            ChangeBus(self.office),
            prompts,
            Formats.of(record.locale, record.zone, record.currency),
            clock,
            state,
        )
        self.appearance = Appearance(app, state)
        self.window = MainWindow(self.tools, OWNER, record.name, self.appearance)
        jobs.failed.connect(self.window.complain)
        self.window.keep(Keeper(self.tools, prompts.folder, self.window))
        self._outside = Outside()
        for scheme in OUTSIDE:
            QDesktopServices.setUrlHandler(
                scheme,
                self._outside,
                "hear",  # type: ignore[arg-type]
            )
        self.window.show()

    def work_off(self) -> None:
        """Have every job done, and every word of it heard."""
        if isinstance(self.jobs, TurnJobs):
            while not self.jobs.is_idle:
                self.jobs.step()
                QCoreApplication.processEvents()
            return
        while not self.jobs.is_idle:
            QTest.qWait(5)

    def check(self) -> Checked:
        """Let the office check its books."""
        return self.office.checking.check()

    def close(self) -> None:
        """Close the window, finish what is under way and leave the office."""
        for scheme in OUTSIDE:
            QDesktopServices.unsetUrlHandler(scheme)
        for window in QApplication.topLevelWidgets():
            window.close()
        self.work_off()
        self.tools.bus.leave()
        if isinstance(self.jobs, BackgroundJobs):
            self.jobs.close()
        self.window.deleteLater()
        self.appearance.choose(Wanted.LIGHT)
        self.appearance.set_text_size(1.0)
        self.appearance.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.office.close()
