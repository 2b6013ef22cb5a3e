"""What one tutor earns with one session at a rate: pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.payroll import PayPremium
from app.models.values.money import plain_amount, round_half_away
from app.models.values.payroll import PayPer
from app.models.values.schedule import PlaceKind
from app.models.values.terms import PayTerms
from app.text import _

_HOUR = 60
_PREMIUMS = select(
    PayPremium.name,
    PayPremium.weekdays,
    PayPremium.start_minute,
    PayPremium.end_minute,
    PayPremium.place_kind,
    PayPremium.percent,
    PayPremium.amount,
    PayPremium.valid_from,
    PayPremium.valid_until,
).order_by(PayPremium.id)


@dataclass(frozen=True, slots=True)
class Premium:
    """More pay at certain times or places.

    Attributes:
        weekdays: 0 is Monday; empty is every day.
        start_minute, end_minute: wall-clock minutes within which a session starts.
        percent, amount: of the pay, or minor units per hour of the tutor's time.
    """

    name: str
    weekdays: frozenset[int] = frozenset()
    start_minute: int = 0
    end_minute: int = 1440
    place_kind: PlaceKind | None = None
    percent: Decimal | None = None
    amount: int | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def fits(self, start: datetime, place_kind: PlaceKind | None) -> bool:
        """Say whether a session that starts then and there earns the premium."""
        minute = start.hour * _HOUR + start.minute
        return (
            (self.valid_from or date.min) <= start.date()
            and start.date() <= (self.valid_until or date.max)
            and (not self.weekdays or start.weekday() in self.weekdays)
            and self.start_minute <= minute < self.end_minute
            and self.place_kind in {None, place_kind}
        )


@dataclass(frozen=True, slots=True)
class Measure:
    """By what a session's pay is measured.

    Attributes:
        minutes: the tutor's, already rounded up to the offering's step.
        student_minutes: of each student that counts, rounded up likewise.
        price: by rate and net of tax, minor units; only for a percentage.
    """

    minutes: int
    student_minutes: tuple[int, ...]
    price: int = 0


@dataclass(frozen=True, slots=True)
class Earned:
    """An amount with the minutes and the rate that it was made from.

    Attributes:
        rate: after tier and further students; None where there is none.
        notes: what was added or took the rate's place, in words.
        worked_minutes: the tutor's own, where ``minutes`` counts those of students.
    """

    amount: int
    minutes: int
    rate: int | None
    notes: tuple[str, ...] = ()
    worked_minutes: int | None = None


def stepped(minutes: int, step: int) -> int:
    """Round minutes up to a step."""
    return -(-minutes // max(step, 1)) * max(step, 1)


def effective_rate(terms: PayTerms, students: int) -> int:
    """Give the rate for a number of students: its tier, and more for each further one.

    The tier is the largest that the number reaches; above the largest the largest
    holds.
    """
    reached = [count for count in terms.tiers if count <= students]
    base = terms.tiers[max(reached)] if reached else terms.amount
    return base + (terms.per_extra_student or 0) * max(students - 1, 0)


def session_pay(
    terms: PayTerms, measure: Measure, premiums: Iterable[Premium], currency: str
) -> Earned:
    """Work out the pay for a session, rounded once, and at least the minimum."""
    base, minutes, rate = _base(terms, measure)
    notes: list[str] = []
    total = base
    for premium in premiums:
        if premium.percent is not None:
            total += base * Fraction(premium.percent) / 100
        total += Fraction((premium.amount or 0) * measure.minutes, _HOUR)
        notes.append(_("with the premium {name}").format(name=premium.name))
    if terms.per is PayPer.PERCENT:
        share = f"{(terms.percent or Decimal(0)).normalize():f}"
        notes.insert(0, _("{share} % of the price").format(share=share))
    amount = round_half_away(total)
    if terms.minimum is not None and amount < terms.minimum:
        amount = terms.minimum
        notes.append(_("at least {least}").format(least=plain_amount(amount, currency)))
    worked = measure.minutes if terms.per is PayPer.STUDENT_HOUR else None
    return Earned(amount, minutes, rate, tuple(notes), worked)


def _base(terms: PayTerms, measure: Measure) -> tuple[Fraction, int, int | None]:
    students = len(measure.student_minutes)
    rate = effective_rate(terms, students)
    if terms.per is PayPer.HOUR:
        return Fraction(rate * measure.minutes, _HOUR), measure.minutes, rate
    if terms.per is PayPer.STUDENT_HOUR:
        minutes = sum(measure.student_minutes)
        return Fraction(rate * minutes, _HOUR), minutes, rate
    if terms.per is PayPer.SESSION:
        return Fraction(rate), measure.minutes, rate
    share = Fraction(terms.percent or 0) / 100
    further = (terms.per_extra_student or 0) * max(students - 1, 0)
    price_part = round_half_away(measure.price * share)
    return Fraction(price_part + further), measure.minutes, None


def load_premiums(work: Snapshot | Transaction) -> tuple[Premium, ...]:
    """Read the office's premiums, oldest first."""
    return work.once(PayPremium, _premiums)


def _premiums(work: Snapshot | Transaction) -> tuple[Premium, ...]:
    """Read them all; an office has few, and every session asks for them."""
    return tuple(
        Premium(
            name=row.name,
            weekdays=frozenset(row.weekdays),
            start_minute=row.start_minute,
            end_minute=row.end_minute,
            place_kind=row.place_kind,
            percent=row.percent,
            amount=row.amount,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in work.rows(_PREMIUMS)
    )
