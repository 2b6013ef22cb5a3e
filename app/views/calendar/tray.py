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
        carried: A session is held over a point of the screen; carries both.
        let_go: It was let go at a point of the screen; carries both.
        put_back: It was given up, or does not wait any more.
        opened: Another time is to be found for one; carries it.
    """

    carried = Signal(object, object)
    let_go = Signal(object, object)
    put_back = Signal()
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._from: QPoint | None = None
        self._waiting: tuple[Waiting, ...] = ()
        self._taken: Waiting | None = None  # stays the same when the rows change
        self._is_carried = False
        self.setAccessibleName(_("Sessions that wait for another time"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(self, "small", tabular=True)

    def show_waiting(self, waiting: Sequence[Waiting], words: Sequence[str]) -> None:
        """Show what waits; what is in the hand is put back when it is gone."""
        row = max(0, self.currentRow())
        self._waiting = tuple(waiting)
        self.clear()
        for text in words:
            item = QListWidgetItem(text)
            item.setSizeHint(QSize(0, scaled(ROW)))
            self.addItem(item)
        self.setCurrentRow(min(row, len(waiting) - 1))
        if self._taken is not None and self._taken not in self._waiting:
            self._give_up()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = event.position().toPoint()
        if event.button() is Qt.MouseButton.LeftButton:
            self._from, self._taken = at, self._at(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None or self._taken is None:
            return
        way = event.position().toPoint() - self._from
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._is_carried = True
        if self._is_carried:
            self.carried.emit(self._taken, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        taken = self._taken if self._is_carried else None
        self._leave()
        if taken is not None:
            self.let_go.emit(taken, event.globalPosition().toPoint())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (one := self._at(event.position().toPoint())) is not None:
            self.opened.emit(one)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._taken is not None:
            self._give_up()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentRow() >= 0:
                self.opened.emit(self._waiting[self.currentRow()])
        else:
            super().keyPressEvent(event)

    def _at(self, point: QPoint) -> Waiting | None:
        """Give the session under a point."""
        row = self.indexAt(point).row()
        return self._waiting[row] if row >= 0 else None

    def _give_up(self) -> None:
        was_carried = self._is_carried
        self._leave()
        if was_carried:
            self.put_back.emit()

    def _leave(self) -> None:
        self._from, self._taken, self._is_carried = None, None, False


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
        self.waiting = tuple(waiting)
        self.set_title(_("Waiting"), count_text(len(waiting)))
        self.list.show_waiting(waiting, [self._words(one) for one in waiting])
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
