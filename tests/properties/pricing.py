"""What a session must cost, worked out once more from the rows of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from app.models.values.billing import (
    BillingModel,
    ChargeKind,
    LotUnit,
    MoneyOutcome,
    Reason,
)
from app.models.values.schedule import AttendanceState, SessionStatus
from tests.properties.charge_rules import is_decided, live
from tests.properties.ledger_rules import open_amounts
from tests.properties.office_facts import (
    Price,
    minutes_of,
    parts_of,
    payers_of,
    places_of,
    price_of,
    rule_of,
    share_of,
    split,
)
from tests.properties.picture import Entry, Picture

State = AttendanceState
OFF = {
    State.CANCELLED_IN_TIME: Reason.CANCELLED_IN_TIME,
    State.CANCELLED_BY_OFFICE: Reason.CANCELLED_BY_OFFICE,
    State.CANCELLED_BY_TUTOR: Reason.CANCELLED_BY_TUTOR,
}
CHARGED = (MoneyOutcome.CHARGED_AND_PAID, MoneyOutcome.CHARGED_ONLY)
KINDS = {
    State.PRESENT: ChargeKind.SESSION,
    State.ABSENT: ChargeKind.NO_SHOW,
    State.CANCELLED_LATE: ChargeKind.LATE_CANCEL,
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one student's place costs: by payer, or the reason why nothing.

    Attributes:
        units: what it takes from lots.
    """

    kind: ChargeKind | None = None
    parts: dict[int, int] = field(default_factory=dict)
    reason: Reason | None = None
    units: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Due:
    """A place that is charged: minutes, and the percentage where it was missed."""

    place: Entry
    state: AttendanceState
    minutes: int
    percent: Decimal | None

    @property
    def needed(self) -> int:
        """The minutes that a package has to give."""
        if self.percent is None:
            return self.minutes
        return share_of(self.minutes, self.percent)


