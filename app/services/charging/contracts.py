"""What a funder's contract pays for, and what exceeds the authorised time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from app.models.values.billing import (
    Beyond,
    ChargeKind,
    ContractBasis,
    PriceLevel,
    PricePer,
    Reason,
)
from app.models.values.money import percent_of, round_half_away, time_amount
from app.services.charging import wording
from app.services.charging.by_rate import charge_by_rate, charge_rest
from app.services.charging.dues import Due, attending, booked
from app.services.charging.errors import UnpricedError
from app.services.charging.facts import ContractFacts, Draft, SessionFacts
from app.services.charging.prices import tier
from app.services.charging.shares import divide


@dataclass(frozen=True, slots=True)
class ContractDraw:
    """Authorised minutes that are taken; ``student_id`` None is the whole session."""

    contract_id: int
    student_id: int | None
    minutes: int


@dataclass(frozen=True, slots=True)
class Funded:
    """What a contract's session costs funder and households."""

    drafts: tuple[Draft, ...] = ()
    draws: tuple[ContractDraw, ...] = ()
    reasons: Mapping[int, Reason] = field(default_factory=dict)
    faults: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Grant:
    """What a contract grants of a place or session, in minutes.

    Attributes:
        whole: the full minutes before a policy's percentage.
        wanted: of these, what has to be authorised.
        given: what is authorised.
    """

    whole: int
    wanted: int
    given: int
    is_valid: bool

    @property
    def share(self) -> Fraction:
        """The part that is granted; where no whole minute is wanted, all or none."""
        if not self.wanted:
            return Fraction(self.is_valid)
        return Fraction(self.given, self.wanted)


class _Allowance:
    """The authorised minutes while the session's places draw on them."""

    def __init__(self, contract: ContractFacts) -> None:
        self._contract = contract
        self._own = {k: v for k, v in contract.students.items() if v is not None}
        self._pool = contract.pool_left

    def for_student(self, student_id: int, wanted: int) -> int:
        """Take minutes of a student's own allowance, else of the pool."""
        if not self._contract.is_valid:
            return 0
        if student_id in self._own:
            given = max(min(wanted, self._own[student_id]), 0)
            self._own[student_id] -= given
            return given
        return self._from_pool(wanted)

    def for_session(self, student_ids: Sequence[int], wanted: int) -> int:
        """Take minutes for all together, as far as pool and own allowances reach."""
        if not self._contract.is_valid:
            return 0
        own = [self._own[one] for one in student_ids if one in self._own]
        return self._from_pool(max(min([wanted, *own]), 0))

    def own_students(self, student_ids: Sequence[int]) -> list[int]:
        """List those with minutes of their own."""
        return [one for one in student_ids if one in self._own]

    def _from_pool(self, wanted: int) -> int:
        if self._pool is None:
            return wanted
        given = max(min(wanted, self._pool), 0)
        self._pool -= given
        return given


def fund(facts: SessionFacts, contract: ContractFacts, dues: Sequence[Due]) -> Funded:
    """Charge the funder for the authorised time, and what exceeds it as agreed.

    By the students' time each place is counted; else the session counts once, for as
    long as the student who stayed longest, or once for each tutor. A missed place, or
    a session that nobody came to, costs the policy's percentage of the price of the
    planned minutes and takes that percentage of them, in whole minutes, from what is
    authorised. Where less is authorised the funder pays that price in proportion to
    the authorised part of the minutes it takes. A place of which nothing is authorised
    is the household's as if there were no contract, with its percentage and minimum.
    """
    allowance = _Allowance(contract)
    if contract.basis is ContractBasis.STUDENT_TIME:
        parts = [_by_student(facts, contract, due, allowance) for due in dues]
    else:
        parts = [_by_session(facts, contract, dues, allowance)]
    return Funded(
        drafts=tuple(draft for part in parts for draft in part.drafts),
        draws=tuple(draw for part in parts for draw in part.draws),
        reasons={k: v for part in parts for k, v in part.reasons.items()},
        faults={k: v for part in parts for k, v in part.faults.items()},
    )


