"""What an outcome pays: pure rules from a session's facts to pay lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from app.models.values.billing import MoneyOutcome, Reason
from app.models.values.money import percent_of, plain_amount, time_amount
from app.models.values.payroll import PayKind, PayPer
from app.models.values.schedule import SessionStatus
from app.services.payroll.earning import (
    Earned,
    Measure,
    Premium,
    session_pay,
    stepped,
)
from app.services.payroll.facts import SessionFacts, StudentFacts, TutorFacts
from app.services.payroll.rates import Rate, Wanted, find_rate
from app.text import _

Price = Callable[[bool], int | None]
PRICE = "price"
_ALL = Decimal(100)
_NEVER_PAID = {
    SessionStatus.CANCELLED_BY_TUTOR: Reason.CANCELLED_BY_TUTOR,
    SessionStatus.CANCELLED_IN_TIME: Reason.CANCELLED_IN_TIME,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A pay line as it should stand now.

    Attributes:
        worked_minutes: the tutor's own, where ``minutes`` counts those of students.
        distance_rate: major units per mile or kilometre, of mileage only.
    """

    tutor_id: int
    kind: PayKind
    service_on: date
    amount: int
    claim: str = ""
    minutes: int | None = None
    worked_minutes: int | None = None
    rate: int | None = None
    rate_per: str = ""
    rate_source: str = ""
    percent: Decimal | None = None
    distance: Decimal | None = None
    distance_rate: Decimal | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MissedPay:
    """What the office's policies pay, in percent of the planned pay."""

    no_show: Decimal = _ALL
    cancelled_late: Decimal = _ALL
    by_office: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Due:
    """What an outcome pays.

    Attributes:
        percent: of the planned pay; None is by the tutor's own minutes.
    """

    kind: PayKind
    percent: Decimal | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class NoRate:
    """No rate was found for what the tutor did.

    Attributes:
        claim: the mileage claim, or ``price`` where pay is a percentage of a price
            that is not known in the currency of pay; else empty.
    """

    tutor_id: int
    claim: str = ""


def due(session: SessionFacts, missed: MissedPay) -> Due | Reason:
    """Tell what a session's outcome pays, or why nothing."""
    by_policy = _by_policy(session, missed)
    if by_policy is Reason.NOT_CLOSED or session.money is None:
        return by_policy
    if session.money in {MoneyOutcome.CHARGED_ONLY, MoneyOutcome.NEITHER}:
        return Reason.WAIVED
    asks_pay = session.money in {
        MoneyOutcome.CHARGED_AND_PAID,
        MoneyOutcome.PAID_ONLY,
    }
    if not asks_pay or (isinstance(by_policy, Due) and by_policy.percent != 0):
        return by_policy
    is_no_show = session.status is SessionStatus.NO_SHOW
    kind = PayKind.NO_SHOW if is_no_show else PayKind.LATE_CANCEL
    return Due(kind, _ALL, _("paid by the office's decision"))


def _by_policy(session: SessionFacts, missed: MissedPay) -> Due | Reason:
    status = session.status
    if status in _NEVER_PAID:
        return _NEVER_PAID[status]
    if status is SessionStatus.CANCELLED_LATE:
        words = _("cancelled late")
        return Due(PayKind.LATE_CANCEL, missed.cancelled_late, words)
    if status is SessionStatus.CANCELLED_BY_OFFICE:
        words = _("cancelled by the office")
        by_office = Due(PayKind.LATE_CANCEL, missed.by_office, words)
        return by_office if missed.by_office else Reason.CANCELLED_BY_OFFICE
    if not session.is_closed or status.is_ahead:
        return Reason.NOT_CLOSED
    if status is SessionStatus.NO_SHOW:
        return Due(PayKind.NO_SHOW, missed.no_show, _("nobody came"))
    return Due(PayKind.SESSION)


@dataclass(frozen=True, slots=True)
class PayBook:
    """The rates and premiums by which a session is paid.

    Attributes:
        price: gives the price by rate, net of tax, of what was held (False) or
            planned (True); None where there is none in the currency of pay.
    """

    rates: tuple[Rate, ...]
    premiums: tuple[Premium, ...]
    price: Price

    def rate(
        self, session: SessionFacts, tutor_id: int, kind: PayKind = PayKind.SESSION
    ) -> Rate | None:
        """Find the rate of a kind for a tutor in a session."""
        offering = session.offering
        wanted = Wanted(
            tutor_id=tutor_id,
            on=session.service_on,
            kind=kind,
            session_id=session.session_id,
            placement_id=session.placement_id,
            offering_id=offering.offering_id,
            subject_id=offering.subject_id,
            level_ids=offering.level_ids,
        )
        return find_rate(self.rates, wanted)