class Pricing:
    """Works out what a session of arrears, package or flat fee costs.

    Contracts, courses, make-ups and credited places are left to the other rules.
    """

    def __init__(self, picture: Picture, session: Entry) -> None:
        self.picture = picture
        self.session = session
        self.on = picture.day(session.starts_at)
        self.offering = picture.get("offering", session.offering_id)
        self.places = places_of(picture, session)
        close_outs = picture.of("close_out", "session_id", session.id)
        self.money = close_outs[0].money if close_outs else None
        self.states = {place.student_id: self._state(place) for place in self.places}
        self.taken: dict[int, int] = {}

    def is_simple(self) -> bool:
        """Say whether this session's price is worked out here."""
        session = self.session
        placement = self.picture.tables["placement"].get(session.placement_id)
        has_contract = session.contract_id or (placement and placement.contract_id)
        ahead = session.status in {SessionStatus.PLANNED, SessionStatus.TENTATIVE}
        advance = any(
            self.household(place).model is BillingModel.ADVANCE for place in self.places
        )
        series = self.picture.tables["series"].get(session.series_id)
        return not (
            has_contract
            or (series is not None and series.course_name)
            or session.make_up_of_id
            or (ahead and advance)
            or any(place.is_credited for place in self.places)
        )

    def household(self, place: Entry) -> Entry:
        """Give the household of a student."""
        student = self.picture.get("student", place.student_id)
        return self.picture.get("household", student.household_id)

    def costs(self) -> dict[int, Cost]:
        """Tell for each student what the place costs."""
        return {place.student_id: self._cost(place) for place in self.places}

    def _state(self, place: Entry) -> AttendanceState:
        status: SessionStatus = self.session.status
        if place.state.value.startswith("cancelled"):
            return State(place.state)
        if status.value.startswith("cancelled"):
            return State(status.value)
        if status in {SessionStatus.PLANNED, SessionStatus.TENTATIVE}:
            return State.EXPECTED
        return State(place.state)

    def _rule(self, kind: str, place: Entry) -> dict[str, Any]:
        parts = parts_of(self.picture, self.session)
        return rule_of(
            self.picture,
            kind,
            self.on,
            household=self.household(place).id,
            tutor=parts[0].tutor_id if parts else None,
            offering=self.offering.id,
        )

    def _meant(self, state: AttendanceState) -> MoneyOutcome | None:
        """Give the office's word on money, for those who had the outcome."""
        status = self.session.status.value
        had = not state.value.startswith("cancelled")
        if status.startswith("cancelled"):
            had = state.value == status
        return self.money if had else None

    def _booked(self) -> list[int]:
        return [
            student
            for student, state in self.states.items()
            if state not in OFF or self._meant(state) in CHARGED
        ]

    def _cost(self, place: Entry) -> Cost:
        state = self.states[place.student_id]
        meant = self._meant(state)
        if state is State.EXPECTED:
            return Cost(reason=Reason.NOT_CLOSED)
        if meant in {MoneyOutcome.PAID_ONLY, MoneyOutcome.NEITHER}:
            return Cost(reason=Reason.WAIVED)
        if meant is MoneyOutcome.MAKE_UP:
            return Cost(reason=Reason.MAKE_UP)
        due = self._by_policy(place, state)
        if isinstance(due, Due):
            return self._charged(due)
        if meant not in CHARGED:
            return Cost(reason=due)
        percent = None if state is State.PRESENT else Decimal(100)
        return self._charged(Due(place, state, self._minutes(place, state), percent))

    def _minutes(self, place: Entry, state: AttendanceState) -> int:
        planned = minutes_of(self.session)
        if state is not State.PRESENT:
            return planned
        minutes = planned if place.actual_minutes is None else place.actual_minutes
        step = self.offering.step_minutes
        stepped = -(-minutes // step) * step
        return int(max(stepped, self.offering.minimum_minutes or 0))

    def _by_policy(self, place: Entry, state: AttendanceState) -> Due | Reason:
        if state in OFF:
            return OFF[state]
        if place.waived_reason and state is not State.PRESENT:
            return Reason.WAIVED
        if self.session.is_trial and self.offering.trial_amount is None:
            return Reason.TRIAL
        if state is State.PRESENT:
            return Due(place, state, self._minutes(place, state), None)
        return self._missed(place, state)

    def _missed(self, place: Entry, state: AttendanceState) -> Due | Reason:
        is_late = state is State.CANCELLED_LATE
        makes_up = self._rule("make_up", place)["instead_of_charge"]
        if is_late and makes_up and not self.session.is_trial:
            return Reason.MAKE_UP
        rule = self._rule("late_cancel" if is_late else "no_show", place)
        percent = Decimal(rule["charge"])
        if not percent:
            return Reason.ZERO_PRICE
        return Due(place, state, minutes_of(self.session), percent)

    def _charged(self, due: Due) -> Cost:
        if self.session.is_trial:
            return self._by_rate(due)
        uses = (
            due.percent is None or self._rule("missed_uses_package", due.place)["yes"]
        )
        lots = self._lots(due.place) if uses else []
        if lots:
            return self._from_lots(due, lots)
        if self._is_flat(due.place):
            return Cost(reason=Reason.FLAT_FEE)
        return self._by_rate(due)

    def _price(self, due: Due) -> Price:
        trial = self.offering.trial_amount
        if self.session.is_trial and trial is not None:
            return Price(trial, per_hour=False, is_split=False)
        came = [s for s, state in self.states.items() if state is State.PRESENT]
        count = len(came) if due.percent is None else len(self._booked())
        household_id = self.household(due.place).id
        found = price_of(self.picture, self.session, household_id, count)
        assert found is not None
        return found

    def _part(self, due: Due, price: Price, total: int) -> int:
        if not price.is_split:
            return total
        booked = self._booked()
        parts = split(total, [1] * len(booked))
        return parts[booked.index(due.place.student_id)]

    def _by_rate(self, due: Due) -> Cost:
        price = self._price(due)
        amount = self._part(due, price, price.of(due.minutes, due.minutes))
        if not self.session.is_trial or self.offering.trial_amount is None:
            amount = max(amount, self.offering.minimum_amount or 0)
        if due.percent is not None:
            amount = share_of(amount, due.percent)
        return self._paid(due, amount, Reason.ZERO_PRICE)

    def _paid(self, due: Due, amount: int, otherwise: Reason) -> Cost:
        household_id = self.household(due.place).id
        parts = payers_of(self.picture, household_id, self.on, amount)
        if not parts:
            return Cost(reason=otherwise)
        return Cost(KINDS.get(due.state, ChargeKind.LATE_CANCEL), parts)

    def _is_flat(self, place: Entry) -> bool:
        """Say whether a flat fee covers the place, as one of its number a month."""
        household = self.household(place)
        fees = [
            row
            for row in self.picture.of("flat_fee", "household_id", household.id)
            if row.from_on <= self.on <= (row.until_on or date.max)
            and row.student_id in {None, place.student_id}
        ]
        if not fees:
            return False
        fee = max(fees, key=lambda row: (row.student_id or 0, row.from_on, row.id))
        if fee.included is None:
            return True
        return len(self._covered(household)) < int(fee.included)

    def _covered(self, household: Entry) -> set[int]:
        """List the month's earlier sessions that the household's fee covers."""
        first = self.on.replace(day=1)
        mine = (self.session.starts_at, self.session.id)
        found = set()
        for place in self.picture.of("attendance", "charge_reason", "flat_fee"):
            other = self.picture.get("session", place.session_id)
            is_before = (other.starts_at, other.id) < mine
            is_before &= self.picture.day(other.starts_at) >= first
            if self.household(place).id == household.id and is_before:
                found.add(other.id)
        return found

    def _lots(self, place: Entry) -> list[tuple[Entry, int]]:
        """List the lots that a place may use, with the units left for it."""
        found = []
        for lot in self.picture.of("lot", "household_id", self.household(place).id):
            used = sum(
                use.units
                for use in self.picture.of("lot_use", "lot_id", lot.id)
                if use.returned_at is None and use.session_id != self.session.id
            )
            left = lot.granted - lot.forfeited - lot.refunded - used
            left -= self.taken.get(lot.id, 0)
            fits = (
                lot.student_id in {None, place.student_id}
                and lot.bought_on <= self.on <= (lot.expires_on or date.max)
                and (not lot.offering_ids or self.offering.id in lot.offering_ids)
            )
            if fits and left > 0 and (not lot.usable_when_paid or self._is_paid(lot)):
                found.append((lot, left))
        return sorted(
            found, key=lambda each: (each[0].expires_on or date.max, each[0].id)
        )

    def _is_paid(self, lot: Entry) -> bool:
        opened = open_amounts(self.picture)
        for charge in live(self.picture.of("charge", "source", f"lot:{lot.id}")):
            if charge.line_id is None:
                return False
            line = self.picture.get("document_line", charge.line_id)
            if opened.get(line.document_id, 1) > 0:
                return False
        return True

    def _from_lots(self, due: Due, lots: list[tuple[Entry, int]]) -> Cost:
        lacking = due.needed
        units: dict[int, int] = {}
        for lot, left in lots:
            if not lacking:
                break
            in_minutes = lot.unit is LotUnit.MINUTES
            wanted = 1 if due.percent is None else share_of(1, due.percent)
            part = min(left, lacking if in_minutes else wanted)
            lacking = lacking - part if in_minutes else 0
            if part:
                units[lot.id] = part
                self.taken[lot.id] = self.taken.get(lot.id, 0) + part
        if not lacking:
            return Cost(reason=Reason.PACKAGE, units=units)
        price = self._price(due)
        amount = self._part(due, price, price.of(lacking, due.minutes))
        rest = self._paid(due, amount, Reason.PACKAGE)
        return Cost(rest.kind, rest.parts, rest.reason, units)


def costs_are_right(picture: Picture, session_id: int) -> Iterator[str]:
    """Compare what a session costs with what it must cost."""
    session = picture.get("session", session_id)
    pricing = Pricing(picture, session)
    if not pricing.is_simple():
        return
    charges = live(picture.of("charge", "session_id", session_id))
    uses = picture.of("lot_use", "session_id", session_id)
    costs = pricing.costs()
    for place in pricing.places:
        student = place.student_id
        cost = costs[student]
        found = {
            row.payer_id: (row.kind, row.amount)
            for row in charges
            if row.student_id == student
        }
        right = {payer: (cost.kind, part) for payer, part in cost.parts.items()}
        if found != right:
            yield f"session {session_id}, student {student}: {found}, not {right}"
        if place.charge_reason != (cost.reason.value if cost.reason else ""):
            yield f"session {session_id}: {place.charge_reason!r}, not {cost.reason!r}"
        taken = {
            use.lot_id: use.units
            for use in uses
            if use.returned_at is None and use.student_id == student
        }
        if taken != cost.units:
            yield f"session {session_id} takes {taken}, not {cost.units}"


def costs_of_all_are_right(_before: Picture, picture: Picture) -> Iterator[str]:
    """Compare what every decided session costs with what it must cost."""
    decided = [row for row in picture.rows("session") if is_decided(picture, row)]
    for session in decided:
        yield from costs_are_right(picture, session.id)
