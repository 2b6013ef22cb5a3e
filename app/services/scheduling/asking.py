"""Asks the database in its own words, where hundreds of rows are read at once.

The statements carry nothing but whole numbers, so they need no parameters, and their
answers come as the driver gives them: plain tuples of numbers and texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from app.models.database import Snapshot, Transaction


def rows_of(work: Snapshot | Transaction, statement: str) -> list[tuple[Any, ...]]:
    """Read all rows of a statement."""
    with work.connection().exec_driver_sql(statement) as result:
        return list(result.cursor.fetchall())


def listed(ids: Iterable[int]) -> str:
    """Write ids as the inside of ``IN ()``; none are no row's."""
    return ",".join([str(int(row_id)) for row_id in ids]) or "NULL"
