"""What tutors claim with a session: mileage by the table, travel time, expenses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.people import Tutor
from app.models.values.payroll import PayKind
from app.services.payroll.facts import MileageFacts, SessionFacts
from app.services.payroll.mileage import (
    BEYOND,
    Part,
    amount_of,
    claimed_before,
    load_table,
    parts,
    rate_on,
    year_start,
)
from app.services.payroll.rules import Draft, NoRate, PayBook, timed_draft
from app.services.places.travel import TravelTable
from app.text import _


def mileage_drafts(
    work: Snapshot | Transaction, session: SessionFacts
) -> list[Draft | NoRate]:
    """Make the lines for the distances claimed with a session."""
    if not session.mileage:
        return []
    table = load_table(work)
    made: list[Draft | NoRate] = []
    for claim in session.mileage:
        rate = rate_on(table, claim.unit, claim.travelled_on)
        name = f"mileage:{claim.claim_id}"
        if rate is None:
            made.append(NoRate(claim.tutor_id, name))
            continue
        before = Decimal(0)
        if rate.threshold is not None:
            first = year_start(claim.travelled_on, rate.year_starts)
            before = claimed_before(work, claim, first)
        made += [
            _mileage_draft(session, claim, part, name)
            for part in parts(claim.distance, before, rate)
            if amount_of(part, session.currency)
        ]
    return made


def _mileage_draft(
    session: SessionFacts, claim: MileageFacts, part: Part, name: str
) -> Draft:
    reason = _("{distance} {unit} at {rate}").format(
        distance=f"{part.distance:f}", unit=claim.unit.value, rate=f"{part.rate:f}"
    )
    if part.is_beyond:
        name += BEYOND
        reason = _("{text}, beyond the year's threshold").format(text=reason)
    return Draft(
        tutor_id=claim.tutor_id,
        kind=PayKind.MILEAGE,
        service_on=session.service_on,
        amount=amount_of(part, session.currency),
        claim=name,
        rate_per=claim.unit.value,
        distance=part.distance,
        distance_rate=part.rate,
        reason=reason,
    )


def expense_drafts(session: SessionFacts) -> list[Draft]:
    """Make the lines for the expenses of a session of which an amount is approved."""
    return [
        Draft(
            tutor_id=expense.tutor_id,
            kind=PayKind.EXPENSE,
            service_on=session.service_on,
            amount=expense.approved,
            claim=f"expense:{expense.expense_id}",
            reason=expense.what,
        )
        for expense in session.expenses
        if expense.approved
    ]


def travel_drafts(
    work: Snapshot | Transaction, session: SessionFacts, book: PayBook
) -> list[Draft]:
    """Make the lines for the time of the journeys claimed, where the office pays it.

    The minutes are those of the office's travel table between the claim's places.
    """
    made: list[Draft] = []
    for claim in session.mileage:
        rate = book.rate(session, claim.tutor_id, PayKind.TRAVEL_TIME)
        minutes = 0 if rate is None else _travel_minutes(work, claim)
        if rate is None or not minutes:
            continue
        draft = timed_draft(claim.tutor_id, rate, minutes, session.service_on)
        name = f"travel:{claim.claim_id}"
        made.append(replace(draft, claim=name, reason=_("travel time")))
    return made


def _travel_minutes(work: Snapshot | Transaction, claim: MileageFacts) -> int:
    means, speed = work.execute(
        select(Tutor.means, Tutor.speed_kmh).where(Tutor.id == claim.tutor_id)
    ).one()
    table = TravelTable.load(work)
    return table.minutes(claim.from_place_id, claim.to_place_id, means, speed)
