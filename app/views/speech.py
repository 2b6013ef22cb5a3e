"""Tells those who hear the screen what is only seen: one road for all of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_POLITE = QAccessible.AnnouncementPoliteness.Polite
_URGENT = QAccessible.AnnouncementPoliteness.Assertive


class Speech(QObject):
    """Announces sentences to screen readers.

    Signals:
        said: Something was announced; carries the words and whether they interrupt.
    """

    said = Signal(str, bool)

    def say(self, at: QWidget, words: str, *, is_urgent: bool = False) -> None:
        """Announce words that belong to a widget; urgent ones interrupt others."""
        if not words:
            return
        event = QAccessibleAnnouncementEvent(at, words)
        event.setPoliteness(_URGENT if is_urgent else _POLITE)
        QAccessible.updateAccessibility(event)
        self.said.emit(words, is_urgent)


speech = Speech()
