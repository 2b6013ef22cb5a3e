"""The numbers over Today; each leads to what it counts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from app.text import _
from app.views.formats import Formats
from app.views.today.lines import counts, minutes_today
from app.views.today.reading import Day, Month, Waiting
from app.views.tools import Link, Place
from app.views.widgets.laying import across
from app.views.widgets.rows import Figure

_DOT = " \N{MIDDLE DOT} "


class LinkFigure(Figure):
    """A number that leads somewhere.

    Signals:
        went: It was pressed; carries the Link.
    """

    went = Signal(object)

    def __init__(self, caption: str, link: Link, *, first: bool = False) -> None:
        super().__init__(caption, first=first)
        self._link = link
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.went.emit(self._link)


class Figures(QFrame):
    """Sessions, hours, close-outs and money, side by side.

    Signals:
        went: A number was pressed; carries the Link.
    """

    went = Signal(object)

    def __init__(self, formats: Formats, *, is_office: bool) -> None:
        super().__init__()
        self._formats, self._is_office = formats, is_office
        self.setProperty("frame", "card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        calendar = Link(Place.CALENDAR)
        name = _("Sessions today") if is_office else _("My sessions today")
        self.sessions = LinkFigure(name, calendar, first=True)
        self.hours = LinkFigure(_("Hours today"), calendar)
        self.open = LinkFigure(_("To close out"), Link(Place.CLOSE_OUT))
        last = Link(Place.INVOICES) if is_office else Link(Place.PAYROLL)
        self.last = LinkFigure(
            _("Unpaid") if is_office else _("Hours this month"), last
        )
        parts = (self.sessions, self.hours, self.open, self.last)
        self.setLayout(across(*parts, spacing=0, margins=(1, 1, 1, 1)))
        for figure in parts:
            figure.went.connect(self.went)

    def show_day(self, day: Day) -> None:
        """Show the day's sessions and hours."""
        done, running, coming = counts(day)
        words = _("{done} done{dot}{running} running{dot}{coming} to come")
        note = words.format(done=done, running=running, coming=coming, dot=_DOT)
        self.sessions.show_value(str(done + running + coming), note)
        whole, over = minutes_today(day)
        note = _("{hours} done").format(hours=self._formats.hours(over))
        self.hours.show_value(self._formats.hours(whole), note)

    def show_waiting(self, waiting: Waiting) -> None:
        """Show what waits for its close-out, and what is unpaid."""
        open_ = waiting.open
        note, tone = _("all closed out"), "ok"
        if open_:
            oldest = self._formats.day_of(open_[0].starts_at)
            note = _("oldest {day}").format(day=oldest)
            tone = "warn" if any(row.is_late for row in open_) else "text2"
        self.open.show_value(str(len(open_)), note, tone)
        if self._is_office:
            self._show_unpaid(waiting)

    def show_month(self, month: Month) -> None:
        """Show a tutor's hours of the month."""
        waiting = self._formats.hours(month.open[1])
        note = _("{hours} wait for a close-out").format(hours=waiting)
        tone = "warn" if month.open[1] else "text2"
        self.last.show_value(self._formats.hours(month.closed[1]), note, tone)

    def _show_unpaid(self, waiting: Waiting) -> None:
        owed: dict[str, int] = {}
        for row in waiting.ages:
            owed[row.currency] = owed.get(row.currency, 0) + sum(row.ages)
        late = len(waiting.overdue)
        money = [self._formats.money(sum_, code) for code, sum_ in owed.items() if sum_]
        note = _("{number} overdue").format(number=late) if late else _("none overdue")
        none = self._formats.money(0)
        self.last.show_value(" + ".join(money) or none, note, "err" if late else "ok")
