"""A small month: days with sessions have a dot, the days that are shown a band."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.text import _
from app.views import paint, theme
from app.views.formats import Formats
from app.views.typography import font, label, scaled
from app.views.widgets.buttons import IconButton

WEEKS = 6
_CENTER = Qt.AlignmentFlag.AlignHCenter
_KEYS = {
    Qt.Key.Key_Left: relativedelta(days=-1),
    Qt.Key.Key_Right: relativedelta(days=1),
    Qt.Key.Key_Up: relativedelta(weeks=-1),
    Qt.Key.Key_Down: relativedelta(weeks=1),
    Qt.Key.Key_PageUp: relativedelta(months=-1),
    Qt.Key.Key_PageDown: relativedelta(months=1),
}
_PICKS = frozenset((Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space))


class MonthDays(QWidget):
    """The days of a month; one Tab stop with arrow keys inside.

    Signals:
        picked: A day was chosen; carries it.
        turned: Another month is shown.
    """

    picked = Signal(object)
    turned = Signal()

    def __init__(
        self,
        today: date,
        shown: tuple[date, date],
        formats: Formats,
        first_weekday: int,
    ) -> None:
        super().__init__()
        self._today, self._shown, self._formats = today, shown, formats
        self._first_weekday, self._busy = first_weekday, frozenset[date]()
        self.cursor_day = shown[0]
        self.target: date | None = None  # the day that something is dragged over
        self._fit()
        theme.current.changed.connect(self._fit)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tell()

    def _fit(self) -> None:
        """Take room by the text size."""
        self._cell_px, self._head_px = scaled(28), scaled(24)
        self.setFixedSize(self._cell_px * 7, self._head_px + WEEKS * self._cell_px)

    def show_days(self, shown: tuple[date, date]) -> None:
        """Put the band over these days and turn to their month."""
        self._shown = shown
        self.go_to(shown[0])

    def show_busy(self, busy: frozenset[date]) -> None:
        """Put a dot at these days."""
        self._busy = busy
        self.update()

    def go_to(self, day: date) -> None:
        """Put the cursor on a day and turn to its month."""
        has_turned = (day.year, day.month) != (
            self.cursor_day.year,
            self.cursor_day.month,
        )
        self.cursor_day = day
        self._tell()
        self.update()
        if has_turned:
            self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS:
            self.go_to(self.cursor_day + _KEYS[key])
        elif key in _PICKS:
            self.picked.emit(self.cursor_day)
        else:
            super().keyPressEvent(event)

    def day_at(self, point: QPoint) -> date | None:
        """Give the day at a point."""
        column = point.x() // self._cell_px
        week = (point.y() - self._head_px) // self._cell_px
        if not (0 <= column < 7 and 0 <= week < WEEKS):
            return None
        return self._first() + timedelta(days=7 * week + column)

    def show_target(self, day: date | None) -> None:
        """Mark the day that something is dragged over."""
        if day != self.target:
            self.target = day
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        if day is not None:
            self.go_to(day)
            self.picked.emit(day)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            grey, small = theme.color("text3"), font("caption")
            for place in range(7):
                weekday = self._formats.locale.weekdays[
                    (self._first_weekday + place) % 7
                ]
                box = QRectF(place * self._cell_px, 0, self._cell_px, self._head_px)
                paint.write(painter, box, weekday[:1], small, grey, _CENTER)
            self._paint_band(painter)
            for number in range(7 * WEEKS):
                self._paint_day(painter, number)

    def _first(self) -> date:
        start = self.cursor_day.replace(day=1)
        return start - timedelta(days=(start.weekday() - self._first_weekday) % 7)

    def _cell(self, number: int) -> QRectF:
        side = self._cell_px
        top = self._head_px + number // 7 * side
        return QRectF(number % 7 * side, top, side, side)

    def _paint_band(self, painter: QPainter) -> None:
        if self._shown[0] == self._shown[1]:
            return
        first = self._first()
        for week in range(WEEKS):
            monday = first + timedelta(days=7 * week)
            start = max(self._shown[0], monday)
            end = min(self._shown[1], monday + timedelta(days=6))
            if start > end:
                continue
            begin = self._cell((start - first).days)
            finish = self._cell((end - first).days)
            band = begin.united(finish).adjusted(0, 1, 0, -1)
            edge = theme.color("control") if _is_contrast() else None
            paint.rounded(painter, band, 6, theme.color("hover"), edge)

    def _paint_day(self, painter: QPainter, number: int) -> None:
        day, cell = self._first() + timedelta(days=number), self._cell(number)
        is_today = day == self._today
        is_inside = day.month == self.cursor_day.month
        inner = cell.adjusted(1, 1, -1, -1)
        if is_today:
            paint.rounded(painter, inner, 6, theme.color("accent"))
        if day == self.target:
            paint.rounded(
                painter, inner, 6, theme.color("accent_soft"), theme.color("accent"), 2
            )
        elif day == self.cursor_day and self.hasFocus():
            ring = theme.color("text" if is_today else "accent")
            paint.rounded(painter, inner, 6, None, ring, 2)
        elif day == self._shown[0] == self._shown[1] and not is_today:
            paint.rounded(painter, inner, 6, None, theme.color("accent"))
        token = "on_accent" if is_today else "text" if is_inside else "text3"
        token = "text" if day == self.target else token
        role = "small-strong" if is_today else "small"
        box, words = cell.adjusted(0, -2, 0, -2), str(day.day)
        tint = theme.color(token)
        face = font(role, tabular=True)
        paint.write(painter, box, words, face, tint, _CENTER, elide=False)
        if is_inside and day in self._busy:
            dot = theme.color("on_accent" if is_today else "text3")
            spot = QRectF(cell.center().x() - 1.5, cell.bottom() - 7, 3, 3)
            paint.rounded(painter, spot, 1.5, dot)

    def _tell(self) -> None:
        self.setAccessibleName(self._formats.locale.long_date(self.cursor_day))


class MiniMonth(QWidget):
    """A month with its name and the ways to the months around it.

    Signals:
        picked: A day was chosen; carries it.
        turned: Another month is shown; carries its first day.
    """

    picked = Signal(object)
    turned = Signal(object)

    def __init__(
        self,
        today: date,
        shown: tuple[date, date],
        formats: Formats,
        *,
        first_weekday: int = 0,
    ) -> None:
        super().__init__()
        self._formats = formats
        self.days = MonthDays(today, shown, formats, first_weekday)
        self.days.picked.connect(self.picked)
        self.days.turned.connect(self._on_turned)
        self.setFocusProxy(self.days)
        self._title = label("", "strong")
        earlier = IconButton("chevron-left", _("Earlier month"), _("Page up"), 28)
        later = IconButton("chevron-right", _("Later month"), _("Page down"), 28)
        earlier.clicked.connect(self._on_earlier)
        later.clicked.connect(self._on_later)
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self._title, 1)
        head.addWidget(earlier)
        head.addWidget(later)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.days)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._show_title()

    @property
    def month(self) -> date:
        """The first day of the month that is shown."""
        return self.days.cursor_day.replace(day=1)

    def show_days(self, shown: tuple[date, date]) -> None:
        """Put the band over these days and turn to their month."""
        self.days.show_days(shown)

    def show_busy(self, busy: frozenset[date]) -> None:
        """Put a dot at these days."""
        self.days.show_busy(busy)

    def _on_earlier(self) -> None:
        self.days.go_to(self.month - relativedelta(months=1))

    def _on_later(self) -> None:
        self.days.go_to(self.month + relativedelta(months=1))

    def _on_turned(self) -> None:
        self._show_title()
        self.turned.emit(self.month)

    def _show_title(self) -> None:
        name = self._formats.locale.months[self.month.month - 1]
        self._title.setText(f"{name} {self.month.year}")


class MonthPopup(QFrame):
    """A month that opens under a field and closes when a day is picked.

    Signals:
        picked: A day was chosen; carries it.
    """

    picked = Signal(object)

    def __init__(
        self, parent: QWidget, today: date, day: date, formats: Formats
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("frame", "popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._month = MiniMonth(today, (day, day), formats)
        self._month.picked.connect(self._on_picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._month)

    def place_at(self, spot: QPoint) -> None:
        """Open with the left top corner there, or where the screen has room."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        x = max(room.left(), min(spot.x(), room.right() - self.width()))
        y = max(room.top(), min(spot.y(), room.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self._month.setFocus()

    def _on_picked(self, day: object) -> None:
        self.picked.emit(day)
        self.close()


def _is_contrast() -> bool:
    return theme.current.scheme.is_high_contrast
