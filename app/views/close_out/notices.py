"""What did not go as wanted, told over the page until it is read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.text import _
from app.views.widgets.feedback import Banner
from app.views.widgets.laying import down


class Notice(QWidget):
    """A message under the header; hidden while there is none.

    Signals:
        opened: The session that it is about is to be shown; carries its number.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._session_id = 0
        self._warning = Banner("", "warn", closable=True)
        self._failure = Banner("", "err", _("Open it"), closable=True)
        if self._failure.button is not None:
            self._failure.button.clicked.connect(self._on_opened)
        for banner in (self._warning, self._failure):
            banner.hide()
            banner.dismissed.connect(self._on_dismissed)
        layout = down(self._failure, self._warning, margins=(16, 8, 16, 8))
        self.setLayout(layout)
        self.hide()

    @property
    def text(self) -> str:
        """What is said now."""
        for banner in (self._failure, self._warning):
            if not banner.isHidden():
                return banner.accessibleName()
        return ""

    def warn(self, sentence: str) -> None:
        """Tell something to look at."""
        self._warning.say(sentence)
        self._warning.show()
        self.show()

    def fail(self, sentence: str, session_id: int) -> None:
        """Tell that a session was not saved."""
        self._session_id = session_id
        self._failure.say(sentence)
        self._failure.show()
        self.show()

    def settle(self, session_id: int) -> None:
        """Say no more of a session that was saved after all."""
        if session_id == self._session_id:
            self._failure.hide()
            self._on_dismissed()

    def _on_dismissed(self) -> None:
        self.setVisible(bool(self.text))

    def _on_opened(self) -> None:
        self.opened.emit(self._session_id)
