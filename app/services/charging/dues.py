"""What became of each student's place, and whether it may be charged at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from app.models.values.billing import BillingModel, ChargeKind, MoneyOutcome, Reason
from app.models.values.money import percent_of
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.charging import wording
from app.services.charging.facts import MissedRules, SessionFacts, StudentFacts

WHOLE = Decimal(100)
_CALLED_OFF = {
    AttendanceState.CANCELLED_IN_TIME: Reason.CANCELLED_IN_TIME,
    AttendanceState.CANCELLED_BY_OFFICE: Reason.CANCELLED_BY_OFFICE,
    AttendanceState.CANCELLED_BY_TUTOR: Reason.CANCELLED_BY_TUTOR,
}
_CHARGED = frozenset({MoneyOutcome.CHARGED_AND_PAID, MoneyOutcome.CHARGED_ONLY})
_UNCHARGED = frozenset({MoneyOutcome.PAID_ONLY, MoneyOutcome.NEITHER})


@dataclass(frozen=True, slots=True)
class Due:
    """A student's place that may be charged, before asking who pays for it and how.

    Attributes:
        minutes: as charged where the student came, else as planned.
        percent: of the planned price, for a missed place; None where the student came.
        is_forced: charged by the office's word, whatever the policy says.
    """

    student: StudentFacts
    kind: ChargeKind
    minutes: int
    percent: Decimal | None = None
    reason: str = ""
    is_forced: bool = False

    @property
    def needed(self) -> int:
        """How many minutes a package, contract or make-up credit has to give."""
        if self.percent is None:
            return self.minutes
        return percent_of(self.minutes, self.percent)


@dataclass(frozen=True, slots=True)
class Owed:
    """A student's place that is made up later instead of being charged."""

    student: StudentFacts


def judge(
    facts: SessionFacts, student: StudentFacts, *, ahead: bool
) -> Due | Owed | Reason:
    """Say whether a place may be charged, is made up, or why it is not charged.

    The office's word (another money effect than the policy's) goes before the policies,
    for the places that had the session's outcome; a student who had called off before
    keeps what that meant.

    Args:
        facts: the session.
        student: whose place.
        ahead: charge a planned place of an advance household as if held as planned.
    """
    state = state_of(facts, student)
    if state is AttendanceState.EXPECTED:
        is_ahead = student.model is BillingModel.ADVANCE and (
            ahead or student.was_charged_ahead
        )
        return _came(facts, student) if is_ahead else Reason.NOT_CLOSED
    money = facts.money if _had_the_outcome(facts, state) else None
    if money in _UNCHARGED:
        return Reason.WAIVED
    if money is MoneyOutcome.MAKE_UP:
        return Owed(student)
    found = _by_policy(facts, student, state)
    if money not in _CHARGED:
        return found
    due = found if isinstance(found, Due) else _in_full(facts, student, state)
    return replace(due, is_forced=True)


def state_of(facts: SessionFacts, student: StudentFacts) -> AttendanceState:
    """Say what became of a place, where the session's own status decides it."""
    if student.state.is_cancelled:
        return student.state
    if facts.status.is_cancelled:
        return AttendanceState(facts.status.value)
    if facts.status.is_ahead:
        return AttendanceState.EXPECTED
    if facts.status is SessionStatus.NO_SHOW:
        return AttendanceState.ABSENT
    is_open = student.state is AttendanceState.EXPECTED
    return AttendanceState.PRESENT if is_open else student.state


def attending(facts: SessionFacts) -> tuple[StudentFacts, ...]:
    """List who came, or before the session who is expected."""
    there = {AttendanceState.PRESENT, AttendanceState.EXPECTED}
    return tuple(s for s in facts.students if state_of(facts, s) in there)


def booked(facts: SessionFacts) -> tuple[StudentFacts, ...]:
    """List the students booked and not called off in time, in listed order.

    Neither the household in time, nor the office or the tutor called them off; whom the
    office charges all the same stays among them.
    """
    return tuple(s for s in facts.students if _is_booked(facts, s))


