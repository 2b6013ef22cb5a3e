"""Asking for the people of a family: new ones, and what has changed of them."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from app.models.values.billing import BillingModel
from app.services.people.requests import (
    AddGuardian,
    AddHousehold,
    AddPayer,
    AddStudent,
    ChangeGuardian,
    ChangePayer,
    ChangeStudent,
    GuardianRow,
    HouseholdAdded,
    NewGuardian,
    NewPayer,
    PayerRow,
    StudentRow,
)
from app.text import _
from app.views.form_dialog import Request, RequestDialog, Result
from app.views.tools import Tools
from app.views.typography import scaled
from app.views.widgets.cards import FormRow, pair
from app.views.widgets.inputs import ComboBox, DateEdit
from app.views.widgets.labels import SectionLabel

NAME_WIDTH = 104


def model_words() -> tuple[tuple[str, BillingModel], ...]:
    """Name the ways of billing a family."""
    return (
        (_("after sessions"), BillingModel.ARREARS),
        (_("in advance"), BillingModel.ADVANCE),
        (_("by package"), BillingModel.PACKAGE),
        (_("by a flat fee"), BillingModel.FLAT_FEE),
        (_("by contract"), BillingModel.CONTRACT),
    )


class _PeopleDialog(RequestDialog[Request, Result]):
    """Fields of one person or family; a name is always wanted."""

    name: QLineEdit
    name_row: FormRow

    def add_name(self, title: str, text: str = "", example: str = "") -> None:
        """Add the field that must not be empty."""
        self.name = self.line(text, example)
        self.name_row = self.field(title, self.name)
        self.name.setFocus()

    def line(self, text: str = "", example: str = "") -> QLineEdit:
        """Make a field of one line; what it holds may be an example."""
        made = QLineEdit(text)
        made.setPlaceholderText(example)
        return made

    def lines(self, text: str = "") -> QPlainTextEdit:
        """Make a field of several lines."""
        made = QPlainTextEdit(text)
        made.setFixedHeight(scaled(72))
        made.setTabChangesFocus(True)
        return made

    def field(self, title: str, field: QWidget, *, optional: bool = False) -> FormRow:
        """Add a field with its title."""
        row = FormRow(title, field, optional=optional, label_width=NAME_WIDTH)
        return self.add_row(row)

    def has_name(self) -> bool:
        """Say whether there is a name, and mark the field where there is none."""
        missing = not self.name.text().strip()
        self.name_row.set_error(_("Give a name.") if missing else "")
        if missing:
            self.name.setFocus()
        return not missing


class NewFamily(_PeopleDialog[AddHousehold, HouseholdAdded]):
    """Asks for a family as it is told on the phone: name, whom to call, who pays."""

    def __init__(self, tools: Tools, parent: QWidget) -> None:
        super().__init__(
            _("New family"),
            tools.jobs,
            tools.office.households.add_household,
            parent,
            verb=_("Add family"),
            width=520,
        )
        self.add_name(_("Family"), example=_("Lindqvist family"))
        self.form.addWidget(SectionLabel(_("Whom to call")))
        self.contact = self.line(example=_("Karin Lindqvist"))
        self.relation = self.line(example=_("mother"))
        self.phone = self.line(example="+44 20 7946 0018")
        self.field(_("Contact"), pair(self.contact, self.relation), optional=True)
        self.field(_("Phone"), self.phone, optional=True)
        self.form.addWidget(SectionLabel(_("Who pays")))
        self.payer = self.line(example=_("Lars Lindqvist"))
        self.address = self.lines()
        self.email = self.line(example="lars@lindqvist.example")
        self.field(_("Payer"), self.payer, optional=True)
        self.field(_("Address"), self.address, optional=True)
        self.field(_("E-mail"), self.email, optional=True)
        self.model = ComboBox()
        self.model.fill(model_words(), BillingModel.ARREARS)
        self.field(_("Billed"), self.model)

    def request(self) -> AddHousehold | None:
        """Say what was typed; nothing while there is no name."""
        if not self.has_name():
            return None
        guardians: tuple[NewGuardian, ...] = ()
        if self.contact.text().strip():
            phones = (self.phone.text(),) if self.phone.text().strip() else ()
            guardians = (
                NewGuardian(self.contact.text(), self.relation.text(), phones),
            )
        payers: tuple[NewPayer, ...] = ()
        paying = self.payer.text().strip() or self.contact.text().strip()
        if paying:
            address = self.address.toPlainText()
            payers = (NewPayer(paying, address, self.email.text(), Decimal(100)),)
        model = BillingModel(self.model.currentData())
        return AddHousehold(
            self.name.text(), model=model, payers=payers, guardians=guardians
        )


class StudentForm(_PeopleDialog[Request, Result]):
    """The fields of a student."""

    def fill(self, tools: Tools, row: StudentRow | None) -> None:
        """Show a student, or empty fields for a new one."""
        today = tools.formats.local(tools.clock.now()).date()
        self.add_name(_("Full name"), row.name if row else "", _("Maya Lindqvist"))
        self.called = self.line(row.called if row else "", _("Maya"))
        self.year = self.line(row.school_year if row else "", _("Year 11"))
        self.born = DateEdit(row.born_on if row else None, tools.formats, today)
        self.needs = self.lines(row.needs if row else "")
        self.field(_("Called"), self.called, optional=True)
        self.field(_("School year"), self.year, optional=True)
        self.born_row = self.field(_("Born"), self.born, optional=True)
        self.field(_("Needs"), self.needs, optional=True)

    def is_right(self) -> bool:
        """Say whether every field can be taken, and mark those that cannot."""
        fault = self.born.error()
        self.born_row.set_error(fault)
        return self.has_name() and not fault


class NewStudent(StudentForm[AddStudent, int]):
    """Asks for a new student of a family."""

    def __init__(self, tools: Tools, household_id: int, parent: QWidget) -> None:
        super().__init__(
            _("New student"),
            tools.jobs,
            tools.office.households.add_student,
            parent,
            verb=_("Add student"),
        )
        self._household_id = household_id
        self.fill(tools, None)

    def request(self) -> AddStudent | None:
        """Say what was typed; nothing while a field is at fault."""
        if not self.is_right():
            return None
        return AddStudent(
            self._household_id,
            self.name.text(),
            self.called.text(),
            self.born.day,
            self.year.text(),
            self.needs.toPlainText(),
        )


class EditStudent(StudentForm[ChangeStudent, None]):
    """Asks what has changed of a student."""

    def __init__(self, tools: Tools, row: StudentRow, parent: QWidget) -> None:
        super().__init__(
            _("Edit student"),
            tools.jobs,
            tools.office.households.change_student,
            parent,
        )
        self._row = row
        self.fill(tools, row)

    def request(self) -> ChangeStudent | None:
        """Say what was typed; nothing while a field is at fault."""
        if not self.is_right():
            return None
        return ChangeStudent(
            self._row.student_id,
            self._row.version,
            name=self.name.text(),
            called=self.called.text(),
            born_on=self.born.day,
            school_year=self.year.text(),
            needs=self.needs.toPlainText(),
        )


class GuardianForm(_PeopleDialog[Request, Result]):
    """The fields of somebody to call."""

    def fill(self, row: GuardianRow | None) -> None:
        """Show somebody, or empty fields for somebody new."""
        self.add_name(_("Name"), row.name if row else "", _("Karin Lindqvist"))
        self.relation = self.line(row.relation if row else "", _("mother"))
        phones = "\n".join(row.phones) if row else ""
        self.phones = self.lines(phones)
        self.email = self.line(row.email if row else "")
        self.may_collect = QCheckBox(_("May collect the children"))
        self.may_collect.setChecked(bool(row and row.may_collect))
        self.field(_("Relation"), self.relation, optional=True)
        self.field(_("Phones"), self.phones, optional=True)
        self.field(_("E-mail"), self.email, optional=True)
        self.form.addWidget(self.may_collect)

    def phone_list(self) -> tuple[str, ...]:
        """Give the phone numbers, one a line."""
        typed = self.phones.toPlainText().splitlines()
        return tuple(one.strip() for one in typed if one.strip())


class NewGuardianDialog(GuardianForm[AddGuardian, int]):
    """Asks for somebody new to call."""

    def __init__(self, tools: Tools, household_id: int, parent: QWidget) -> None:
        super().__init__(
            _("New contact"),
            tools.jobs,
            tools.office.households.add_guardian,
            parent,
            verb=_("Add contact"),
        )
        self._household_id = household_id
        self.fill(None)

    def request(self) -> AddGuardian | None:
        """Say what was typed; nothing while there is no name."""
        if not self.has_name():
            return None
        return AddGuardian(
            self._household_id,
            self.name.text(),
            self.relation.text(),
            self.phone_list(),
            self.email.text(),
            may_collect=self.may_collect.isChecked(),
        )


class EditGuardian(GuardianForm[ChangeGuardian, None]):
    """Asks what has changed of somebody to call."""

    def __init__(self, tools: Tools, row: GuardianRow, parent: QWidget) -> None:
        super().__init__(
            _("Edit contact"),
            tools.jobs,
            tools.office.households.change_guardian,
            parent,
        )
        self._row = row
        self.fill(row)

    def request(self) -> ChangeGuardian | None:
        """Say what was typed; nothing while there is no name."""
        if not self.has_name():
            return None
        return ChangeGuardian(
            self._row.guardian_id,
            self._row.version,
            name=self.name.text(),
            relation=self.relation.text(),
            phones=self.phone_list(),
            email=self.email.text(),
            may_collect=self.may_collect.isChecked(),
        )


class PayerForm(_PeopleDialog[Request, Result]):
    """The fields of somebody who pays."""

    def fill(self, row: PayerRow | None) -> None:
        """Show somebody, or empty fields for somebody new."""
        self.add_name(_("Name"), row.name if row else "", _("Lars Lindqvist"))
        self.address = self.lines(row.address if row else "")
        self.email = self.line(row.email if row else "")
        self.phone = self.line(row.phone if row else "")
        self.tax_number = self.line(row.tax_number if row else "")
        self.reference = self.line(row.reference if row else "")
        self.field(_("Address"), self.address, optional=True)
        self.field(_("E-mail"), self.email, optional=True)
        self.field(_("Phone"), self.phone, optional=True)
        self.field(_("Tax number"), self.tax_number, optional=True)
        self.field(_("Reference"), self.reference, optional=True)


class NewPayerDialog(PayerForm[AddPayer, int]):
    """Asks for somebody new who pays."""

    def __init__(self, tools: Tools, household_id: int, parent: QWidget) -> None:
        super().__init__(
            _("New payer"),
            tools.jobs,
            tools.office.households.add_payer,
            parent,
            verb=_("Add payer"),
        )
        self._household_id = household_id
        self.fill(None)

    def request(self) -> AddPayer | None:
        """Say what was typed; nothing while there is no name."""
        if not self.has_name():
            return None
        return AddPayer(
            self._household_id,
            self.name.text(),
            self.address.toPlainText(),
            self.email.text(),
            self.tax_number.text(),
            self.reference.text(),
            self.phone.text(),
        )


class EditPayer(PayerForm[ChangePayer, None]):
    """Asks what has changed of somebody who pays."""

    def __init__(self, tools: Tools, row: PayerRow, parent: QWidget) -> None:
        super().__init__(
            _("Edit payer"), tools.jobs, tools.office.households.change_payer, parent
        )
        self._row = row
        self.fill(row)

    def request(self) -> ChangePayer | None:
        """Say what was typed; nothing while there is no name."""
        if not self.has_name():
            return None
        return ChangePayer(
            self._row.payer_id,
            self._row.version,
            name=self.name.text(),
            address=self.address.toPlainText(),
            email=self.email.text(),
            phone=self.phone.text(),
            tax_number=self.tax_number.text(),
            reference=self.reference.text(),
        )
