"""The chips above the list: how many stand where, and which are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QWidget

from app.text import _
from app.views.invoices.rows import InvoiceRow, Standing, words_of
from app.views.widgets.buttons import Chip
from app.views.widgets.laying import across

ALL = ""
_ALWAYS = frozenset({ALL, Standing.DRAFT, Standing.OVERDUE, Standing.PAID})


class StandingChips(QWidget):
    """A row of chips with live counts, of which one holds.

    Signals:
        chosen: Another one holds.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._chips: dict[str, Chip] = {ALL: Chip(_("All"), 0, checked=True)}
        for standing in Standing:
            self._chips[standing.value] = Chip(words_of(standing), 0)
        row = across(spacing=8)
        for chip in self._chips.values():
            self._group.addButton(chip)
            row.addWidget(chip)
        row.addStretch()
        self.setLayout(row)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def current(self) -> str:
        """The standing that is shown; empty for all."""
        button = self._group.checkedButton()
        return next(key for key, chip in self._chips.items() if chip is button)

    def choose(self, standing: str) -> None:
        """Let another chip hold."""
        chip = self._chips.get(standing)
        if chip is not None:
            chip.setChecked(True)
            chip.show()

    def count(self, rows: Sequence[InvoiceRow]) -> None:
        """Show how many there are; a rare standing that nothing has is left out."""
        counts = Counter[str](row.standing.value for row in rows)
        counts[ALL] = len(rows)
        for key, chip in self._chips.items():
            chip.set_count(counts[key])
            chip.setVisible(bool(counts[key]) or key in _ALWAYS or chip.isChecked())

    def keeps(self, row: InvoiceRow) -> bool:
        """Say whether the chip that holds shows a row."""
        return self.current in {ALL, row.standing.value}

    def _on_clicked(self, _button: QAbstractButton) -> None:
        self.chosen.emit()
