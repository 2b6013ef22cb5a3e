"""The columns of a table as a person arranged them: which, in what order, how wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.views.state import whole
from app.views.tables.arranging import SortKey
from app.views.tables.columns import Column

WIDEST = 10_000  # px of a column


@dataclass(frozen=True, slots=True)
class Placed:
    """A column as it stands; a width of 0 is the one it was described with."""

    key: str
    width: int = 0
    is_hidden: bool = False


def write_columns(placed: Sequence[Placed]) -> tuple[str, ...]:
    """Write columns to be remembered, in their order."""
    return tuple(f"{p.key} {p.width} {'-' if p.is_hidden else '+'}" for p in placed)


def read_columns(
    kept: Sequence[str], columns: Sequence[Column[Any]]
) -> tuple[Placed, ...]:
    """Read what was remembered; new columns follow, unknown ones are left out."""
    known = {column.key: column for column in columns}
    found = dict[str, Placed]()
    for line in kept:
        key, width, shown = [*line.split(" "), "", ""][:3]
        wide = whole(width, WIDEST)
        if key in known and wide is not None:
            found[key] = Placed(key, wide, shown == "-")
    for column in columns:
        found.setdefault(column.key, Placed(column.key, 0, column.is_hidden))
    return tuple(found.values())


def write_sorting(sorting: Sequence[SortKey]) -> tuple[str, ...]:
    """Write sort keys to be remembered."""
    return tuple(f"{'-' if key.is_descending else '+'}{key.column}" for key in sorting)


def read_sorting(
    kept: Sequence[str], columns: Sequence[Column[Any]]
) -> tuple[SortKey, ...]:
    """Read sort keys, leaving out columns that are no more."""
    known = {column.key for column in columns}
    return tuple(
        SortKey(line[1:], line[0] == "-")
        for line in kept
        if line[:1] in {"+", "-"} and line[1:] in known
    )
