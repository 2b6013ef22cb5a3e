"""Who pays what share: amounts first, the rest by percent that makes 100."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.faults import ChangedMeanwhileError
from app.models.people import Household, Payer, PayerShare, Student
from app.models.scheduling import Placement, PlacementStudent
from app.models.values import entries
from app.services.people.errors import (
    ForeignPayerError,
    PercentsError,
    ShareError,
    ShareOwnerError,
    ShareTwiceError,
)
from app.services.people.requests import SetShares, Share
from app.services.records import usable
from app.text import _

_ONE_DAY = timedelta(days=1)


def write_shares(transaction: Transaction, request: SetShares) -> None:
    """Set shares as a step of a transaction; a set of a later day stays.

    Raises:
        ShareOwnerError: They are for nothing, or for two things.
        ForeignPayerError: A payer belongs to another household.
        PercentsError: The percents do not make 100.
        ChangedMeanwhileError: Other shares hold than were looked at.
    """
    households = _require_owner(transaction, request)
    payers = [
        usable(transaction, Payer, share.payer_id, _("payer"))
        for share in request.shares
    ]
    for payer in payers:
        if payer.household_id not in households:
            raise ForeignPayerError(payer.name)
    require_whole(request.shares, [payer.name for payer in payers])
    rows = _rows(transaction, request.household_id, request.placement_id)
    start = request.valid_from or date.min
    if request.former is not None and request.former != _holding(rows, start):
        raise ChangedMeanwhileError
    until_on = _make_room(transaction, rows, start)
    for position, share in enumerate(request.shares):
        transaction.add(
            PayerShare(
                household_id=request.household_id,
                placement_id=request.placement_id,
                payer_id=share.payer_id,
                position=position,
                percent=share.percent,
                amount=share.amount,
                valid_from=request.valid_from,
                valid_until=until_on,
            )
        )


def require_whole(shares: Sequence[Share], names: Sequence[str]) -> None:
    """Refuse shares that leave something over or take something twice.

    Raises:
        ShareError: A share is no amount and no percent, or both.
        ShareTwiceError: A payer is listed twice.
        PercentsError: The percents do not make 100.
    """
    total = Decimal(0)
    seen: set[int] = set()
    for share, name in zip(shares, names, strict=True):
        if share.payer_id in seen:
            raise ShareTwiceError(name)
        seen.add(share.payer_id)
        total += _percent_of(share, name)
    if total != entries.WHOLE:
        raise PercentsError(total)


def shares_on(
    work: Snapshot | Transaction,
    on: date,
    *,
    household_id: int | None = None,
    placement_id: int | None = None,
) -> tuple[Share, ...]:
    """Tell the shares that hold on a day, in listed order."""
    return _holding(_rows(work, household_id, placement_id), on)


def _percent_of(share: Share, name: str) -> Decimal:
    if (share.percent is None) == (share.amount is None):
        raise ShareError(name)
    if share.percent is None:
        entries.amount(share.amount or 0, _("share"))
        return Decimal(0)
    if not share.percent:
        raise ShareError(name)
    return entries.percent(share.percent, _("share"))


def _require_owner(transaction: Transaction, request: SetShares) -> frozenset[int]:
    if (request.household_id is None) == (request.placement_id is None):
        raise ShareOwnerError
    if request.household_id is not None:
        usable(transaction, Household, request.household_id, _("family"))
        return frozenset({request.household_id})
    if request.placement_id is not None:
        usable(transaction, Placement, request.placement_id, _("placement"))
    students = select(Student.household_id).join(
        PlacementStudent, PlacementStudent.student_id == Student.id
    )
    concerned = students.where(PlacementStudent.placement_id == request.placement_id)
    return frozenset(transaction.scalars(concerned))


def _make_room(
    transaction: Transaction, rows: Sequence[PayerShare], start: date
) -> date | None:
    """End what holds on a day with the day before; tell up to when there is room."""
    later: list[date] = []
    for row in rows:
        first = row.valid_from or date.min
        if first > start:
            later.append(first)
        elif first == start:
            transaction.delete(row)
        elif start <= (row.valid_until or date.max):
            row.valid_until = start - _ONE_DAY
    return min(later) - _ONE_DAY if later else None


def _rows(
    work: Snapshot | Transaction, household_id: int | None, placement_id: int | None
) -> Sequence[PayerShare]:
    return work.scalars(
        select(PayerShare)
        .where(
            PayerShare.household_id == household_id
            if household_id is not None
            else PayerShare.placement_id == placement_id
        )
        .order_by(PayerShare.position, PayerShare.id)
    ).all()


def _holding(rows: Sequence[PayerShare], on: date) -> tuple[Share, ...]:
    return tuple(
        Share(row.payer_id, row.percent, row.amount)
        for row in rows
        if (row.valid_from or date.min) <= on <= (row.valid_until or date.max)
    )
