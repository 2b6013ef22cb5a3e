"""What a session must pay, worked out once more from the rows of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from app.models.values.billing import MoneyOutcome, PriceBasis, Reason
from app.models.values.payroll import PayKind, PayLevel, PayPer
from app.models.values.schedule import AttendanceState, SessionStatus
from tests.properties.charge_rules import PAID_OUTCOMES, is_decided, live
from tests.properties.ledger_rules import half_away
from tests.properties.office_facts import (
    FIRST,
    minutes_of,
    parts_of,
    places_of,
    price_of,
    rule_of,
    share_of,
    split,
    tier_of,
)
from tests.properties.picture import Entry, Picture

State = AttendanceState
CAME = (State.PRESENT,)
BOOKED = (State.EXPECTED, State.PRESENT, State.ABSENT, State.CANCELLED_LATE)
NEVER_PAID = {
    SessionStatus.CANCELLED_BY_TUTOR: Reason.CANCELLED_BY_TUTOR,
    SessionStatus.CANCELLED_IN_TIME: Reason.CANCELLED_IN_TIME,
}
BY_RULE = {
    SessionStatus.CANCELLED_LATE: (PayKind.LATE_CANCEL, "late_cancel"),
    SessionStatus.NO_SHOW: (PayKind.NO_SHOW, "no_show"),
}
Pay = tuple[PayKind, int] | Reason | None


@dataclass(frozen=True, slots=True)
class Owed:
    """What an outcome pays: by the tutor's minutes, or a percentage of the plan."""

    kind: PayKind
    percent: Decimal | None = None


