"""A week's hours as rows to type: weekday, from, until."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values.schedule import WeekWindow
from app.text import _
from app.views.formats import DASH, Formats
from app.views.sizing import fix_width
from app.views.tutors.painting import DAY, in_order
from app.views.typography import label
from app.views.widgets.buttons import Button, IconButton
from app.views.widgets.cards import repolish
from app.views.widgets.inputs import ComboBox, TimeEdit
from app.views.widgets.labels import SectionLabel
from app.views.widgets.laying import across, down
from app.views.widgets.panels import empty

MORNING, NIGHT = 9 * 60, 20 * 60
FIRST_LENGTH = 4 * 60


class HoursRow(QWidget):
    """One stretch of hours.

    Signals:
        edited: It says something else now.
        removed: It is to go; carries the row.
    """

    edited = Signal()
    removed = Signal(object)

    def __init__(self, window: WeekWindow, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        days = formats.locale.weekdays
        self.day = ComboBox()
        self.day.fill([(word, at) for at, word in enumerate(days)], window.weekday)
        self.day.setAccessibleName(_("Weekday"))
        self.start = TimeEdit(_clock(window.start), formats)
        self.start.setAccessibleName(_("From"))
        self.end = TimeEdit(_clock(window.end), formats)
        self.end.setAccessibleName(_("Until"))
        for field in (self.start, self.end):
            field.setMinimumWidth(0)
            fix_width(field, 62)
            field.changed.connect(self._on_changed)
        fix_width(self.day, 74)
        self.day.currentIndexChanged.connect(self._on_changed)
        self._length = label("", "small", "text3", tabular=True)
        self.remove = IconButton("x", _("Take these hours away"), "", 28)
        self.remove.clicked.connect(self._on_remove)
        dash = label(DASH, "body", "text3")
        parts = (self.day, self.start, dash, self.end, self._length, 0, self.remove)
        self.setLayout(across(*parts, spacing=6))
        self._tell()

    @property
    def hours(self) -> WeekWindow | None:
        """The hours, none while the times make no sense."""
        start, end = self.start.clock, self.end.clock
        if start is None or end is None:
            return None
        first = start.hour * 60 + start.minute
        last = end.hour * 60 + end.minute or DAY
        if last <= first:
            return None
        return WeekWindow(self.day.currentIndex(), first, last)

    def _on_changed(self, _value: object) -> None:
        self._tell()
        self.edited.emit()

    def _on_remove(self) -> None:
        self.removed.emit(self)

    def _tell(self) -> None:
        window = self.hours
        repolish(self.end, "error", window is None)
        words = "" if window else _("Until must lie after from.")
        self.end.setToolTip(words)
        self.end.setAccessibleDescription(words)
        minutes = window.end - window.start if window else 0
        self._length.setText(self._formats.hours(minutes) if window else DASH)


class RowEditor(QWidget):
    """The hours of a week, for the keyboard.

    Signals:
        changed: The hours are others now.
    """

    changed = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.rows: list[HoursRow] = []
        self.add = Button(_("Add hours"), "plus", "link", compact=True)
        self.add.clicked.connect(self.add_row)
        self._none = label(_("No hours in the week."), "body", "text2")
        self._body = down(spacing=4)
        head = across(SectionLabel(_("Weekly hours")), 0, self.add)
        self.setLayout(down(head, self._none, self._body, spacing=4))

    @property
    def windows(self) -> tuple[WeekWindow, ...]:
        """The hours that the rows name."""
        return in_order([one for row in self.rows if (one := row.hours)])

    @property
    def is_right(self) -> bool:
        """Say whether every row makes sense."""
        return all(row.hours is not None for row in self.rows)

    def show_windows(self, windows: Sequence[WeekWindow]) -> None:
        """Show other hours, without telling."""
        empty(self._body)
        self.rows = []
        for window in windows:
            self._append(window)
        self._none.setVisible(not self.rows)

    def add_row(self) -> None:
        """Add hours on the first day that has none, or after the last ones."""
        row = self._append(self._proposed())
        self._none.hide()
        row.day.setFocus()
        self.changed.emit()

    def _append(self, window: WeekWindow) -> HoursRow:
        row = HoursRow(window, self._formats)
        row.edited.connect(self.changed)
        row.removed.connect(self._on_removed)
        self.rows.append(row)
        self._body.addWidget(row)
        return row

    def _proposed(self) -> WeekWindow:
        taken = {window.weekday for window in self.windows}
        free = next((day for day in range(7) if day not in taken), None)
        if free is not None:
            return WeekWindow(free, MORNING, MORNING + FIRST_LENGTH)
        last = max(self.windows, key=lambda window: window.end)
        start = min(last.end, NIGHT)
        return WeekWindow(last.weekday, start, min(DAY - 15, start + 120))

    def _on_removed(self, row: HoursRow) -> None:
        at = self.rows.index(row)
        self.rows.remove(row)
        row.hide()
        row.deleteLater()
        self._none.setVisible(not self.rows)
        if self.rows:
            self.rows[min(at, len(self.rows) - 1)].remove.setFocus()
        else:
            self.add.setFocus()
        self.changed.emit()


def _clock(minute: int) -> time:
    return time(minute % DAY // 60, minute % 60)
