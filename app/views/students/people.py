"""The people of a family: students, those to call, those who pay."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.services.people.requests import GuardianRow, PayerRow, StudentRow
from app.text import _
from app.views.formats import initials
from app.views.students.reading import Record
from app.views.theme import hue_of
from app.views.typography import label
from app.views.widgets.buttons import IconButton
from app.views.widgets.cards import Card
from app.views.widgets.labels import Avatar
from app.views.widgets.laying import across, down
from app.views.widgets.panels import empty

Somebody = StudentRow | GuardianRow | PayerRow


class Person(QWidget):
    """Somebody with a line about them, and a way to change it.

    Signals:
        edited: It is to be changed; carries the row.
    """

    edited = Signal(object)

    def __init__(self, row: Somebody, hue: str, line: str) -> None:
        super().__init__()
        self._row = row
        pencil = IconButton("pencil", _("Edit {name}").format(name=row.name), "", 28)
        pencil.clicked.connect(self._on_edit)
        tone = "text3" if row.is_archived else ""
        words = down(
            label(row.name, "medium", tone), label(line, "small", "text2"), spacing=0
        )
        disc = Avatar(initials(row.name), hue, 32)
        self.setLayout(across(disc, words, 0, pencil, spacing=12))

    def _on_edit(self) -> None:
        self.edited.emit(self._row)


class People(QWidget):
    """Three cards of people.

    Signals:
        edited: Somebody is to be changed; carries the row.
        added: Somebody is to be added; carries student, guardian or payer.
    """

    edited = Signal(object)
    added = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._students = Card(_("Students"), _("Add student"))
        self._guardians = Card(_("To call"), _("Add contact"))
        self._payers = Card(_("Who pays"), _("Add payer"))
        self._cards = (self._students, self._guardians, self._payers)
        if self._students.action and self._guardians.action and self._payers.action:
            self._students.action.clicked.connect(self._on_student)
            self._guardians.action.clicked.connect(self._on_guardian)
            self._payers.action.clicked.connect(self._on_payer)
        self.setLayout(down(*self._cards, 0, spacing=16, margins=(24, 16, 24, 16)))

    def show_record(self, record: Record) -> None:
        """Show the people of a record's family."""
        for card in self._cards:
            empty(card.body)
        for student in record.detail.students:
            line = _joined(student.school_year, student.needs.partition("\n")[0])
            hue = hue_of(student.student_id)
            self._add(self._students, Person(student, hue, line))
        for guardian in record.detail.guardians:
            line = _joined(guardian.relation, *guardian.phones, guardian.email)
            self._add(self._guardians, Person(guardian, "slate", line))
        shares = {share.payer_id: share for share in record.detail.shares}
        for payer in record.detail.payers:
            share = shares.get(payer.payer_id)
            percent = f"{share.percent:f} %" if share and share.percent else ""
            line = _joined(percent, payer.email, payer.address.replace("\n", ", "))
            self._add(self._payers, Person(payer, "slate", line))

    def _add(self, card: Card, person: Person) -> None:
        person.edited.connect(self.edited)
        card.body.addWidget(person)

    def _on_student(self) -> None:
        self.added.emit("student")

    def _on_guardian(self) -> None:
        self.added.emit("guardian")

    def _on_payer(self) -> None:
        self.added.emit("payer")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
