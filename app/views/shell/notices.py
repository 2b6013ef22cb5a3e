"""Bars over every page: what stands in the way, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.text import _
from app.views.widgets.feedback import Banner


class Notices(QWidget):
    """Says that the office cannot be reached, or that it has no backup.

    Signals:
        retried: The office is to be tried again.
        backed_up: A backup is wanted now.
    """

    retried = Signal()
    backed_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lost = Banner("", "err", _("Retry now"))
        self.backup = Banner("", "warn", _("Back up now"), closable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        for banner in (self.lost, self.backup):
            column.addWidget(banner)
            banner.hide()
        if self.lost.button and self.backup.button:
            self.lost.button.clicked.connect(self.retried)
            self.backup.button.clicked.connect(self.backed_up)
        self.backup.dismissed.connect(self.hide_backup)
        self._fit()

    def show_lost(self, sentence: str) -> None:
        """Say that nothing can be saved until the office is reached again."""
        words = _("Not connected: read only until the connection is back. {why}")
        self.lost.say(words.format(why=sentence))
        self.lost.show()
        self._fit()

    def hide_lost(self) -> None:
        """The office is reached again."""
        self.lost.hide()
        self._fit()

    def show_backup(self, sentence: str) -> None:
        """Warn that the office has no backup, or an old one."""
        self.backup.say(sentence)
        self.backup.show()
        self._fit()

    def hide_backup(self) -> None:
        """There is a backup, or the person knows."""
        self.backup.hide()
        self._fit()

    def _fit(self) -> None:
        self.setVisible(not (self.lost.isHidden() and self.backup.isHidden()))
