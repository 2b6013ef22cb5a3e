"""The tab of availability: one draft of the week, painted or typed, and exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from app.models.values.errors import OfficeError
from app.models.values.schedule import WeekWindow
from app.services.availability.requests import (
    SetWeek,
    ValidWindow,
)
from app.services.scheduling.cards import SessionCard
from app.text import _, ngettext
from app.views.prompts import Question
from app.views.sizing import fix_width
from app.views.tools import Tools, Word
from app.views.tutors.exceptions import Exceptions
from app.views.tutors.plan import WeekPlan
from app.views.tutors.reading import TutorRecord, outside
from app.views.tutors.row_editor import RowEditor
from app.views.tutors.sessions import Hit, HitsDialog, when
from app.views.typography import label, scaled
from app.views.widgets.inputs import DateEdit
from app.views.widgets.labels import ElideLabel
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import HairLine

SIDE, WIDE, NAMED = 308, 800, 4
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Draft:
    """A week that is not kept yet, and what was kept when it was begun."""

    windows: tuple[WeekWindow, ...]
    valid_from: date
    former: tuple[ValidWindow, ...]


class Availability(QWidget):
    """Shows and changes when a tutor can.

    Signals:
        drafted: The draft was begun, changed, dropped or kept.
        said: Something was done; carries the word.
        went: A session is to be shown; carries the link.
    """

    drafted = Signal()
    said = Signal(object)
    went = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools, self._formats = tools, tools.formats
        self._record: TutorRecord | None = None
        self._drafts: dict[int, Draft] = {}
        self._outside: tuple[SessionCard, ...] = ()
        self.plan = WeekPlan(self._formats)
        self.plan.outside_wanted.connect(self.show_outside)
        self.plan.grid.changed.connect(self._on_painted)
        self._make_side()
        self._both = QHBoxLayout(self)
        self._both.setContentsMargins(16, 16, 16, 16)
        self._both.setSpacing(16)
        self._both.addWidget(self.plan, 1)
        self._both.addWidget(self._side)

    @property
    def draft(self) -> Draft | None:
        """The draft of the tutor who is shown."""
        if self._record is None:
            return None
        return self._drafts.get(self._record.row.tutor_id)

    @property
    def save_words(self) -> str:
        """What saving is called, such as ``Save from 1 Dec…``."""
        day = self.valid_from.day or self._today()
        form = _("Save from {day}…") if self._outside else _("Save from {day}")
        return form.format(day=self._formats.day(day))

    def show_record(self, record: TutorRecord) -> None:
        """Show a tutor; a draft that was begun is kept."""
        is_other = (
            self._record is None or self._record.row.tutor_id != record.row.tutor_id
        )
        self._record = record
        draft = self.draft
        if draft is not None:
            self.valid_from.show_day(draft.valid_from)
        elif is_other:
            self.plan.complaint.hide()
            self.valid_from.show_day(self._today())
        day = self.valid_from.day or self._today()
        windows = draft.windows if draft else record.windows_on(day)
        if windows != self.rows.windows or is_other:
            self.rows.show_windows(windows)
        self.plan.load.show_record(record)
        self.exceptions.show_record(record)
        self._show(windows)

    def discard(self) -> None:
        """Drop the draft, and show what is kept."""
        if self._record is not None:
            self._drafts.pop(self._record.row.tutor_id, None)
            self.plan.complaint.hide()
            self.rows.show_windows(())
            self.show_record(self._record)

    def save(self) -> None:
        """Keep the draft; sessions that would lie outside are named first."""
        if self.draft is None:
            return
        if not self.rows.is_right or self.valid_from.day is None:
            self.plan.complaint.say(
                _("A date or time makes no sense; put it right first.")
            )
            self.plan.complaint.show()
            return
        if not self._outside:
            self._keep()
            return
        hits = [Hit.of(card) for card in self._outside]
        lines = [f"{hit.name}: {when(hit, self._formats)}" for hit in hits[:NAMED]]
        if len(hits) > NAMED:
            lines.append(_("and {n} more").format(n=len(hits) - NAMED))
        title = ngettext(
            "{n} session will lie outside these hours",
            "{n} sessions will lie outside these hours",
            len(hits),
        )
        stays = _("They stay booked until somebody moves or cancels them.")
        self._tools.prompts.ask(
            self,
            Question(
                title.format(n=len(hits)),
                "\n".join((*lines, "", stays)),
                _("Save hours"),
            ),
            self._keep,
        )

    def show_outside(self) -> None:
        """Name the sessions that would lie outside, each with its way there."""
        dialog = HitsDialog(
            _("Outside these hours"),
            _("They would lie outside the new hours; move or cancel them there."),
            [Hit.of(card) for card in self._outside],
            self._formats,
            self,
        )
        dialog.went.connect(self.went)
        dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() >= scaled(WIDE)
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)

    def _make_side(self) -> None:
        today = self._today()
        self.valid_from = DateEdit(today, self._formats, today)
        self.valid_from.setAccessibleName(_("Valid from"))
        self.valid_from.changed.connect(self._on_day)
        self._later = label("", "small", "text2", wrap=True)
        self.rows = RowEditor(self._formats)
        self.rows.changed.connect(self._on_typed)
        self.exceptions = Exceptions(self._tools)
        self.exceptions.said.connect(self.said)
        self.exceptions.went.connect(self.went)
        top = across(
            ElideLabel(_("Valid from"), "body", "text2"),
            self.valid_from,
            ElideLabel(_("onwards"), "body", "text2"),
        )
        parts = (top, self._later, self.rows, HairLine(), self.exceptions, 0)
        self._side = holder(down(*parts, spacing=12))
        fix_width(self._side, SIDE)

    def _today(self) -> date:
        return self._formats.local(self._tools.clock.now()).date()

    def _on_painted(self) -> None:
        self.rows.show_windows(self.plan.grid.windows)
        self._take(self.plan.grid.windows)

    def _on_typed(self) -> None:
        self._take(self.rows.windows)

    def _on_day(self, day: date | None) -> None:
        if self._record is None or day is None:
            return
        draft = self.draft
        if draft is None:
            windows = self._record.windows_on(day)
            self.rows.show_windows(windows)
            self._show(windows)
        else:
            self._take(draft.windows)

    def _take(self, windows: tuple[WeekWindow, ...]) -> None:
        if self._record is None:
            return
        tutor_id, day = self._record.row.tutor_id, self.valid_from.day or self._today()
        held = self._drafts.get(tutor_id)
        former = held.former if held else self._record.week
        if windows == self._record.windows_on(day) and self.rows.is_right:
            self._drafts.pop(tutor_id, None)
        else:
            self._drafts[tutor_id] = Draft(windows, day, former)
        self._show(windows)

    def _show(self, windows: tuple[WeekWindow, ...]) -> None:
        record, zone = self._record, self._formats.zone
        if record is None:
            return
        day = self.valid_from.day or self._today()
        found = outside(record, windows, day, zone) if self.draft else ()
        self._outside = found
        self.plan.show_plan(record, windows, day, found)
        self._show_later(record, day)
        self.drafted.emit()

    def _show_later(self, record: TutorRecord, day: date) -> None:
        later = [one.valid_from for one in record.week if one.valid_from]
        coming = min((one for one in later if one > day), default=None)
        words = ""
        if not record.week:
            words = _("No hours are known yet.")
        elif coming is not None:
            words = _("Other hours are kept from {day}; saving replaces them.").format(
                day=self._formats.date(coming)
            )
        self._later.setText(words)
        self._later.setVisible(bool(words))

    def _keep(self) -> None:
        draft, record = self.draft, self._record
        if draft is None or record is None:
            return
        request = SetWeek(
            draft.windows,
            tutor_id=record.row.tutor_id,
            valid_from=draft.valid_from,
            former=draft.former,
        )
        work = partial(self._set_week, request)
        run = self._tools.jobs.run
        run(self, work, done=self._on_kept, failed=self._on_refused)

    def _set_week(self, request: SetWeek) -> int:
        self._tools.office.availability.set_week(request)
        return request.tutor_id or 0

    def _on_kept(self, tutor_id: int) -> None:
        self._drafts.pop(tutor_id, None)
        self.plan.complaint.hide()
        self._outside = ()
        self.plan.banner.hide()
        self.drafted.emit()
        self.said.emit(Word(_("The hours were saved."), can_undo=True))

    def _on_refused(self, error: OfficeError) -> None:
        self.plan.complaint.say(str(error))
        self.plan.complaint.show()
