"""Comes to the screen at once; what takes its time to load is loaded behind it.

Nothing here may load services or the database: it runs before they are read.
"""

from __future__ import annotations

import gc
import sys

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from app.settings import settings_file
from app.views.appearance import Appearance
from app.views.shell.curtain import Curtain
from app.views.shell.single import FirstWindow
from app.views.state import State

SWITCH = 0.0005  # seconds after which work at the desk lets the window go on


class Opening:
    """The application, how it looks, and its curtain before the main window."""

    def __init__(self, address: str) -> None:
        gc.disable()  # what is loaded is no garbage; the windows collect later
        self.application = make_application()
        self.state = State(remembered())
        self.appearance = Appearance(self.application, self.state)
        self.appearance.dress()
        self.first = FirstWindow(address)
        self.curtain = Curtain(self.state)
        self.curtain.painted.connect(self._go_on)
        self.curtain.closed.connect(self._end)
        self._is_over = False

    def come_up(self) -> bool:
        """Show the curtain.

        False if the office has a window already, which rose, or if it was closed.
        """
        if not self.first.stand():
            return False
        self.curtain.show()
        self.application.exec()
        if self._is_over:
            self.first.leave()
        return not self._is_over

    def is_over(self) -> bool:
        """Say whether somebody closed the curtain, also while all was loading."""
        self.application.processEvents()
        return self._is_over

    def give_way(self) -> None:
        """Take the curtain away."""
        self.curtain.hide()
        self.curtain.deleteLater()

    def _end(self) -> None:
        self._is_over = True

    def _go_on(self) -> None:
        self.application.exit(0)  # quitting would close the curtain


def make_application() -> QApplication:
    """Give the application, made once; threads take turns more often from now on."""
    QApplication.setApplicationName("Chalkbook")
    QApplication.setOrganizationName("Chalkbook")
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontShowIconsInMenus, on=False)
    sys.setswitchinterval(SWITCH)
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication(sys.argv[:1])


def remembered() -> QSettings:
    """Give the file of what the windows remember, beside the settings."""
    path = settings_file().with_name("windows.ini")
    return QSettings(str(path), QSettings.Format.IniFormat)
