"""The header of the close-out page: which sessions the list shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from app.text import _
from app.views.close_out.lines import Filter, Wanted
from app.views.close_out.reading import Board
from app.views.widgets.buttons import Button, Chip
from app.views.widgets.inputs import ComboBox
from app.views.widgets.panels import HeaderBar


class Sieve(QObject):
    """Chips, a choice of tutor and a search, as one filter.

    Signals:
        changed: The filter is another one.
        all_wanted: All that is shown is to be chosen.
    """

    changed = Signal()
    all_wanted = Signal()

    def __init__(self, tutors: ComboBox, parent: QObject) -> None:
        super().__init__(parent)
        self.filter = Filter()
        self._tutors = tutors
        self.header = HeaderBar(_("Close-out"))
        self._chips = {
            Wanted.ALL: Chip(_("All"), 0, checked=True),
            Wanted.LATE: Chip(_("Late"), 0),
            Wanted.DRAFTS: Chip(_("Drafts"), 0),
        }
        for chip in self._chips.values():
            chip.setAutoExclusive(True)
            chip.toggled.connect(self._on_changed)
            self.header.add_left(chip)
        self.search = self.header.add_search(_("Filter sessions"))
        self.search.textChanged.connect(self._on_text)
        self._every = Button(_("Select all"), "clipboard-check")
        self._every.setToolTip(_("Select every session of the list") + "  Ctrl+A")
        self._every.clicked.connect(self.all_wanted)
        self.header.add_right(self._every)
        tutors.currentIndexChanged.connect(self._on_place)

    def show_board(self, board: Board, drafts: Collection[int]) -> None:
        """Count what there is."""
        self._every.setEnabled(bool(board.open))
        self._chips[Wanted.ALL].set_count(len(board.open))
        self._chips[Wanted.LATE].set_count(sum(row.is_late for row in board.open))
        number = sum(row.session_id in drafts for row in board.open)
        self._chips[Wanted.DRAFTS].set_count(number)
        names = {row.tutor_id: row.tutor for row in board.open}
        counts = Counter(row.tutor_id for row in board.open)
        self._tutors.fill(
            [
                (_("All tutors"), 0),
                *(
                    (f"{names[tutor_id]}  {counts[tutor_id]}", tutor_id)
                    for tutor_id in sorted(names, key=lambda one: names[one])
                ),
            ],
            self.filter.tutor_id or 0,
        )

    def clear(self) -> None:
        """Show everything."""
        self._chips[Wanted.ALL].setChecked(True)
        self._tutors.choose(0)
        self.search.clear()

    def _on_place(self, _place: int) -> None:
        self._take()

    def _on_text(self, _text: str) -> None:
        self._take()

    def _on_changed(self, on: bool) -> None:  # noqa: FBT001  Qt's signal
        if on:
            self._take()

    def _take(self) -> None:
        wanted = next(
            (one for one, chip in self._chips.items() if chip.isChecked()), Wanted.ALL
        )
        tutor_id = int(self._tutors.currentData() or 0) or None
        self.filter = Filter(wanted, tutor_id, self.search.text().strip())
        self.changed.emit()
