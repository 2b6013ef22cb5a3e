"""What can be asked of payroll, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from app.models.values.payroll import (
    DistanceUnit,
    Engagement,
    PayKind,
    PayLevel,
    PayPer,
    PayRunState,
)
from app.models.values.schedule import PlaceKind


@dataclass(frozen=True, slots=True)
class SetPay:
    """A request that a rate of pay holds from a date on.

    Exactly the ids that the level names are given; a session's rate may name a tutor,
    a subject's a level of difficulty.

    Attributes:
        kind: ``session``, ``preparation``, ``travel_time`` or ``other_work``.
        per: None keeps everything but the amount of the rate that holds so far.
        amount: minor units per hour, session or student-hour.
        percent: of the price by rate, where ``per`` is percent.
        minimum: the least pay for a session, minor units.
        tiers: amounts by number of students attending.
    """

    level: PayLevel
    kind: PayKind = PayKind.SESSION
    session_id: int | None = None
    placement_id: int | None = None
    tutor_id: int | None = None
    offering_id: int | None = None
    subject_id: int | None = None
    level_id: int | None = None
    per: PayPer | None = None
    amount: int = 0
    percent: Decimal | None = None
    minimum: int | None = None
    per_extra_student: int | None = None
    tiers: Mapping[int, int] = field(default_factory=dict)
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class SetMileageRate:
    """A request that a distance is worth something from a date on.

    Attributes:
        rate: major units of the currency per mile or kilometre, such as 0.725.
        threshold: distance in a tax year up to which ``rate`` holds.
        rate_beyond: what holds beyond the threshold.
        year_starts: first day of the tax year, as ``04-06``.
    """

    rate: Decimal
    unit: DistanceUnit
    valid_from: date
    valid_until: date | None = None
    threshold: Decimal | None = None
    rate_beyond: Decimal | None = None
    year_starts: str = "01-01"
    source: str = ""


@dataclass(frozen=True, slots=True)
class AddPremium:
    """A request for more pay at certain times or places.

    Attributes:
        weekdays: 0 is Monday; empty is every day.
        start_minute, end_minute: wall-clock minutes within which a session starts.
        percent, amount: one of both: of the pay, or minor units per hour.
    """

    name: str
    weekdays: tuple[int, ...] = ()
    start_minute: int = 0
    end_minute: int = 1440
    place_kind: PlaceKind | None = None
    percent: Decimal | None = None
    amount: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class AddOtherWork:
    """A request to pay time outside sessions.

    Attributes:
        kind: ``other_work``, ``preparation`` or ``travel_time``.
        amount: minor units; None is by the tutor's rate of that kind.
    """

    tutor_id: int
    on: date
    minutes: int
    reason: str
    kind: PayKind = PayKind.OTHER_WORK
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class AddAdjustment:
    """A request to pay more, or less if negative, with the reason; minor units."""

    tutor_id: int
    on: date
    amount: int
    reason: str


@dataclass(frozen=True, slots=True)
class AddDeduction:
    """A request to take an amount off an employee's pay, with its purpose.

    Attributes:
        is_fixed: in every period from ``on`` to ``until_on``, else once.
    """

    tutor_id: int
    purpose: str
    amount: int
    on: date
    is_fixed: bool = False
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class PayRunOf:
    """A period to pay, and the day of paying.

    Attributes:
        tutor_ids: only these; None is everybody.
    """

    from_on: date
    until_on: date
    on: date
    tutor_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class StartPayRun:
    """A request to pay a period.

    Attributes:
        request_key: made by the asker, one per click or command start.
        tutor_ids: only these; None is everybody.
    """

    from_on: date
    until_on: date
    on: date
    request_key: str
    tutor_ids: tuple[int, ...] | None = None

    @property
    def period(self) -> PayRunOf:
        """Give what is to be paid, without who asked."""
        return PayRunOf(self.from_on, self.until_on, self.on, self.tutor_ids)


@dataclass(frozen=True, slots=True)
class PayException:
    """Something to look at before paying.

    Attributes:
        kind: ``no_rate, no_price, no_mileage_rate, not_closed, not_approved,
            not_paid_for, expense_waits, mileage_waits, question, negative, overlap,
            over_limit, no_address``.
        is_blocking: the tutor is held back until it is settled.
    """

    kind: str
    tutor_id: int
    session_id: int | None
    sentence: str
    is_blocking: bool = False


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """What a tutor would get from a run, minor units.

    Attributes:
        lines: how many pay lines it takes, the holiday's included.
        late: how many of them are from before the period.
        former_net: of the tutor's last statement, if there is one.
    """

    tutor_id: int
    tutor: str
    engagement: Engagement
    currency: str
    minutes: int
    gross: int
    deducted: int
    net: int
    lines: int
    late: int = 0
    former_net: int | None = None


@dataclass(frozen=True, slots=True)
class PayPreview:
    """What a run would pay, and what has to be looked at before."""

    exceptions: tuple[PayException, ...]
    statements: tuple[StatementDraft, ...]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A frozen statement in a list, minor units.

    Attributes:
        from_on, until_on, on: the run's period and day of paying.
        is_paid: the run was paid out.
        their_invoice: number of a contractor's own invoice.
    """

    statement_id: int
    pay_run_id: int
    number: str
    tutor_id: int
    tutor: str
    engagement: Engagement
    currency: str
    minutes: int
    gross: int
    deducted: int
    net: int
    from_on: date
    until_on: date
    on: date
    is_paid: bool
    their_invoice: str = ""


@dataclass(frozen=True, slots=True)
class PayRunDone:
    """A pay run with its statements; no run at all where there was nothing to pay.

    Attributes:
        held_back: the tutors that a blocking exception kept out.
        reasons: the exceptions that did.
    """

    pay_run_id: int | None
    statements: tuple[StatementRow, ...] = ()
    held_back: tuple[int, ...] = ()
    reasons: tuple[PayException, ...] = ()


@dataclass(frozen=True, slots=True)
class PayRunRow:
    """A pay run in a list; sums in minor units."""

    pay_run_id: int
    from_on: date
    until_on: date
    on: date
    state: PayRunState
    is_cancelled: bool
    statements: int
    gross: int
    net: int


@dataclass(frozen=True, slots=True)
class LineRow:
    """A pay line in a list; amounts in minor units."""

    line_id: int
    tutor_id: int
    session_id: int | None
    kind: PayKind
    claim: str
    service_on: date
    minutes: int | None
    rate: int | None
    rate_per: str
    rate_source: str
    percent: Decimal | None
    distance: Decimal | None
    amount: int
    reason: str
    is_reversal: bool
    statement_id: int | None


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A tutor's question about a pay line, and its answer."""

    query_id: int
    line_id: int
    tutor_id: int
    asked_by: str
    asked_at: datetime
    question: str
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class RateRow:
    """A rate of pay in a list."""

    rate_id: int
    level: PayLevel
    kind: PayKind
    per: PayPer
    amount: int
    percent: Decimal | None
    minimum: int | None
    per_extra_student: int | None
    tiers: Mapping[int, int]
    valid_from: date | None
    session_id: int | None
    placement_id: int | None
    tutor_id: int | None
    offering_id: int | None
    subject_id: int | None
    level_id: int | None