class Earning:
    """Works out what each tutor gets for a session itself, claims apart."""

    def __init__(self, picture: Picture, session: Entry) -> None:
        self.picture = picture
        self.session = session
        self.on = picture.day(session.starts_at)
        self.offering = picture.get("offering", session.offering_id)
        self.places = places_of(picture, session)
        close_outs = picture.of("close_out", "session_id", session.id)
        self.close_out = close_outs[0] if close_outs else None

    def pay(self, part: Entry) -> Pay:
        """Tell what a tutor gets, or why nothing; None where no rate is known."""
        owed = self._owed(part)
        if isinstance(owed, Reason):
            return owed
        planned = owed.percent is not None
        minutes = minutes_of(self.session)
        if not planned and part.actual_minutes is not None:
            minutes = part.actual_minutes
        rate = self._rate(part)
        if owed.percent == 0:
            return Reason.ZERO_PRICE
        if rate is None:
            return None
        amount = self._amount(rate, minutes, planned=planned)
        if owed.percent is not None:
            amount = share_of(amount, owed.percent)
        return (owed.kind, amount) if amount else Reason.ZERO_PRICE

    def _owed(self, part: Entry) -> Owed | Reason:
        by_policy = self._by_policy(part)
        money = self.close_out.money if self.close_out else None
        if by_policy is Reason.NOT_CLOSED or money is None:
            return by_policy
        if money in {MoneyOutcome.CHARGED_ONLY, MoneyOutcome.NEITHER}:
            return Reason.WAIVED
        wants = money in {MoneyOutcome.CHARGED_AND_PAID, MoneyOutcome.PAID_ONLY}
        pays = isinstance(by_policy, Owed) and by_policy.percent != 0
        if not wants or pays:
            return by_policy
        missed = self.session.status is SessionStatus.NO_SHOW
        return Owed(PayKind.NO_SHOW if missed else PayKind.LATE_CANCEL, Decimal(100))

    def _by_policy(self, part: Entry) -> Owed | Reason:
        status = self.session.status
        if status in NEVER_PAID:
            return NEVER_PAID[status]
        if status in BY_RULE:
            kind, rule = BY_RULE[status]
            return Owed(kind, self._percent(rule, part))
        if status is SessionStatus.CANCELLED_BY_OFFICE:
            percent = self._percent("office_cancel", part)
            by_office = Owed(PayKind.LATE_CANCEL, percent)
            return by_office if percent else Reason.CANCELLED_BY_OFFICE
        return Reason.NOT_CLOSED if self.close_out is None else Owed(PayKind.SESSION)

    def _percent(self, kind: str, part: Entry) -> Decimal:
        households = {
            self.picture.get("student", place.student_id).household_id
            for place in self.places
        }
        rule = rule_of(
            self.picture,
            kind,
            self.on,
            household=households.pop() if len(households) == 1 else None,
            tutor=part.tutor_id,
            offering=self.offering.id,
        )
        return Decimal(rule["pay"])

    def _rate(self, part: Entry) -> Entry | None:
        session = self.session
        wanted: tuple[tuple[PayLevel, dict[str, int | None]], ...] = (
            (PayLevel.SESSION, {"session_id": session.id}),
            (PayLevel.PLACEMENT, {"placement_id": session.placement_id}),
            (
                PayLevel.TUTOR_OFFERING,
                {"tutor_id": part.tutor_id, "offering_id": self.offering.id},
            ),
            (PayLevel.TUTOR, {"tutor_id": part.tutor_id}),
            (PayLevel.OFFERING, {"offering_id": self.offering.id}),
            (PayLevel.OFFICE, {}),
        )
        for level, ids in wanted:
            found = [
                row
                for row in self.picture.of("pay_rate", "level", level)
                if row.kind is PayKind.SESSION
                and (row.valid_from or FIRST) <= self.on
                and row.tutor_id in {None, part.tutor_id}
                and all(ids[name] == getattr(row, name) for name in ids)
            ]
            if found:
                return max(
                    found,
                    key=lambda row: (
                        row.tutor_id is not None,
                        row.valid_from or FIRST,
                        row.id,
                    ),
                )
        return None

    def _counted(self, *, planned: bool) -> list[Entry]:
        """List who counts for pay: who came, or for planned pay who was booked."""
        wanted = BOOKED if planned else CAME
        found = [place for place in self.places if place.state in wanted]
        if planned and not found:
            status = self.session.status.value
            found = [place for place in self.places if place.state.value == status]
        return found

    def _stepped(self, minutes: int) -> int:
        step = self.offering.pay_step_minutes
        return int(-(-minutes // step) * step)

    def _amount(self, rate: Entry, minutes: int, *, planned: bool) -> int:
        counted = self._counted(planned=planned)
        further = (rate.per_extra_student or 0) * max(len(counted) - 1, 0)
        base = tier_of(rate.tiers, len(counted), rate.amount) + further
        if rate.per is PayPer.HOUR:
            exact = Fraction(base * self._stepped(minutes), 60)
        elif rate.per is PayPer.STUDENT_HOUR:
            lengths = [
                minutes if planned or p.actual_minutes is None else p.actual_minutes
                for p in counted
            ]
            whole = sum(self._stepped(each) for each in lengths)
            exact = Fraction(base * whole, 60)
        elif rate.per is PayPer.SESSION:
            exact = Fraction(base)
        else:
            price = self._price(counted, planned=planned)
            exact = Fraction(share_of(price, rate.percent))
            exact += further
        return max(half_away(exact), rate.minimum or 0)

    def _price(self, counted: list[Entry], *, planned: bool) -> int:
        """Add up the net price by rate of those who count, whoever pays it."""
        sharing = self._sharing(counted, planned=planned)
        total = 0
        for place in counted:
            household = self.picture.get("student", place.student_id).household_id
            price = price_of(self.picture, self.session, household, len(counted))
            assert price is not None
            minutes = self._charged_minutes(place, planned=planned)
            amount = price.of(minutes, minutes)
            if price.is_split:
                at = sharing.index(place.student_id)
                amount = split(amount, [1] * len(sharing))[at]
            total += max(amount, self.offering.minimum_amount or 0)
        if self.picture.office.prices is PriceBasis.NET:
            return total
        tax = self.picture.get("tax_code", self.offering.tax_code_id)
        return half_away(100 * total / (100 + Fraction(tax.rate)))

    def _sharing(self, counted: list[Entry], *, planned: bool) -> list[int]:
        if planned:
            return [place.student_id for place in counted]
        off = (
            State.CANCELLED_IN_TIME,
            State.CANCELLED_BY_OFFICE,
            State.CANCELLED_BY_TUTOR,
        )
        return [place.student_id for place in self.places if place.state not in off]

    def _charged_minutes(self, place: Entry, *, planned: bool) -> int:
        planned_minutes = minutes_of(self.session)
        if planned:
            return planned_minutes
        minutes = place.actual_minutes or planned_minutes
        step = self.offering.step_minutes
        return int(max(-(-minutes // step) * step, self.offering.minimum_minutes or 0))


def pay_is_right(picture: Picture, session_id: int) -> Iterator[str]:
    """Compare what a session pays with what it must pay."""
    session = picture.get("session", session_id)
    earning = Earning(picture, session)
    lines = live(picture.of("pay_line", "session_id", session_id))
    for part in parts_of(picture, session):
        right = earning.pay(part)
        own = [
            (row.kind, row.amount)
            for row in lines
            if row.tutor_id == part.tutor_id and row.kind in PAID_OUTCOMES
        ]
        found: Pay = own[0] if own else None
        if not own and part.pay_reason:
            found = Reason(part.pay_reason)
        if found != right:
            yield f"session {session_id}, tutor {part.tutor_id}: {found}, not {right}"


def pay_of_all_is_right(_before: Picture, picture: Picture) -> Iterator[str]:
    """Compare what every decided session pays with what it must pay."""
    decided = [row for row in picture.rows("session") if is_decided(picture, row)]
    for session in decided:
        yield from pay_is_right(picture, session.id)
