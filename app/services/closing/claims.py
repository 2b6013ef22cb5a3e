"""Mileage and expenses of a session: claimed, proposed, and withdrawn."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import or_, select

from app.models.catalog import TravelTime
from app.models.closing import Expense, MileageClaim
from app.models.database import Snapshot, Transaction
from app.models.office import Attachment
from app.models.people import Tutor
from app.models.scheduling import Session, SessionTutor
from app.models.values.money import exponent
from app.models.values.payroll import FARTHEST_WAY, LARGEST_CLAIM, DistanceUnit
from app.models.values.policies import ClaimsApproved
from app.models.values.schedule import SessionStatus, day_span
from app.models.values.unchanged import Unchanged
from app.services.closing.errors import (
    ClaimAmountError,
    EmptyTextError,
    LargestClaimError,
)
from app.services.closing.requests import (
    ClaimExpense,
    ClaimMileage,
    CloseSession,
    named,
)
from app.services.closing.results import MileageProposal
from app.services.closing.sheet import Sheet
from app.services.closing.standing import Standing
from app.services.desk import Desk, fetch, profile, zone
from app.services.policies import Concern, rule_for
from app.services.rights import is_own
from app.text import _

_CANCELLED = [status for status in SessionStatus if status.is_cancelled]


def check_claims(work: Snapshot | Transaction, request: CloseSession) -> None:
    """Refuse claims for nothing, without words, or with a receipt that is not there.

    Raises:
        ClaimAmountError: A distance or amount is not more than zero.
        LargestClaimError: It is more than any session can cause.
        EmptyTextError: An expense does not say what for.
        MissingRecordError: The receipt is not in the records.
    """
    for mileage in named(request.mileage):
        if not mileage.distance.is_finite() or mileage.distance <= 0:
            raise ClaimAmountError
        if mileage.distance > FARTHEST_WAY:
            raise _too_large(work)
    for expense in named(request.expenses):
        if expense.amount <= 0:
            raise ClaimAmountError
        if expense.amount > LARGEST_CLAIM:
            raise _too_large(work)
        if not expense.what.strip():
            raise EmptyTextError(_("expense"))
        if expense.receipt_id is not None:
            fetch(work, Attachment, expense.receipt_id, _("receipt"))


def _too_large(work: Snapshot | Transaction) -> LargestClaimError:
    office = profile(work)
    largest = Decimal(LARGEST_CLAIM).scaleb(-exponent(office.currency))
    return LargestClaimError(f"{largest:,f} {office.currency}", f"{FARTHEST_WAY:,}")


def keep_claims(
    transaction: Transaction,
    desk: Desk,
    request: CloseSession,
    sheet: Sheet,
    standing: Standing,
) -> None:
    """Put the claims a report names in the place of the former; equal ones stay.

    A tutor replaces the own claims only.
    What a tutor claims beyond the office's limits waits until the office decides.
    """
    expenses, distances = _to_replace(desk, standing)
    if isinstance(request.expenses, Unchanged):
        expenses = []
    if isinstance(request.mileage, Unchanged):
        distances = []
    for wanted in named(request.expenses):
        same = next((old for old in expenses if _is_expense(old, wanted)), None)
        if same is None:
            transaction.add(_expense(transaction, desk, wanted, sheet))
        else:
            expenses.remove(same)
    for claim in named(request.mileage):
        known = _mileage(transaction, desk, claim, sheet)
        kept = next((old for old in distances if _is_mileage(old, known)), None)
        if kept is None:
            transaction.add(known)
        else:
            distances.remove(kept)
    _withdraw(transaction, expenses, distances)


def _to_replace(
    desk: Desk, standing: Standing
) -> tuple[list[Expense], list[MileageClaim]]:
    who = desk.actor
    return (
        [one for one in standing.expenses if is_own(who, one.tutor_id)],
        [one for one in standing.mileage if is_own(who, one.tutor_id)],
    )


def withdraw_claims(transaction: Transaction, session_id: int) -> None:
    """Take back every claim of a session."""
    _withdraw(transaction, *live_claims(transaction, session_id))


def _withdraw(
    transaction: Transaction, expenses: list[Expense], distances: list[MileageClaim]
) -> None:
    for expense in expenses:
        expense.withdrawn_at = transaction.at
    for distance in distances:
        distance.withdrawn_at = transaction.at


def live_claims(
    work: Snapshot | Transaction, session_id: int
) -> tuple[list[Expense], list[MileageClaim]]:
    """Read the claims of a session that stand, in the order they were made."""
    expenses = work.scalars(
        select(Expense)
        .where(Expense.session_id == session_id, Expense.withdrawn_at.is_(None))
        .order_by(Expense.id)
    )
    distances = work.scalars(
        select(MileageClaim)
        .where(
            MileageClaim.session_id == session_id, MileageClaim.withdrawn_at.is_(None)
        )
        .order_by(MileageClaim.id)
    )
    return list(expenses), list(distances)


def proposals(
    work: Snapshot | Transaction, sheet: Sheet
) -> tuple[MileageProposal, ...]:
    """Propose each tutor's way to the session, where the travel table knows it.

    The way begins where the tutor taught before on that day, else at home.
    """
    to_place = sheet.session.place_id
    unit = DistanceUnit(profile(work).distance_unit)
    found: list[MileageProposal] = []
    for part in sheet.tutors:
        from_place = _came_from(work, part.tutor_id, sheet)
        if to_place is None or from_place is None or from_place == to_place:
            continue
        distance = distance_between(work, from_place, to_place)
        if distance:
            found.append(
                MileageProposal(part.tutor_id, distance, unit, from_place, to_place)
            )
    return tuple(found)


def distance_between(
    work: Snapshot | Transaction, from_place: int, to_place: int
) -> Decimal | None:
    """Look a distance up, measured ones first, then in the other direction."""
    there = (TravelTime.from_place_id == from_place) & (
        TravelTime.to_place_id == to_place
    )
    back = (TravelTime.from_place_id == to_place) & (
        TravelTime.to_place_id == from_place
    )
    rows = work.execute(
        select(
            TravelTime.from_place_id, TravelTime.is_measured, TravelTime.distance
        ).where(or_(there, back), TravelTime.distance.is_not(None))
    ).all()
    ranked = sorted(rows, key=lambda row: (row[0] != from_place, not row[1]))
    return ranked[0].distance if ranked else None


def _came_from(work: Snapshot | Transaction, tutor_id: int, sheet: Sheet) -> int | None:
    day = day_span(sheet.service_on, zone(work))
    before = work.scalars(
        select(Session.place_id)
        .join(SessionTutor, SessionTutor.session_id == Session.id)
        .where(
            SessionTutor.tutor_id == tutor_id,
            Session.starts_at >= day.start,
            Session.starts_at < sheet.session.starts_at,
            Session.status.not_in(_CANCELLED),
            Session.place_id.is_not(None),
        )
        .order_by(Session.starts_at.desc())
        .limit(1)
    ).one_or_none()
    return before or fetch(work, Tutor, tutor_id, "tutor").home_place_id


def _rule(transaction: Transaction, tutor_id: int, sheet: Sheet) -> ClaimsApproved:
    concern = Concern(tutor_id=tutor_id, offering_id=sheet.offering.id)
    return rule_for(transaction, ClaimsApproved, sheet.service_on, concern)


def _expense(
    transaction: Transaction, desk: Desk, wanted: ClaimExpense, sheet: Sheet
) -> Expense:
    rule = _rule(transaction, wanted.tutor_id, sheet)
    is_approved = rule.at_once and (desk.actor.is_office or wanted.amount <= rule.up_to)
    return Expense(
        session_id=sheet.session.id,
        tutor_id=wanted.tutor_id,
        what=wanted.what.strip(),
        amount=wanted.amount,
        spent_on=sheet.service_on,
        approved_amount=wanted.amount if is_approved else None,
        receipt_id=wanted.receipt_id,
    )


def _mileage(
    transaction: Transaction, desk: Desk, wanted: ClaimMileage, sheet: Sheet
) -> MileageClaim:
    most = _rule(transaction, wanted.tutor_id, sheet).up_to_distance
    is_approved = desk.actor.is_office or wanted.distance <= most
    proposed = None
    if wanted.from_place_id is not None and wanted.to_place_id is not None:
        proposed = distance_between(
            transaction, wanted.from_place_id, wanted.to_place_id
        )
    return MileageClaim(
        session_id=sheet.session.id,
        tutor_id=wanted.tutor_id,
        travelled_on=sheet.service_on,
        unit=wanted.unit or DistanceUnit(profile(transaction).distance_unit),
        proposed=proposed,
        claimed=wanted.distance,
        approved=wanted.distance if is_approved else None,
        from_place_id=wanted.from_place_id,
        to_place_id=wanted.to_place_id,
    )


def _is_expense(old: Expense, wanted: ClaimExpense) -> bool:
    return (old.tutor_id, old.what, old.amount, old.receipt_id) == (
        wanted.tutor_id,
        wanted.what.strip(),
        wanted.amount,
        wanted.receipt_id,
    )


def _is_mileage(old: MileageClaim, wanted: MileageClaim) -> bool:
    return (
        old.tutor_id,
        old.unit,
        old.claimed,
        old.from_place_id,
        old.to_place_id,
    ) == (
        wanted.tutor_id,
        wanted.unit,
        wanted.claimed,
        wanted.from_place_id,
        wanted.to_place_id,
    )
