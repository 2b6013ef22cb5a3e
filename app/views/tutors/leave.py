"""Asking when a tutor is away, or can besides the week."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.services.availability.requests import AddExtraTime, AddLeave, LeaveAdded
from app.text import _, ngettext
from app.views.form_dialog import RequestDialog
from app.views.tools import Tools
from app.views.tutors.reading import AHEAD, TutorRecord
from app.views.typography import label
from app.views.widgets.cards import FormRow
from app.views.widgets.inputs import DateEdit, TimeEdit

FIELDS = 88
MORNING, NOON = time(9), time(12)


class LeaveDialog(RequestDialog[AddLeave, LeaveAdded]):
    """Asks when a tutor is away; counts the planned sessions while it is typed."""

    def __init__(
        self, tools: Tools, record: TutorRecord, day: date, parent: QWidget
    ) -> None:
        super().__init__(
            _("Leave of {name}").format(name=record.row.name),
            tools.jobs,
            tools.office.availability.add_leave,
            parent,
            verb=_("Enter leave"),
        )
        self._record, self._formats = record, tools.formats
        today = tools.formats.local(tools.clock.now()).date()
        self.first = DateEdit(day, tools.formats, today)
        self.last = DateEdit(day, tools.formats, today)
        self.whole = QCheckBox(_("Whole days"))
        self.whole.setChecked(True)
        self.start = TimeEdit(MORNING, tools.formats)
        self.end = TimeEdit(NOON, tools.formats)
        self.reason = QLineEdit()
        self.add_row(FormRow(_("First day"), self.first, label_width=FIELDS))
        self.last_row = self.add_row(
            FormRow(_("Last day"), self.last, label_width=FIELDS)
        )
        self.form.addWidget(self.whole)
        self.start_row = self.add_row(
            FormRow(_("From"), self.start, label_width=FIELDS)
        )
        self.end_row = self.add_row(FormRow(_("Until"), self.end, label_width=FIELDS))
        self.add_row(
            FormRow(_("Reason"), self.reason, optional=True, label_width=FIELDS)
        )
        self.hits = label("", "body", "text2", wrap=True)
        self.form.addWidget(self.hits)
        self.whole.toggled.connect(self._on_whole)
        self.first.changed.connect(self._on_first)
        for field in (self.last, self.start, self.end):
            field.changed.connect(self._on_changed)
        self._on_whole(True)
        self.first.setFocus()

    def request(self) -> AddLeave | None:
        """Say when; nothing while the times make no sense."""
        span = self._span()
        self.last_row.set_error("" if span else _("It must end after it starts."))
        if span is None:
            return None
        tutor_id = self._record.row.tutor_id
        return AddLeave(tutor_id, span[0], span[1], self.reason.text())

    def _span(self) -> tuple[datetime, datetime] | None:
        first, last = self.first.day, self.last.day
        if first is None or last is None:
            return None
        if self.whole.isChecked():
            start = datetime.combine(first, time())
            end = datetime.combine(last + timedelta(days=1), time())
        elif self.start.clock is None or self.end.clock is None:
            return None
        else:
            start = datetime.combine(first, self.start.clock)
            end = datetime.combine(last, self.end.clock)
        return (start, end) if start < end else None

    def _on_whole(self, is_whole: bool) -> None:  # noqa: FBT001  Qt's own signal
        self.start_row.setVisible(not is_whole)
        self.end_row.setVisible(not is_whole)
        self._count()

    def _on_first(self, day: date | None) -> None:
        if day is not None and (self.last.day is None or self.last.day < day):
            self.last.show_day(day)
        self._count()

    def _on_changed(self, _value: object) -> None:
        self._count()

    def _count(self) -> None:
        span = self._span()
        if span is None:
            self.hits.setText("")
            return
        zone = self._formats.zone
        found = [
            card
            for card in self._record.sessions
            if card.status.value in AHEAD
            and card.starts_at < span[1].replace(tzinfo=zone)
            and card.ends_at > span[0].replace(tzinfo=zone)
        ]
        words = ngettext(
            "{n} session is planned then; you see it next.",
            "{n} sessions are planned then; you see them next.",
            len(found),
        )
        none = _("No session is planned then.")
        self.hits.setText(words.format(n=len(found)) if found else none)


class ExtraDialog(RequestDialog[AddExtraTime, int]):
    """Asks when a tutor can besides the week."""

    def __init__(
        self, tools: Tools, record: TutorRecord, day: date, parent: QWidget
    ) -> None:
        super().__init__(
            _("Extra time of {name}").format(name=record.row.name),
            tools.jobs,
            tools.office.availability.add_extra_time,
            parent,
            verb=_("Enter extra time"),
        )
        self._tutor_id = record.row.tutor_id
        today = tools.formats.local(tools.clock.now()).date()
        self.day = DateEdit(day, tools.formats, today)
        self.start = TimeEdit(MORNING, tools.formats)
        self.end = TimeEdit(NOON, tools.formats)
        self.reason = QLineEdit()
        self.add_row(FormRow(_("Day"), self.day, label_width=FIELDS))
        self.add_row(FormRow(_("From"), self.start, label_width=FIELDS))
        self.end_row = self.add_row(FormRow(_("Until"), self.end, label_width=FIELDS))
        self.add_row(
            FormRow(_("Reason"), self.reason, optional=True, label_width=FIELDS)
        )
        self.day.setFocus()

    def request(self) -> AddExtraTime | None:
        """Say when; nothing while the times make no sense."""
        day, start, end = self.day.day, self.start.clock, self.end.clock
        if day is None or start is None or end is None or time() < end <= start:
            self.end_row.set_error(_("It must end after it starts."))
            return None
        last = day if end > start else day + timedelta(days=1)
        return AddExtraTime(
            self._tutor_id,
            datetime.combine(day, start),
            datetime.combine(last, end),
            self.reason.text(),
        )
