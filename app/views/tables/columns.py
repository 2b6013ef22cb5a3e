"""What a column of a table shows, how it sorts and what it adds up to."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.models.values.folding import folded

Row = TypeVar("Row")

CHECK = "check"
RIGHT_KINDS = frozenset(("money", "hours", "number"))
FIGURE_KINDS = RIGHT_KINDS | {"date"}
KINDS = FIGURE_KINDS | {"text", "strong", "muted", "pill", "avatar", CHECK}
_DIGITS = re.compile(r"\d+")


class ColumnError(ValueError):
    """A column was described in a way that cannot be shown or sorted."""


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of a table.

    Attributes:
        key: names it in what is remembered; never translated.
        title: its heading.
        text: the words of a cell, ready to be read.
        kind: text, strong, muted, date, money, hours, number, pill or avatar.
        sort_by: what the column sorts by; needed where text would sort wrongly.
        width: in px at a text size of 100 %.
        stretch: takes a share of the room that is left.
        total: what a row adds to the sum in the footer.
        tone: of a pill, or the hue of an avatar, or the tone of a text.
        currency: of the amount, where rows may differ.
        initials: in an avatar's disc; those of the text by default.
        is_hidden: the column waits in the menu of columns until it is wanted.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    kind: str = "text"
    sort_by: Callable[[Row], Any] | None = None
    width: int = 120
    stretch: bool = False
    total: Callable[[Row], int] | None = None
    tone: Callable[[Row], str] | None = None
    currency: Callable[[Row], str] | None = None
    initials: Callable[[Row], str] | None = None
    is_hidden: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            message = f"column {self.key} is of no known kind: {self.kind}"
            raise ColumnError(message)
        if self.kind in FIGURE_KINDS and not (self.sort_by or self.total):
            message = f"column {self.key} would sort as text; give it sort_by"
            raise ColumnError(message)

    @property
    def is_right(self) -> bool:
        """Say whether cells and heading stand at the right."""
        return self.kind in RIGHT_KINDS

    def order(self, row: Row) -> Any:  # noqa: ANN401  whatever can be compared
        """Give what a row is sorted by in this column; none goes last."""
        if self.sort_by is not None:
            value = self.sort_by(row)
            return natural(value) if type(value) is str else value
        if self.total is not None:
            return self.total(row)
        return natural(self.text(row)) or None


def natural(text: str) -> str:
    """Fold a text for sorting, so that accents do not matter and 9 is before 10."""
    return _DIGITS.sub(_padded, folded(text))


def _padded(found: re.Match[str]) -> str:
    return found[0].rjust(12, "0")
