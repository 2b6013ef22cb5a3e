"""Who came, and for how long: students' time is charged, tutors' time is paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QStackedWidget, QWidget

from app.models.values.schedule import AttendanceState
from app.services.closing.requests import Outcome
from app.services.closing.results import StudentReport, TutorReport
from app.text import _
from app.views.close_out.drafts import Draft, Said
from app.views.close_out.reading import Opened
from app.views.close_out.words import CANCELLED, OFFICE_ONLY
from app.views.formats import Formats
from app.views.typography import label, set_role
from app.views.widgets.buttons import Segmented
from app.views.widgets.inputs import ComboBox, DurationField
from app.views.widgets.labels import SectionLabel
from app.views.widgets.laying import across, down, holder
from app.views.widgets.panels import empty
from app.views.widgets.rows import Line, ListRow

PRESENT, LATE, ABSENT, OFF = _("Present"), _("Late"), _("Absent"), _("Cancelled")
_HELD = (Outcome.AS_PLANNED, Outcome.OTHER_TIMES)
People = tuple[Sequence[StudentReport], Sequence[TutorReport]]


class StudentRow(ListRow):
    """One student: came, came late, stayed away or cancelled.

    Signals:
        edited: Something else is said.
    """

    edited = Signal()

    def __init__(
        self,
        student: StudentReport,
        note: str,
        kinds: Sequence[tuple[str, AttendanceState]],
        *,
        is_only: bool,
        last: bool,
    ) -> None:
        super().__init__(48, last=last)
        self.student, self._is_only = student, is_only
        self._usual = student.planned_minutes
        self.choice = Segmented((PRESENT, LATE, ABSENT, OFF), PRESENT)
        for button in self.choice.findChildren(QPushButton):
            set_role(button, "small-medium")
            button.setAccessibleName(f"{student.name}: {button.text()}")
        self.choice.setAccessibleName(student.name)
        if is_only:
            self.choice.hide()
        self.choice.chosen.connect(self._on_chosen)
        self.minutes = DurationField(self._usual, snap=5)
        self.minutes.setAccessibleName(_("Time of {name}").format(name=student.name))
        self.minutes.changed.connect(self._on_edited)
        self.kind = ComboBox()
        self.kind.fill((words, state.value) for words, state in kinds)
        self.kind.setAccessibleName(_("How {name} cancelled").format(name=student.name))
        self.kind.currentIndexChanged.connect(self._on_edited)
        self._details = QStackedWidget()
        for widget in (self.minutes, self.kind, QWidget()):
            self._details.addWidget(widget)
        remark = note or (_("Student's time, for the charge") if is_only else "")
        lines = [Line(student.name, "medium")]
        lines += [Line(remark, "small", "text2")] if remark else []
        names = down(0, *lines, 0, spacing=1)
        detail = holder(across(self._details), 120, 32)
        row = across(holder(names), self.choice, detail, margins=(12, 0, 12, 0))
        row.setStretch(0, 1)
        self.setLayout(row)

    def show_said(self, said: Said | None, outcome: Outcome, usual: int) -> None:
        """Show what is said of the student, or what follows from the outcome."""
        self._usual = usual
        state = self._state(said, outcome)
        came = state is AttendanceState.PRESENT
        minutes = said.minutes if said is not None else None
        word = OFF if state.is_cancelled else ABSENT
        if came:
            word = PRESENT if minutes is None else LATE
        self.choice.choose(word)
        self.choice.setEnabled(outcome in _HELD)
        is_told = outcome in _HELD or not self._is_only
        place = 0 if came else 1 if state.is_cancelled and is_told else 2
        self._details.setCurrentIndex(place)
        if came and not self.minutes.hasFocus():
            self.minutes.show_value(usual if minutes is None else minutes)
        if state.is_cancelled:
            self.kind.blockSignals(True)
            self.kind.choose(state.value)
            self.kind.blockSignals(False)
        self.kind.setEnabled(outcome in _HELD)

    def said(self) -> Said | None:
        """Tell what is said of the student; nothing means came as planned."""
        word = self.choice.current
        if word == OFF:
            return self._unless_known(AttendanceState(self.kind.currentData()))
        if word == ABSENT:
            return Said(AttendanceState.ABSENT)
        minutes = self.minutes.minutes
        if minutes is not None and minutes != self._usual:
            return Said(AttendanceState.PRESENT, minutes)
        if self.student.state.is_cancelled:
            return Said(AttendanceState.PRESENT)
        return None

    def _state(self, said: Said | None, outcome: Outcome) -> AttendanceState:
        if said is not None:
            return said.state
        if self.student.state.is_cancelled and outcome in _HELD:
            return self.student.state
        return outcome.state

    def _unless_known(self, state: AttendanceState) -> Said | None:
        return None if state is self.student.state else Said(state)

    def _on_chosen(self, word: str) -> None:
        self._details.setCurrentIndex(2 if word == ABSENT else 1 if word == OFF else 0)
        if word == PRESENT:
            self.minutes.show_value(self._usual)
        if word == LATE:
            self.minutes.show_value(max(5, self._usual - 10))
            self.minutes.setFocus()
            self.minutes.selectAll()
        self.edited.emit()

    def _on_edited(self, _value: object) -> None:
        self.edited.emit()


class TutorRow(ListRow):
    """An additional tutor, with an own time.

    Signals:
        edited: Another time is said.
    """

    edited = Signal()

    def __init__(self, tutor: TutorReport, *, last: bool) -> None:
        super().__init__(48, last=last)
        self.tutor_id = tutor.tutor_id
        self._usual = tutor.planned_minutes
        self.minutes = DurationField(self._usual, snap=5)
        self.minutes.setAccessibleName(_("Time of {name}").format(name=tutor.name))
        self.minutes.changed.connect(self._on_edited)
        remark = Line(_("Additional tutor's time, for pay"), "small", "text2")
        names = down(0, Line(tutor.name, "medium"), remark, 0, spacing=1)
        detail = holder(across(self.minutes), 120, 32)
        row = across(holder(names), detail, margins=(12, 0, 12, 0))
        row.setStretch(0, 1)
        self.setLayout(row)

    def show_minutes(self, minutes: int | None, usual: int) -> None:
        """Show a length; none is as long as the main tutor's."""
        self._usual = usual
        if not self.minutes.hasFocus():
            self.minutes.show_value(usual if minutes is None else minutes)

    def own_minutes(self) -> int | None:
        """Tell the length if it is not the main tutor's."""
        minutes = self.minutes.minutes
        return None if minutes == self._usual else minutes

    def _on_edited(self, _value: object) -> None:
        self.edited.emit()


