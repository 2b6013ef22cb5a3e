"""The inspector of an invoice: the document itself, its lines, and what settled it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedWidget

from app.services.billing.ledger import LineRow
from app.services.billing.requests import InvoiceRunOf
from app.services.billing.settlements import Settlement
from app.services.office import Office
from app.text import _
from app.views.invoices.lines import LineColumns, SettlementColumns
from app.views.invoices.paying import today_of
from app.views.invoices.rows import TONES, InvoiceRow, last_month, status_of
from app.views.papers.preview import PaperView
from app.views.sizing import fix_width
from app.views.tables.view import DataTable
from app.views.tools import Link, Place, Tools
from app.views.widgets.buttons import Button, IconButton, Segmented
from app.views.widgets.labels import ElideLabel, Pill, SectionLabel
from app.views.widgets.laying import across, down
from app.views.widgets.rows import Line

WIDTH = 336


@dataclass(frozen=True, slots=True)
class Details:
    """What belongs to an issued document."""

    lines: tuple[LineRow, ...]
    settled: tuple[Settlement, ...]


def read_details(office: Office, document_id: int) -> Details:
    """Read lines and settlements of a document."""
    ledger = office.ledger
    return Details(ledger.lines(document_id), ledger.settlements(document_id))


class InvoiceInspector(QFrame):
    """Shows the chosen invoice as it is printed, with its lines and payments.

    Signals:
        went: To a session, a family or the journal; carries a Link.
        closed: The person does not want to see it.
        large: The document is wanted large.
        taken_back: A payment is to be taken back; carries the Settlement.
        account: The payer's account is wanted.
    """

    went = Signal(object)
    closed = Signal()
    large = Signal()
    taken_back = Signal(object)
    account = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._row: InvoiceRow | None = None
        self._asked = 0
        self.setProperty("frame", "right")
        fix_width(self, WIDTH)
        self.paper = PaperView(tools)
        self.paper.opened.connect(self.large)
        self._make_head()
        self._make_lists()
        self._lay_out()
        self.show_row(None)

    @property
    def row(self) -> InvoiceRow | None:
        """The invoice that is shown."""
        return self._row

    def show_row(self, row: InvoiceRow | None) -> None:
        """Show an invoice, a draft, or that none is chosen."""
        self._row = row
        self._asked += 1
        self._family.setVisible(row is not None)
        self._tabs.setEnabled(row is not None)
        self._history.setEnabled(row is not None and not row.is_draft)
        if row is None:
            self._title.setText(_("No invoice chosen"))
            self._pill.hide()
            self._money.say("")
            self.paper.show_words(_("Choose an invoice to see it here."))
            self.lines.show_rows(())
            self.settled.show_rows(())
            return
        self._show_head(row)
        self._read(row)

    def show_tab(self, place: int) -> None:
        """Show document, lines or payments."""
        self._stack.setCurrentIndex(place)
        self._tabs.choose(self._names[place])

    def _make_head(self) -> None:
        self._title = ElideLabel("", "panel")
        self._pill = Pill("")
        self._family = Button("", kind="link", compact=True)
        self._family.clicked.connect(self._on_family)
        self._money = Line("", "body", "text2", tabular=True)
        self._close = IconButton("x", _("Close inspector"), "Ctrl+I", 28)
        self._close.clicked.connect(self.closed)
        self._history = IconButton("history", _("Who changed this"), "", 28)
        self._history.clicked.connect(self._on_history)
        self._large = IconButton("external-link", _("Open large"), _("Enter"), 28)
        self._large.clicked.connect(self.large)
        self._names = (_("Document"), _("Lines"), _("Payments"))
        self._tabs = Segmented(self._names, self._names[0])
        self._tabs.chosen.connect(self._on_tab)

    def _make_lists(self) -> None:
        formats, state = self._tools.formats, self._tools.state
        currency = formats.currency
        self.lines: DataTable[LineRow] = DataTable(
            LineColumns(formats, currency).all(),
            key=_line_id,
            noun=(_("line"), _("lines")),
            name="invoice-lines",
            state=state,
            footer=False,
        )
        self.lines.opened.connect(self._on_line)
        self.settled: DataTable[Settlement] = DataTable(
            SettlementColumns(formats, currency).all(),
            key=hash,
            noun=(_("payment"), _("payments")),
            name="invoice-payments",
            state=state,
            footer=False,
        )
        self.settled.current_changed.connect(self._on_settlement)
        self._session = Button(_("Open session"), "calendar")
        self._session.clicked.connect(self._on_session)
        self._back = Button(_("Take payment back…"), "undo-2")
        self._back.clicked.connect(self._on_back)
        self._account = Button(_("Account…"), "wallet")
        self._account.clicked.connect(self.account)

    def _lay_out(self) -> None:
        inset = (16, 0, 16, 0)
        head = across(
            SectionLabel(_("Invoice")),
            0,
            self._large,
            self._history,
            self._close,
            spacing=4,
            margins=(16, 0, 12, 0),
        )
        title = across(self._title, self._pill, 0, margins=inset)
        family = across(self._family, self._money, 8, margins=(12, 0, 16, 0))
        self._stack = QStackedWidget()
        pages = QFrame()
        pages.setLayout(down(self.paper, margins=inset))
        lines = QFrame()
        bar = across(self._session, 0, margins=inset)
        lines.setLayout(down(self.lines, bar))
        paid = QFrame()
        bar = across(self._back, self._account, 0, margins=inset)
        paid.setLayout(down(self.settled, bar))
        for page in (pages, lines, paid):
            self._stack.addWidget(page)
        tabs = across(self._tabs, 0, margins=inset)
        self.setLayout(
            down(head, title, family, tabs, self._stack, margins=(0, 12, 0, 16))
        )

    def _show_head(self, row: InvoiceRow) -> None:
        title = _("Draft") if row.is_draft else row.number
        self._title.setText(title)
        self._pill.show()
        self._pill.show_word(status_of(row), TONES[row.standing])
        self._family.setText(row.household.replace("&", "&&"))
        self._family.setAccessibleName(_("Open {name}").format(name=row.household))
        formats = self._tools.formats
        total = formats.money(row.total, row.currency)
        words = _("{total} · {open} open")
        if row.is_draft or not row.open:
            words = "{total}"
        left = formats.money(row.open, row.currency)
        self._money.say(words.format(total=total, open=left))
        self.setAccessibleName(_("Invoice: {title}").format(title=title))
        self._back.setEnabled(False)

    def _read(self, row: InvoiceRow) -> None:
        previews = self._tools.office.previews
        if not row.is_draft:
            self.paper.show_job(partial(previews.document, row.document_id))
            self._tools.jobs.run(
                self,
                partial(read_details, self._tools.office, row.document_id),
                done=partial(self._on_read, self._asked),
            )
            return
        today = today_of(self._tools)
        first, last = last_month(today)
        of = InvoiceRunOf(first, last, today)
        self.paper.show_job(partial(previews.draft, of, row.payer_id))
        self.lines.show_rows(())
        self.settled.show_rows(())

    def _on_read(self, asked: int, details: Details) -> None:
        if asked == self._asked:
            self.lines.show_rows(details.lines)
            self.settled.show_rows(details.settled)
            if details.settled:
                self.settled.select(hash(details.settled[-1]))
            self._on_settlement(self.settled.current())
            self._session.setEnabled(any(line.session_id for line in details.lines))

    def _on_tab(self, name: str) -> None:
        self._stack.setCurrentIndex(self._names.index(name))

    def _on_family(self) -> None:
        if self._row is not None:
            self.went.emit(Link(Place.STUDENTS, "household", self._row.household_id))

    def _on_history(self) -> None:
        if self._row is not None:
            self.went.emit(Link(Place.JOURNAL, "document", self._row.document_id))

    def _on_session(self) -> None:
        self._go_to(self.lines.current() or next(iter(self.lines.model.rows), None))

    def _on_line(self, line: object) -> None:
        self._go_to(line)

    def _go_to(self, line: object) -> None:
        if isinstance(line, LineRow) and line.session_id:
            self.went.emit(Link(Place.CALENDAR, "session", line.session_id))

    def _on_settlement(self, row: object) -> None:
        self._back.setEnabled(
            isinstance(row, Settlement)
            and row.payment_id is not None
            and not row.is_undone
        )

    def _on_back(self) -> None:
        row = self.settled.current()
        if row is not None:
            self.taken_back.emit(row)


def _line_id(row: LineRow) -> int:
    return row.line_id
