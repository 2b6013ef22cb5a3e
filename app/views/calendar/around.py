"""What opens beside the timetable: new sessions, free times, the menu of a session."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from app.text import _, ngettext
from app.views.calendar.blocks import Block, Look
from app.views.calendar.deeds import CalendarDeeds
from app.views.calendar.entering import Entering
from app.views.calendar.finding import Finding
from app.views.calendar.hovering import HoverCards
from app.views.calendar.printing import CalendarPrinting
from app.views.calendar.scene import Scene
from app.views.calendar.turning import Sheet
from app.views.calendar.views import View


class Around(QWidget):
    """Opens these, one at a time; shows the card of a session, and what is printed.

    Signals:
        said: Something was booked, moved or printed; carries a Word.
    """

    said = Signal(object)

    def __init__(
        self, sheet: Sheet, deeds: CalendarDeeds, commands: Sequence[QAction]
    ) -> None:
        super().__init__(sheet.body())
        self.hide()
        self._sheet, self._commands = sheet, list(commands)
        self.entering = Entering(sheet, self)
        self.finding = Finding(sheet, self)
        self.hovering = HoverCards(sheet, self)
        self.printing = CalendarPrinting(sheet, self)
        self.printing.said.connect(self.said)
        self.entering.said.connect(self.said)
        self.finding.said.connect(self.said)
        deeds.book_asked.connect(self.entering.open_at)
        deeds.line_asked.connect(self.entering.ask_line)
        deeds.find_asked.connect(self.finding.find)
        sheet.canvas.menu_asked.connect(self._on_menu)
        sheet.canvas.hands.listed.connect(self.show_list)

    def leave(self) -> None:
        """Take away what belongs to the days that were shown."""
        self.hovering.leave()
        self.entering.leave()

    def show_list(self, blocks: Sequence[Block], where: QPoint) -> QMenu:
        """List the sessions that had no room; choosing one selects it."""
        menu = QMenu(self)
        for block in blocks:
            action = menu.addAction(f"{block.times}  {block.titles[0]}")
            action.setData(block.session_id)
        if blocks and self._sheet.canvas.scene.table is not None:
            menu.addSeparator()
            menu.addAction(_("Show the day")).setData(blocks[0].day.isoformat())
        menu.triggered.connect(self._on_listed)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)
        return menu

    def _on_listed(self, action: QAction) -> None:
        chosen = action.data()
        if isinstance(chosen, str):
            self._sheet.go(date.fromisoformat(chosen))
            self._sheet.show_view(View.DAY)
        else:
            self._sheet.canvas.select(int(chosen))

    def _on_menu(self, _session_id: int, where: QPoint) -> None:
        """Offer what can be done with what is selected, or at a free time."""
        menu = QMenu(self)
        menu.addActions(self._commands)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)


def note_of(scene: Scene) -> str:
    """Say in one line what is shown."""
    numbers = {one.block.session_id: one.block for one in scene.placed}
    for count in scene.counts:
        numbers |= {one.session_id: one for one in count.blocks}
    shown = [one for one in numbers.values() if one.look is not Look.CANCELLED]
    clashes = sum(one.is_clash for one in shown)
    waiting = sum(one.look is Look.TO_CLOSE for one in shown)
    words = ngettext("{count} session", "{count} sessions", len(shown))
    parts = [words.format(count=len(shown))]
    if clashes:
        text = ngettext("{count} clash", "{count} clashes", clashes)
        parts.append(text.format(count=clashes))
    if waiting:
        parts.append(_("{count} to close out").format(count=waiting))
    return " \N{MIDDLE DOT} ".join(parts)