def planned(facts: SessionFacts) -> tuple[StudentFacts, ...]:
    """List for whom the session was planned in the end: those booked when it began.

    Where it was called off as a whole, those whom that concerned.
    """
    concerned = (
        one
        for one in facts.students
        if state_of(facts, one).value == facts.status.value
    )
    return booked(facts) or tuple(concerned)


def held_minutes(facts: SessionFacts, student: StudentFacts) -> int:
    """Tell how many minutes of a student who came are charged.

    The actual minutes rounded up to the offering's step, at least its minimum length.
    """
    minutes = student.actual_minutes
    if minutes is None or facts.status.is_ahead:
        minutes = facts.planned_minutes
    step = facts.offering.step_minutes
    stepped = -(-minutes // step) * step
    return max(stepped, facts.offering.minimum_minutes or 0)


def _is_booked(facts: SessionFacts, student: StudentFacts) -> bool:
    state = state_of(facts, student)
    is_charged = facts.money in _CHARGED and _had_the_outcome(facts, state)
    return state not in _CALLED_OFF or is_charged


def _had_the_outcome(facts: SessionFacts, state: AttendanceState) -> bool:
    if facts.status.is_cancelled:
        return state.value == facts.status.value
    return not state.is_cancelled


def _by_policy(
    facts: SessionFacts, student: StudentFacts, state: AttendanceState
) -> Due | Owed | Reason:
    if state in _CALLED_OFF:
        return _CALLED_OFF[state]
    if student.is_waived and state is not AttendanceState.PRESENT:
        return Reason.WAIVED
    if facts.is_trial and facts.offering.trial_amount is None:
        return Reason.TRIAL
    if state is AttendanceState.PRESENT:
        return _came(facts, student)
    return _by_rules(facts, student, state)


def _by_rules(
    facts: SessionFacts, student: StudentFacts, state: AttendanceState
) -> Due | Owed | Reason:
    rules = _rules(facts, student)
    is_late = state is AttendanceState.CANCELLED_LATE
    if is_late and rules.gives_make_up and _can_be_made_up(facts, student):
        return Owed(student)
    percent = rules.late_cancel if is_late else rules.no_show
    if not percent and student.credit is None:
        return Reason.ZERO_PRICE
    return _missed(facts, student, state, percent)


def _can_be_made_up(facts: SessionFacts, student: StudentFacts) -> bool:
    is_plain = not facts.is_trial and not student.is_enrolled
    return is_plain and student.credit is None and not is_funded(facts, student)


def is_funded(facts: SessionFacts, student: StudentFacts) -> bool:
    """Say whether the session's contract is for this student too.

    A contract that names no students is for everybody. A trial is no contract's.
    """
    contract = facts.contract
    if contract is None or facts.is_trial:
        return False
    return not contract.students or student.student_id in contract.students


def _rules(facts: SessionFacts, student: StudentFacts) -> MissedRules:
    if facts.contract is not None and is_funded(facts, student):
        return facts.households[facts.contract.household_id].rules
    return facts.households[student.household_id].rules


def _came(facts: SessionFacts, student: StudentFacts) -> Due:
    reason = wording.trial() if facts.is_trial else ""
    minutes = held_minutes(facts, student)
    return Due(student, ChargeKind.SESSION, minutes, reason=reason)


def _missed(
    facts: SessionFacts,
    student: StudentFacts,
    state: AttendanceState,
    percent: Decimal,
) -> Due:
    planned = facts.planned_minutes
    if state is AttendanceState.ABSENT:
        text = wording.no_show(percent)
        return Due(student, ChargeKind.NO_SHOW, planned, percent, text)
    text = wording.late_cancel(student.notice_minutes, percent)
    return Due(student, ChargeKind.LATE_CANCEL, planned, percent, text)


def _in_full(facts: SessionFacts, student: StudentFacts, state: AttendanceState) -> Due:
    if state is AttendanceState.PRESENT:
        return _came(facts, student)
    return _missed(facts, student, state, WHOLE)
