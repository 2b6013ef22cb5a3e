"""The settings page: its sections, its search, links, and fields saved at once."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.models.values.policies import ClaimsApproved, LateCancel
from app.services.policies import Concern
from app.views.appearance import Appearance, Wanted
from app.views.settings.appearance import AppearanceSection
from app.views.settings.backup import BackupSection
from app.views.settings.entries import SECTIONS
from app.views.settings.exporting import ExportSection
from app.views.settings.fields import AmountField, LinesField, NumberField, TextField
from app.views.settings.office import OfficeSection
from app.views.settings.page import LAST, SettingsPage
from app.views.settings.policies import PoliciesSection
from app.views.tools import Link, Place, Tools, Word
from tests.fakes import ScriptedPrompts


class Heard:
    """Keeps what the page says."""

    def __init__(self, page: SettingsPage) -> None:
        self.words: list[Word] = []
        page.said.connect(self.hear)

    def hear(self, word: Word) -> None:
        """Keep a word."""
        self.words.append(word)


@pytest.fixture
def page(tools: Tools, qtbot: QtBot) -> SettingsPage:
    """The page, shown."""
    made = SettingsPage(tools)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made


@pytest.fixture
def heard(page: SettingsPage) -> Heard:
    """What the page says."""
    return Heard(page)


def go(page: SettingsPage, key: str) -> None:
    page.show_link(Link(Place.SETTINGS, tab=key))


def test_sections_are_made_when_somebody_goes_there(page: SettingsPage) -> None:
    assert list(page.sections) == ["office"]
    go(page, "taxes")
    assert list(page.sections) == ["office", "taxes"]
    assert page.standing() == {"section": "taxes"}
    page.stand({"section": "office"})
    assert page.key == "office"


def test_the_last_section_is_opened_again(
    page: SettingsPage, tools: Tools, qtbot: QtBot
) -> None:
    go(page, "numbers")
    assert tools.state.text(LAST) == "numbers"
    again = SettingsPage(tools)
    qtbot.addWidget(again)
    assert again.key == "numbers"


def test_search_keeps_what_fits_and_enter_goes_there(page: SettingsPage) -> None:
    QTest.keyClicks(page.search, "no-show")
    found = [key for key, item in page.items.items() if not item.isHidden()]
    assert found == ["policies"]
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.key == "policies"


@pytest.mark.parametrize("key", [entry.key for entry in SECTIONS])
def test_every_section_can_be_shown_and_names_its_fields(
    page: SettingsPage, heard: Heard, key: str
) -> None:
    go(page, key)
    assert page.section.isVisible()
    assert not heard.words
    kinds = (QAbstractButton, QComboBox, QPlainTextEdit)
    for kind in kinds:
        for field in page.section.findChildren(kind):
            text = getattr(field, "text", str)()
            assert field.accessibleName() or text or not field.isVisible()


def test_a_field_of_the_office_is_saved_when_it_is_left(
    page: SettingsPage, heard: Heard, tools: Tools
) -> None:
    section = page.section
    assert isinstance(section, OfficeSection)
    field = section.rows["name"].field
    assert isinstance(field, TextField)
    assert field.text() == "Chalk & Co."
    field.setText("Chalk House")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert tools.office.settings.office().name == "Chalk House"
    assert heard.words == [Word("Name was changed.", can_undo=True)]


def test_a_refused_field_says_why_and_keeps_what_was_typed(
    page: SettingsPage, tools: Tools
) -> None:
    section = page.section
    assert isinstance(section, OfficeSection)
    field = section.rows["email"].field
    assert isinstance(field, TextField)
    field.setText("nobody")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.accessibleDescription()
    assert field.text() == "nobody"
    assert tools.office.settings.office().email == "office@chalk.example"


def test_lines_are_saved_when_the_field_loses_the_focus(
    page: SettingsPage, tools: Tools, qtbot: QtBot
) -> None:
    section = page.section
    assert isinstance(section, OfficeSection)
    field = section.rows["address"].field
    assert isinstance(field, LinesField)
    page.activateWindow()
    field.setFocus()
    field.setPlainText("2 Low Street\nLondon")
    page.search.setFocus()
    qtbot.waitUntil(lambda: not field.hasFocus())
    assert tools.office.settings.office().address == "2 Low Street\nLondon"


def fill(page: SettingsPage, kind: str, name: str, text: str) -> None:
    section = page.section
    assert isinstance(section, PoliciesSection)
    field = section.lines[kind].blanks[name].field
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_filled_blank_holds_from_its_day_on_and_can_be_tried(
    page: SettingsPage, heard: Heard, tools: Tools
) -> None:
    go(page, "policies")
    section = page.section
    assert isinstance(section, PoliciesSection)
    assert section.test.said[0] == ("Charge 100 % of £26.00", "£26.00")
    fill(page, "late_cancel", "charge", "50")
    rule = tools.office.policies.policy("late_cancel", section.valid_from, Concern())
    assert isinstance(rule, LateCancel)
    assert rule.charge == 50
    assert heard.words[-1].can_undo
    assert section.test.said[0] == ("Charge 50 % of £26.00", "£13.00")
    tools.office.journal.undo(tools.office.journal.undoable()[0].step)
    page.refresh()
    assert section.test.said[0] == ("Charge 100 % of £26.00", "£26.00")


def test_the_limits_of_tutors_claims_stand_in_the_sentence_and_can_be_set(
    page: SettingsPage, heard: Heard, tools: Tools
) -> None:
    go(page, "policies")
    section = page.section
    assert isinstance(section, PoliciesSection)
    line = section.lines["claims_approved"]
    fields = {name: blank.field for name, blank in line.blanks.items()}
    assert isinstance(fields["up_to"], AmountField)
    assert isinstance(fields["up_to_distance"], NumberField)
    assert fields["up_to"].minor == 5000
    assert fields["up_to_distance"].value == Decimal(100)
    fill(page, "claims_approved", "up_to", "75.50")
    fill(page, "claims_approved", "up_to_distance", "40")
    rule = tools.office.policies.policy(
        "claims_approved", section.valid_from, Concern()
    )
    assert rule == ClaimsApproved(True, 7550, Decimal(40))
    assert heard.words[-1].can_undo
    said = line.sentence.told(asdict(rule), tools.formats)
    assert (
        said == "as soon as they are claimed, of tutors up to £75.50 and 40 km or miles"
    )


def test_a_later_day_leaves_todays_rule_and_says_what_it_was(
    page: SettingsPage,
) -> None:
    go(page, "policies")
    section = page.section
    assert isinstance(section, PoliciesSection)
    section.day.setText("1.4.2026")
    section.day.textEdited.emit("1.4.2026")
    QTest.keyClick(section.day, Qt.Key.Key_Return)
    fill(page, "no_show", "charge", "80")
    assert section.lines["no_show"].was.accessibleName() == "was 100"
    assert section.lines["late_cancel"].was.isHidden()
    assert section.rule.currentData() == "no_show"


def test_a_backup_is_made_looked_into_and_put_back(
    page: SettingsPage, heard: Heard, prompts: ScriptedPrompts, tools: Tools
) -> None:
    go(page, "backup")
    section = page.section
    assert isinstance(section, BackupSection)
    section.now.click()
    folder = tools.office.backups.usual_folder()
    file = tools.office.backups.standing(folder).files[0]
    assert file.path.name in heard.words[-1].sentence
    prompts.path = file.path
    card = section.restoring
    card.choose.click()
    assert card.steps.isVisible()
    assert file.path.name in card.steps.accessibleName()
    tools.office.catalog.add_subject("Alchemy")
    prompts.agrees = False
    card.put_back.click()
    assert prompts.asked[0].is_danger
    assert "Alchemy" in {row.name for row in tools.office.catalog.subjects()}
    prompts.agrees = True
    card.put_back.click()
    assert "Alchemy" not in {row.name for row in tools.office.catalog.subjects()}
    assert not page.isVisible()
    assert not page.isEnabled()


def test_old_backups_are_thinned_again_by_a_button(
    page: SettingsPage, tools: Tools
) -> None:
    folder = tools.office.backups.usual_folder()
    tools.office.backups.freeze(folder)
    go(page, "backup")
    section = page.section
    assert isinstance(section, BackupSection)
    section.refresh()
    assert section.thin.isVisible()
    assert section.why_all.isVisible()
    section.thin.click()
    assert not tools.office.backups.standing(folder).is_frozen
    assert section.thin.isHidden()
    assert section.why_all.isHidden()


def test_a_broken_backup_is_refused_in_a_sentence(
    page: SettingsPage, heard: Heard, prompts: ScriptedPrompts, tools: Tools
) -> None:
    go(page, "backup")
    section = page.section
    assert isinstance(section, BackupSection)
    folder = tools.office.backups.usual_folder()
    folder.mkdir()
    prompts.path = folder / "broken.chalkbook"
    prompts.path.write_text("nothing", "utf-8")
    card = section.restoring
    card.choose.click()
    assert heard.words
    assert card.steps.isHidden()
    assert card.put_back.isHidden()
    assert card.choose.isEnabled()
    assert page.isEnabled()


def test_everything_is_exported_into_a_folder(
    page: SettingsPage, heard: Heard, prompts: ScriptedPrompts, tools: Tools
) -> None:
    go(page, "export")
    section = page.section
    assert isinstance(section, ExportSection)
    prompts.path = tools.office.backups.usual_folder() / "tables"
    section.write.click()
    assert (prompts.path / "columns.json").exists()
    assert heard.words == [Word("Everything was exported.")]


def test_the_looks_change_at_once_and_are_remembered(
    page: SettingsPage, tools: Tools
) -> None:
    go(page, "appearance")
    section = page.section
    assert isinstance(section, AppearanceSection)
    field = section.scheme.field
    assert isinstance(field, QComboBox)
    field.setCurrentIndex(field.findData(Wanted.DARK.value))
    field.activated.emit(field.currentIndex())
    looks = Appearance.of(tools.state)
    assert looks is not None
    try:
        assert looks.wanted is Wanted.DARK
    finally:
        looks.choose(Wanted.LIGHT)
        looks.deleteLater()


def test_a_logo_is_chosen_shown_and_taken_away(
    page: SettingsPage, heard: Heard, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    go(page, "office")
    section = page.section
    assert isinstance(section, OfficeSection)
    card = section.logo
    assert card.picture.isHidden()
    prompts.path = tmp_path / "logo.png"
    prompts.path.write_text("no picture", "utf-8")
    card.choose.click()
    assert "no PNG or JPEG" in heard.words[-1].sentence
    assert card.picture.isHidden()
    Image.new("RGB", (200, 100), "navy").save(prompts.path)
    card.choose.click()
    assert heard.words[-1].can_undo
    assert card.picture.isVisible()
    assert card.picture.pixmap().width() > card.picture.pixmap().height()
    card.remove.click()
    assert card.picture.isHidden()


def test_details_of_payment_are_typed_line_by_line(
    page: SettingsPage, tools: Tools
) -> None:
    go(page, "office")
    section = page.section
    assert isinstance(section, OfficeSection)
    field = section.rows["payment_rows"].field
    assert isinstance(field, LinesField)
    field.setFocus()
    field.setPlainText("Sort code: 20-00-00\nAccount: 12345678")
    section.rows["name"].field.setFocus()
    rows = (("Sort code", "20-00-00"), ("Account", "12345678"))
    assert tools.office.settings.office().payment_rows == rows
    assert field.toPlainText() == "Sort code: 20-00-00\nAccount: 12345678"
