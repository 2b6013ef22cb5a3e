"""Takes one step back, inside a transaction of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import select

from app.models.base import Model
from app.models.database import Transaction
from app.models.scheduling import Session
from app.models.values.schedule import local_date
from app.services.billing.locks import require_open
from app.services.desk import Desk, zone
from app.services.scheduling import clashes, occupancy
from app.services.undoing.money import MoneyRow, dead_rows, loosen, retire
from app.services.undoing.records import (
    Plain,
    Trace,
    put_back,
    remake,
    remove,
    require_as_left,
    traces,
)
from app.services.undoing.slots import Slot, sessions_of, slots
from app.services.undoing.standing import (
    refuse_billed,
    refuse_documents,
    refuse_requests,
)
from app.text import _

_PERIODS = frozenset({"charge", "pay_line", "close_out", "attendance"})
_DAYS = {"charge": "service_on", "pay_line": "service_on", "deduction": "on"}
_COUNTS = frozenset({"service_on", "on", "amount", "replaced_at"})

Change = tuple[Model, Plain]


def take_back(transaction: Transaction, desk: Desk, step: int) -> list[Trace]:
    """Put every record of a step back as it was before, and tell which they were.

    Raises:
        StandingStepError: The step issued, received or locked something, or what it
            made was billed or paid since.
        ChangedSinceError: A record is no longer as the step left it.
        NotKeptError: The journal does not keep what would have to be put back.
        PeriodLockedError: It would change money of a locked period.
        ClashError: A time that would be taken again is taken.
        StillUsedError: Other records need one that would go.
    """
    found = traces(transaction, step)
    refuse_requests(found)
    refuse_documents({trace.table for trace in found})
    refuse_billed(transaction, found)
    made, changed = _as_left(transaction, found)
    money = [thing for thing in made if isinstance(thing, MoneyRow)]
    moved = [thing for thing, _before in changed if isinstance(thing, MoneyRow)]
    ids = sessions_of(transaction, found)
    _require_open(transaction, found, ids)
    _require_open_money(transaction, found)
    before = slots(transaction, ids)
    occupancy.clear(transaction, ids)
    retire(money, transaction.at)
    loosen(transaction, moved)
    remake(transaction, [trace for trace in found if trace.after is None])
    for thing, values in changed:
        put_back(thing, values)
    transaction.flush()
    gone = [thing for thing in made if not isinstance(thing, MoneyRow)]
    remove(transaction, [*gone, *dead_rows(transaction, gone)])
    _keep_slots(transaction, desk, ids, before)
    return found


def _as_left(
    transaction: Transaction, found: Sequence[Trace]
) -> tuple[list[Model], list[Change]]:
    office_zone = zone(transaction)
    made: list[Model] = []
    changed: list[Change] = []
    for trace in found:
        current = require_as_left(transaction, trace, office_zone)
        if current is None:
            continue
        if trace.before is None:
            made.append(current)
        else:
            changed.append((current, trace.before))
    return made, changed


def _require_open(
    transaction: Transaction, found: Sequence[Trace], ids: Collection[int]
) -> None:
    if _PERIODS.isdisjoint(trace.table for trace in found):
        return
    office_zone = zone(transaction)
    way = _(
        "Close the session out as a correction instead, whose money is dated in the "
        "open period, or have the lock moved."
    )
    for starts_at in transaction.scalars(
        select(Session.starts_at).where(Session.id.in_(ids))
    ):
        require_open(transaction, local_date(starts_at, office_zone), way)


def _require_open_money(transaction: Transaction, found: Sequence[Trace]) -> None:
    """Refuse to change what counts in a locked period without any session."""
    way = _(
        "Enter the same amount the other way round on a day from then on instead, or "
        "have the lock moved."
    )
    for trace in found:
        name = _DAYS.get(trace.table)
        if name is not None and _counts(trace):
            for day in _days(transaction, trace, name):
                require_open(transaction, day, way)


def _counts(trace: Trace) -> bool:
    """Say whether an amount came, went or changed by what was done to a record."""
    before, after = trace.before, trace.after
    return before is None or after is None or not _COUNTS.isdisjoint(before)


def _days(transaction: Transaction, trace: Trace, name: str) -> set[date]:
    """Give the days that a record bore before and bears now."""
    told = [each[name] for each in (trace.before, trace.after) if each and name in each]
    current = transaction.get(trace.model, trace.row_id)
    days = {date.fromisoformat(day) for day in told}
    return days | ({getattr(current, name)} if current is not None else set())


def _keep_slots(
    transaction: Transaction,
    desk: Desk,
    ids: Collection[int],
    before: dict[int, Slot],
) -> None:
    after = slots(transaction, ids)
    back = [i for i, slot in after.items() if not slot.fits_in(before.get(i))]
    occupancy.sync(transaction, set(ids) - set(back))
    if back:
        clashes.check_kept(transaction, desk, back)
        occupancy.sync(transaction, back)