def session_draft(
    session: SessionFacts, tutor: TutorFacts, owed: Due, book: PayBook
) -> Draft | Reason | NoRate:
    """Make a tutor's line for a session, or tell why there is none."""
    is_planned = owed.percent is not None
    minutes = session.minutes
    if not is_planned and tutor.minutes is not None:
        minutes = tutor.minutes
    if owed.percent == 0 or not minutes:
        return Reason.ZERO_PRICE
    rate = book.rate(session, tutor.tutor_id)
    if rate is None:
        return NoRate(tutor.tutor_id)
    earned = _earned(session, minutes, rate, book, is_planned=is_planned)
    if earned is None:
        return NoRate(tutor.tutor_id, PRICE)
    draft = _draft(session, tutor.tutor_id, owed, rate, earned)
    return draft if draft.amount else Reason.ZERO_PRICE


def _earned(
    session: SessionFacts, minutes: int, rate: Rate, book: PayBook, *, is_planned: bool
) -> Earned | None:
    counted = session.booked if is_planned else session.present
    price: int | None = 0
    if rate.terms.per is PayPer.PERCENT:
        price = book.price(is_planned)
    if price is None:
        return None
    step = session.offering.pay_step
    measure = Measure(
        minutes=stepped(minutes, step),
        student_minutes=tuple(
            stepped(_attended(student, minutes, is_planned=is_planned), step)
            for student in counted
        ),
        price=price,
    )
    premiums = [p for p in book.premiums if p.fits(session.start, session.place_kind)]
    return session_pay(rate.terms, measure, premiums, session.currency)


def _attended(student: StudentFacts, minutes: int, *, is_planned: bool) -> int:
    if is_planned or student.minutes is None:
        return minutes
    return student.minutes


def _draft(
    session: SessionFacts, tutor_id: int, owed: Due, rate: Rate, earned: Earned
) -> Draft:
    notes = [owed.words] if owed.words else []
    amount = earned.amount
    percent = owed.percent
    if percent is not None:
        amount = percent_of(earned.amount, percent)
        notes.append(
            _("{share} % of the planned pay {planned}").format(
                share=f"{percent.normalize():f}",
                planned=plain_amount(earned.amount, session.currency),
            )
        )
    elif rate.terms.per is PayPer.PERCENT:
        percent = rate.terms.percent
    return Draft(
        tutor_id=tutor_id,
        kind=owed.kind,
        service_on=session.service_on,
        amount=amount,
        minutes=earned.minutes,
        worked_minutes=earned.worked_minutes,
        rate=earned.rate,
        rate_per=rate.terms.per.value,
        rate_source=rate.level.value,
        percent=percent,
        reason=", ".join([*notes, *earned.notes]),
    )


def preparation_draft(
    session: SessionFacts, paid: Draft, book: PayBook
) -> Draft | None:
    """Make the line for preparing a paid session, where the office pays for that.

    A session that was cancelled needed no preparation that counts.
    """
    minutes = session.offering.preparation_minutes
    rate = book.rate(session, paid.tutor_id, PayKind.PREPARATION)
    if rate is None or not minutes or paid.kind is PayKind.LATE_CANCEL:
        return None
    draft = timed_draft(paid.tutor_id, rate, minutes, session.service_on)
    return replace(draft, reason=_("preparation")) if draft.amount else None


def timed_draft(tutor_id: int, rate: Rate, minutes: int, on: date) -> Draft:
    """Make a line for time at a rate per hour, or once at a rate per session."""
    per_hour = rate.terms.per is PayPer.HOUR
    amount = time_amount(rate.terms.amount, minutes) if per_hour else rate.terms.amount
    return Draft(
        tutor_id=tutor_id,
        kind=rate.kind,
        service_on=on,
        amount=amount,
        minutes=minutes,
        rate=rate.terms.amount,
        rate_per=rate.terms.per.value,
        rate_source=rate.level.value,
    )


def total(drafts: Iterable[Draft]) -> int:
    """Add up what lines pay, minor units."""
    return sum(draft.amount for draft in drafts)
