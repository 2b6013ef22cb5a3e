"""All children of a family in one week, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.models.values.schedule import SessionStatus
from app.services.people.requests import StudentRow
from app.services.scheduling.cards import SessionCard
from app.views import icons, paint, theme
from app.views.formats import Formats
from app.views.sizing import fix_height
from app.views.students.reading import of_student
from app.views.typography import font, scaled

LEFT, TOP, ROW, DAYS = 72, 28, 44, 7


class WeekStrip(QWidget):
    """Paints a week; today is marked, sessions that were held carry a tick."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._students: Sequence[StudentRow] = ()
        self._sessions: Sequence[SessionCard] = ()
        self._monday, self._today = date.min, date.min

    def show_week(
        self,
        students: Sequence[StudentRow],
        sessions: Sequence[SessionCard],
        today: date,
    ) -> None:
        """Show the week of a day."""
        self._students, self._today = students, today
        self._monday = today - timedelta(days=today.weekday())
        until = self._monday + timedelta(days=DAYS)
        self._sessions = [
            card
            for card in sessions
            if self._monday <= self._day(card) < until
            and not card.status.value.startswith("cancelled")
        ]
        fix_height(self, TOP + ROW * max(1, len(students)))
        self.setAccessibleName(self._words())
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            left, top, row = scaled(LEFT), scaled(TOP), scaled(ROW)
            step = (self.width() - left) / DAYS
            self._paint_days(painter, left, top, step)
            for number, student in enumerate(self._students):
                y = top + number * row
                line = QRectF(0, y, self.width(), 1)
                painter.fillRect(line, theme.color("grid"))
                name = student.called or student.name.split()[0]
                place = QRectF(0, y, left - 8, row)
                paint.write(painter, place, name, font("medium"), theme.color("text"))
                self._paint_sessions(painter, student, y, step)

    def _paint_days(self, painter: QPainter, left: int, top: int, step: float) -> None:
        for number in range(DAYS):
            day = self._monday + timedelta(days=number)
            x, is_today = round(left + number * step), day == self._today
            if is_today:
                band = QRectF(x, 0, round(step), self.height())
                paint.rounded(painter, band, 6, theme.color("accent_soft", 0.55))
            word = f"{self._formats.locale.weekdays[day.weekday()]} {day.day}"
            role = font("small-strong" if is_today else "small", tabular=True)
            tint = theme.color("accent" if is_today else "text3")
            paint.write(painter, QRectF(x + 8, 0, step - 8, top), word, role, tint)

    def _paint_sessions(
        self, painter: QPainter, student: StudentRow, y: int, step: float
    ) -> None:
        left, row = scaled(LEFT), scaled(ROW)
        by_day: dict[date, list[SessionCard]] = {}
        for card in of_student(self._sessions, student.student_id):
            by_day.setdefault(self._day(card), []).append(card)
        for day, cards in by_day.items():
            x = round(left + (day - self._monday).days * step) + 4
            width = (round(step) - 8 - 2 * (len(cards) - 1)) / len(cards)
            for number, card in enumerate(cards):
                spot = x + number * (width + 2)
                self._paint_session(painter, QRectF(spot, y + 6, width, row - 11), card)

    def _paint_session(self, painter: QPainter, box: QRectF, card: SessionCard) -> None:
        tutor = card.tutors[0][0] if card.tutors else 0
        colours = theme.hue(theme.hue_of_tutor(tutor))
        painter.save()
        painter.setClipPath(paint.round_left(box, 6))
        painter.fillRect(box, colours.tint)
        painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), colours.bar)
        painter.restore()
        is_held = card.status is SessionStatus.HELD
        inner = box.adjusted(10, 3, -20 if is_held else -4, -3)
        half = inner.height() / 2
        upper = QRectF(inner.left(), inner.top(), inner.width(), half)
        subject = card.offering.split(",")[0]
        paint.write(painter, upper, subject, font("small-strong"), colours.text)
        lower = upper.translated(0, half)
        clock = self._formats.clock(card.starts_at)
        paint.write(painter, lower, clock, font("small", tabular=True), colours.text)
        if is_held:
            x, y = box.right() - 18, box.top() + 5
            icons.draw(painter, "circle-check", x, y, 14, colours.bar, 2)

    def _day(self, card: SessionCard) -> date:
        return self._formats.local(card.starts_at).date()

    def _words(self) -> str:
        return ", ".join(
            f"{self._formats.day_of(card.starts_at)} "
            f"{self._formats.clock(card.starts_at)} {card.offering}"
            for card in self._sessions
        )
