"""What a table is filtered by: the chip that holds, and the words that are typed."""

from __future__ import annotations

from typing import Generic

from app.views.tables.chips import FilterChips
from app.views.tables.columns import Row
from app.views.widgets.inputs import SearchField


class TableFilters(Generic[Row]):
    """Knows the chips and the search field of a table, where it has them."""

    def __init__(self) -> None:
        self.search: SearchField | None = None
        self.chips: FilterChips[Row] | None = None

    @property
    def text(self) -> str:
        """What is typed into the search field."""
        return self.search.text() if self.search is not None else ""

    @property
    def chip(self) -> str:
        """The name of the chip that holds; empty for the one that shows all."""
        return self.chips.current if self.chips is not None else ""

    @property
    def in_words(self) -> str:
        """What the rows are filtered by, for people; empty for nothing."""
        chip, text = self.chips.words if self.chips else "", self.text.strip()
        return " · ".join(filter(None, (chip, text and f"“{text}”")))

    def choose(self, chip: str, text: str) -> None:
        """Filter by another chip and other words."""
        if self.chips is not None:
            self.chips.choose(chip)
        if self.search is not None:
            self.search.setText(text)
