"""What closing out and cancelling answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from app.models.values.billing import ChargeKind, LotUnit, MoneyOutcome
from app.models.values.payroll import DistanceUnit, PayKind
from app.models.values.schedule import AttendanceState, CloseOutState, SessionStatus


@dataclass(frozen=True, slots=True)
class Owed:
    """What a payer owes for the session as it stands, minor units."""

    payer_id: int
    student_id: int | None
    kind: ChargeKind
    minutes: int | None
    amount: int
    currency: str
    reason: str


@dataclass(frozen=True, slots=True)
class Earned:
    """What a tutor earns by the session as it stands, minor units."""

    tutor_id: int
    kind: PayKind
    minutes: int | None
    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class PackageUse:
    """What a session takes from a student's package, and what is left then.

    Attributes:
        units: minutes or sessions, as ``unit`` says; ``left`` likewise.
    """

    student_id: int
    package: str
    unit: LotUnit
    units: int
    left: int


@dataclass(frozen=True, slots=True)
class MoneyEffect:
    """What a session means in money.

    A tutor sees the own pay only, and never what a family owes.

    Attributes:
        charged: minor units of ``currency``; None is not for these eyes. What families
            of another currency owe is told by ``charged_in``.
        paid: minor units of ``pay_currency``.
        outcome: the effect in one word.
        student_reasons: why a student is not charged, by student id.
        tutor_reasons: why a tutor is not paid, by tutor id.
        packages: what it takes from packages.
        lacks: sentences about prices and rates of pay that are missing, so that not
            everything is charged or paid yet.
        stays: sentences about later sessions that stay charged although a correction
            frees what they could have taken from a package; of a preview only.
    """

    session_id: int
    status: SessionStatus
    outcome: MoneyOutcome
    charged: int | None
    currency: str
    paid: int
    pay_currency: str
    charges: tuple[Owed, ...] = ()
    pay: tuple[Earned, ...] = ()
    student_reasons: Mapping[int, str] = field(default_factory=dict)
    tutor_reasons: Mapping[int, str] = field(default_factory=dict)
    packages: tuple[PackageUse, ...] = ()
    lacks: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()

    @property
    def charged_in(self) -> Mapping[str, int]:
        """Add up what is charged in each currency; nothing for a tutor's eyes."""
        if self.charged is None:
            return {}
        sums = {self.currency: self.charged}
        for owed in self.charges:
            if owed.currency != self.currency:
                sums[owed.currency] = sums.get(owed.currency, 0) + owed.amount
        return sums


@dataclass(frozen=True, slots=True)
class Rules:
    """The office's rules that decide what a missed session means in money.

    Percentages of what the planned session costs are None for tutors' eyes.

    Attributes:
        notice_hours: shorter notice is late.
        pay_waits, invoices_wait, notes_wait: until the office has approved.
        notes_go: when a note goes to the family.
        asks_review: somebody looks a close-out through before it is approved.
    """

    notice_hours: Decimal
    late_charge: Decimal | None
    late_pay: Decimal
    no_show_charge: Decimal | None
    no_show_pay: Decimal
    office_cancel_pay: Decimal
    gives_make_up: bool
    make_up_days: int
    pay_waits: bool
    invoices_wait: bool
    notes_wait: bool
    notes_go: str
    asks_review: bool = False


@dataclass(frozen=True, slots=True)
class ClosedOut:
    """A session that was closed out lately.

    Attributes:
        minutes: the main tutor's; none where nobody was taught.
        fixed_why: why it cannot be reopened, or nothing.
        waits_for: the state that the office has still to give it, if one.
    """

    session_id: int
    starts_at: datetime
    ends_at: datetime
    offering: str
    tutor_id: int | None
    tutor: str
    students: tuple[str, ...]
    status: SessionStatus
    state: CloseOutState
    minutes: int | None
    closed_by: str
    closed_at: datetime
    fixed_why: str
    waits_for: CloseOutState | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A session that was closed out, and what it costs and pays, minor units.

    Attributes:
        lacks: sentences about prices and rates of pay that are missing.
    """

    session_id: int
    charged: int | None
    currency: str
    paid: int
    pay_currency: str
    reasons: Mapping[int, str] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A session of several that was not closed out, and why."""

    session_id: int
    why: str


