"""The palette finds, lists what can be done, and counts the keys that it takes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from app.models.values.actors import Actor, Role
from app.models.values.schedule import day_span
from app.services.billing.requests import StartRun
from app.services.people.requests import AddHousehold, AddStudent, NewGuardian
from app.services.search import HitKind
from app.services.search.index import Hit
from app.views.calendar.page import CalendarPage
from app.views.formats import Formats
from app.views.invoices.account import AccountDialog
from app.views.shell.answers import Answer, commands_for, runs
from app.views.shell.doings import doings_of
from app.views.shell.main_window import MainWindow
from app.views.shell.palette_line import AnswerLine
from app.views.shell.prefixes import date_answers, day_in
from app.views.shell.remembering import Used
from app.views.state import State
from app.views.students.adding import StudentOfAFamily
from app.views.students.dialogs import NewFamily
from app.views.tools import Link, Place
from tests.month import FEBRUARY
from tests.views.hands import Hands

PHONE = "+44 20 7946 0018"
MONDAY = date(2026, 11, 23)


@pytest.fixture
def family(window: MainWindow) -> int:
    """A family with a number to call, and one child."""
    homes = window.tools.office.households
    mother = NewGuardian("Karin Lind", "mother", (PHONE,), "karin@lind.example")
    added = homes.add_household(AddHousehold("Lind", guardians=(mother,)))
    homes.add_student(AddStudent(added.household_id, "Zora Lind", school_year="9"))
    return added.household_id


def type_into(window: MainWindow, text: str) -> None:
    QTest.keyClicks(window.palette_box.box, text)
    window.palette_box.search()


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.palette_box.box, key)


def named(window: MainWindow, words: str) -> Answer:
    return next(one for one in window.palette_box.answers if words in one.name)


def choose(window: MainWindow, words: str) -> None:
    """Go down to an answer and press Enter."""
    names = [one.name for one in window.palette_box.answers]
    place = next(at for at, name in enumerate(names) if words in name)
    for _step in range(place):
        press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Return)


def dialog_of(window: MainWindow, kind: type[QDialog]) -> QDialog:
    found = [one for one in window.findChildren(kind) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def is_booking(page: CalendarPage) -> bool:
    """Say whether the window for a new session is open."""
    return page.around.entering.booking is not None


def test_a_phone_number_is_seen_within_six_keys(
    window: MainWindow, family: int
) -> None:
    assert family
    hands = Hands()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    hands.keys += 2
    box = window.palette_box
    assert box.isVisible()
    for letter in (Qt.Key.Key_Z, Qt.Key.Key_O, Qt.Key.Key_R, Qt.Key.Key_A):
        hands.press(letter, box.box)
    box.search()
    assert box.answers[0].name == "Zora Lind"
    assert PHONE in box.answers[0].context
    assert hands.keys <= 6
    press(window, Qt.Key.Key_Escape)


def test_right_arrow_lists_what_can_be_done(window: MainWindow, family: int) -> None:
    window.open_palette()
    type_into(window, "zora")
    press(window, Qt.Key.Key_Right)
    names = [one.name for one in window.palette_box.answers]
    assert names[0] == "Open"
    assert f"Copy number {PHONE}" in names
    assert {"Call Karin Lind", "E-mail Karin Lind", "Book session"} <= set(names)
    press(window, Qt.Key.Key_Left)
    assert window.palette_box.answers[0].name == "Zora Lind"
    press(window, Qt.Key.Key_Right)
    choose(window, "Copy number")
    assert QGuiApplication.clipboard().text() == PHONE
    assert PHONE in window.recent[0].sentence
    window.open_palette("zora")
    press(window, Qt.Key.Key_Right)
    choose(window, "Invoices")
    assert window.here == Link(Place.INVOICES, "family", family, "Lind")


class Outside(QObject):
    """Hears which addresses are opened outside the program."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def hear(self, address: QUrl) -> None:
        """Note an address."""
        self.opened.append(address.toString())


