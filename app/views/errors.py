"""Where errors become something to read: a bug report, or one sentence."""

from __future__ import annotations

import logging
import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

import app
from app.models.values.errors import OfficeError
from app.settings import SettingsError
from app.text import _

_log = logging.getLogger(__name__)


class CrashReports(QObject):
    """Takes what nobody expected: logs it and shows one report at a time.

    Signals:
        caught: Something unexpected happened; carries the report's text.
    """

    caught = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: QMessageBox | None = None
        self.caught.connect(self._show)

    def install(self) -> None:
        """Take every error that nobody caught."""
        sys.excepthook = self.take

    def take(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Log an error, and have it reported on the thread of the windows."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("Unexpected", exc_info=(kind, error, trace))
        lines = traceback.format_exception(kind, error, trace)
        self.caught.emit(_report("".join(lines)))

    def _show(self, report: str) -> None:
        if self._shown is not None:
            return
        box = QMessageBox(QApplication.activeWindow())
        box.setWindowTitle(_("Something went wrong"))
        box.setText(_("Something went wrong that Chalkbook did not expect."))
        box.setInformativeText(
            _(
                "Your last action was not saved; everything before it is. You can go "
                "on working. Please send the details to whoever looks after the "
                "program: they hold no names and no amounts."
            )
        )
        box.setDetailedText(report)
        copy = box.addButton(_("Copy details"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()
        copy.clicked.connect(self._copy)
        go_on = box.addButton(_("Go on working"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(go_on)
        box.setEscapeButton(go_on)
        box.finished.connect(self._closed)
        self._shown = box
        box.open()

    def _copy(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(self._shown.detailedText())

    def _closed(self) -> None:
        if self._shown is not None:
            self._shown.deleteLater()
            self._shown = None


def refusal(error: OfficeError | SettingsError) -> QMessageBox:
    """Make the box that says why an office cannot be opened; it is not shown yet."""
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Critical)
    box.setWindowTitle("Chalkbook")
    box.setText(_("The office cannot be opened"))
    box.setInformativeText(str(error))
    box.setDefaultButton(box.addButton(_("Quit"), QMessageBox.ButtonRole.AcceptRole))
    return box


def _report(trace: str) -> str:
    """Say what somebody needs who is to mend it."""
    return (
        f"Chalkbook {app.__version__}, Python {platform.python_version()}, "
        f"{platform.platform()}\n\n{trace}"
    )
