"""What stands at the right of the calendar: the session that is chosen, or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from app.models.values.errors import OfficeError
from app.views.calendar.allowing import allow, blocks_chosen
from app.views.calendar.blocks import Block
from app.views.calendar.inspector import Looked, look_at
from app.views.calendar.several_panel import SeveralPanel
from app.views.calendar.turning import Sheet
from app.views.widgets.feedback import Popover


class Side(QObject):
    """Shows what is chosen, and lets only those commands be used that can.

    Signals:
        noted: Something could not be shown, and why.
    """

    noted = Signal(str)

    def __init__(
        self,
        sheet: Sheet,
        commands: Mapping[str, Sequence[QAction]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._sheet, self._commands = sheet, commands
        self.several = SeveralPanel(sheet.tools.formats)
        self.several.hide()
        sheet.canvas.chosen.connect(self.show_chosen)
        sheet.canvas.hands.rested.connect(self.show_chosen)
        sheet.panel.closed.connect(self._on_closed)
        self.several.closed.connect(self._on_closed)
        keys = sheet.canvas.keys
        keys.before.append(self._close_popover)
        keys.after.append(self._clear_filters)
        self._allow(())

    @property
    def is_office(self) -> bool:
        """Say whether the office sits at the desk, and no tutor."""
        return self._sheet.tools.office.actor.is_office

    def show_chosen(self) -> None:
        """Show what is chosen, once the grid may move under the hand."""
        canvas = self._sheet.canvas
        if canvas.hands.is_busy:
            return
        self.look_again()
        if len(canvas.selected) != 1:
            self._sheet.panel.hide()
        self.several.setVisible(len(canvas.selected) > 1)

    def look_again(self) -> None:
        """Read and show once more what is chosen."""
        sheet = self._sheet
        canvas, reading = sheet.canvas, sheet.reading
        chosen = blocks_chosen(canvas.scene, canvas.selected)
        self._allow(chosen)
        if reading is None or not chosen:
            return
        if len(canvas.selected) > 1:
            self.several.show_chosen(chosen, reading, is_office=self.is_office)
            return
        homes = {one.student_id: one.household_id for one in reading.students}
        work = partial(look_at, sheet.tools.office, canvas.selected[0], homes)
        sheet.tools.jobs.run(self, work, done=self._on_looked, failed=self._on_gone)

    def begin(self) -> None:
        """Put the cursor where all that is chosen is changed."""
        if self.several.tutor.isEnabled():
            self.several.tutor.setFocus()

    def _allow(self, chosen: Sequence[Block]) -> None:
        allow(self._commands, chosen, is_office=self.is_office)

    def _on_looked(self, looked: Looked) -> None:
        sheet = self._sheet
        number = looked.face.detail.card.session_id
        if sheet.reading is not None and sheet.canvas.selected == (number,):
            sheet.panel.show_looked(looked, sheet.reading, sheet.tools.clock.now())
            sheet.panel.show()

    def _on_gone(self, error: OfficeError) -> None:
        self._sheet.panel.hide()
        self.noted.emit(str(error))

    def _close_popover(self) -> bool:
        """Close what floats over the grid, and say whether there was anything."""
        floating = self._sheet.body().findChildren(Popover)
        shown = [one for one in floating if one.isVisible()]
        for one in shown[-1:]:
            one.dismiss()
        return bool(shown)

    def _clear_filters(self) -> bool:
        """Show everything again, and say whether something was hidden."""
        was_narrowed = self._sheet.asked().choice.is_narrowed
        if was_narrowed:
            self._sheet.clear_filters()
        return was_narrowed

    def _on_closed(self) -> None:
        self._sheet.panel.hide()
        self.several.hide()
        self._sheet.canvas.setFocus()