def test_a_family_is_called_and_written_to(window: MainWindow, family: int) -> None:
    assert family
    outside = Outside()
    for scheme in ("tel", "mailto"):
        QDesktopServices.setUrlHandler(scheme, outside, "hear")  # type: ignore[arg-type]
    try:
        for words in ("Call", "E-mail"):
            window.open_palette("zora")
            press(window, Qt.Key.Key_Right)
            choose(window, words)
    finally:
        for scheme in ("tel", "mailto"):
            QDesktopServices.unsetUrlHandler(scheme)
    assert outside.opened == ["tel:+442079460018", "mailto:karin@lind.example"]


@pytest.mark.usefixtures("family")
def test_a_session_is_booked_for_who_was_found(window: MainWindow) -> None:
    window.open_palette("zora")
    press(window, Qt.Key.Key_Right)
    choose(window, "Book session")
    page = window.page
    assert isinstance(page, CalendarPage)
    assert is_booking(page)
    window.go_to(Place.TODAY.value)
    assert not is_booking(page)
    window.back()
    assert not is_booking(page)


def test_each_kind_of_record_has_actions(window: MainWindow) -> None:
    office = window.tools.office
    for kind in HitKind:
        letters = {HitKind.DOCUMENT: "20", HitKind.SESSION: "maths"}.get(kind, "a")
        hits = [one for one in office.search.find(letters, 900) if one.kind is kind]
        if hits:
            assert len(doings_of(office, hits[0])) >= 2
    gone = Hit(HitKind.STUDENT, 999_999, "Nobody", "", 1.0)
    assert [one.name for one in doings_of(office, gone)] == ["Open"]


def test_a_document_leads_to_its_account(window: MainWindow) -> None:
    office = window.tools.office
    first, last, on = (date.fromisoformat(each) for each in FEBRUARY[1::2])
    office.invoices.run(StartRun(first, last, on, "february"))
    rows = office.ledger.documents()
    hit = Hit(HitKind.DOCUMENT, rows[0].document_id, rows[0].number, "", 1.0)
    assert {"Account", "Invoices"} <= {one.name for one in doings_of(office, hit)}
    window.go(Link(Place.INVOICES, "account", rows[0].payer_id))
    dialog_of(window, AccountDialog).reject()
    assert window.here == Link(Place.INVOICES)


def test_somebody_never_billed_has_no_account(window: MainWindow) -> None:
    window.go(Link(Place.INVOICES, "account", 999_999))
    assert "no longer" in window.recent[0].sentence


def test_a_day_is_gone_to(window: MainWindow) -> None:
    window.open_palette()
    type_into(window, "/ 3 dec")
    press(window, Qt.Key.Key_Return)
    page = window.page
    assert isinstance(page, CalendarPage)
    assert (page.day.day, page.day.month) == (3, 12)
    window.open_palette("/")
    assert window.palette_box.answers[0].name == "Today"
    window.open_palette("/ nonsense")
    assert window.palette_box.answers == ()
    press(window, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("typed", "days"),
    [("today", 0), ("next monday", 7), ("next fri", 4), ("next week", 7), ("+2w", 14)],
)
def test_days_are_read_as_they_are_said(
    typed: str, days: int, formats: Formats
) -> None:
    assert day_in(typed, MONDAY, formats) == MONDAY + timedelta(days=days)


def test_a_day_says_its_year(formats: Formats) -> None:
    (answer,) = date_answers("1 mar 2027", MONDAY, formats)
    assert "2027" in answer.name
    assert date_answers("zzz", MONDAY, formats) == []


def test_a_line_books_a_session(window: MainWindow) -> None:
    student = window.tools.office.households.students()[-1].name
    window.open_palette("+")
    assert window.palette_box.answers[0].why_not
    press(window, Qt.Key.Key_Return)
    assert window.palette_box.isVisible()
    window.open_palette(f"+ {student} tomorrow 16-17 weekly with Ann")
    (answer,) = window.palette_box.answers
    assert student in answer.context
    assert "every week" in answer.context
    assert "with Ann" in answer.context
    press(window, Qt.Key.Key_Return)
    page = window.page
    assert isinstance(page, CalendarPage)
    booking = page.around.entering.booking
    assert booking is not None
    assert booking.draft.start.hour == 16
    booking.dismiss()


