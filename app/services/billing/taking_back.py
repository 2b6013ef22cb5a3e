"""The charges behind a credit note: reversals, what is billed anew, what ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, or_, select

from app.models.agreements import Lot, LotUse
from app.models.billing import Charge
from app.models.database import Transaction
from app.models.scheduling import Attendance
from app.models.values.billing import ChargeKind, Reason
from app.services.open_days import open_days

_COPIED = (
    "session_id",
    "student_id",
    "payer_id",
    "kind",
    "source",
    "period",
    "rate",
    "rate_per",
    "rate_source",
    "percent",
    "tax_code_id",
    "reason",
)


def take_back(
    transaction: Transaction, charges: Sequence[Charge], *, rebill: bool
) -> list[int]:
    """Reverse charges that lie on an invoice, and give the ids of the reversals.

    With ``rebill`` a live copy of each waits for the next run; without it the charge
    has ended. A line that was itself a correction goes on waiting in either case: what
    it takes back stays taken back. A correction that waits already is used as it is.
    """
    ids: list[int] = []
    for charge in charges:
        known = _reversal_of(transaction, charge)
        if known is not None:
            ids.append(known.id)
            if not rebill:
                _drop_successors(transaction, charge)
        elif charge.reverses_id is not None:
            ids.append(_put_off(transaction, charge))
        else:
            ids.append(_reverse(transaction, charge, rebill=rebill))
    transaction.flush()
    if not rebill:
        _end(transaction, [each for each in charges if each.reverses_id is None])
    return ids


def _reversal_of(transaction: Transaction, charge: Charge) -> Charge | None:
    return transaction.scalar(select(Charge).where(Charge.reverses_id == charge.id))


def _reverse(transaction: Transaction, charge: Charge, *, rebill: bool) -> int:
    key, charge.live_key = charge.live_key, None
    transaction.flush()
    [reversal_id] = transaction.insert_all(
        Charge, [_copied(transaction, charge, -1, reverses_id=charge.id)]
    )
    if rebill and key is not None:
        row = _copied(transaction, charge, 1, successor_of_id=charge.id, live_key=key)
        transaction.insert_all(Charge, [row])
    return reversal_id


def _put_off(transaction: Transaction, correction: Charge) -> int:
    """Take a correction off its invoice and let it wait for another document."""
    [back_id] = transaction.insert_all(
        Charge, [_copied(transaction, correction, -1, reverses_id=correction.id)]
    )
    again = _copied(transaction, correction, 1, reverses_id=back_id)
    transaction.insert_all(Charge, [again])
    return back_id


def _copied(
    transaction: Transaction, charge: Charge, sign: int, **more: int | str
) -> dict[str, Any]:
    minutes = None if charge.minutes is None else sign * charge.minutes
    return {
        **{name: getattr(charge, name) for name in _COPIED},
        **open_days(transaction).days(charge.service_on, charge.original_on),
        "minutes": minutes,
        "amount": sign * charge.amount,
        "made_at": transaction.at,
        **more,
    }


def _drop_successors(transaction: Transaction, charge: Charge) -> None:
    """End what a correction put in a charge's place, while it is on no document."""
    same = Charge.session_id == charge.session_id
    if charge.session_id is None:
        same = (Charge.source == charge.source) & (Charge.period == charge.period)
    for row in transaction.scalars(
        select(Charge).where(
            same,
            Charge.payer_id == charge.payer_id,
            Charge.student_id.is_(None)
            if charge.student_id is None
            else Charge.student_id == charge.student_id,
            Charge.live_key.is_not(None),
            Charge.line_id.is_(None),
        )
    ):
        row.live_key, row.replaced_at = None, transaction.at


def _end(transaction: Transaction, charges: Iterable[Charge]) -> None:
    for charge in charges:
        if charge.session_id is not None:
            _mark_credited(transaction, charge)
        if charge.kind is ChargeKind.PACKAGE:
            _end_lot(transaction, charge)
    transaction.flush()


def _mark_credited(transaction: Transaction, charge: Charge) -> None:
    """Let the session say that its charge was credited for good."""
    places = select(Attendance).where(Attendance.session_id == charge.session_id)
    if charge.student_id is not None:
        places = places.where(Attendance.student_id == charge.student_id)
    for place in transaction.scalars(places):
        place.is_credited = True
        is_charged = transaction.scalar(
            select(Charge.id).where(
                Charge.session_id == place.session_id,
                Charge.live_key.is_not(None),
                or_(
                    Charge.student_id == place.student_id,
                    Charge.student_id.is_(None),
                ),
            )
        )
        if is_charged is None:
            place.charge_reason = Reason.CREDITED.value


def _end_lot(transaction: Transaction, charge: Charge) -> None:
    """Take back what is left of a package whose price was given back."""
    is_charged = transaction.scalar(
        select(Charge.id).where(
            Charge.source == charge.source, Charge.live_key.is_not(None)
        )
    )
    lot = transaction.get(Lot, int(charge.source.removeprefix("lot:")))
    if is_charged is None and lot is not None:
        used = transaction.scalar(
            select(func.coalesce(func.sum(LotUse.units), 0)).where(
                LotUse.lot_id == lot.id, LotUse.returned_at.is_(None)
            )
        )
        lot.refunded = lot.granted - int(used or 0) - lot.forfeited
