"""Which close-outs can be carried out together.

Two sessions that may draw on the same lots, contract, flat fee, make-up credit or
mileage tier are settled one after the other, in the order in which they were given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import BindParameter, bindparam, select

from app.models.agreements import FlatFee, Lot
from app.models.closing import MileageClaim
from app.models.database import Transaction
from app.models.people import Student
from app.models.scheduling import Attendance, Placement, Session
from app.services.closing.requests import CloseSession, named

AT_ONCE = 250  # sessions in one statement
Shared: TypeAlias = tuple[str, int]

_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_AGREED = (
    select(
        Session.id,
        Session.contract_id,
        Placement.contract_id,
        Session.make_up_of_id,
    )
    .outerjoin(Placement, Placement.id == Session.placement_id)
    .where(Session.id.in_(_IDS))
)
_FUNDED = (
    select(Attendance.session_id, Student.household_id)
    .join(Student, Student.id == Attendance.student_id)
    .where(
        Attendance.session_id.in_(_IDS),
        Student.household_id.in_(
            select(Lot.household_id).union(
                select(FlatFee.household_id).where(FlatFee.included.is_not(None))
            )
        ),
    )
)
_TRAVELLED = select(MileageClaim.session_id, MileageClaim.tutor_id).where(
    MileageClaim.session_id.in_(_IDS)
)


def batches(
    transaction: Transaction, requests: Sequence[CloseSession]
) -> Iterator[list[CloseSession]]:
    """Cut close-outs into runs in which no two share what pays for them."""
    for first in range(0, len(requests), AT_ONCE):
        some = requests[first : first + AT_ONCE]
        shared = _shared(transaction, some) if len(some) > 1 else {}
        batch: list[CloseSession] = []
        taken: set[Shared] = set()
        for request in some:
            own = shared.get(request.session_id, set())
            if batch and not taken.isdisjoint(own):
                yield batch
                batch, taken = [], set()
            batch.append(request)
            taken |= own
        yield batch


def _shared(
    transaction: Transaction, requests: Sequence[CloseSession]
) -> Mapping[int, set[Shared]]:
    """Name by session what others may share with it."""
    asked = {"ids": [request.session_id for request in requests]}
    found: dict[int | None, set[Shared]] = defaultdict(set)
    for session_id, own, placed, missed in transaction.rows(_AGREED, asked):
        found[session_id].add(("session", session_id))
        contract = own or placed
        if contract:
            found[session_id].add(("contract", contract))
        if missed:
            found[session_id].add(("session", missed))
    for session_id, household_id in transaction.rows(_FUNDED, asked):
        found[session_id].add(("household", household_id))
    for travelled, tutor_id in transaction.rows(_TRAVELLED, asked):
        found[travelled].add(("mileage", tutor_id))
    for request in requests:
        for claim in named(request.mileage):
            found[request.session_id].add(("mileage", claim.tutor_id))
    return {one: shared for one, shared in found.items() if one is not None}
