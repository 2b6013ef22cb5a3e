"""The tray of missed sessions that wait for another time, at the right edge."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem

from app.models.values.schedule import SessionStatus
from app.services.scheduling.waiting import Waiting
from app.text import _, ngettext
from app.views.formats import Formats
from app.views.typography import label, scaled, set_role
from app.views.widgets.panels import Inspector

WIDTH = 248
ROW, TALLEST = 84, 504  # pixels of a session, of all of them


class TrayList(QListWidget):
    """The sessions of the tray; each can be taken by the hand, or opened.

    Signals:
        carried: A session is held over a point of the screen; carries its place.
        let_go: It was let go at a point of the screen; carries its place.
        put_back: It was given up.
        opened: Another time is to be found for one; carries its place.
    """

    carried = Signal(object, object)
    let_go = Signal(object, object)
    put_back = Signal()
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._from: QPoint | None = None
        self._is_carried = False
        self.setAccessibleName(_("Sessions that wait for another time"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(self, "small", tabular=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton and self.itemAt(at):
            self._from = at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        way = event.position().toPoint() - self._from
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._is_carried = True
        if self._is_carried:
            self.carried.emit(self.currentRow(), event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        was_carried, self._from, self._is_carried = self._is_carried, None, False
        if was_carried:
            self.let_go.emit(self.currentRow(), event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.itemAt(event.position().toPoint()):
            self.opened.emit(self.currentRow())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._from is not None:
            self._from, self._is_carried = None, False
            self.put_back.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentRow() >= 0:
                self.opened.emit(self.currentRow())
        else:
            super().keyPressEvent(event)


class Tray(Inspector):
    """Shows what waits, and how it is placed again."""

    def __init__(self, formats: Formats) -> None:
        super().__init__(_("Waiting"), "", WIDTH)
        self._formats = formats
        self.waiting: tuple[Waiting, ...] = ()
        self.list = TrayList()
        hint = _("Drag one into the grid, or press Enter to find a time for it.")
        self.body.addWidget(label(hint, "small", "text2", wrap=True))
        self.body.addWidget(self.list, 1)
        self._none = label(_("No session waits for another time."), wrap=True)
        self.body.addWidget(self._none)
        self.show_waiting(())

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """Show what waits, keeping the place in the list."""
        row = max(0, self.list.currentRow())
        self.waiting = tuple(waiting)
        self.set_title(_("Waiting"), count_text(len(waiting)))
        self.list.clear()
        for one in waiting:
            item = QListWidgetItem(self._words(one))
            item.setSizeHint(QSize(0, scaled(ROW)))
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(waiting) - 1))
        self.list.setVisible(bool(waiting))
        self._none.setVisible(not waiting)
        self.list.setFixedHeight(min(scaled(ROW) * len(waiting) + 8, TALLEST))

    def _words(self, one: Waiting) -> str:
        formats, card = self._formats, one.card
        when = f"{formats.day_of(card.starts_at)} {formats.clock(card.starts_at)}"
        why = _why(one, formats)
        length = formats.hours(one.minutes)
        return f"{name_of(one)}\n{card.offering}, {length}\n{when}, {why}"


def name_of(one: Waiting) -> str:
    """Name those who are to be taught."""
    names = [s.name for s in one.card.students if s.student_id in one.student_ids]
    return ", ".join(names) or one.card.offering


def count_text(count: int) -> str:
    """Say how many sessions wait."""
    words = ngettext("{count} session waits", "{count} sessions wait", count)
    return words.format(count=count)


def _why(one: Waiting, formats: Formats) -> str:
    if one.expires_on is not None:
        return _("make-up until {day}").format(day=formats.day(one.expires_on))
    if one.is_owed:
        return _("make-up owed")
    if one.card.status is SessionStatus.CANCELLED_BY_TUTOR:
        return _("cancelled by the tutor")
    return _("cancelled by the office")