def _by_student(
    facts: SessionFacts, contract: ContractFacts, due: Due, allowance: _Allowance
) -> Funded:
    one = due.student.student_id
    given = allowance.for_student(one, due.needed)
    draws = (ContractDraw(contract.contract_id, one, given),) if given else ()
    grant = _Grant(due.minutes, due.needed, given, contract.is_valid)
    whole = Funded(_of_funder(facts, contract, due, one, grant), draws)
    rest = due.needed - given
    return _with_excess(facts, contract.beyond, whole, [(due, rest)], grant)


def _by_session(
    facts: SessionFacts,
    contract: ContractFacts,
    dues: Sequence[Due],
    allowance: _Allowance,
) -> Funded:
    there = [due for due in dues if due.percent is None]
    counted = there or dues
    longest = max(counted, key=lambda due: due.needed)
    times = 1
    if contract.basis is ContractBasis.SESSION_TIMES_TUTORS:
        times = max(facts.tutors, 1)
    ids = [due.student.student_id for due in counted]
    wanted = longest.needed * times
    given = allowance.for_session(ids, wanted)
    takers = [None, *allowance.own_students(ids)] if given else []
    draws = tuple(ContractDraw(contract.contract_id, one, given) for one in takers)
    excess = -(-(wanted - given) // times)
    grant = _Grant(longest.minutes * times, wanted, given, contract.is_valid)
    whole = Funded(_of_funder(facts, contract, longest, None, grant), draws)
    places = [(due, min(excess, due.needed)) for due in counted]
    places += [(due, 0) for due in dues if due not in counted]
    return _with_excess(facts, contract.beyond, whole, places, grant)


def _of_funder(
    facts: SessionFacts,
    contract: ContractFacts,
    due: Due,
    student_id: int | None,
    grant: _Grant,
) -> tuple[Draft, ...]:
    count = len(attending(facts)) if due.percent is None else len(booked(facts))
    tiered = tier(contract.tiers, count)
    rate = contract.rate if tiered is None else tiered
    funder = facts.households[contract.household_id]
    if not grant.share:
        return ()
    return tuple(
        Draft(
            service_on=facts.service_on,
            student_id=student_id,
            payer_id=payer_id,
            kind=ChargeKind(due.kind),
            tax_code_id=contract.tax_code_id,
            amount=part,
            minutes=grant.given,
            rate=rate,
            rate_per=PricePer.HOUR.value,
            rate_source=PriceLevel.CONTRACT.value,
            reason=due.reason,
        )
        for payer_id, part in divide(_price(due, rate, grant), funder)
    )


def _price(due: Due, rate: int, grant: _Grant) -> int:
    """Price what is granted: a time line, or in proportion of a percentage of one."""
    if due.percent is None:
        return time_amount(rate, grant.given)
    missed = percent_of(time_amount(rate, grant.whole), due.percent)
    return round_half_away(missed * grant.share)


def _with_excess(
    facts: SessionFacts,
    beyond: Beyond,
    funded: Funded,
    places: Sequence[tuple[Due, int]],
    grant: _Grant,
) -> Funded:
    """Charge each household for what exceeds, or give the reason."""
    drafts = list(funded.drafts)
    reasons: dict[int, Reason] = {}
    faults: dict[int, str] = {}
    for due, excess in places:
        own: tuple[Draft, ...] = ()
        if beyond is Beyond.HOUSEHOLD:
            try:
                own = _of_household(facts, due, excess, grant)
            except UnpricedError as fault:
                faults[due.student.student_id] = str(fault)
        drafts += own
        if not own and not funded.drafts and due.student.student_id not in faults:
            reasons[due.student.student_id] = Reason.CONTRACT
    return Funded(tuple(drafts), funded.draws, reasons, faults)


def _of_household(
    facts: SessionFacts, due: Due, excess: int, grant: _Grant
) -> tuple[Draft, ...]:
    """Charge the minutes that exceed; a place wholly beyond, as by rate alone."""
    text = wording.both(due.reason, wording.beyond_contract())
    if not grant.share and excess == due.needed:
        return charge_by_rate(facts, replace(due, reason=text))
    return charge_rest(facts, due, excess, text) if excess else ()
