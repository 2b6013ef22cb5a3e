"""What a whole session costs each payer, or why it costs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from app.models.values.billing import Reason
from app.services.charging import wording
from app.services.charging.by_rate import charge_by_rate, charge_rest
from app.services.charging.contracts import ContractDraw, fund
from app.services.charging.dues import Due, Owed, is_funded, judge
from app.services.charging.errors import UnpricedError
from app.services.charging.facts import ContractFacts, CreditFacts, Draft, SessionFacts
from app.services.charging.lots import Draw, Shelf


@dataclass(frozen=True, slots=True)
class CreditOwed:
    """A make-up credit that a student gets, in minutes."""

    student_id: int
    minutes: int
    expires_on: date


@dataclass(frozen=True, slots=True)
class CreditTaken:
    """A make-up credit that a student's place uses, in minutes."""

    credit_id: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a session costs, and what of packages, contracts and credits it takes.

    Attributes:
        reasons: by student, why there is no charge.
        faults: by student, the sentence why the place cannot be priced yet.
        credited: students with a charge left out because it was credited for good.
    """

    drafts: tuple[Draft, ...] = ()
    reasons: Mapping[int, Reason] = field(default_factory=dict)
    faults: Mapping[int, str] = field(default_factory=dict)
    draws: tuple[Draw, ...] = ()
    funded: tuple[ContractDraw, ...] = ()
    owed: tuple[CreditOwed, ...] = ()
    taken: tuple[CreditTaken, ...] = ()
    credited: frozenset[int | None] = frozenset()

    @property
    def charged(self) -> int:
        """The sum of all charges, minor units."""
        return sum(draft.amount for draft in self.drafts)

    @property
    def uses_anything(self) -> bool:
        """Say whether it takes from packages, contracts or credits, or gives one."""
        return bool(self.draws or self.funded or self.taken or self.owed)

    def is_anew(self, student_id: int) -> bool:
        """Say whether a student is charged, with nothing left out as credited."""
        is_charged = any(draft.student_id == student_id for draft in self.drafts)
        return is_charged and student_id not in self.credited


def cost_of(facts: SessionFacts, *, ahead: bool = False) -> Cost:
    """Work out what a session costs as it stands.

    Args:
        facts: the session.
        ahead: charge the planned places of advance households before it is held.
    """
    judged = {one.student_id: judge(facts, one, ahead=ahead) for one in facts.students}
    dues = [due for due in judged.values() if isinstance(due, Due)]
    funded = [due for due in dues if is_funded(facts, due.student)]
    parts = [_not_charged(facts, judged)]
    if facts.contract is not None and funded:
        parts.append(_of_contract(facts, facts.contract, funded))
    shelf = Shelf(facts.lots)
    parts += [_of_place(facts, due, shelf) for due in dues if due not in funded]
    return _without_credited(facts, _together(parts))


def _together(parts: list[Cost]) -> Cost:
    return Cost(
        drafts=tuple(draft for part in parts for draft in part.drafts),
        reasons={k: v for part in parts for k, v in part.reasons.items()},
        faults={k: v for part in parts for k, v in part.faults.items()},
        draws=tuple(draw for part in parts for draw in part.draws),
        funded=tuple(draw for part in parts for draw in part.funded),
        owed=tuple(credit for part in parts for credit in part.owed),
        taken=tuple(credit for part in parts for credit in part.taken),
    )


def _not_charged(
    facts: SessionFacts, judged: Mapping[int, Due | Owed | Reason]
) -> Cost:
    reasons: dict[int, Reason] = {}
    owed: list[CreditOwed] = []
    for one in facts.students:
        found = judged[one.student_id]
        if isinstance(found, Reason):
            reasons[one.student_id] = found
        elif isinstance(found, Owed):
            reasons[one.student_id] = Reason.MAKE_UP
            days = facts.households[one.household_id].rules.make_up_days
            expires_on = facts.service_on + timedelta(days=days)
            owed.append(CreditOwed(one.student_id, facts.planned_minutes, expires_on))
    return Cost(reasons=reasons, owed=tuple(owed))


def _of_contract(facts: SessionFacts, contract: ContractFacts, dues: list[Due]) -> Cost:
    """Charge a contract's places, which wait together for the close-out."""
    if facts.status.is_ahead:
        waiting = {due.student.student_id: Reason.NOT_CLOSED for due in dues}
        return Cost(reasons=waiting)
    try:
        funded = fund(facts, contract, dues)
    except UnpricedError as fault:
        return Cost(faults={due.student.student_id: str(fault) for due in dues})
    return Cost(
        drafts=funded.drafts,
        reasons=funded.reasons,
        faults=funded.faults,
        funded=funded.draws,
    )


