"""Today: in ten seconds what is on, what is wrong and what is mine to do."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QWidget

from app.models.values.errors import OfficeError
from app.services.tasks import TaskRow
from app.text import _
from app.views.page import Page
from app.views.today.acting import ActionCard
from app.views.today.cards import (
    CloseOutsCard,
    DayCard,
    MonthCard,
    NeedsCard,
    TasksCard,
)
from app.views.today.deeds import Act, Deed
from app.views.today.figures import Figures
from app.views.today.lines import counts, day_lines, tomorrow_words
from app.views.today.needs import needs
from app.views.today.reading import (
    Day,
    Month,
    Waiting,
    read_day,
    read_month,
    read_tasks,
    read_waiting,
)
from app.views.tools import Link, Place, Tools, Word
from app.views.typography import scaled
from app.views.widgets.laying import across, down, holder
from app.views.widgets.panels import HeaderBar

REFRESH_EVERY = 30_000  # milliseconds; the clock moves on even if nothing is changed
NARROW = 860  # px at a text size of 100 %


class TodayPage(Page):
    """The day at the left, what waits at the right, figures that lead on above."""

    place = Place.TODAY
    title = _("Today")
    icon = "sun"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._is_office = tools.office.actor.is_office
        self.day: Day | None = None
        self.waiting: Waiting | None = None
        self._done = ""
        formats = tools.formats
        self.figures = Figures(formats, is_office=self._is_office)
        self.day_card = DayCard(formats, is_office=self._is_office)
        self.needs_card = NeedsCard()
        self.close_outs_card = CloseOutsCard(formats)
        self.tasks_card = TasksCard(formats)
        self.month_card = MonthCard(formats)
        self._header = HeaderBar(_("Today"))
        self.primary = self._header.add_primary(_("Close out"), "clipboard-check")
        self.set_header(self._header)
        self.setFocusProxy(self.day_card)
        self._lay_cards()
        self._listen()
        self._clock = QTimer(self)
        self._clock.setInterval(REFRESH_EVERY)
        self._clock.timeout.connect(self._on_clock)

    def refresh(self) -> None:
        office, zone = self.tools.office, self.tools.formats.zone
        now, run = self.tools.clock.now(), self.tools.jobs.run
        day = partial(read_day, office, now, zone)
        run(self, day, done=self._on_day, failed=self._on_no_day)
        waiting = partial(read_waiting, office, now, zone)
        run(self, waiting, done=self._on_waiting, failed=self._on_no_waiting)
        tasks = partial(read_tasks, office)
        run(self, tasks, done=self._on_tasks, failed=self._on_no_tasks)
        if not self._is_office:
            month = partial(read_month, office, now, zone)
            run(self, month, done=self._on_month, failed=self._on_no_month)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < scaled(NARROW)
        direction = QBoxLayout.Direction
        wanted = direction.TopToBottom if is_narrow else direction.LeftToRight
        self._columns.setDirection(wanted)

    def do(self, deed: Deed) -> None:
        """Do what a line offers, or go where it leads."""
        if deed.link is not None:
            self.went.emit(deed.link)
            return
        office = self.tools.office
        if deed.act is Act.CONFIRM:
            self._done = _("Confirmed the session.")
            work = partial(office.bookings.confirm, deed.id)
        else:
            self._done = _("Finished the task.")
            work = partial(office.tasks.finish_task, deed.id, deed.version)
        self.tools.jobs.run(self, work, done=self._on_done, failed=self._on_refused)

    def _lay_cards(self) -> None:
        office = (self.needs_card, self.tasks_card)
        tutor = (self.close_outs_card, self.tasks_card, self.month_card)
        shown: tuple[QWidget, ...] = office if self._is_office else tutor
        right = holder(down(*shown, 0, spacing=16))
        self._columns = across(self.day_card, right, spacing=16)
        self._columns.setAlignment(self.day_card, Qt.AlignmentFlag.AlignTop)
        self._columns.setStretch(0, 3)
        self._columns.setStretch(1, 2)
        for card in (self.needs_card, self.close_outs_card, self.month_card):
            card.setParent(self) if card not in shown else None
            card.setVisible(card in shown)
        content = QFrame()
        column = down(self.figures, spacing=16, margins=(16, 16, 16, 16))
        column.addLayout(self._columns)
        column.addStretch(1)
        content.setLayout(column)
        self.set_page_ground()
        self.set_content(content, scroll=True)

    def _listen(self) -> None:
        for card in self._cards():
            card.asked.connect(self._on_asked)
            card.went.connect(self.went)
            card.retried.connect(self.refresh)
            card.turned.connect(self._on_turned)
        self.day_card.way.clicked.connect(self._on_calendar)
        self.tasks_card.way.clicked.connect(self._on_tasks_page)
        self.primary.clicked.connect(self._on_close_outs)
        self.figures.went.connect(self.went)

    def _cards(self) -> tuple[ActionCard, ...]:
        right = self.needs_card if self._is_office else self.close_outs_card
        return self.day_card, right, self.tasks_card

    def _on_clock(self) -> None:
        """Read again, but pull no line away from under a pressed button."""
        if QApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.refresh()

    def _on_day(self, day: Day) -> None:
        formats, self.day = self.tools.formats, day
        lines = day_lines(day, formats)
        self.day_card.show_day(day, lines)
        done, running, coming = counts(day)
        number = done + running + coming
        self.day_card.note.setText(
            _("{number} sessions, {coming} to come").format(
                number=number, coming=coming
            )
        )
        self._header.set_title(_("Today"), formats.locale.long_date(day.on))
        self.figures.show_day(day)
        self._show_needs()

    def _show_needs(self) -> None:
        if self.day is None or self.waiting is None:
            return
        formats = self.tools.formats
        self.figures.show_waiting(self.waiting)
        number = len(self.waiting.open)
        self.primary.setText(_("Close out {number}").format(number=number))
        self.primary.setVisible(bool(number))
        if self._is_office:
            title, _words = tomorrow_words(self.day, formats)
            cleared = _("Nothing needs you. {next}").format(next=title)
            self.needs_card.show_needs(needs(self.day, self.waiting, formats), cleared)
        else:
            self.close_outs_card.show_open(self.day, self.waiting.open)
        done, running, coming = counts(self.day)
        words = _("{number} sessions today, {open} to close out")
        self.noted.emit(words.format(number=done + running + coming, open=number))

    def _on_waiting(self, waiting: Waiting) -> None:
        self.waiting = waiting
        self._show_needs()

    def _on_tasks(self, tasks: tuple[TaskRow, ...]) -> None:
        self.tasks_card.show_tasks(tasks)

    def _on_month(self, month: Month) -> None:
        self.month_card.show_month(month)
        self.figures.show_month(month)

    def _on_no_day(self, error: OfficeError) -> None:
        self.day_card.show_error(str(error))

    def _on_no_waiting(self, error: OfficeError) -> None:
        right = self.needs_card if self._is_office else self.close_outs_card
        right.show_error(str(error))

    def _on_no_tasks(self, error: OfficeError) -> None:
        self.tasks_card.show_error(str(error))

    def _on_no_month(self, _error: OfficeError) -> None:
        self.month_card.hide()

    def _on_asked(self, deed: object) -> None:
        if isinstance(deed, Deed):
            self.do(deed)

    def _on_done(self, _nothing: None) -> None:
        self.said.emit(Word(self._done, can_undo=True))
        self.refresh()

    def _on_refused(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))
        self.refresh()

    def _on_turned(self) -> None:
        left, right, _tasks = self._cards()
        (right if left.hasFocus() else left).setFocus()

    def _on_calendar(self) -> None:
        self.went.emit(Link(Place.CALENDAR))

    def _on_tasks_page(self) -> None:
        self.went.emit(Link(Place.TASKS))

    def _on_close_outs(self) -> None:
        self.went.emit(Link(Place.CLOSE_OUT))