def test_a_command_that_is_not_possible_says_why(window: MainWindow) -> None:
    window.go_to(Place.TODAY.value)
    window.open_palette(">redo")
    answer = window.palette_box.answers[0]
    assert answer.why_not == "Nothing was taken back"
    press(window, Qt.Key.Key_Return)
    assert window.palette_box.isVisible()
    press(window, Qt.Key.Key_Escape)


def test_nothing_found_offers_to_add_it(window: MainWindow) -> None:
    window.open_palette("Xqzvw Jkq")
    names = [one.name for one in window.palette_box.answers]
    assert names == ["New student “Xqzvw Jkq”", "New family “Xqzvw Jkq”"]
    assert window.palette_box.nothing == "Nothing called “Xqzvw Jkq”"
    choose(window, "New family")
    dialog = dialog_of(window, NewFamily)
    assert isinstance(dialog, NewFamily)
    assert dialog.name.text() == "Xqzvw Jkq"
    dialog.reject()


def test_a_new_student_is_asked_for_with_the_family(window: MainWindow) -> None:
    families = window.tools.office.households.households()
    last = families[-1]
    window.open_palette("@Xqzvwjkq")
    choose(window, "New student")
    dialog = dialog_of(window, StudentOfAFamily)
    assert isinstance(dialog, StudentOfAFamily)
    dialog.family.choose(last.household_id)
    dialog.submit()
    found = window.tools.office.search.find("Xqzvwjkq")
    assert found[0].kind is HitKind.STUDENT


@pytest.mark.usefixtures("family")
def test_an_empty_box_offers_what_was_used(window: MainWindow) -> None:
    window.open_palette("zora")
    press(window, Qt.Key.Key_Return)
    window.open_palette(">payroll")
    press(window, Qt.Key.Key_Return)
    window.open_palette()
    answers = window.palette_box.answers
    assert answers[0].name == "Zora Lind"
    commands = [one for one in answers if one.action is not None]
    assert len(commands) == 5
    assert commands[0].name == "Payroll"
    press(window, Qt.Key.Key_Escape)


def test_one_person_does_not_see_what_another_used(state: State) -> None:
    own, other = Used(state, "Olga"), Used(state, "Anna")
    own.see(Link(Place.STUDENTS, "student", 7))
    own.see(Link(Place.STUDENTS))
    assert own.records() == [(HitKind.STUDENT, 7)]
    assert other.records() == []


def test_the_commands_used_most_come_first(window: MainWindow) -> None:
    actions = window.menus.everything()
    second = commands_for(actions, "larger")[0]
    assert second.action is not None
    window.used.run(second.action)
    assert window.used.counts() == {"Larger text": 1}


def test_a_tutor_is_led_nowhere_that_a_tutor_may_not_go(window: MainWindow) -> None:
    office = window.tools.office.acting_as(Actor("Anna", Role.TUTOR, 1))
    hit = Hit(HitKind.STUDENT, 1, "A", "", 1.0)
    assert "Invoices" not in [one.name for one in doings_of(office, hit)]


def test_typed_letters_are_shown_bold() -> None:
    assert runs("Maya", frozenset({0, 1})) == [("Ma", True), ("ya", False)]
    assert QApplication.instance() is not None


def test_the_box_is_as_high_as_its_lines(window: MainWindow) -> None:
    window.open_palette(">a")
    lines = window.palette_box.findChildren(AnswerLine)
    shown = [line for line in lines if line.isVisible()]
    assert len(shown) == len(window.palette_box.answers) > 3
    assert window.palette_box.height() > sum(line.height() for line in shown)
    press(window, Qt.Key.Key_Escape)


def test_a_session_is_found_by_its_date_and_shown_with_the_offices(
    window: MainWindow,
) -> None:
    card = window.tools.office.timetable.sessions_in(
        day_span(date(2026, 2, 9), window.tools.formats.zone)
    )[0]
    formats = window.tools.formats
    window.open_palette("2026-02-09")
    shown = [one for one in window.palette_box.answers if one.hit is not None]
    assert shown
    assert all("2026-02-09" not in one.context for one in shown)
    assert any(formats.stamp(card.starts_at) in one.context for one in shown)
