"""One tutor's pay: its amounts, and beside them what the chosen one is made of."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSplitter, QWidget

from app.services.payroll.explaining import Explained, PaidLine
from app.text import _, ngettext
from app.views.payroll.columns import AmountColumns, LineColumns
from app.views.payroll.rows import AmountRow, amount_rows
from app.views.tables.view import DataTable
from app.views.tools import Link, Place, Tools
from app.views.typography import label
from app.views.widgets.buttons import Button, IconButton
from app.views.widgets.feedback import Banner
from app.views.widgets.labels import Avatar, ElideLabel, Pill, Rule
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import HairLine


class TutorPay(QWidget):
    """Opens every amount of a tutor's pay down to its sessions.

    Attributes:
        buttons: room for what can be done with this tutor's pay.

    Signals:
        went: To a session; carries a Link.
        answered: A question is to be answered; carries the PaidLine.
        line_chosen: Another line is the current one; carries it, or none.
    """

    went = Signal(object)
    answered = Signal(object)
    line_chosen = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._question: PaidLine | None = None
        formats, state = tools.formats, tools.state
        self.amounts: DataTable[AmountRow] = DataTable(
            AmountColumns(formats).all(),
            key=_place,
            noun=(_("amount"), _("amounts")),
            name="pay-amounts",
            state=state,
            footer=False,
        )
        self.lines: DataTable[PaidLine] = DataTable(
            LineColumns(formats).all(),
            key=_line_key,
            noun=(_("line"), _("lines")),
            name="pay-lines",
            state=state,
            footer=False,
        )
        self.lines.set_density("compact")
        self.avatar = Avatar("", "slate", 32)
        self._name = ElideLabel("", "panel")
        self._flag = Pill("")
        self.buttons = across()
        self._title = ElideLabel("", "strong")
        self._sum = label("", "body", "accent", tabular=True)
        self._count = label("", "body", "text2", tabular=True)
        self._open = IconButton("calendar", _("Open session"), _("Enter"), 28)
        self.answer = Button(_("Answer…"), compact=True)
        self._banner = Banner("", "info")
        self._lay_out()
        self._open.clicked.connect(self._on_open)
        self.answer.clicked.connect(self._on_answer)
        self.amounts.current_changed.connect(self._on_amount)
        self.lines.current_changed.connect(self._on_line)
        self.lines.opened.connect(self._on_opened)

    def show_tutor(self, name: str, initials: str, hue: str) -> None:
        """Say whose pay it is."""
        self._name.setText(name)
        self.avatar.show_person(initials, hue)
        self.avatar.setVisible(bool(initials))

    def show_flag(self, words: str, tone: str) -> None:
        """Say what is to be looked at."""
        self._flag.setVisible(bool(words))
        self._flag.show_word(words, tone)

    def show_explained(self, found: Explained | None) -> None:
        """Show what the pay is made of, keeping the chosen amount."""
        rows = () if found is None else amount_rows(found, self._tools.formats)
        self.amounts.show_rows(rows)
        if self.amounts.current() is None and rows:
            self.amounts.select(rows[0].place)
        self._on_amount(self.amounts.current())

    def _lay_out(self) -> None:
        head = across(
            self.avatar,
            self._name,
            self._flag,
            0,
            self.buttons,
            spacing=12,
            margins=(16, 8, 16, 8),
        )
        left = QFrame()
        left.setProperty("frame", "surface")
        column = down(head, self.amounts, spacing=0)
        column.setStretch(1, 1)
        left.setLayout(column)
        title = across(
            self._title,
            self._sum,
            0,
            self._count,
            self._open,
            spacing=12,
            margins=(16, 12, 12, 12),
        )
        said = across(self._banner, self.answer, margins=(16, 0, 16, 8))
        self._said = holder(said)
        said.setStretch(0, 1)
        right = QFrame()
        right.setProperty("frame", "surface")
        column = down(title, self._said, self.lines, spacing=0)
        column.setStretch(2, 1)
        right.setLayout(column)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([520, 640])
        split.setChildrenCollapsible(False)
        self.setLayout(down(HairLine(), split, Rule(), spacing=0))

    def _on_amount(self, found: object) -> None:
        row = found if isinstance(found, AmountRow) else None
        lines = row.lines if row else ()
        self._title.setText(row.label if row else "")
        self._sum.setText(self._sum_words(row) if row else "")
        words = ngettext("{count} line", "{count} lines", len(lines))
        self._count.setText(words.format(count=len(lines)) if lines else "")
        self.lines.show_rows(lines)
        if lines:
            self.lines.select(_line_key(lines[0]))
        asked = next((line for line in lines if line.question), None)
        self._question = asked
        self._said.setVisible(asked is not None)
        if asked is not None:
            day = self._tools.formats.date(asked.service_on)
            words = _("Asked about {day}: “{question}”")
            self._banner.say(words.format(day=day, question=asked.question))
        self._on_line(self.lines.current())

    def _sum_words(self, row: AmountRow) -> str:
        amount = self._tools.formats.amount(row.amount)
        return f"{row.sum} = {amount}" if row.sum and row.lines else amount

    def _on_line(self, found: object) -> None:
        can_open = isinstance(found, PaidLine) and found.session_id is not None
        self._open.setEnabled(can_open)
        self.line_chosen.emit(found)

    def _on_opened(self, _row: object) -> None:
        self._on_open()

    def _on_open(self) -> None:
        line = self.lines.current()
        if line is not None and line.session_id is not None:
            self.went.emit(Link(Place.CALENDAR, "session", line.session_id))

    def _on_answer(self) -> None:
        if self._question is not None:
            self.answered.emit(self._question)


def _place(row: AmountRow) -> int:
    return row.place


def _line_key(row: PaidLine) -> int:
    return row.line_id
