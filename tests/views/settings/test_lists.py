"""The sections of tables: what is kept, changed and taken out of use."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.models.values.billing import DocumentKind
from app.models.values.schedule import PlaceKind
from app.views.settings.asking import AskDialog
from app.views.settings.days import DaysSection
from app.views.settings.numbers import NumbersSection
from app.views.settings.offerings import OfferingsSection
from app.views.settings.packages import PackagesSection
from app.views.settings.places import PlacesSection
from app.views.settings.section import Section
from app.views.settings.several import LengthsField, SeveralField
from app.views.settings.subjects import SubjectsSection
from app.views.settings.taxes import TaxesSection
from app.views.tools import Tools, Word
from app.views.widgets.entries import EntryField


class Desk:
    """Shows a section and answers its dialogs."""

    def __init__(self, tools: Tools, qtbot: QtBot) -> None:
        self.tools, self._qtbot = tools, qtbot
        self.words: list[Word] = []

    def show(self, section: Section) -> None:
        """Show a section."""
        self._qtbot.addWidget(section)
        section.said.connect(self.hear)
        section.resize(900, 700)
        section.show()
        section.refresh()

    def hear(self, word: Word) -> None:
        """Keep a word."""
        self.words.append(word)

    def answer(self, section: Section, **values: object) -> AskDialog:
        """Fill the dialog that is open, and press its button."""
        dialog = section.findChildren(AskDialog)[-1]
        for name, value in values.items():
            _fill(dialog.fields[name], value)
        dialog.verb_button.click()
        return dialog


def _fill(field: QWidget, value: object) -> None:
    if isinstance(field, EntryField):
        field.show_value(value)
    elif isinstance(field, QComboBox):
        field.setCurrentIndex(field.findData(value))
    elif isinstance(field, QLineEdit):
        field.setText(str(value))


@pytest.fixture
def desk(tools: Tools, qtbot: QtBot) -> Desk:
    """Somebody who works in the settings."""
    return Desk(tools, qtbot)


def test_a_closure_is_entered_and_taken_back(desk: Desk, tools: Tools) -> None:
    section = DaysSection(tools)
    desk.show(section)
    section.ask_closure()
    day = date(2026, 3, 16)
    desk.answer(section, name="Fair", from_on=day, until_on=date(2026, 3, 22))
    (row,) = tools.office.days.closures()
    assert row.name == "Fair"
    assert "planned session" in desk.words[-1].sentence
    section.closures.table.select(row.days_id)
    section.take_closure_back()
    assert not tools.office.days.closures()


def test_a_missing_value_keeps_the_dialog_open(desk: Desk, tools: Tools) -> None:
    section = DaysSection(tools)
    desk.show(section)
    section.ask_term()
    dialog = desk.answer(section, name="Spring")
    assert dialog.isVisible()
    assert not tools.office.days.terms()
    dialog.reject()


def test_places_rooms_and_ways_are_kept(desk: Desk, tools: Tools) -> None:
    section = PlacesSection(tools)
    desk.show(section)
    section.ask_place()
    desk.answer(section, name="Library", address="Hill 3")
    library = next(p for p in tools.office.places.places() if p.name == "Library")
    section.places.table.select(library.place_id)
    section.change_place()
    desk.answer(section, name="Old library")
    names = {place.name for place in tools.office.places.places()}
    assert "Old library" in names
    assert "Library" not in names
    section.ask_room()
    desk.answer(section, place_id=library.place_id, name="Attic", seats=Decimal(4))
    (room,) = tools.office.places.rooms(library.place_id)
    assert (room.name, room.seats) == ("Attic", 4)
    other = next(p for p in tools.office.places.places() if p.name == "Centre")
    section.ask_way()
    desk.answer(
        section,
        from_place_id=library.place_id,
        to_place_id=other.place_id,
        minutes=Decimal(25),
    )
    assert 25 in {way.minutes for way in tools.office.places.ways()}


def test_a_price_holds_from_its_day_on(desk: Desk, tools: Tools) -> None:
    section = OfferingsSection(tools)
    desk.show(section)
    maths = next(o for o in tools.office.catalog.offerings() if o.name == "Maths")
    section.offers.table.select(maths.offering_id)
    section.ask_price()
    desk.answer(section, amount=5200, valid_from=date(2026, 4, 1))
    newest, former = tools.office.catalog.prices(offering_id=maths.offering_id)[:2]
    assert (newest.amount, newest.valid_from) == (5200, date(2026, 4, 1))
    assert former.amount == 4800
    assert "planned from that day on" in desk.words[-1].sentence


def test_the_first_offerings_prices_are_shown_at_once(desk: Desk, tools: Tools) -> None:
    section = OfferingsSection(tools)
    desk.show(section)
    offer = section.offers.current()
    assert offer is not None
    assert offer.row.name in section.prices.title.text()
    assert section.prices.table.model.rowCount() == len(offer.prices) > 0


def test_an_offering_is_added_with_its_price(desk: Desk, tools: Tools) -> None:
    section = OfferingsSection(tools)
    desk.show(section)
    section.ask_new()
    desk.answer(section, name="Latin", amount=3900)
    latin = next(o for o in tools.office.catalog.offerings() if o.name == "Latin")
    (price,) = tools.office.catalog.prices(offering_id=latin.offering_id)
    assert price.amount == 3900


def test_every_field_of_an_offering_can_be_changed(desk: Desk, tools: Tools) -> None:
    section = OfferingsSection(tools)
    desk.show(section)
    section.ask_details()
    dialog = desk.answer(section, lengths=(60, 90), buffer_after=10, from_level_id=None)
    kinds = dialog.fields["place_kinds"]
    assert isinstance(kinds, SeveralField)
    assert not dialog.complaint.isVisible()
    section.ask_details()
    kinds = section.findChildren(AskDialog)[-1].fields["place_kinds"]
    assert isinstance(kinds, SeveralField)
    kinds.boxes[PlaceKind.ONLINE].setChecked(True)
    desk.answer(section, preparation_minutes=5)
    section.ask_charging()
    desk.answer(section, step_minutes=15, minimum_amount=1200, trial_amount=0)
    offer = section.offers.current()
    assert offer is not None
    row = offer.row
    assert (row.lengths, row.buffer_after, row.place_kinds) == (
        (60, 90),
        10,
        (PlaceKind.ONLINE,),
    )
    assert (row.step_minutes, row.minimum_amount, row.trial_amount) == (15, 1200, 0)
    assert row.preparation_minutes == 5


def test_lengths_that_are_none_are_told_at_the_field(desk: Desk, tools: Tools) -> None:
    section = OfferingsSection(tools)
    desk.show(section)
    section.ask_details()
    dialog = section.findChildren(AskDialog)[-1]
    field = dialog.fields["lengths"]
    assert isinstance(field, LengthsField)
    QTest.keyClicks(field, ", an hour")
    dialog.verb_button.click()
    assert "45, 60, 90" in field.accessibleDescription()
    dialog.reject()


def test_names_can_be_changed(desk: Desk, tools: Tools) -> None:
    catalog = tools.office.catalog
    section = SubjectsSection(tools)
    subject, level = catalog.add_subject("Latin"), catalog.add_level("Year 7", 7)
    desk.show(section)
    section.subjects.table.select(subject)
    section.rename_subject()
    desk.answer(section, name="Old Latin")
    section.levels.table.select(level)
    section.rename_level()
    desk.answer(section, name="Year seven")
    assert "Old Latin" in {row.name for row in catalog.subjects()}
    assert "Year seven" in {row.name for row in catalog.levels()}
    assert all(word.can_undo for word in desk.words)


def test_subjects_levels_and_taxes_are_kept(desk: Desk, tools: Tools) -> None:
    section = SubjectsSection(tools)
    desk.show(section)
    section.ask_subject()
    desk.answer(section, name="Latin")
    section.ask_level()
    desk.answer(section, name="Year 7", position=Decimal(7))
    assert "Latin" in {row.name for row in tools.office.catalog.subjects()}
    assert "Year 7" in {row.name for row in tools.office.catalog.levels()}
    taxes = TaxesSection(tools)
    desk.show(taxes)
    taxes.ask_new()
    desk.answer(taxes, name="Reduced", rate=Decimal(5))
    row = next(c for c in tools.office.catalog.tax_codes() if c.name == "Reduced")
    taxes.codes.table.select(row.tax_code_id)
    taxes.archive()
    assert "Reduced" not in {c.name for c in tools.office.catalog.tax_codes()}


def test_a_package_counts_typed_hours_in_minutes(desk: Desk, tools: Tools) -> None:
    section = PackagesSection(tools)
    desk.show(section)
    section.ask_package()
    desk.answer(section, name="Five hours", units=Decimal(5), price=21000)
    row = next(p for p in tools.office.packages.packages() if p.name == "Five hours")
    assert (row.units, row.price) == (300, 21000)
    section.packages.table.select(row.package_id)
    section.rename_package()
    desk.answer(section, name="5 hours")
    assert "5 hours" in {p.name for p in tools.office.packages.packages()}
    section.packages.table.select(row.package_id)
    section.archive_package()
    found = {p.package_id for p in tools.office.packages.packages()}
    assert row.package_id not in found


def test_numbers_and_locks_can_be_set(desk: Desk, tools: Tools) -> None:
    section = NumbersSection(tools)
    desk.show(section)
    section.ask_series()
    desk.answer(section, prefix="A-", width=Decimal(3))
    on = date(2026, 3, 5)
    assert tools.office.numbers.upcoming(DocumentKind.INVOICE, on, 1) == ("A-001",)
    section.ask_lock()
    desk.answer(section, until=date(2026, 2, 1))
    assert tools.office.locks.first_open_day() == date(2026, 2, 1)
    section.unlock.click()
    assert tools.office.locks.first_open_day() == date.min


def test_what_is_needed_elsewhere_is_not_archived(desk: Desk, tools: Tools) -> None:
    section = TaxesSection(tools)
    desk.show(section)
    row = next(c for c in tools.office.catalog.tax_codes() if c.name == "VAT")
    section.codes.table.select(row.tax_code_id)
    section.archive()
    assert "Maths" in desk.words[-1].sentence
    assert not desk.words[-1].can_undo