def _of_place(facts: SessionFacts, due: Due, shelf: Shelf) -> Cost:
    """Charge one place: course, make-up credit, package, flat fee, or by rate."""
    one = due.student
    if facts.status.is_ahead and due.percent is None:
        return _ahead(facts, due, shelf)
    if facts.is_trial:
        return _by_rate(facts, due)
    if one.is_enrolled:
        return _for(due, Reason.COURSE)
    if one.credit is not None and not due.is_forced:
        return _made_up(facts, due, one.credit)
    rules = facts.households[one.household_id].rules
    may_draw = due.percent is None or rules.uses_package
    if may_draw and shelf.covers(one):
        return _from_package(facts, due, shelf)
    return _by_model(facts, due)


def _ahead(facts: SessionFacts, due: Due, shelf: Shelf) -> Cost:
    """Charge a planned place, unless its close-out may be covered by something else."""
    one = due.student
    is_open = one.is_enrolled or one.credit is not None or one.flat_fee is not None
    if is_open or shelf.covers(one):
        return _for(due, Reason.NOT_CLOSED)
    return _by_rate(facts, due)


def _by_model(facts: SessionFacts, due: Due) -> Cost:
    fee = due.student.flat_fee
    if fee is None:
        return _by_rate(facts, due)
    if fee.included is None or fee.used < fee.included:
        return _for(due, Reason.FLAT_FEE)
    text = wording.both(due.reason, wording.beyond_flat_fee(fee.included))
    return _by_rate(facts, replace(due, reason=text))


def _by_rate(facts: SessionFacts, due: Due) -> Cost:
    try:
        drafts = charge_by_rate(facts, due)
    except UnpricedError as fault:
        return Cost(faults={due.student.student_id: str(fault)})
    return Cost(drafts=drafts) if drafts else _for(due, Reason.ZERO_PRICE)


def _beyond(
    facts: SessionFacts, due: Due, minutes: int, text: str, covered: Reason
) -> Cost:
    """Charge the minutes not covered; if they cost nothing, say what covers."""
    if not minutes:
        return _for(due, covered)
    try:
        drafts = charge_rest(facts, due, minutes, wording.both(due.reason, text))
    except UnpricedError as fault:
        return Cost(faults={due.student.student_id: str(fault)})
    return Cost(drafts=drafts) if drafts else _for(due, covered)


def _made_up(facts: SessionFacts, due: Due, credit: CreditFacts) -> Cost:
    """Use a make-up credit: once, a rest of it lapses; what exceeds it is by rate."""
    taken = (CreditTaken(credit.credit_id, min(credit.minutes, due.needed)),)
    beyond = max(due.needed - credit.minutes, 0)
    text = wording.beyond_credit(credit.minutes, due.needed)
    cost = _beyond(facts, due, beyond, text, Reason.MAKE_UP)
    return replace(cost, taken=taken)


def _from_package(facts: SessionFacts, due: Due, shelf: Shelf) -> Cost:
    drawn = shelf.draw(due)
    text = wording.beyond_package(due.needed - drawn.lacking, due.needed)
    cost = _beyond(facts, due, drawn.lacking, text, Reason.PACKAGE)
    return replace(cost, draws=drawn.draws)


def _for(due: Due, reason: Reason) -> Cost:
    return Cost(reasons={due.student.student_id: reason})


def _without_credited(facts: SessionFacts, cost: Cost) -> Cost:
    """Leave out what was credited for good, as long as it is still the same."""
    kept = tuple(d for d in cost.drafts if d.content not in facts.credited)
    charged = {draft.student_id for draft in kept}
    out = frozenset(d.student_id for d in cost.drafts if d.content in facts.credited)
    credited = {
        one.student_id: Reason.CREDITED
        for one in facts.students
        if one.student_id not in charged
        and (one.student_id in out or (None in out and one.is_credited))
    }
    reasons = {**credited, **cost.reasons}
    return replace(cost, drafts=kept, reasons=reasons, credited=out)
