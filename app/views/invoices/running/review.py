"""Page 2 of an invoice run: what to look at first, the list, and each document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from app.text import _
from app.views.formats import Formats
from app.views.invoices.running.looking import (
    ReviewRow,
    RunLook,
    problems_of,
    review_rows,
)
from app.views.invoices.running.problems import MOST, ProblemCard
from app.views.papers.large import LargePaper
from app.views.papers.preview import PaperView
from app.views.sizing import fix_width
from app.views.tables.columns import Column
from app.views.tables.view import DataTable
from app.views.tools import Tools
from app.views.typography import scaled
from app.views.widgets.buttons import IconButton
from app.views.widgets.labels import ElideLabel
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import Line

PAPER = 400
ROOMY, WIDE = 640, 1000  # px from which everything fits
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class ReviewColumns:
    """What the list of a run shows."""

    formats: Formats

    def all(self) -> tuple[Column[ReviewRow], ...]:
        """List the columns in order."""
        total = f"{_('Total')} {self.formats.sign()}"
        return (
            Column("family", _("Family"), _family, "strong", width=140, stretch=True),
            Column("payer", _("Payer"), _payer, "muted", width=130, is_hidden=True),
            Column("students", _("Students"), _students, "muted", width=120),
            Column(
                "sessions",
                _("Sessions"),
                _sessions_text,
                "number",
                _sessions,
                width=84,
            ),
            Column("hours", _("Hours"), self._hours, "hours", _minutes, width=68),
            Column("change", _("Change %"), _change_text, "number", _change, width=88),
            Column(
                "total",
                total,
                self._total,
                "money",
                width=96,
                total=_total,
                currency=_currency,
            ),
            Column("flag", _("Check"), _flag, "pill", width=132, tone=_tone),
        )

    def _hours(self, row: ReviewRow) -> str:
        return self.formats.locale.hours(row.minutes)

    def _total(self, row: ReviewRow) -> str:
        if row.draft.currency == self.formats.currency:
            return self.formats.amount(row.total)
        return self.formats.money(row.total, row.draft.currency)


class ReviewPage(QWidget):
    """Exceptions first, then every document with the paper beside it.

    Signals:
        settled: Something was settled; the run is to be looked at again.
        went: Something is settled elsewhere; carries a Link.
        refused: Something could not be settled; carries the error.
    """

    settled = Signal()
    went = Signal(object)
    refused = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._look: RunLook | None = None
        self.problems = ProblemCard(tools)
        self.problems.settled.connect(self.settled)
        self.problems.went.connect(self.went)
        self.problems.refused.connect(self.refused)
        self.table: DataTable[ReviewRow] = DataTable(
            ReviewColumns(tools.formats).all(),
            key=_key,
            noun=(_("document"), _("documents")),
            name="invoice-run",
            state=tools.state,
            formats=tools.formats,
        )
        self.table.set_density("compact")
        self.table.current_changed.connect(self._on_current)
        self.table.opened.connect(self._on_large)
        self.paper = PaperView(tools)
        self.paper.opened.connect(self._on_large)
        self._make_head()
        self._lay_out()

    def show_look(self, look: RunLook) -> None:
        """Show what a run would issue, keeping the chosen document."""
        self._look = look
        self.problems.show_problems(problems_of(look.preview))
        rows = review_rows(look.preview)
        self.table.show_rows(rows)
        if self.table.current() is None and rows:
            self.table.select(_key(rows[0]))
        self._on_current(self.table.current())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size = event.size()
        self.problems.fit(MOST if size.height() >= scaled(ROOMY) else 2)
        self._side.setVisible(size.width() >= scaled(WIDE))

    def _make_head(self) -> None:
        self._name = ElideLabel("", "strong")
        self._note = Line("", "small", "text2")
        self._mail = Line("", "small", "text2")
        self._former = Line("", "small", "text2", tabular=True, right=True)
        self._up = IconButton("chevron-up", _("Previous document"), "↑", 28)
        self._down = IconButton("chevron-down", _("Next document"), "↓", 28)
        self._open = IconButton("external-link", _("Open large"), _("Enter"), 28)
        self._up.clicked.connect(self._on_up)
        self._down.clicked.connect(self._on_down)
        self._open.clicked.connect(self._on_large)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("frame", "card")
        card.setLayout(down(self.table, margins=(2, 2, 2, 2)))
        left = down(self.problems, card, spacing=16, margins=(16, 16, 16, 16))
        left.setStretch(1, 1)
        head = across(self._name, self._note, self._up, self._down, self._open)
        head.setStretch(1, 1)
        foot = across(self._mail, self._former)
        right = down(head, self.paper, foot, margins=(0, 16, 16, 12))
        right.setStretch(1, 1)
        self._side = holder(right)
        fix_width(self._side, PAPER)
        row = across(holder(left), self._side, spacing=0)
        row.setStretch(0, 1)
        self.setLayout(row)

    def _on_current(self, found: object) -> None:
        if not isinstance(found, ReviewRow) or self._look is None:
            self._name.setText("")
            self._note.say("")
            self._mail.say("")
            self._former.say("")
            self.paper.show_words(_("Nothing is billed for this period."))
            return
        draft = found.draft
        self._name.setText(draft.payer)
        self._note.say(_("Draft"))
        self._mail.say(draft.email or _("No e-mail address; print it"))
        former = ""
        if draft.former is not None:
            money = self._tools.formats.money(draft.former, draft.currency)
            former = _("Last invoice {money}").format(money=money)
        self._former.say(former)
        previews = self._tools.office.previews
        self.paper.show_job(partial(previews.draft, self._look.of, draft.payer_id))

    def _on_up(self) -> None:
        self._step(-1)

    def _on_down(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        current, rows = self.table.current(), self.table.model.rows
        if current is not None:
            place = self.table.model.place_of(_key(current)) + step
            if 0 <= place < len(rows):
                self.table.select(_key(rows[place]))

    def _on_large(self) -> None:
        paper, row = self.paper.paper, self.table.current()
        if paper is not None and row is not None:
            name = _("Draft for {payer}").format(payer=row.draft.payer)
            large = LargePaper(self.window(), self._tools, name, f"{name}.pdf")
            large.view.show_paper(paper)
            large.open()


def _key(row: ReviewRow) -> int:
    return row.draft.payer_id


def _family(row: ReviewRow) -> str:
    return row.draft.household


def _payer(row: ReviewRow) -> str:
    return row.draft.payer


def _students(row: ReviewRow) -> str:
    return row.students


def _sessions(row: ReviewRow) -> int:
    return row.sessions


def _sessions_text(row: ReviewRow) -> str:
    return str(row.sessions)


def _minutes(row: ReviewRow) -> int:
    return row.minutes


def _change(row: ReviewRow) -> int:
    return row.change or 0


def _change_text(row: ReviewRow) -> str:
    if row.change is None:
        return ""
    sign = "+" if row.change > 0 else MINUS if row.change < 0 else ""
    return f"{sign}{abs(row.change)}"


def _total(row: ReviewRow) -> int:
    return row.total


def _currency(row: ReviewRow) -> str:
    return row.draft.currency


def _flag(row: ReviewRow) -> str:
    return row.flag


def _tone(row: ReviewRow) -> str:
    return row.tone
