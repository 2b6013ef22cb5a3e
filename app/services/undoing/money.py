"""Charges and pay lines of a step that is taken back: they are never deleted.

What the step made is marked replaced; what it replaced or reversed counts again.
Only a record that was itself undone takes the dead rows that hang on it along.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from app.models.base import Model
from app.models.billing import Charge
from app.models.database import Transaction
from app.models.payroll import PayLine
from app.services.undoing.records import table_of

MoneyRow = Charge | PayLine


def retire(rows: Sequence[MoneyRow], now: datetime) -> None:
    """Mark rows replaced that were made by a step which is taken back."""
    for row in rows:
        row.replaced_at = row.replaced_at or now
        row.live_key = None
        row.reverses_id = None  # what it reversed may be reversed again


def loosen(transaction: Transaction, rows: Sequence[MoneyRow]) -> None:
    """Free the keys of rows that are about to change places."""
    for row in rows:
        row.live_key = None
        row.reverses_id = None
    transaction.flush()


def dead_rows(transaction: Transaction, gone: Sequence[Model]) -> list[Model]:
    """Find replaced rows, never billed nor paid, that hang on records which go."""
    found: dict[tuple[str, int], Model] = {}
    for kind in (Charge, PayLine):
        is_free = Charge.line_id if kind is Charge else PayLine.statement_id
        for key in table_of(kind).foreign_keys:
            ids = [
                thing.id for thing in gone if table_of(type(thing)) is key.column.table
            ]
            if not ids:
                continue
            for row in transaction.scalars(
                select(kind).where(
                    key.parent.in_(ids),
                    kind.replaced_at.is_not(None),
                    is_free.is_(None),
                )
            ):
                found[row.__tablename__, row.id] = row
    return list(found.values())
