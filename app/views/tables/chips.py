"""Chips above a table: a few filters with live counts, of which one holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from app.views.tables.columns import Row
from app.views.widgets.buttons import Chip
from app.views.widgets.laying import across

ALL = ""  # the name of the chip that shows everything


@dataclass(frozen=True, slots=True)
class Filter(Generic[Row]):
    """A filter that a chip stands for.

    Attributes:
        name: what it is called where it is remembered.
        words: on the chip.
        keeps: which rows it shows; none shows all.
        is_rare: the chip is left out while no row passes it.
    """

    name: str
    words: str
    keeps: Callable[[Row], bool] | None = None
    is_rare: bool = False


class FilterChips(QWidget, Generic[Row]):
    """A row of chips.

    Signals:
        chosen: Another one holds.
    """

    chosen = Signal()

    def __init__(self, filters: Sequence[Filter[Row]]) -> None:
        super().__init__()
        self._filters = {one.name: one for one in filters}
        self._group = QButtonGroup(self)
        self._chips = dict[str, Chip]()
        row = across(spacing=8)
        for number, one in enumerate(filters):
            chip = Chip(one.words, 0, checked=not number)
            self._chips[one.name] = chip
            self._group.addButton(chip)
            row.addWidget(chip)
        row.addStretch()
        self.setLayout(row)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def current(self) -> str:
        """The name of the filter that holds."""
        button = self._group.checkedButton()
        return next(name for name, chip in self._chips.items() if chip is button)

    def choose(self, name: str) -> None:
        """Let another filter hold; an unknown one leaves everything as it is."""
        chip = self._chips.get(name)
        if chip is not None and not chip.isChecked():
            chip.setChecked(True)
            chip.show()
            self.chosen.emit()

    def count(self, rows: Sequence[Row]) -> None:
        """Show how many rows pass each filter."""
        for name, chip in self._chips.items():
            one = self._filters[name]
            found = sum(one.keeps is None or one.keeps(row) for row in rows)
            chip.set_count(found)
            chip.setVisible(bool(found) or not one.is_rare or chip.isChecked())

    def keeps(self, row: Row) -> bool:
        """Say whether the filter that holds shows a row."""
        keeps = self._filters[self.current].keeps
        return keeps is None or keeps(row)

    @property
    def words(self) -> str:
        """What the filter that holds is called; empty for the one that shows all."""
        one = self._filters[self.current]
        return "" if one.keeps is None else one.words

    def _on_clicked(self, _button: QAbstractButton) -> None:
        self.chosen.emit()
