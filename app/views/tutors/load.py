"""How much a tutor teaches in the weeks ahead, against target and maximum."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.text import _
from app.views import paint, theme
from app.views.formats import Formats
from app.views.sizing import fix_height
from app.views.tutors.reading import WEEKS, TutorRecord, WeekLoad
from app.views.typography import label, scaled
from app.views.widgets.cards import Card, repolish
from app.views.widgets.laying import across, down


class LoadMeter(QWidget):
    """A bar that ends at the maximum, with a mark at the target."""

    def __init__(self) -> None:
        super().__init__()
        self._booked, self._target, self._limit, self._hue = 0, 0, 0, "blue"
        fix_height(self, 16)

    def show_load(self, booked: int, target: int, limit: int, hue: str) -> None:
        """Show minutes; a target or maximum of 0 is none."""
        self._booked, self._target, self._limit = booked, target, limit
        self._hue = hue
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        width = float(self.width())
        with QPainter(self) as painter:
            middle = self.height() / 2
            full = self._limit or max(self._target, self._booked) or 1
            high = theme.current.scheme.is_high_contrast
            edge = theme.color("control") if high else None
            track = QRectF(0, middle - 4, width, 8)
            paint.rounded(painter, track, 4, theme.color("grid"), edge)
            is_over = bool(self._limit) and self._booked > self._limit
            is_above = bool(self._target) and self._booked > self._target
            fill = theme.hue(self._hue).bar
            if is_above or is_over:
                fill = theme.color("err" if is_over else "warn")
            if self._booked:
                reach = max(8.0, width * min(1.0, self._booked / full))
                paint.rounded(painter, QRectF(0, middle - 4, reach, 8), 4, fill)
            if self._target:
                at = min(width - 2, width * self._target / full)
                painter.fillRect(QRectF(at - 1, 0, 4, 16), theme.color("raised"))
                painter.fillRect(QRectF(at, 0, 2, self.height()), theme.color("text2"))


class WeekFigure(QWidget):
    """One week of the load."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._days = label("", "small", "text2")
        self._hours = label("", "strong", tabular=True)
        self._meter = LoadMeter()
        self._note = label("", "small", "text2")
        head = across(self._days, 0, self._hours)
        self.setLayout(down(head, self._meter, self._note, spacing=4))
        self.setMinimumWidth(scaled(108))

    def show_week(self, load: WeekLoad, record: TutorRecord) -> None:
        """Show a week's booked hours."""
        row, formats = record.row, self._formats
        target = row.weekly_target_minutes or 0
        limit = row.weekly_limit_minutes or 0
        until = load.monday + timedelta(days=6)
        days = formats.locale.period(load.monday, until)
        self._days.setText(_short(days, load.monday))
        self._days.setToolTip(days)
        booked = formats.hours(load.booked)
        self._hours.setText(booked)
        self._meter.show_load(load.booked, target, limit, theme.hue_of(row.colour))
        words, tone = self._judged(load.booked, target, limit)
        self._note.setText(words)
        repolish(self._note, "tone", tone)
        self.setAccessibleName(f"{days}: {booked}, {words}")

    def _judged(self, booked: int, target: int, limit: int) -> tuple[str, str]:
        hours = self._formats.hours
        if limit and booked > limit:
            over = hours(booked - limit)
            return _("{hours} over maximum").format(hours=over), "err"
        if not target:
            left = hours(limit - booked)
            words = _("{hours} free").format(hours=left) if limit else ""
            return words, "text2"
        if booked > target:
            return _("{hours} over target").format(hours=hours(booked - target)), "warn"
        return _("{hours} free to target").format(hours=hours(target - booked)), "text2"


class LoadCard(Card):
    """The load of the next four weeks."""

    def __init__(self, formats: Formats) -> None:
        super().__init__(_("Load of the next four weeks"))
        self._formats = formats
        self._agreed = label("", "small", "text2", tabular=True)
        self._weeks = [WeekFigure(formats) for _number in range(WEEKS)]
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self.body.addWidget(self._agreed)
        self.body.addLayout(self._grid)
        self.arrange(WEEKS)

    def arrange(self, columns: int) -> None:
        """Put the weeks in so many columns."""
        for at, week in enumerate(self._weeks):
            self._grid.addWidget(week, at // columns, at % columns)
        for column in range(WEEKS):
            self._grid.setColumnStretch(column, int(column < columns))

    def show_record(self, record: TutorRecord) -> None:
        """Show a tutor's weeks."""
        row, hours, parts = record.row, self._formats.hours, []
        if row.weekly_target_minutes:
            word = hours(row.weekly_target_minutes)
            parts.append(_("target {hours}").format(hours=word))
        if row.weekly_limit_minutes:
            word = hours(row.weekly_limit_minutes)
            parts.append(_("bar ends at the maximum, {hours}").format(hours=word))
        words = " · ".join(parts) or _("No target and no maximum agreed.")
        self._agreed.setText(words)
        for week, load in zip(self._weeks, record.loads, strict=True):
            week.show_week(load, record)


def _short(days: str, monday: date) -> str:
    """Leave the years out of a span of days."""
    for year in {monday.year, (monday + timedelta(days=6)).year}:
        days = days.replace(str(year), "")
    return " ".join(days.split())