class Attendance(QWidget):
    """The students and the additional tutors of a session.

    Signals:
        edited: Something else is said of somebody.
    """

    edited = Signal()

    def __init__(self, formats: Formats, *, is_office: bool) -> None:
        super().__init__()
        self._formats, self._is_office = formats, is_office
        self.students: list[StudentRow] = []
        self.tutors: list[TutorRow] = []
        self._people: People = ((), ())
        self._summary = label("", "small", "text2")
        self._card = QFrame()
        self._card.setProperty("frame", "card")
        self._rows = down(spacing=0, margins=(1, 1, 1, 1))
        self._card.setLayout(self._rows)
        head = across(SectionLabel(_("Attendance")), 0, self._summary)
        self.setLayout(down(head, self._card, spacing=4))

    def show_session(self, opened: Opened) -> None:
        """Make a row for everybody."""
        empty(self._rows)
        students, others = opened.report.students, opened.report.tutors[1:]
        self._people = (students, others)
        self.students = [
            StudentRow(
                student,
                self._note(student),
                self._kinds(student),
                is_only=len(students) == 1,
                last=place == len(students) - 1 and not others,
            )
            for place, student in enumerate(students)
        ]
        self.tutors = [
            TutorRow(tutor, last=place == len(others) - 1)
            for place, tutor in enumerate(others)
        ]
        for row in self.students:
            row.edited.connect(self._on_edited)
            self._rows.addWidget(row)
        for other in self.tutors:
            other.edited.connect(self._on_edited)
            self._rows.addWidget(other)
        self._card.setVisible(bool(self.students or self.tutors))

    def show_fresh(self, opened: Opened) -> None:
        """Make the rows anew if somebody else is in it now; the cursor stays."""
        report = opened.report
        if self._people == (report.students, report.tutors[1:]):
            return
        names = [one.accessibleName() for one in self._lengths() if one.hasFocus()]
        self.show_session(opened)
        for field in self._lengths():
            if field.accessibleName() in names:
                field.setFocus()

    def show_draft(self, opened: Opened, draft: Draft) -> None:
        """Show what a draft says of everybody."""
        usual = opened.minutes if draft.minutes is None else draft.minutes
        for row in self.students:
            said = draft.students.get(row.student.student_id)
            row.show_said(said, draft.outcome, usual)
        for other in self.tutors:
            other.show_minutes(draft.tutors.get(other.tutor_id), usual)
            other.setEnabled(draft.outcome in _HELD)
        self._summary.setText(_summary(self.students, draft))

    def into(self, draft: Draft) -> Draft:
        """Put what is said of everybody into a draft."""
        if draft.outcome not in _HELD:
            return draft
        said: Mapping[int, Said] = {
            row.student.student_id: one
            for row in self.students
            if (one := row.said()) is not None
        }
        tutors = {
            row.tutor_id: minutes
            for row in self.tutors
            if (minutes := row.own_minutes()) is not None
        }
        return replace(draft, students=said, tutors=tutors)

    def faults(self) -> str:
        """Say what cannot be read."""
        return next((f.error() for f in self._lengths() if f.error()), "")

    def _lengths(self) -> list[DurationField]:
        fields = [row.minutes for row in self.students]
        return fields + [row.minutes for row in self.tutors]

    def _kinds(self, student: StudentReport) -> list[tuple[str, AttendanceState]]:
        """List how a student can have cancelled, as far as the person may say so."""
        office = {AttendanceState(each.value) for each in OFFICE_ONLY}
        return [
            (words, state)
            for words, state in CANCELLED
            if self._is_office or state not in office or state is student.state
        ]

    def _note(self, student: StudentReport) -> str:
        if student.state.is_cancelled and student.state_at is not None:
            when = self._formats.stamp(student.state_at)
            return _("Cancelled {when}").format(when=when)
        return ""

    def _on_edited(self) -> None:
        self.edited.emit()


def _summary(rows: list[StudentRow], draft: Draft) -> str:
    if len(rows) < 2 or draft.outcome not in _HELD:
        return ""
    words = [row.choice.current for row in rows]
    came = words.count(PRESENT) + words.count(LATE)
    parts = [_("{number} came").format(number=came)]
    if words.count(ABSENT):
        parts.append(_("{number} absent").format(number=words.count(ABSENT)))
    if words.count(OFF):
        parts.append(_("{number} cancelled").format(number=words.count(OFF)))
    return " \N{MIDDLE DOT} ".join(parts)
