"""What a session pays: its pay lines brought to what its close-out says now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import bindparam, select

from app.models.database import Snapshot, Transaction
from app.models.payroll import MissingPayRate
from app.models.scheduling import SessionTutor
from app.models.values.billing import Reason
from app.models.values.policies import LateCancel, NoShow, OfficeCancel
from app.services.desk import Desk
from app.services.payroll.claims import (
    expense_drafts,
    mileage_drafts,
    travel_drafts,
)
from app.services.payroll.earning import load_premiums
from app.services.payroll.facts import SessionFacts, TutorFacts, load_many
from app.services.payroll.mileage import shifted_sessions
from app.services.payroll.prices import Prices
from app.services.payroll.rates import load_rates
from app.services.payroll.reconcile import reconcile
from app.services.payroll.rules import (
    Draft,
    MissedPay,
    NoRate,
    PayBook,
    Price,
    due,
    preparation_draft,
    session_draft,
    total,
)
from app.services.policies import Concern, rule_for
from app.services.session_parts import has_any, tutors_of

Work: TypeAlias = Snapshot | Transaction
_MISSING = select(MissingPayRate).where(
    MissingPayRate.session_id.in_(bindparam("ids", expanding=True))
)
_TUTORS = select(SessionTutor).where(
    SessionTutor.session_id.in_(bindparam("ids", expanding=True))
)


@dataclass(frozen=True, slots=True)
class SettledPay:
    """What a session pays now, minor units, and why a tutor gets nothing."""

    paid: int
    reasons: Mapping[int, Reason]


@dataclass(frozen=True, slots=True)
class WouldPay:
    """What a session would pay.

    Attributes:
        reasons: by tutor, why the session itself pays nothing.
        missing: what has no rate yet.
    """

    drafts: tuple[Draft, ...] = ()
    reasons: Mapping[int, Reason] = field(default_factory=dict)
    missing: tuple[NoRate, ...] = ()

    @property
    def paid(self) -> int:
        """Add up the lines, minor units."""
        return total(self.drafts)


def settle(transaction: Transaction, desk: Desk, session_id: int) -> SettledPay:
    """Bring a session's pay lines to what it says now; doing it again changes nothing.

    Work without a rate gets no line and is kept in mind until it has one. Sessions
    whose mileage this one's pushes over the year's threshold are settled too.

    Raises:
        MissingRecordError: There is no such session.
    """
    return settle_many(transaction, desk, [session_id])[session_id]


def settle_many(
    transaction: Transaction, desk: Desk, session_ids: Sequence[int]
) -> dict[int, SettledPay]:
    """Settle the pay of several sessions at once, no two with one tutor's mileage.

    Raises:
        MissingRecordError: One of the sessions is not there.
    """
    transaction.flush()
    settled = _settle(transaction, desk, session_ids)
    for other_id in shifted_sessions(transaction, session_ids):
        _settle(transaction, desk, [other_id])
    return settled


def settle_missing(transaction: Transaction, desk: Desk) -> None:
    """Settle every session that lacked a rate, because it may have one now."""
    transaction.flush()
    waiting = transaction.scalars(select(MissingPayRate.session_id).distinct()).all()
    for session_id in waiting:
        settle(transaction, desk, session_id)


def _settle(
    transaction: Transaction, desk: Desk, session_ids: Sequence[int]
) -> dict[int, SettledPay]:
    sessions = load_many(transaction, session_ids)
    would = _would_pay(transaction, list(sessions.values()))
    drafts = {each: one.drafts for each, one in would.items()}
    reconcile(transaction, drafts, desk.at(transaction))
    _note_missing(transaction, sessions, would)
    _note_reasons(transaction, would)
    transaction.flush()
    return {each: SettledPay(one.paid, one.reasons) for each, one in would.items()}


def would_pay(work: Work, session: SessionFacts) -> WouldPay:
    """Work out what a session would pay by some facts, writing nothing."""
    return _would_pay(work, [session])[session.session_id]


def _would_pay(work: Work, sessions: Sequence[SessionFacts]) -> dict[int, WouldPay]:
    tutor_ids = {tutor.tutor_id for each in sessions for tutor in each.tutors}
    rates = load_rates(work, [each.session_id for each in sessions], sorted(tutor_ids))
    premiums = load_premiums(work)
    prices = Prices(work, sessions)
    found: dict[int, WouldPay] = {}
    for session in sessions:
        book = PayBook(rates, premiums, _price_of(prices, session))
        whole = WouldPay()
        for tutor in session.tutors:
            whole = _joined(whole, _tutor_pay(work, session, tutor, book))
        found[session.session_id] = _joined(whole, _claims(work, session, book))
    return found


def _price_of(prices: Prices, session: SessionFacts) -> Price:
    return lambda planned: prices.by_rate(session, planned=planned)


def _tutor_pay(
    work: Work, session: SessionFacts, tutor: TutorFacts, book: PayBook
) -> WouldPay:
    owed = due(session, _missed_pay(work, session, tutor.tutor_id))
    if isinstance(owed, Reason):
        return WouldPay(reasons={tutor.tutor_id: owed})
    made = session_draft(session, tutor, owed, book)
    if isinstance(made, Reason):
        return WouldPay(reasons={tutor.tutor_id: made})
    if isinstance(made, NoRate):
        return WouldPay(missing=(made,))
    ready = preparation_draft(session, made, book)
    return WouldPay(drafts=(made,) if ready is None else (made, ready))


def _missed_pay(work: Work, session: SessionFacts, tutor_id: int) -> MissedPay:
    on, concern = session.service_on, _concern(session, tutor_id)
    return MissedPay(
        no_show=rule_for(work, NoShow, on, concern).pay,
        cancelled_late=rule_for(work, LateCancel, on, concern).pay,
        by_office=rule_for(work, OfficeCancel, on, concern).pay,
    )


def _concern(session: SessionFacts, tutor_id: int) -> Concern:
    return Concern(
        household_id=session.household_id,
        tutor_id=tutor_id,
        offering_id=session.offering.offering_id,
    )


def _claims(work: Work, session: SessionFacts, book: PayBook) -> WouldPay:
    drafts = travel_drafts(work, session, book)
    drafts += expense_drafts(session)
    made = mileage_drafts(work, session)
    drafts += [one for one in made if isinstance(one, Draft)]
    missing = tuple(one for one in made if isinstance(one, NoRate))
    return WouldPay(drafts=tuple(drafts), missing=missing)


def _joined(one: WouldPay, other: WouldPay) -> WouldPay:
    return WouldPay(
        drafts=one.drafts + other.drafts,
        reasons={**one.reasons, **other.reasons},
        missing=one.missing + other.missing,
    )


def _note_missing(
    transaction: Transaction,
    sessions: Mapping[int, SessionFacts],
    would: Mapping[int, WouldPay],
) -> None:
    wanted = {
        (session_id, one.tutor_id, one.claim)
        for session_id, whole in would.items()
        for one in whole.missing
    }
    ids = list(would)
    known = has_any(transaction, ids, MissingPayRate)
    for row in transaction.scalars(_MISSING, {"ids": ids}) if known else ():
        place = (row.session_id, row.tutor_id, row.claim)
        if place in wanted:
            wanted.remove(place)
        else:
            transaction.delete(row)
    transaction.add_all(
        MissingPayRate(
            session_id=session_id,
            tutor_id=tutor_id,
            claim=claim,
            service_on=sessions[session_id].service_on,
        )
        for session_id, tutor_id, claim in sorted(wanted)
    )


def _note_reasons(transaction: Transaction, would: Mapping[int, WouldPay]) -> None:
    changed = {
        part.session_id
        for part in tutors_of(transaction, list(would))
        if _reason(would[part.session_id], part.tutor_id) != part.pay_reason
    }
    if not changed:
        return
    for part in transaction.scalars(_TUTORS, {"ids": sorted(changed)}):
        part.pay_reason = _reason(would[part.session_id], part.tutor_id)


def _reason(would: WouldPay, tutor_id: int) -> str:
    reason = would.reasons.get(tutor_id)
    return reason.value if reason else ""
