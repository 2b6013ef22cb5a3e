"""What can be asked about the end of a session: close-outs and cancellations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from app.models.values.billing import MoneyOutcome
from app.models.values.keepable import WallTime
from app.models.values.payroll import DistanceUnit
from app.models.values.schedule import AttendanceState, CancelledBy
from app.models.values.unchanged import UNCHANGED, Unchanged

Named = TypeVar("Named")

FAMILY, INTERNAL = "family", "internal"


class Outcome(StrEnum):
    """What became of a session, in one key."""

    AS_PLANNED = "as_planned"
    OTHER_TIMES = "other_times"
    NO_SHOW = "no_show"
    CANCELLED_LATE = "cancelled_late"
    CANCELLED_IN_TIME = "cancelled_in_time"
    CANCELLED_BY_TUTOR = "cancelled_by_tutor"
    CANCELLED_BY_OFFICE = "cancelled_by_office"

    @property
    def is_cancellation(self) -> bool:
        """Say whether the session was called off."""
        return self.value.startswith("cancelled")

    @property
    def state(self) -> AttendanceState:
        """Give what became of a student of whom nothing else is said."""
        if self in {Outcome.AS_PLANNED, Outcome.OTHER_TIMES}:
            return AttendanceState.PRESENT
        if self is Outcome.NO_SHOW:
            return AttendanceState.ABSENT
        return AttendanceState(self.value)


@dataclass(frozen=True, slots=True)
class StudentOutcome:
    """What became of one student of a session.

    Attributes:
        minutes: the student's own; None follows the main tutor's.
        subject_minutes: minutes by subject id; together the student's minutes.
    """

    student_id: int
    state: AttendanceState = AttendanceState.PRESENT
    minutes: int | None = None
    subject_minutes: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StudentNote:
    """A note about one student, for the family or for the office only."""

    student_id: int
    text: str
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class SetHomework:
    """Work to set; without a student it is set for everybody who came."""

    student_id: int | None
    text: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class TouchSkill:
    """A skill that was worked on, with the step reached on its scale, 1 to 5."""

    student_id: int
    skill: str
    step: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimMileage:
    """A distance that a tutor travelled for the session.

    Attributes:
        unit: the office's own where it is not given.
    """

    tutor_id: int
    distance: Decimal
    unit: DistanceUnit | None = None
    from_place_id: int | None = None
    to_place_id: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimExpense:
    """Money a tutor spent for the session, minor units of the office's currency."""

    tutor_id: int
    what: str
    amount: int
    receipt_id: int | None = None


@dataclass(frozen=True, slots=True)
class CloseSession:
    """The report on a session; a later one corrects what it names and no more.

    What is not named stays as the former close-out said it: notes, homework, skills
    and claims, students who stayed away, other times. ``Outcome.AS_PLANNED`` names
    all times and everybody who was booked.

    Attributes:
        outcome: None is as before, and as planned the first time.
        start: the actual start, naive, on the office's wall clock; None is as before,
            and as planned the first time.
        minutes: the main tutor's; the students' and other tutors' follow it unless
            they are given.
        students: those of whom something else is to be said than the outcome says.
        tutor_minutes: minutes of single tutors by id.
        copy_note: give every student who came the progress note as an own one.
        money: another money effect than the policy's, with its reason; None withdraws a
            former one.
        is_correction: the office corrects a session of a locked period; what changes
            of its money is dated in the open period.
    """

    session_id: int
    outcome: Outcome | None = None
    start: WallTime | None = None
    minutes: int | None = None
    students: tuple[StudentOutcome, ...] = ()
    tutor_minutes: Mapping[int, int] = field(default_factory=dict)
    progress_note: str | Unchanged = UNCHANGED
    internal_note: str | Unchanged = UNCHANGED
    copy_note: bool = False
    notes: tuple[StudentNote, ...] | Unchanged = UNCHANGED
    homework: tuple[SetHomework, ...] | Unchanged = UNCHANGED
    skills: tuple[TouchSkill, ...] | Unchanged = UNCHANGED
    mileage: tuple[ClaimMileage, ...] | Unchanged = UNCHANGED
    expenses: tuple[ClaimExpense, ...] | Unchanged = UNCHANGED
    money: MoneyOutcome | Unchanged | None = UNCHANGED
    money_reason: str = ""
    is_correction: bool = False

    @property
    def told_outcome(self) -> Outcome:
        """Give the outcome, as planned where none is named."""
        return self.outcome or Outcome.AS_PLANNED


def named(things: tuple[Named, ...] | Unchanged) -> tuple[Named, ...]:
    """Give what a request names; nothing where it leaves the former as it is."""
    return () if isinstance(things, Unchanged) else things


@dataclass(frozen=True, slots=True)
class CancelSession:
    """A request to call off a session, or one student's place in it.

    Attributes:
        at: when it was called off; None is now, an earlier instant is one that is
            entered later.
        waive_reason: why a late cancellation is not to be charged.
    """

    session_id: int
    by: CancelledBy
    at: datetime | None = None
    student_id: int | None = None
    waive_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WaiveCharge:
    """A request not to charge a late cancellation, with the reason."""

    session_id: int
    reason: str
    student_id: int | None = None
