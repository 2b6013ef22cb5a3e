"""What a statement adds up to: hours, gross, holiday, deductions, net. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from app.models.values.money import percent_of, plain_amount, round_half_away
from app.models.values.payroll import HolidayBasis, PayKind
from app.services.payroll.gathering import ReadyLine
from app.services.payroll.rules import Draft
from app.text import _

TIMED = frozenset(
    {
        PayKind.SESSION,
        PayKind.NO_SHOW,
        PayKind.LATE_CANCEL,
        PayKind.PREPARATION,
        PayKind.TRAVEL_TIME,
        PayKind.OTHER_WORK,
    }
)


@dataclass(frozen=True, slots=True)
class HolidayTerms:
    """What holiday a tutor earns: a percentage of pay, or of hours."""

    percent: Decimal | None
    basis: HolidayBasis = HolidayBasis.PAY


@dataclass(frozen=True, slots=True)
class Taken:
    """A deduction that a statement takes, minor units.

    Attributes:
        deduction_id: the entry; of a fixed one it stays for the next period.
    """

    deduction_id: int
    purpose: str
    is_fixed: bool
    amount: int


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of a statement; minutes of the tutor's time, minor units."""

    minutes: int
    gross: int
    deducted: int

    @property
    def net(self) -> int:
        """What is paid out, minor units."""
        return self.gross - self.deducted


def worked(line: ReadyLine) -> int:
    """Give the minutes of the tutor's time that a line pays."""
    if line.kind not in TIMED:
        return 0
    own = line.minutes if line.worked_minutes is None else line.worked_minutes
    return own or 0


def sums(lines: Iterable[ReadyLine], taken: Iterable[Taken]) -> Sums:
    """Add a statement up."""
    listed = list(lines)
    return Sums(
        minutes=sum(worked(line) for line in listed),
        gross=sum(line.amount for line in listed),
        deducted=sum(one.amount for one in taken),
    )


def holiday(
    terms: HolidayTerms, lines: Sequence[ReadyLine], on: date, currency: str
) -> Draft | None:
    """Make the line for holiday earned with these lines, or None.

    It is a percentage of the pay for time (missed sessions included, mileage,
    expenses and adjustments not), or the same percentage of the hours at their average
    rate.
    """
    timed = [line for line in lines if line.kind in TIMED]
    if not terms.percent or not timed:
        return None
    pay = sum(line.amount for line in timed)
    minutes = sum(worked(line) for line in timed)
    amount, earned = percent_of(pay, terms.percent), None
    of = plain_amount(pay, currency)
    if terms.basis is HolidayBasis.HOURS:
        earned = percent_of(minutes, terms.percent)
        amount = round_half_away(Fraction(pay * earned, minutes)) if minutes else 0
        of = _("{hours} hours").format(hours=f"{Decimal(minutes) / 60:.2f}")
    if not amount:
        return None
    share = f"{terms.percent.normalize():f}"
    return Draft(
        tutor_id=timed[0].tutor_id,
        kind=PayKind.HOLIDAY,
        service_on=on,
        amount=amount,
        minutes=earned,
        percent=terms.percent,
        reason=_("{share} % of {of}").format(share=share, of=of),
    )
