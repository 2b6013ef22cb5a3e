"""The record of a student or a family: head, tabs and what each tab shows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QTabBar, QWidget

from app.services.billing.ledger import DocumentRow
from app.services.scheduling.cards import SessionCard
from app.text import _
from app.views.lists import DocumentsTable, SessionsTable
from app.views.sizing import never_squeeze
from app.views.students.head import RecordHead
from app.views.students.overview import Overview
from app.views.students.people import People
from app.views.students.reading import Record
from app.views.tools import Link, Place, Tools
from app.views.typography import set_role
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import HairLine

OVERVIEW, SESSIONS, PEOPLE, BILLING = range(4)


class RecordView(QWidget):
    """Shows a record in four tabs.

    Signals:
        went: A place is wanted; carries its Link.
        booked: A session is to be booked.
        edited: Somebody is to be changed; carries the row.
        added: Somebody is to be added; carries student, guardian or payer.
    """

    went = Signal(object)
    booked = Signal()
    edited = Signal(object)
    added = Signal(str)

    def __init__(self, tools: Tools, more: QAction) -> None:
        super().__init__()
        self.head = RecordHead(tools, more)
        self.head.booked.connect(self.booked)
        self.head.billed.connect(self._on_billed)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Parts of the record"))
        for name in (_("Overview"), _("Sessions"), _("People"), _("Billing")):
            self.tabs.addTab(name)
        set_role(self.tabs, "medium")
        self.overview = Overview(tools)
        self.overview.went.connect(self.went)
        self.sessions = SessionsTable(tools.formats, tools.state)
        self.sessions.opened.connect(self._on_session)
        self.people = People()
        self.people.edited.connect(self.edited)
        self.people.added.connect(self.added)
        self.documents = DocumentsTable(tools.formats, tools.state)
        self.documents.opened.connect(self._on_document)
        self._lay_out()

    def show_record(self, record: Record) -> None:
        """Show a record in every tab."""
        self.head.show_record(record)
        self.overview.show_record(record)
        self.people.show_record(record)
        self.sessions.show_rows(record.sessions)
        self.documents.show_rows(record.documents)

    def _lay_out(self) -> None:
        self.parts = QStackedWidget()
        for part in (self.overview, self.sessions, self.people, self.documents):
            is_table = part in {self.sessions, self.documents}
            self.parts.addWidget(part if is_table else _scrolled(part))
        self.tabs.currentChanged.connect(self._on_tab)
        bar = holder(across(self.tabs, 0, margins=(20, 0, 24, 0)))
        top = QFrame()
        top.setProperty("frame", "surface")
        top.setLayout(down(self.head, bar, HairLine(), spacing=0))
        self.setLayout(down(top, self.parts, spacing=0))

    def _on_tab(self, number: int) -> None:
        self.parts.setCurrentIndex(number)

    def _on_billed(self) -> None:
        self.tabs.setCurrentIndex(BILLING)

    def _on_session(self, card: SessionCard) -> None:
        self.went.emit(Link(Place.CALENDAR, "session", card.session_id))

    def _on_document(self, row: DocumentRow) -> None:
        self.went.emit(Link(Place.INVOICES, "document", row.document_id))


def _scrolled(widget: QWidget) -> QScrollArea:
    never_squeeze(widget)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(widget)
    return area
