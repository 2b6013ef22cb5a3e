"""Writes new sessions with their people and the guard's rows, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.catalog import Price
from app.models.database import Transaction
from app.models.payroll import PayRate
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.billing import PriceLevel
from app.models.values.payroll import PayLevel
from app.models.values.schedule import SessionStatus, TimeSpan, TutorPart
from app.models.values.terms import PayTerms, PriceTerms
from app.services.scheduling.facts import Draft, Facts
from app.services.scheduling.hard import resources_of
from app.services.scheduling.occupancy import Held, write


@dataclass(frozen=True, slots=True)
class NewSession:
    """A checked draft with what else its record keeps.

    Attributes:
        slot_at: the series' own slot.
        override_reason: why it is booked in spite of a hard clash.
        by_hand: fields that differ from the series by choice.
    """

    draft: Draft
    slot_at: datetime | None = None
    override_reason: str = ""
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Common:
    """What all sessions that are written together share."""

    status: SessionStatus
    now: datetime
    series_id: int | None = None
    contract_id: int | None = None
    is_trial: bool = False
    make_up_of_id: int | None = None


def insert_sessions(
    transaction: Transaction, facts: Facts, new: Sequence[NewSession], common: Common
) -> list[int]:
    """Insert sessions, their tutors, students and taken times; give their ids.

    Raises:
        TimeTakenError: At the end of the transaction's block, when the database's
            own guard refuses a time.
    """
    ids = transaction.insert_all(Session, [_row(one, common) for one in new])
    pairs = list(zip(ids, new, strict=True))
    transaction.insert_all(
        SessionTutor, [row for pair in pairs for row in _parts(*pair)]
    )
    transaction.insert_all(
        Attendance,
        [
            {"session_id": session_id, "student_id": student_id, "position": position}
            for session_id, one in pairs
            for position, student_id in enumerate(one.draft.student_ids)
        ],
    )
    write(transaction, [held for pair in pairs for held in _held(facts, *pair)])
    return ids


def _parts(session_id: int, one: NewSession) -> list[dict[str, object]]:
    return [
        {
            "session_id": session_id,
            "tutor_id": tutor_id,
            "position": position,
            "part": TutorPart.ADDITIONAL if position else TutorPart.MAIN,
        }
        for position, tutor_id in enumerate(one.draft.tutor_ids)
    ]


def _held(facts: Facts, session_id: int, one: NewSession) -> list[Held]:
    draft, is_override = one.draft, bool(one.override_reason)
    return [
        Held(session_id, kind, row_id, draft.starts_at, draft.ends_at, is_override)
        for kind, row_id in resources_of(facts, draft)
    ]


def _row(one: NewSession, common: Common) -> dict[str, object]:
    draft = one.draft
    return {
        "offering_id": draft.offering_id,
        "series_id": common.series_id,
        "slot_at": one.slot_at,
        "changed_fields": list(one.by_hand),
        "placement_id": draft.placement_id,
        "contract_id": common.contract_id,
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "place_id": draft.place_id,
        "room_id": draft.room_id,
        "status": common.status,
        "override_reason": one.override_reason,
        "is_trial": common.is_trial,
        "make_up_of_id": common.make_up_of_id,
        "entered_late_minutes": late_minutes(draft.ends_at, common.now),
        "made_at": common.now,
    }


def late_minutes(ends_at: datetime, now: datetime) -> int | None:
    """Give how long after its end a session is entered, if it is."""
    return TimeSpan(ends_at, now).minutes if ends_at < now else None


def write_terms(
    transaction: Transaction,
    session_id: int,
    price: PriceTerms | None,
    pay: PayTerms | None,
) -> None:
    """Keep a price and a rate of pay agreed for one session alone."""
    if price is not None:
        transaction.add(
            Price(
                level=PriceLevel.SESSION,
                session_id=session_id,
                per=price.per,
                amount=price.amount,
                tiers={str(count): amount for count, amount in price.tiers.items()},
            )
        )
    if pay is not None:
        transaction.add(
            PayRate(
                level=PayLevel.SESSION,
                session_id=session_id,
                per=pay.per,
                amount=pay.amount,
                percent=pay.percent,
                minimum=pay.minimum,
                per_extra_student=pay.per_extra_student,
                tiers={str(count): amount for count, amount in pay.tiers.items()},
            )
        )