@dataclass(frozen=True, slots=True)
class ClosedMany:
    """Sessions that were closed out together, and those that need a look."""

    closed: tuple[Closed, ...]
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Cancelled:
    """What a cancellation or a return made of a session; amounts in minor units.

    Attributes:
        notice_minutes: from the cancelling to the planned start, None where nobody
            cancelled.
    """

    session_id: int
    status: SessionStatus
    notice_minutes: int | None
    charged: int | None
    paid: int


@dataclass(frozen=True, slots=True)
class OpenCloseOut:
    """A past session that nobody has closed out yet.

    Attributes:
        due_at: by when it should be.
        is_never_confirmed: it was only ever proposed.
        stayed_away: students who did not come to their session before this one.
    """

    session_id: int
    starts_at: datetime
    ends_at: datetime
    offering: str
    tutor_id: int | None
    tutor: str
    students: tuple[str, ...]
    due_at: datetime
    is_late: bool
    is_never_confirmed: bool
    stayed_away: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note as it was written; no student means the whole session.

    Attributes:
        starts_at: when that session was, where notes of several are listed.
    """

    session_id: int
    student_id: int | None
    is_internal: bool
    text: str
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HomeworkSet:
    """Homework as it was set.

    Attributes:
        starts_at: when that session was, where homework of several is listed.
    """

    homework_id: int
    session_id: int
    student_id: int
    text: str
    due_on: date | None
    done_at: datetime | None
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SkillTouched:
    """A skill that was worked on."""

    student_id: int
    skill: str
    step: int | None


@dataclass(frozen=True, slots=True)
class StudentReport:
    """How a student's place was closed out; minutes planned and actual.

    Attributes:
        state_at: when the state was entered.
        notice_minutes: between the student's own cancelling and the planned start.
    """

    student_id: int
    name: str
    state: AttendanceState
    planned_minutes: int
    actual_minutes: int | None
    subject_minutes: Mapping[int, int]
    state_at: datetime | None = None
    notice_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class TutorReport:
    """A tutor's part as it was closed out; minutes planned and actual."""

    tutor_id: int
    name: str
    planned_minutes: int
    actual_starts_at: datetime | None
    actual_minutes: int | None


@dataclass(frozen=True, slots=True)
class MileageProposal:
    """A distance that the travel table knows for a tutor's way to the session."""

    tutor_id: int
    distance: Decimal
    unit: DistanceUnit
    from_place_id: int
    to_place_id: int


@dataclass(frozen=True, slots=True)
class MileageKept:
    """A distance as it was claimed; ``approved`` is None until decided."""

    claim_id: int
    tutor_id: int
    distance: Decimal
    unit: DistanceUnit
    from_place_id: int | None
    to_place_id: int | None
    approved: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ExpenseKept:
    """An expense as it was claimed; ``approved`` is None until decided."""

    expense_id: int
    tutor_id: int
    what: str
    amount: int
    approved: int | None
    receipt_id: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """A close-out as it stands, with everything it carries.

    Attributes:
        waits_for: the state that the office has still to give it, if one.
    """

    session_id: int
    status: SessionStatus
    state: CloseOutState
    closed_by: str
    closed_at: datetime | None
    approved_by: str
    money: MoneyOutcome | None
    money_reason: str
    students: tuple[StudentReport, ...]
    tutors: tuple[TutorReport, ...]
    notes: tuple[NoteText, ...]
    homework: tuple[HomeworkSet, ...]
    skills: tuple[SkillTouched, ...]
    mileage: tuple[MileageKept, ...]
    expenses: tuple[ExpenseKept, ...]
    reviewed_by: str = ""
    waits_for: CloseOutState | None = None


@dataclass(frozen=True, slots=True)
class StudentNotes:
    """The latest notes and homework of a student, newest first."""

    notes: tuple[NoteText, ...]
    homework: tuple[HomeworkSet, ...]
