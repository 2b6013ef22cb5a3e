"""What a list on the screen hands to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ListedColumn:
    """A column of a printed list.

    Attributes:
        is_figures: right-aligned and never wrapped.
    """

    title: str
    is_figures: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A plain list of what a table shows.

    Attributes:
        filters: what the rows were chosen by, in words; empty for none.
        count: how many rows there are, in words.
        sums: what columns add up to, a label and an amount each.
        printed: on the office's wall clock.
    """

    title: str
    filters: str
    count: str
    sums: tuple[tuple[str, str], ...]
    columns: tuple[ListedColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    printed: datetime
