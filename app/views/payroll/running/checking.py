"""Page 2 of a pay run: what to look at first, then a tick for each tutor."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.models.values.errors import OfficeError
from app.text import _
from app.views.payroll.board import PayBoard
from app.views.payroll.reading import Proposed
from app.views.payroll.rows import TutorRow
from app.views.payroll.running.exceptions import ExceptionCard, Found
from app.views.tools import Tools
from app.views.typography import scaled
from app.views.widgets.buttons import Button
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import HairLine

ROOMY = 640  # px of height from which three things to look at are shown at once


class CheckPage(QWidget):
    """Shows what a run would pay; whoever is ticked is paid.

    Signals:
        ticked: Other tutors are ticked.
        settled: Something was settled; the run is to be worked out again.
        went: Something is settled elsewhere; carries a Link.
        failed: Something was refused; carries the error.
    """

    ticked = Signal()
    settled = Signal()
    went = Signal(object)
    failed = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._ticks: frozenset[int] = frozenset()
        self.exceptions = ExceptionCard(tools)
        self.board = PayBoard(tools, "pay-run", is_open=True)
        self.tick_all = Button(_("Check all without flags"), "check", compact=True)
        self.tick_all.setToolTip(_("Ticks every tutor of whom nothing was pointed out"))
        self.tick = Button(_("Check this tutor"), compact=True)
        self.tick.setToolTip(_("Check or uncheck the chosen tutor  A"))
        self.tick_all.clicked.connect(self.tick_unflagged)
        self.tick.clicked.connect(self.tick_current)
        self.board.table.opened.connect(self._on_opened)
        self.board.table.current_changed.connect(self._on_current)
        self.board.went.connect(self.went)
        self.board.failed.connect(self._on_failed)
        self.exceptions.settled.connect(self.settled)
        self.exceptions.went.connect(self.went)
        self.exceptions.chosen.connect(self._on_chosen)
        self.exceptions.refused.connect(self._on_failed)
        self._lay_out()

    @property
    def chosen(self) -> tuple[TutorRow, ...]:
        """The tutors who are ticked."""
        return tuple(row for row in self.board.rows if row.pay.tutor_id in self._ticks)

    def show_proposed(self, found: Proposed, ticks: frozenset[int]) -> None:
        """Show what a run would pay, with those ticks that still hold."""
        payable = {row.tutor_id for row in found.table.rows}
        self._ticks = (ticks | self._ticks) & payable
        self.exceptions.show_found(found.table.exceptions, found.tutors.names)
        explain = partial(self._tools.office.pay_book.explain_draft, found.of)
        self.board.show_table(found.table, explain, found.tutors.colours, self._ticks)
        self.tick_all.setEnabled(bool(payable))

    def tick_unflagged(self) -> None:
        """Tick every tutor of whom nothing was pointed out."""
        plain = {row.pay.tutor_id for row in self.board.rows if not row.exceptions}
        self._set(self._ticks | plain)

    def tick_current(self) -> None:
        """Tick the chosen tutor, or take the tick away."""
        row = self.board.table.current()
        if row is not None:
            self._set(self._ticks ^ {row.pay.tutor_id})

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.exceptions.fit(3 if event.size().height() >= scaled(ROOMY) else 1)

    def _lay_out(self) -> None:
        bar = across(self.tick_all, self.tick, 0, margins=(16, 8, 16, 8))
        card = QFrame()
        card.setProperty("frame", "surface")
        column = down(holder(bar), HairLine(), self.board, spacing=0)
        column.setStretch(2, 1)
        card.setLayout(column)
        self._first = holder(across(self.exceptions, margins=(16, 16, 16, 16)))
        column = down(self._first, card, spacing=0)
        column.setStretch(1, 1)
        self.setLayout(column)

    def _set(self, ticks: frozenset[int]) -> None:
        self._ticks = frozenset(ticks)
        self.board.tick(self._ticks)
        self._on_current(self.board.table.current())
        self.ticked.emit()

    def _on_current(self, found: object) -> None:
        self._first.setVisible(not self.exceptions.isHidden())
        on = isinstance(found, TutorRow) and found.is_ticked
        self.tick.setText(_("Uncheck this tutor") if on else _("Check this tutor"))

    def _on_opened(self, _row: object) -> None:
        self.tick_current()

    def _on_chosen(self, found: Found) -> None:
        self.board.table.select(found.tutor_id)
        for amount in self.board.pay.amounts.model.rows:
            if any(line.question for line in amount.lines):
                self.board.pay.amounts.select(amount.place)
                return

    def _on_failed(self, error: OfficeError) -> None:
        self.failed.emit(error)
