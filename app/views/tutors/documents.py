"""The tab of papers: what a tutor has handed in, and when it runs out."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QWidget

from app.models.values.errors import OfficeError
from app.services.people.tutor_requests import AddDocument, DocumentRow
from app.text import _
from app.views import icons
from app.views.form_dialog import RequestDialog
from app.views.formats import Formats
from app.views.tables.columns import Column
from app.views.tables.view import DataTable
from app.views.tools import Tools, Word
from app.views.tutors.reading import SOON, TutorRecord
from app.views.typography import set_role
from app.views.widgets.buttons import Button
from app.views.widgets.cards import FormRow
from app.views.widgets.inputs import ComboBox, DateEdit
from app.views.widgets.laying import across, down, holder

FIELDS = 88


class PapersTable(DataTable[DocumentRow]):
    """The papers of a tutor, with what is about to run out."""

    def __init__(self, tools: Tools, today: date) -> None:
        self._office_formats: Formats = tools.formats
        self._today = today
        super().__init__(
            (
                Column("kind", _("Paper"), _kind, "strong", width=140, stretch=True),
                Column("minors", _("Needed for minors"), _minors, width=124),
                Column("on", _("Issued"), self._issued, "date", _issued_on, width=104),
                Column(
                    "until", _("Expires"), self._expires, "date", _expires_on, width=104
                ),
                Column(
                    "state",
                    _("State"),
                    self._state_word,
                    "pill",
                    sort_by=_expires_on,
                    width=112,
                    tone=self._tone,
                ),
            ),
            key=_document_id,
            noun=(_("paper"), _("papers")),
            name="tutor-papers",
            state=tools.state,
            formats=tools.formats,
        )

    def _issued(self, row: DocumentRow) -> str:
        return self._office_formats.date(row.issued_on)

    def _expires(self, row: DocumentRow) -> str:
        return self._office_formats.date(row.expires_on)

    def _state_word(self, row: DocumentRow) -> str:
        if row.expires_on is None:
            return _("Valid")
        left = (row.expires_on - self._today).days
        if left < 0:
            return _("Expired")
        return _("{n} days left").format(n=left) if left <= SOON else _("Valid")

    def _tone(self, row: DocumentRow) -> str:
        if row.expires_on is None or row.expires_on > self._today + timedelta(SOON):
            return "ok"
        return "err" if row.expires_on < self._today else "warn"


class Papers(QWidget):
    """Shows, adds and archives a tutor's papers.

    Signals:
        said: Something was done; carries the word.
    """

    said = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._record: TutorRecord | None = None
        today = tools.formats.local(tools.clock.now()).date()
        self.table = PapersTable(tools, today)
        self.add = Button(_("Add paper…"), "plus")
        self.add.clicked.connect(self.ask)
        self.archive = Button(_("Archive paper"), "inbox")
        self.archive.clicked.connect(self.put_away)
        act = QAction(_("Archive paper"), self)
        icons.set_name(act, "inbox")
        act.triggered.connect(self.put_away)
        self.table.set_actions([act])
        self.table.current_changed.connect(self._on_current)
        bar = across(0, self.archive, self.add, margins=(24, 12, 24, 12))
        self.setLayout(down(holder(bar), self.table, spacing=0))
        self.archive.setEnabled(False)

    def show_record(self, record: TutorRecord) -> None:
        """Show a tutor's papers."""
        self._record = record
        self.table.show_rows(record.papers)
        self.archive.setEnabled(self.table.current() is not None)

    def ask(self) -> None:
        """Ask for a paper."""
        if self._record is not None:
            tutor_id = self._record.row.tutor_id
            dialog = PaperDialog(self._tools, tutor_id, self)
            dialog.succeeded.connect(self._on_added)
            dialog.open()

    def put_away(self) -> None:
        """Take the current paper out of use."""
        row = self.table.current()
        if row is not None:
            archive = self._tools.office.tutors.archive_document
            work = partial(archive, row.document_id, row.version)
            run = self._tools.jobs.run
            run(self, work, done=self._on_archived, failed=self._on_refused)

    def _on_current(self, row: DocumentRow | None) -> None:
        self.archive.setEnabled(row is not None)

    def _on_added(self, _row_id: object) -> None:
        self.said.emit(Word(_("The paper was added."), can_undo=True))

    def _on_archived(self, _nothing: object) -> None:
        self.said.emit(Word(_("The paper was archived."), can_undo=True))

    def _on_refused(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))


class PaperDialog(RequestDialog[AddDocument, int]):
    """Asks for a tutor's paper."""

    def __init__(self, tools: Tools, tutor_id: int, parent: QWidget) -> None:
        add = tools.office.tutors.add_document
        title, verb = _("Add paper"), _("Add paper")
        super().__init__(title, tools.jobs, add, parent, verb=verb)
        self._tutor_id = tutor_id
        today = tools.formats.local(tools.clock.now()).date()
        self.kind = ComboBox(
            _("Background check"), _("Contract"), _("Certificate"), _("First aid")
        )
        self.kind.setEditable(True)
        self.issued = DateEdit(None, tools.formats, today)
        self.expires = DateEdit(None, tools.formats, today)
        self.minors = QCheckBox(_("Needed to teach minors"))
        set_role(self.minors, "body")
        self.kind_row = self.add_row(FormRow(_("Paper"), self.kind, label_width=FIELDS))
        self.issued_row = self.add_row(
            FormRow(_("Issued"), self.issued, optional=True, label_width=FIELDS)
        )
        self.expires_row = self.add_row(
            FormRow(_("Expires"), self.expires, optional=True, label_width=FIELDS)
        )
        self.form.addWidget(self.minors)
        self.kind.setFocus()

    def request(self) -> AddDocument | None:
        """Say what the paper is; nothing while a field is at fault."""
        kind = self.kind.currentText().strip()
        self.kind_row.set_error("" if kind else _("Name the paper."))
        faults = [self.issued.error(), self.expires.error()]
        self.issued_row.set_error(faults[0])
        self.expires_row.set_error(faults[1])
        if not kind or any(faults):
            return None
        return AddDocument(
            self._tutor_id,
            kind,
            self.issued.day,
            self.expires.day,
            for_minors=self.minors.isChecked(),
        )


def _document_id(row: DocumentRow) -> int:
    return row.document_id


def _kind(row: DocumentRow) -> str:
    return row.kind


def _minors(row: DocumentRow) -> str:
    return _("yes") if row.for_minors else ""


def _issued_on(row: DocumentRow) -> date | None:
    return row.issued_on


def _expires_on(row: DocumentRow) -> date | None:
    return row.expires_on
