"""What joining a course at a whole price costs, and leaving it gives back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select

from app.models.billing import Charge
from app.models.catalog import Offering
from app.models.database import Transaction
from app.models.people import Household, Student
from app.models.scheduling import Enrolment, Series, Session
from app.models.values.billing import ChargeKind, PriceLevel
from app.models.values.money import round_half_away
from app.models.values.policies import CourseRefund
from app.models.values.schedule import EnrolmentState, SessionStatus, local_date
from app.services.charging import wording
from app.services.charging.credited import credited_for_good
from app.services.charging.facts import Draft, HouseholdFacts
from app.services.charging.loading_shares import load_shares
from app.services.charging.reconcile import Due, Origin, reconcile
from app.services.charging.shares import divide
from app.services.desk import Desk, fetch, zone
from app.services.policies import Concern, rule_for
from app.text import _

_CALLED_OFF = tuple(status for status in SessionStatus if status.is_cancelled)


@dataclass(frozen=True, slots=True)
class Joining:
    """A student's time in a course, on dates of the office's zone.

    Attributes:
        amount: the price of the whole course, minor units.
        dates: of all sessions of the course that were not called off, in order.
        until_on: the last day of those who left and get the rest back; else None.
    """

    amount: int
    dates: Sequence[date]
    from_on: date
    until_on: date | None = None

    @property
    def service_on(self) -> date:
        """The charge's date: the later of the first session and the enrolment."""
        return max(self.dates[0], self.from_on)

    @property
    def left(self) -> int:
        """How many sessions were left when the student joined."""
        return sum(1 for on in self.dates if on >= self.from_on)

    @property
    def price(self) -> int:
        """The price of the sessions left, less those not yet held when leaving.

        Each is round(price x sessions / all sessions).
        """
        return self._part(self.left) - self._part(self._given_back)

    @property
    def _given_back(self) -> int:
        if self.until_on is None:
            return 0
        gone = max(self.until_on, self.from_on)
        return sum(1 for on in self.dates if on > gone)

    def _part(self, sessions: int) -> int:
        return round_half_away(Fraction(self.amount * sessions, len(self.dates)))


def enrolment_source(enrolment_id: int) -> str:
    """Name an enrolment as the source of its charges."""
    return f"enrolment:{enrolment_id}"


def settle_enrolment(transaction: Transaction, desk: Desk, enrolment_id: int) -> int:
    """Bring the charge of a whole course to what the enrolment says; give its sum.

    The charge is divided over the household's payers. Nobody waiting is charged;
    leaving changes nothing unless the office gives back the sessions not yet held. What
    was credited for good stays away as long as it would be the same. Doing it twice
    changes nothing.

    Raises:
        MissingRecordError: There is no such enrolment.
        NoPayerError: The household has nobody who pays.
    """
    transaction.flush()
    enrolment = fetch(transaction, Enrolment, enrolment_id, _("enrolment"))
    series = transaction.get_one(Series, enrolment.series_id)
    student = transaction.get_one(Student, enrolment.student_id)
    refunds = _refunds(transaction, enrolment, series, student.household_id)
    origin = Origin(source=enrolment_source(enrolment_id))
    former = _former(transaction, origin)
    has_left = enrolment.state is EnrolmentState.LEFT
    if has_left and not (refunds and former):
        return sum(row.amount for row in former if row.live_key is not None)
    drafts: tuple[Draft, ...] = ()
    dates = _dates(transaction, series.id)
    is_charged = series.is_whole_price and enrolment.state is not EnrolmentState.WAITING
    if is_charged and series.course_amount is not None and dates:
        until_on = enrolment.until_on if has_left else None
        joining = Joining(series.course_amount, dates, enrolment.from_on, until_on)
        drafts = _drafts(transaction, series, student, joining)
    gone = credited_for_good(transaction, former)
    drafts = tuple(draft for draft in drafts if draft.content not in gone)
    reconcile(transaction, desk.at(transaction), Due(origin, drafts))
    return sum(draft.amount for draft in drafts)


def _refunds(
    transaction: Transaction, enrolment: Enrolment, series: Series, household_id: int
) -> bool:
    on = enrolment.until_on or enrolment.from_on
    concern = Concern(household_id=household_id, offering_id=series.offering_id)
    return rule_for(transaction, CourseRefund, on, concern).on_leaving


def _former(transaction: Transaction, origin: Origin) -> Sequence[Charge]:
    return transaction.scalars(
        select(Charge).where(Charge.source == origin.source).order_by(Charge.id)
    ).all()


def _dates(transaction: Transaction, series_id: int) -> Sequence[date]:
    starts = transaction.scalars(
        select(Session.starts_at)
        .where(Session.series_id == series_id, Session.status.not_in(_CALLED_OFF))
        .order_by(Session.starts_at)
    )
    where = zone(transaction)
    return [local_date(moment, where) for moment in starts]


def _drafts(
    transaction: Transaction, series: Series, student: Student, joining: Joining
) -> tuple[Draft, ...]:
    household = transaction.get_one(Household, student.household_id)
    offering = transaction.get_one(Offering, series.offering_id)
    on = joining.service_on
    shares = load_shares(transaction, [household.id], series.placement_id, on)
    payers = HouseholdFacts(household.id, household.name, shares.get(household.id, ()))
    return tuple(
        Draft(
            service_on=on,
            student_id=student.id,
            payer_id=payer_id,
            kind=ChargeKind.COURSE,
            tax_code_id=offering.tax_code_id,
            amount=part,
            rate=joining.amount,
            rate_source=PriceLevel.COURSE.value,
            reason=wording.joined_course(joining.left, len(joining.dates)),
        )
        for payer_id, part in divide(joining.price, payers)
    )
