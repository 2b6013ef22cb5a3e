"""The head of a record: who it is, alerts, whom to call, who pays, what is owed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.text import _
from app.views import theme
from app.views.formats import initials
from app.views.students.reading import Record
from app.views.tools import Tools
from app.views.typography import scaled
from app.views.widgets.buttons import Button, IconButton
from app.views.widgets.labels import Avatar, ElideLabel, Pill, Rule, SectionLabel
from app.views.widgets.laying import across, down, holder
from app.views.widgets.panels import empty

NARROW = 660  # px at a text size of 100 %


class _Contact(QWidget):
    """A name with a line to reach it by, which can be copied."""

    def __init__(self, caption: str, copying: str) -> None:
        super().__init__()
        self._name = ElideLabel("", "medium", least=32)
        self._line = ElideLabel("", "small", "text2", least=32)
        self.copy_button = IconButton("copy", copying, "", 24)
        self.copy_button.clicked.connect(self._on_copy)
        head = across(SectionLabel(caption), 0, self.copy_button, spacing=0)
        margins = (16, 8, 8, 12)
        self.setLayout(down(head, self._name, self._line, spacing=2, margins=margins))

    def show_contact(self, name: str, line: str) -> None:
        """Show somebody."""
        self._name.setText(name)
        self._line.setText(line)
        self._line.setToolTip(line)
        self.copy_button.setVisible(bool(line))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._line.text())


class RecordHead(QWidget):
    """Shows who a record is about.

    Signals:
        booked: A session is to be booked.
        billed: The family's invoices are wanted.
    """

    booked = Signal()
    billed = Signal()

    def __init__(self, tools: Tools, more: QAction) -> None:
        super().__init__()
        self._tools = tools
        self._disc = Avatar("", "slate", 48)
        self._name = ElideLabel("", "view")
        self._state = Pill("", "ok")
        self._line = ElideLabel("", "body", "text2", least=32)
        self._book = book = Button(_("Book session"), "calendar-plus")
        book.setAccessibleName(_("Book session"))
        book.setToolTip(_("Book session"))
        book.clicked.connect(self.booked)
        bills = Button(_("Invoices"), "receipt")
        bills.clicked.connect(self.billed)
        dots = IconButton("ellipsis", _("More"))
        dots.clicked.connect(more.trigger)
        names = down(across(self._name, self._state, 0, spacing=12), self._line)
        names.setSpacing(4)
        top = across(self._disc, names, 0, book, bills, dots, spacing=16)
        self._alerts = QHBoxLayout()
        self._alerts.setSpacing(8)
        self._call = _Contact(_("Call first"), _("Copy number"))
        self._payer = _Contact(_("Payer"), _("Copy address"))
        self._balance = _Contact(_("Family balance"), _("Copy amount"))
        card = QFrame()
        card.setProperty("frame", "card")
        row = across(spacing=0)
        for number, one in enumerate((self._call, self._payer, self._balance)):
            if number:
                row.addWidget(Rule(vertical=True))
            row.addWidget(one, 1)
        card.setLayout(row)
        alerts = holder(self._alerts)
        column = down(top, alerts, card, spacing=12, margins=(24, 16, 24, 4))
        self.setLayout(column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the name in a narrow window."""
        super().resizeEvent(event)
        is_narrow = self.width() < scaled(NARROW)
        self._book.setText(_("Book") if is_narrow else _("Book session"))

    def show_record(self, record: Record) -> None:
        """Show a record's head."""
        family, student = record.detail.row, record.student
        name = student.name if student else family.name
        number = student.student_id if student else family.household_id
        hue = theme.hue_of(number) if student else "slate"
        self._disc.show_person(initials(name), hue)
        self._name.setText(name)
        is_archived = family.is_archived or bool(student and student.is_archived)
        if is_archived:
            self._state.show_word(_("Archived"), "neutral")
        else:
            self._state.show_word(_("Active"), "ok", "check")
        self._line.setText(self._about(record))
        self._show_alerts(record)
        self._show_contacts(record)

    def _about(self, record: Record) -> str:
        student, family = record.student, record.detail.row
        if student is None:
            return ", ".join(one.name for one in record.students)
        parts = [student.school_year, family.name]
        if student.born_on is not None:
            born = self._tools.formats.date(student.born_on)
            parts.append(_("born {day}").format(day=born))
        return " · ".join(part for part in parts if part)

    def _show_alerts(self, record: Record) -> None:
        empty(self._alerts)
        students = [record.student] if record.student else list(record.students)
        for student in students:
            if student.needs:
                words = student.needs.splitlines()[0]
                if record.student is None:
                    words = f"{student.called or student.name}: {words}"
                self._alerts.addWidget(Pill(words, "warn", "triangle-alert"))
        self._alerts.addStretch()

    def _show_contacts(self, record: Record) -> None:
        formats, detail = self._tools.formats, record.detail
        guardians = [one for one in detail.guardians if not one.is_archived]
        if guardians:
            first = guardians[0]
            name = ", ".join(part for part in (first.name, first.relation) if part)
            line = first.phones[0] if first.phones else first.email
            self._call.show_contact(name, line)
        else:
            self._call.show_contact(_("Nobody yet"), "")
        payers = [one for one in detail.payers if not one.is_archived]
        if payers:
            more = f" +{len(payers) - 1}" if len(payers) > 1 else ""
            self._payer.show_contact(payers[0].name + more, payers[0].email)
        else:
            self._payer.show_contact(_("Nobody yet"), "")
        owed = formats.money(record.open, detail.row.currency)
        overdue = sum(row.status.value == "overdue" for row in record.documents)
        words = _("{n} overdue").format(n=overdue) if overdue else ""
        self._balance.show_contact(_("{amount} open").format(amount=owed), words)
        self._balance.copy_button.hide()
