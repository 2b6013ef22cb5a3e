"""The record of one tutor: the head, and its parts in tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QTabBar, QWidget

from app.services.scheduling.cards import SessionCard
from app.text import _
from app.views.tools import Link, Place, Tools
from app.views.tutors.availability import Availability
from app.views.tutors.documents import Papers
from app.views.tutors.head import TutorHead
from app.views.tutors.rates import Rates
from app.views.tutors.reading import TutorRecord
from app.views.tutors.sessions import SessionsTable
from app.views.tutors.subjects import Subjects
from app.views.typography import set_role
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import HairLine

AVAILABILITY, SUBJECTS, RATES, SESSIONS, PAPERS = range(5)
TABS = {
    "availability": AVAILABILITY,
    "subjects": SUBJECTS,
    "rates": RATES,
    "sessions": SESSIONS,
    "papers": PAPERS,
}


class RecordView(QWidget):
    """Shows everything about a tutor.

    Signals:
        said: Something was done; carries the word.
        went: Something else is to be shown; carries the link.
    """

    said = Signal(object)
    went = Signal(object)

    def __init__(self, tools: Tools, edit: QAction, more: QAction) -> None:
        super().__init__()
        self._tools = tools
        self._shown = 0
        self.head = TutorHead(edit, more)
        self._make_tabs()
        self._make_parts()
        bar = holder(across(self.tabs, 0, margins=(8, 0, 16, 0)))
        top = QFrame()
        top.setProperty("frame", "surface")
        top.setLayout(down(self.head, bar, HairLine(), spacing=0))
        self.setLayout(down(top, self.parts, spacing=0))

    def show_record(self, record: TutorRecord) -> None:
        """Show a tutor."""
        self.head.show_record(record)
        self.availability.show_record(record)
        self.subjects.show_record(record)
        self.rates.show_record(record)
        self.papers.show_record(record)
        self.sessions.show_rows(record.sessions)
        if record.row.tutor_id != self._shown:
            self._shown = record.row.tutor_id
            self.sessions.show_next(self._tools.clock.now())

    def _make_tabs(self) -> None:
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Parts of the record"))
        self.tabs.setExpanding(False)
        for name in (
            _("Availability"),
            _("Subjects && levels"),
            _("Rates"),
            _("Sessions"),
            _("Papers"),
        ):
            self.tabs.addTab(name)
        set_role(self.tabs, "medium")
        self.tabs.currentChanged.connect(self._on_tab)

    def _make_parts(self) -> None:
        tools = self._tools
        self.availability = Availability(tools)
        self.availability.drafted.connect(self._on_drafted)
        self.availability.went.connect(self.went)
        self.head.discard.clicked.connect(self.availability.discard)
        self.head.save.clicked.connect(self.availability.save)
        self.subjects = Subjects(tools)
        self.rates = Rates(tools)
        self.papers = Papers(tools)
        for part in (self.availability, self.subjects, self.rates, self.papers):
            part.said.connect(self.said)
        self.sessions = SessionsTable(tools.formats, tools.state)
        self.sessions.opened.connect(self._on_session)
        self.parts = QStackedWidget()
        parts: tuple[QWidget, ...] = (
            _scrolled(self.availability),
            _scrolled(self.subjects),
            self.rates,
            self.sessions,
            self.papers,
        )
        for widget in parts:
            self.parts.addWidget(widget)

    def _on_tab(self, number: int) -> None:
        self.parts.setCurrentIndex(number)
        self._on_drafted()

    def _on_drafted(self) -> None:
        is_begun = self.availability.draft is not None
        is_here = self.tabs.currentIndex() == AVAILABILITY
        words = self.availability.save_words
        self.head.show_draft(words, is_begun=is_begun and is_here)

    def _on_session(self, card: SessionCard) -> None:
        self.went.emit(Link(Place.CALENDAR, "session", card.session_id))


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    widget.setAutoFillBackground(False)  # the area turns it on
    area.viewport().setAutoFillBackground(False)
    return area
