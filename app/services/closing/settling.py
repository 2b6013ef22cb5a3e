"""Brings money and the guard of the timetable to what a session says now."""

from __future__ import annotations

from collections.abc import Sequence

from app.models.database import Transaction
from app.services.charging import settling as charging
from app.services.closing.sheet import Sheet
from app.services.desk import Desk
from app.services.payroll import paying
from app.services.scheduling import occupancy
from app.services.scheduling.clashes import check_kept

Occupied = tuple[bool, frozenset[int]]


def settle_money(
    transaction: Transaction, desk: Desk, session_ids: Sequence[int]
) -> None:
    """Let charges and pay lines be what sessions say; twice changes nothing.

    Of several no two may share what pays for them, as `batches` sees to it.
    """
    transaction.flush()
    charging.settle_many(transaction, desk, session_ids)
    paying.settle_many(transaction, desk, session_ids)


def settle_slot(
    transaction: Transaction, desk: Desk, sheet: Sheet, before: Occupied
) -> None:
    """Free what was called off, and check what was put back like a booking.

    Args:
        transaction: the step it belongs to.
        desk: who does it.
        sheet: the session as it is now.
        before: what it occupied before the step.

    Raises:
        ClashError: What is put back runs into something.
    """
    after = sheet.occupied
    if after == before:
        return
    transaction.flush()
    if after[0] and (not before[0] or not after[1] <= before[1]):
        check_kept(transaction, desk, [sheet.session.id])
    occupancy.sync(transaction, [sheet.session.id])
