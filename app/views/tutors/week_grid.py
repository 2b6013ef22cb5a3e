"""A tutor's week, painted by drag."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.models.values.schedule import WeekWindow
from app.text import _
from app.views import paint, theme
from app.views.formats import DASH, Formats
from app.views.tutors.painting import SNAP, Special, in_order, minutes_of, painted
from app.views.typography import font, scaled

LEFT, TOP, DAYS = 56, 40, 7
FIRST, LAST = 7, 22  # hours that are shown, unless windows lie outside


@dataclass(frozen=True, slots=True)
class Booked:
    """A session of the week that is shown behind the hours."""

    weekday: int
    start: int
    end: int
    name: str
    is_outside: bool = False


class WeekGrid(QWidget):
    """Paints hours on weekdays; the brush adds them or clears them away.

    Signals:
        changed: The hours are others now.
    """

    changed = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self.windows: tuple[WeekWindow, ...] = ()
        self.booked: Sequence[Booked] = ()
        self.specials: tuple[Special, ...] = ()
        self.hue = "blue"
        self.clears = False
        self._stroke: WeekWindow | None = None
        self._anchor = 0
        self.setMinimumSize(420, scaled(360))
        expanding = QSizePolicy.Policy.Expanding
        self.setSizePolicy(expanding, expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tell()

    def show_week(
        self, windows: Sequence[WeekWindow], booked: Sequence[Booked], hue: str
    ) -> None:
        """Show other hours, with the sessions that lie in the week."""
        self.windows, self.booked, self.hue = in_order(windows), booked, hue
        self._tell()

    def show_specials(self, specials: Sequence[Special]) -> None:
        """Show the leave and extra time of the week beside its hours."""
        self.specials = tuple(specials)
        self.update()

    def stroke(self, weekday: int, start: int, end: int) -> None:
        """Paint from a minute after midnight to another one."""
        window = WeekWindow(weekday, start, end)
        self.windows = painted(self.windows, window, clears=self.clears)
        self._tell()
        self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(scaled(760), scaled(460))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = event.position()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if spot.x() < scaled(LEFT) or spot.y() < scaled(TOP):
            return
        step = (self.width() - scaled(LEFT)) / DAYS
        weekday = min(DAYS - 1, int((spot.x() - scaled(LEFT)) / step))
        self._anchor = self._minute(spot.y())
        self._stroke = WeekWindow(weekday, self._anchor, self._anchor + SNAP)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._stroke is not None:
            here = self._minute(event.position().y())
            low, high = min(self._anchor, here), max(self._anchor, here) + SNAP
            self._stroke = WeekWindow(self._stroke.weekday, low, high)
            self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        stroke, self._stroke = self._stroke, None
        if stroke is not None:
            self.stroke(stroke.weekday, stroke.start, stroke.end)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._stroke is not None:
            self._stroke = None
            self.update()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self._told_at(event.pos()))
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            low, high = self._hours()
            top, bottom = self._y(low * 60), self._y(high * 60)
            ground = QRectF(
                scaled(LEFT), top, self.width() - scaled(LEFT), bottom - top
            )
            painter.fillRect(ground, theme.color("unavail"))
            with_hours = self._has_room()
            for weekday in range(DAYS):
                self._paint_head(painter, weekday, with_hours=with_hours)
            colours = theme.hue(self.hue)
            for window in self.windows:
                painter.fillRect(self._box(window).adjusted(1, 0, 0, 0), colours.tint)
            self._paint_lines(painter, low, high)
            for special in self.specials:
                self._paint_special(painter, special)
            for booked in self.booked:
                self._paint_booked(painter, booked)
            for window in self.windows:
                self._paint_caption(painter, window)
            if self._stroke is not None:
                self._paint_stroke(painter, self._stroke)
            if self.hasFocus():
                edge = theme.color("accent")
                paint.rounded(painter, QRectF(self.rect()), 6, None, edge, 2)

    def _paint_head(self, painter: QPainter, weekday: int, *, with_hours: bool) -> None:
        box = self._head(weekday)
        word = self._formats.locale.weekdays[weekday]
        paint.write(painter, box, word, font("strong"), theme.color("text"))
        if with_hours:
            end, tint = Qt.AlignmentFlag.AlignRight, theme.color("text3")
            figures = font("small", tabular=True)
            paint.write(painter, box, self._hours_of(weekday), figures, tint, end)

    def _head(self, weekday: int) -> QRectF:
        left, right = self._x(weekday), self._x(weekday + 1)
        return QRectF(left + 7, 0, right - left - 11, scaled(TOP))

    def _hours_of(self, weekday: int) -> str:
        minutes = minutes_of(self.windows, weekday)
        return self._formats.hours(minutes) if minutes else DASH

    def _has_room(self) -> bool:
        """Say whether every weekday has room for its sum of hours."""
        days, figures = self._formats.locale.weekdays, font("small", tabular=True)
        return all(
            paint.width_of(days[at], font("strong"))
            + paint.width_of(self._hours_of(at), figures)
            <= self._head(at).width() - 4
            for at in range(DAYS)
        )

    def _paint_lines(self, painter: QPainter, low: int, high: int) -> None:
        end = Qt.AlignmentFlag.AlignRight
        figures = font("caption", tabular=True)
        for hour in range(low, high + 1):
            y = self._y(hour * 60)
            line = QRectF(scaled(LEFT) - 4, y, self.width() - scaled(LEFT) + 4, 1)
            painter.fillRect(line, theme.color("grid"))
            if hour > low:
                box = QRectF(0, y - 8, scaled(LEFT) - 12, 16)
                tint = theme.color("text3")
                word = self._formats.locale.hour(hour)
                paint.write(painter, box, word, figures, tint, end)
        for weekday in range(DAYS + 1):
            x = min(self._x(weekday), self.width() - 1)
            top = self._y(low * 60)
            painter.fillRect(
                QRectF(x, top, 1, self.height() - top), theme.color("border")
            )

    def _paint_booked(self, painter: QPainter, booked: Booked) -> None:
        window = WeekWindow(booked.weekday, booked.start, booked.end)
        box = self._box(window).adjusted(8, 2, -4, -1)
        tone = "err" if booked.is_outside else "border2"
        ground = theme.color("err_s" if booked.is_outside else "surface")
        paint.rounded(painter, box, 5, ground, theme.color(tone))
        tint = theme.color("err" if booked.is_outside else "text2")
        role = font("caption")
        paint.write(painter, box.adjusted(6, 0, -2, 0), booked.name, role, tint)

    def _paint_special(self, painter: QPainter, special: Special) -> None:
        """Hatch leave, and frame extra time, within the hours that are drawn."""
        low, high = self._hours()
        hours = special.hours
        start, end = max(hours.start, low * 60), min(hours.end, high * 60)
        if start >= end:
            return
        box = self._box(WeekWindow(hours.weekday, start, end)).adjusted(2, 1, -1, -1)
        tone = "warn" if special.is_leave else "ok"
        word = _("Leave") if special.is_leave else _("Extra")
        if special.is_leave:
            paint.hatch(painter, box, theme.color(tone, 0.5))
        else:
            ground = theme.color("ok_s")
            paint.rounded(painter, box, 4, ground, theme.color(tone), 1, dashed=True)
        place = QRectF(box.left() + 6, box.top() + 2, box.width() - 8, scaled(17))
        tint = theme.color(tone)
        paint.write(painter, place, word, font("caption-strong"), tint)

    def _paint_caption(self, painter: QPainter, window: WeekWindow) -> None:
        colours, box = theme.hue(self.hue), self._box(window)
        bar = QRectF(box.left() + 1, box.top(), 3, box.height())
        painter.fillRect(bar, colours.bar)
        words, role = self._words(window), font("caption-strong", tabular=True)
        high = scaled(17)
        place = QRectF(box.left() + 7, box.bottom() - high - 3, box.width() - 8, high)
        if paint.width_of(words, role) <= place.width():
            paint.write(painter, place, words, role, colours.text)
            return
        paint.write(painter, place, clock_of(window.end), role, colours.text)
        if box.height() > 3 * high:
            place.moveTop(box.top() + 2)
            paint.write(painter, place, clock_of(window.start), role, colours.text)

    def _paint_stroke(self, painter: QPainter, stroke: WeekWindow) -> None:
        tone = "err" if self.clears else "accent"
        box = self._box(stroke).adjusted(2, 0, -2, 0)
        ground = theme.color(tone, 0.18)
        paint.rounded(painter, box, 6, ground, theme.color(tone), 2, dashed=True)
        center = Qt.AlignmentFlag.AlignHCenter
        role = font("small-strong", tabular=True)
        words = self._words(stroke)
        paint.write(painter, box, words, role, theme.color(tone), center)

    def _told_at(self, spot: QPoint) -> str:
        """Name the session under the pointer, with its times."""
        for one in self.booked:
            window = WeekWindow(one.weekday, one.start, one.end)
            if self._box(window).contains(spot.toPointF()):
                return f"{one.name}, {self._words(window)}"
        return ""

    def _words(self, window: WeekWindow) -> str:
        return f"{clock_of(window.start)}{DASH}{clock_of(window.end)}"

    def _hours(self) -> tuple[int, int]:
        ends: list[WeekWindow | Booked] = [*self.windows, *self.booked]
        low = min([FIRST, *(one.start // 60 for one in ends)])
        high = max([LAST, *(-(-one.end // 60) for one in ends)])
        return low, high

    def _y(self, minute: int) -> int:
        low, high = self._hours()
        hour = (self.height() - scaled(TOP) - 8) / (high - low)
        return round(scaled(TOP) + (minute / 60 - low) * hour)

    def _x(self, weekday: int) -> int:
        left = scaled(LEFT)
        return round(left + weekday * (self.width() - left - 1) / DAYS)

    def _box(self, window: WeekWindow) -> QRectF:
        left, right = self._x(window.weekday), self._x(window.weekday + 1)
        top, bottom = self._y(window.start), self._y(window.end)
        return QRectF(left, top, right - left, bottom - top)

    def _minute(self, y: float) -> int:
        low, high = self._hours()
        hour = (self.height() - scaled(TOP) - 8) / (high - low)
        exact = (low + (y - scaled(TOP)) / hour) * 60
        snapped = int(exact // SNAP) * SNAP
        return min(high * 60 - SNAP, max(low * 60, snapped))

    def _tell(self) -> None:
        weekdays = self._formats.locale.weekdays
        said = ", ".join(
            f"{weekdays[one.weekday]} {self._words(one)}" for one in self.windows
        )
        self.setAccessibleName(_("Weekly hours"))
        self.setAccessibleDescription(said or _("no hours"))
        self.update()


def clock_of(minute: int) -> str:
    """Write minutes after midnight as ``14:30``; the end of a day is ``24:00``."""
    return f"{minute // 60:02}:{minute % 60:02}"
