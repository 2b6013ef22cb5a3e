"""Leave and extra time of a tutor, in a month and as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.models.values.errors import OfficeError
from app.models.values.people import ExceptionKind
from app.services.availability.requests import ExceptionRow, LeaveAdded
from app.services.scheduling.cards import SessionCard
from app.text import _, ngettext
from app.views.formats import DASH, Formats
from app.views.tools import Tools, Word
from app.views.tutors.leave import ExtraDialog, LeaveDialog
from app.views.tutors.reading import AHEAD, TutorRecord
from app.views.tutors.settling import SettleDialog
from app.views.typography import label
from app.views.widgets.buttons import Button, IconButton
from app.views.widgets.labels import Pill, SectionLabel
from app.views.widgets.laying import across, down
from app.views.widgets.minimonth import MiniMonth
from app.views.widgets.panels import empty
from app.views.widgets.rows import Line


class ExceptionLine(QWidget):
    """One leave or extra time.

    Signals:
        taken_back: It is to go; carries its row.
        settled: Its sessions are to be settled; carries its row.
    """

    taken_back = Signal(object)
    settled = Signal(object)

    def __init__(self, row: ExceptionRow, concerned: int, formats: Formats) -> None:
        super().__init__()
        self.row = row
        is_leave = row.kind is ExceptionKind.LEAVE
        span = span_words(row, formats)
        count = ngettext("{n} session", "{n} sessions", concerned)
        parts = [row.reason, count.format(n=concerned) if concerned else ""]
        about = " · ".join(part for part in parts if part) or DASH
        pill = Pill(
            _("Leave") if is_leave else _("Extra"), "warn" if is_leave else "ok"
        )
        self.back = IconButton("undo-2", _("Take back: {span}").format(span=span))
        self.back.clicked.connect(self._on_back)
        self.settle = Button(_("Settle…"), kind="link", compact=True)
        name = _("Settle the sessions: {span}").format(span=span)
        self.settle.setAccessibleName(name)
        self.settle.clicked.connect(self._on_settle)
        if not is_leave or not concerned:
            self.settle.hide()
        words = down(Line(span, "medium"), Line(about, "small", "text2"), spacing=0)
        self.setLayout(across(words, self.settle, pill, self.back, spacing=8))

    def _on_back(self) -> None:
        self.taken_back.emit(self.row)

    def _on_settle(self) -> None:
        self.settled.emit(self.row)


class Exceptions(QWidget):
    """The list of leave and extra time, with the ways to more.

    Signals:
        said: Something was done or refused; carries the word.
        went: A session is to be shown; carries the link.
    """

    said = Signal(object)
    went = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools, self._formats = tools, tools.formats
        self._record: TutorRecord | None = None
        formats, today = self._formats, self._formats.local(tools.clock.now()).date()
        self.lines: list[ExceptionLine] = []
        self.month = MiniMonth(today, (today, today), formats)
        self.month.picked.connect(self._on_picked)
        self.leave = Button(_("Leave…"), kind="link", compact=True)
        self.extra = Button(_("Extra…"), kind="link", compact=True)
        self.leave.clicked.connect(self.ask_leave)
        self.extra.clicked.connect(self.ask_extra)
        none = _("No leave and no extra time ahead.")
        self._none = label(none, "body", "text2", wrap=True)
        self._body = down(spacing=8)
        caption = SectionLabel(_("Exceptions"))
        head = across(caption, 0, self.leave, self.extra, spacing=0)
        self.setLayout(down(head, self.month, self._none, self._body, spacing=8))

    @property
    def day(self) -> date:
        """The day that was picked; today at first."""
        return self.month.days.cursor_day

    def show_record(self, record: TutorRecord) -> None:
        """Show a tutor's leave and extra time."""
        self._record = record
        empty(self._body)
        self.lines = []
        for row in record.exceptions:
            hit = len(cards_within(record, row))
            line = ExceptionLine(row, hit, self._formats)
            line.taken_back.connect(self._on_back)
            line.settled.connect(self._on_settle)
            self._body.addWidget(line)
            self.lines.append(line)
        self._none.setVisible(not record.exceptions)
        self.month.show_busy(days_of(record, self._formats))

    def ask_leave(self) -> None:
        """Ask when the tutor is away."""
        if self._record is not None:
            dialog = LeaveDialog(self._tools, self._record, self.day, self)
            dialog.succeeded.connect(self._on_leave)
            dialog.open()

    def ask_extra(self) -> None:
        """Ask when the tutor can besides the week."""
        if self._record is not None:
            dialog = ExtraDialog(self._tools, self._record, self.day, self)
            dialog.succeeded.connect(self._on_extra)
            dialog.open()

    def _on_leave(self, added: LeaveAdded) -> None:
        self.said.emit(Word(_("Leave was entered."), can_undo=True))
        self._settle([one.session_id for one in added.concerned])

    def _on_settle(self, row: ExceptionRow) -> None:
        if self._record is not None:
            cards = cards_within(self._record, row)
            self._settle([card.session_id for card in cards])

    def _settle(self, session_ids: Sequence[int]) -> None:
        record = self._record
        cards = record.sessions_of(session_ids) if record is not None else ()
        if record is None or not cards:
            return
        tutor = (record.row.tutor_id, record.row.name)
        dialog = SettleDialog(self, self._tools, tutor, cards)
        dialog.went.connect(self.went)
        dialog.told.connect(self.said)
        dialog.open()

    def _on_extra(self, _row_id: object) -> None:
        self.said.emit(Word(_("Extra time was entered."), can_undo=True))

    def _on_back(self, row: ExceptionRow) -> None:
        back = self._tools.office.availability.take_back
        work = partial(back, row.exception_id, row.version)
        run = self._tools.jobs.run
        run(self, work, done=self._on_taken_back, failed=self._on_refused)

    def _on_taken_back(self, _nothing: object) -> None:
        self.said.emit(Word(_("Taken back."), can_undo=True))

    def _on_refused(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))

    def _on_picked(self, day: date) -> None:
        self.month.show_days((day, day))


def span_words(row: ExceptionRow, formats: Formats) -> str:
    """Write when an exception is: its days, and its times where it has some."""
    start, end = formats.local(row.starts_at), formats.local(row.ends_at)
    is_whole = start.time() == end.time() == time()
    if is_whole:
        last = (end - timedelta(days=1)).date()
        return formats.locale.period(start.date(), last)
    if start.date() == end.date():
        return (
            f"{formats.day(start.date())}, {formats.times(row.starts_at, row.ends_at)}"
        )
    first = f"{formats.day(start.date())} {formats.clock(row.starts_at)}"
    return f"{first} {DASH} {formats.day(end.date())} {formats.clock(row.ends_at)}"


def days_of(record: TutorRecord, formats: Formats) -> frozenset[date]:
    """Give the days that leave or extra time touches."""
    found: set[date] = set()
    for row in record.exceptions:
        day = formats.local(row.starts_at).date()
        last = formats.local(row.ends_at - timedelta(minutes=1)).date()
        while day <= last:
            found.add(day)
            day += timedelta(days=1)
    return frozenset(found)


def cards_within(record: TutorRecord, row: ExceptionRow) -> tuple[SessionCard, ...]:
    """List the planned sessions in the time of an exception."""
    return tuple(
        card
        for card in record.sessions
        if card.status.value in AHEAD
        and card.starts_at < row.ends_at
        and card.ends_at > row.starts_at
    )
