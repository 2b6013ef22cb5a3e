"""The list of invoices: chips, filter, what to do with the ticked ones, inspector."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.text import _, ngettext
from app.views.invoices.columns import InvoiceColumns
from app.views.invoices.inspector import InvoiceInspector
from app.views.invoices.reading import Listed
from app.views.invoices.rows import InvoiceRow, sums_of
from app.views.invoices.standings import standing_chips
from app.views.sizing import fix_height
from app.views.tables.arranging import SortKey
from app.views.tables.view import DataTable
from app.views.tables.view_button import ViewButton
from app.views.tools import Tools
from app.views.typography import scaled
from app.views.widgets.buttons import Button
from app.views.widgets.feedback import BulkBar, EmptyState
from app.views.widgets.laying import across, down, holder
from app.views.widgets.panels import HeaderBar
from app.views.widgets.rows import HairLine

ROOMY = 1080  # px from which list and inspector fit beside each other


class InvoiceList(QWidget):
    """Every invoice, draft and credit note, and the chosen one beside them.

    Signals:
        chosen: Other rows are current or ticked.
        noted: What the status line says.
    """

    chosen = Signal()
    noted = Signal(str)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._rows: tuple[InvoiceRow, ...] = ()
        formats = tools.formats
        self.table: DataTable[InvoiceRow] = DataTable(
            InvoiceColumns(formats).all(),
            key=_key,
            noun=(_("invoice"), _("invoices")),
            name="invoices",
            state=tools.state,
            formats=formats,
            checkable=True,
        )
        self.table.sort_by(SortKey("number", is_descending=True))
        self.inspector = InvoiceInspector(tools)
        self._wants_inspector = tools.state.flag("invoices/inspector", default=True)
        self.inspector.closed.connect(self.toggle_inspector)
        self.chips = standing_chips()
        self.bulk = BulkBar()
        self.empty = EmptyState(
            "receipt",
            _("No invoices yet"),
            _("Invoices are made from the sessions that are closed out."),
            second=_("Start now"),
        )
        self.table.follow_chips(self.chips)
        self._make_header()
        self._lay_out()
        self.table.set_empty(self.empty)
        self.table.current_changed.connect(self._on_current)
        self.table.selection_changed.connect(self._on_selection)
        self.bulk.cleared.connect(self.table.clear_selection)

    def show_listed(self, listed: Listed) -> None:
        """Show what was read, keeping what is chosen and ticked."""
        self._rows = listed.rows
        self.table.show_rows(listed.rows)
        shown = self.table.model.rows  # none where the filter lets nothing through
        if self.table.current() is None and shown:
            self.table.select(self.table.model.key(shown[0]))
        self._note()
        self._on_selection()

    def show_document(self, document_id: int) -> None:
        """Choose a document, whatever is filtered."""
        if not self.table.select(document_id):
            self.search.clear()
            self.chips.choose("")
            self.table.select(document_id)
        self.table.setFocus()

    def choose_standing(self, standing: str) -> None:
        """Show only rows of a standing."""
        self.chips.choose(standing)

    def targets(self) -> Sequence[InvoiceRow]:
        """Give the rows that a command is for."""
        return self.table.targets()

    def toggle_inspector(self) -> None:
        """Show or hide the inspector."""
        shown = not self.inspector.isVisibleTo(self)
        self._wants_inspector = shown
        self._tools.state.keep_flag("invoices/inspector", value=shown)
        self._show_inspector(shown=shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was_roomy = event.oldSize().width() >= scaled(ROOMY)
        is_roomy = event.size().width() >= scaled(ROOMY)
        if was_roomy != is_roomy or event.oldSize().width() < 0:
            self._show_inspector(shown=self._wants_inspector and is_roomy)

    def _show_inspector(self, *, shown: bool) -> None:
        self.inspector.setVisible(shown)
        if shown:
            self._on_current(self.table.current())

    def _make_header(self) -> None:
        self.header = HeaderBar(_("Invoices"))
        self.search = self.header.add_search(_("Filter invoices"))
        self.table.follow(self.search)
        self.view = ViewButton(self.table, self._tools, _("Invoices"))
        self.more = Button(_("More"), "ellipsis")
        for button in (self.view, self.more):
            self.header.add_right(button)
        self.run = self.header.add_primary(_("Invoice run…"), "receipt")

    def _lay_out(self) -> None:
        chips = holder(across(self.chips, margins=(16, 0, 16, 0)))
        chips.setProperty("frame", "surface")
        self.bulk.set_resting(chips)
        fix_height(self.bulk, 48)
        body = across(self.table, self.inspector, spacing=0)
        body.setStretch(0, 1)
        column = down(self.header, self.bulk, HairLine(), body, spacing=0)
        column.setStretch(3, 1)
        self.setLayout(column)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _on_current(self, row: object) -> None:
        if self.inspector.isVisibleTo(self):
            self.inspector.show_row(row if isinstance(row, InvoiceRow) else None)
        self.chosen.emit()

    def _on_selection(self) -> None:
        rows = self.table.selected()
        if not rows:
            self.bulk.show_selection("")
        else:
            count = _("{count} selected").format(count=len(rows))
            self.bulk.show_selection(f"{count} · {self._open_words(rows)}")
        self.chosen.emit()

    def _open_words(self, rows: Sequence[InvoiceRow]) -> str:
        money = self._tools.formats.money
        sums = sums_of([row for row in rows if row.is_invoice], _open)
        parts = [money(amount, currency) for currency, amount in sums.items()]
        return _("{money} open").format(money=" + ".join(parts) or money(0))

    def _note(self) -> None:
        late = sum(bool(row.late) for row in self._rows)
        words = ngettext("{count} invoice", "{count} invoices", len(self._rows))
        drafts = sum(row.is_draft for row in self._rows)
        parts = [words.format(count=len(self._rows))]
        if drafts:
            words = ngettext("{n} draft among them", "{n} drafts among them", drafts)
            parts.append(words.format(n=drafts))
        parts.append(_("{late} overdue").format(late=late))
        open_ones = self._open_words(self._rows)
        self.noted.emit(" · ".join([*parts, open_ones]))


def _key(row: InvoiceRow) -> int:
    return row.key


def _open(row: InvoiceRow) -> int:
    return row.open
