"""The form of one session: everything a close-out can say, ready to be saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QFrame

from app.models.values.billing import MoneyOutcome
from app.services.closing.requests import Outcome
from app.text import _
from app.views.close_out.attendance import Attendance
from app.views.close_out.drafts import Draft
from app.views.close_out.extras import Extras
from app.views.close_out.heading import Heading, Outcomes, Times
from app.views.close_out.notes import FamilyNote
from app.views.close_out.reading import Opened
from app.views.close_out.words import verb_of, waiting_sentence
from app.views.formats import Formats
from app.views.state import State
from app.views.widgets.feedback import Banner
from app.views.widgets.laying import add_rest, down


class SessionForm(QFrame):
    """A session with its draft; what is typed goes into the draft at once.

    Signals:
        edited: The draft is another one.
        reopened: The close-out that stands is to be taken back.
        decided: It is to be reviewed or approved; carries the step.
    """

    edited = Signal()
    decided = Signal(object)
    reopened = Signal()

    def __init__(
        self, formats: Formats, state: State, today: date, *, is_office: bool
    ) -> None:
        super().__init__()
        self._is_office = is_office
        self.setProperty("frame", "surface")
        self.opened: Opened | None = None
        self.draft = Draft()
        self.heading = Heading(formats)
        self.outcomes = Outcomes(is_office=is_office)
        self.times = Times(formats)
        self.attendance = Attendance(formats, is_office=is_office)
        self.note = FamilyNote(formats, state)
        self.extras = Extras(formats, today)
        self._formats = formats
        self.closed = Banner("", "ok", _("Reopen"))
        self.decision = Banner("", "info", _("Review"))
        self.error = Banner("", "err")
        self.error.hide()
        self._is_showing = False
        self.setLayout(
            down(
                self.heading,
                self.error,
                self.closed,
                self.decision,
                self.outcomes,
                self.times,
                self.attendance,
                self.note,
                self.extras,
                spacing=14,
                margins=(24, 16, 24, 16),
            )
        )
        add_rest(self)
        self._listen()

    def show_session(self, opened: Opened, draft: Draft) -> None:
        """Show a session with what was entered about it so far."""
        self._is_showing = True
        self.opened = opened
        self.heading.show_session(opened)
        self.attendance.show_session(opened)
        self.note.show_session(opened)
        self.extras.show_session(opened)
        self._show_closed(opened)
        self._is_showing = False
        self.show_draft(draft)

    def show_fresh(self, fresh: Opened) -> Draft:
        """Show the same session as it is now, keeping what was entered."""
        report = fresh.report
        students = {each.student_id for each in report.students}
        tutors = {each.tutor_id for each in report.tutors}
        former = self.opened.kept if self.opened else fresh.kept
        draft = self.draft.over(former, fresh.kept).of(students, tutors)
        self._is_showing = True
        self.opened = fresh
        self.heading.show_session(fresh)
        self.attendance.show_fresh(fresh)
        self.note.show_session(fresh)
        self.extras.show_way(fresh)
        self._show_closed(fresh)
        self._is_showing = False
        self.show_draft(draft)
        return draft

    def show_draft(self, draft: Draft) -> None:
        """Show another draft of the same session."""
        if self.opened is None:
            return
        self.draft = draft
        self._is_showing = True
        self.outcomes.show_outcome(draft.outcome)
        self.times.show_draft(self.opened, draft)
        self.attendance.show_draft(self.opened, draft)
        self.note.show_draft(draft)
        self.extras.show_draft(draft)
        self._is_showing = False

    def choose(self, outcome: Outcome) -> None:
        """Choose an outcome, if the person may."""
        if not self.outcomes.offers(outcome):
            return
        self.show_draft(self.draft.choose(outcome))
        self.edited.emit()

    def set_exception(self, money: MoneyOutcome | None, reason: str) -> None:
        """Ask for another effect in money than the policy's."""
        self.draft = replace(self.draft, money=money, money_reason=reason)
        self.edited.emit()

    def set_correction(self) -> None:
        """Ask for a correction whose money is dated in the open period."""
        self.draft = replace(self.draft, is_correction=True)
        self.edited.emit()

    def is_left_for(self, session_id: int) -> bool:
        """Say whether the cursor stands here while another session is to come.

        A field under the cursor keeps what it shows, so it has to go elsewhere first.
        """
        if self.opened is not None and self.opened.session_id == session_id:
            return False
        spot = QApplication.focusWidget()
        return spot is not None and self.isAncestorOf(spot)

    def faults(self) -> str:
        """Say what is typed and cannot be read, nothing if all is well."""
        for part in (self.times, self.attendance, self.extras):
            if fault := part.faults():
                return fault
        return ""

    def fold(self, *, narrow: bool) -> None:
        """Stand closer where room is scarce."""
        self.outcomes.fold(narrow=narrow)
        self.note.fold(narrow=narrow)

    def show_error(self, sentence: str) -> None:
        """Say over the form why it was not saved, or nothing."""
        self.error.say(sentence)
        self.error.setVisible(bool(sentence))

    def _listen(self) -> None:
        self.outcomes.chosen.connect(self._on_outcome)
        self.times.edited.connect(self._on_times)
        self.attendance.edited.connect(self._on_edited)
        self.note.edited.connect(self._on_edited)
        self.extras.edited.connect(self._on_edited)
        if self.closed.button is not None:
            self.closed.button.clicked.connect(self._on_reopen)
        if self.decision.button is not None:
            self.decision.button.clicked.connect(self._on_decided)

    def _show_closed(self, opened: Opened) -> None:
        self.closed.setVisible(not opened.is_open)
        report = opened.report
        if report.closed_at is not None:
            words = _("Closed out by {name} on {when}. Saving again corrects it.")
            when = self._formats.stamp(report.closed_at)
            self.closed.say(words.format(name=report.closed_by, when=when))
        sentence, verb = waiting_sentence(report), verb_of(report.waits_for)
        self.decision.say(sentence)
        self.decision.setVisible(bool(sentence))
        if self.decision.button is not None:
            may = bool(verb) and self._is_office
            self.decision.button.setVisible(may)
            self.decision.button.setText(verb)
            self.decision.button.setToolTip(f"{verb}  {verb[:1]}")

    def _gather(self, draft: Draft) -> Draft:
        for part in (self.attendance, self.note, self.extras):
            draft = part.into(draft)
        return draft

    def _on_outcome(self, outcome: object) -> None:
        self.choose(Outcome(str(outcome)))

    def _on_times(self) -> None:
        if self._is_showing:
            return
        self.show_draft(self.times.into(self.draft))
        self.edited.emit()

    def _on_edited(self) -> None:
        if self._is_showing:
            return
        draft = self._gather(self.draft)
        is_only = len(self.attendance.students) == 1
        if is_only and draft.students and draft.outcome is Outcome.AS_PLANNED:
            draft = replace(draft, outcome=Outcome.OTHER_TIMES)
        self.show_draft(draft)
        self.edited.emit()

    def _on_decided(self) -> None:
        if self.opened is not None and self.opened.report.waits_for is not None:
            self.decided.emit(self.opened.report.waits_for)

    def _on_reopen(self) -> None:
        self.reopened.emit()
