"""Looking at the calendar in other ways: views, periods, zoom."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.views.calendar.canvas import TimeCanvas
from app.views.calendar.inspector import SessionPanel
from app.views.calendar.left import LeftPanel
from app.views.calendar.reading import Reading
from app.views.calendar.scenes import Asked
from app.views.calendar.views import View
from app.views.tools import Tools

OPEN_FROM, OPEN_UNTIL = 8 * 60, 21 * 60


class Sheet(Protocol):
    """What deeds need to know of the page they are done on."""

    tools: Tools
    canvas: TimeCanvas
    panel: SessionPanel
    left: LeftPanel
    reading: Reading | None
    day: date

    def go(self, day: date) -> None:
        """Show the period of a day."""

    def turn(self, pages: int) -> None:
        """Go some periods further."""

    def show_view(self, view: View) -> None:
        """Look at the same day in another way."""

    def relay(self) -> None:
        """Lay out anew what was read."""

    def today(self) -> date:
        """Give the office's date."""

    def clear_filters(self) -> None:
        """Show everything again."""

    def asked(self) -> Asked:
        """Say what the present view is made for."""

    def body(self) -> QWidget:
        """Give what questions are laid over."""


class ViewDeeds(QObject):
    """Turns to other views and periods of a page."""

    def __init__(self, sheet: Sheet, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = sheet

    def show_day(self) -> None:
        """Show a day."""
        self._sheet.show_view(View.DAY)

    def show_work_week(self) -> None:
        """Show the working days of a week."""
        self._sheet.show_view(View.WORK_WEEK)

    def show_week(self) -> None:
        """Show a week."""
        self._sheet.show_view(View.WEEK)

    def show_month(self) -> None:
        """Show a month."""
        self._sheet.show_view(View.MONTH)

    def show_tutors(self) -> None:
        """Show the tutors of a day side by side."""
        self._sheet.show_view(View.TUTORS)

    def show_tutors_week(self) -> None:
        """Show the tutors' week, below one another."""
        self._sheet.show_view(View.TUTORS_WEEK)

    def show_agenda(self) -> None:
        """Show a list."""
        self._sheet.show_view(View.AGENDA)

    def turn_back(self) -> None:
        """Go to the period before."""
        self._sheet.turn(-1)

    def turn_on(self) -> None:
        """Go to the next period."""
        self._sheet.turn(1)

    def go_today(self) -> None:
        """Go to the present period."""
        self._sheet.go(self._sheet.today())

    def go_to_date(self) -> None:
        """Put the cursor into the small month."""
        self._sheet.left.month.setFocus()

    def zoom_in(self) -> None:
        """Show fewer hours, larger."""
        self._sheet.canvas.zoom(1)

    def zoom_out(self) -> None:
        """Show more hours, smaller."""
        self._sheet.canvas.zoom(-1)

    def zoom_usual(self) -> None:
        """Show hours as usual."""
        self._sheet.canvas.zoom(0)

    def fit_day(self) -> None:
        """Show the whole day without scrolling."""
        blocks = [one.block for one in self._sheet.canvas.scene.placed]
        start = min([OPEN_FROM, *(one.start for one in blocks)])
        end = max([OPEN_UNTIL, *(one.end for one in blocks)])
        self._sheet.canvas.fit_day(start // 60 * 60, end)

    def clear_filters(self) -> None:
        """Show everything again."""
        self._sheet.clear_filters()
