"""Fields understand what is typed, show it, step it, and say what is wrong."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.views.formats import Formats
from app.views.widgets.cards import FormRow, pair
from app.views.widgets.entries import EntryField
from app.views.widgets.inputs import (
    ComboBox,
    DateEdit,
    DurationField,
    MoneyField,
    SearchField,
    SpinBox,
    TimeEdit,
)
from app.views.widgets.minimonth import MiniMonth, MonthPopup

Key = Qt.Key
TODAY = date(2026, 11, 24)


class Ear:
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def hear(self, what: object) -> None:
        self.heard.append(what)


def put(qtbot: QtBot, widget: QWidget) -> None:
    """Show a widget and give it the focus."""
    qtbot.addWidget(widget)
    with qtbot.waitActive(widget):
        widget.show()
        widget.activateWindow()
    widget.setFocus()


def leave(field: QWidget) -> None:
    field.clearFocus()


def test_a_date_is_understood_while_it_is_typed_and_written_out_after(
    qtbot: QtBot, formats: Formats
) -> None:
    field, ear = DateEdit(None, formats, TODAY), Ear()
    put(qtbot, field)
    field.changed.connect(ear.hear)
    QTest.keyClicks(field, "tom")
    assert field.day == date(2026, 11, 25)
    assert field._echo() == "Wed 25 Nov 2026"
    leave(field)
    assert field.text() == "Wed 25 Nov 2026"
    assert ear.heard[-1] == date(2026, 11, 25)


def test_nothing_typed_is_lost_when_it_makes_no_sense(
    qtbot: QtBot, formats: Formats
) -> None:
    field = DateEdit(TODAY, formats, TODAY)
    row = FormRow("Date", field, "the first session")
    put(qtbot, row)
    field.setFocus()
    field.clear()
    QTest.keyClicks(field, "soon")
    leave(field)
    assert field.day is None
    assert field.text() == "soon"
    assert "“soon” is not a date" in field.error()
    assert field.property("error") is True
    assert "is not a date" in field.accessibleDescription()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1.12")
    leave(field)
    assert field.error() == ""
    assert field.property("error") is False
    assert field.accessibleDescription() == "the first session"


@pytest.mark.parametrize(
    ("part", "day"),
    [
        ("24", date(2026, 11, 25)),
        ("Tue", date(2026, 11, 25)),
        ("Nov", date(2026, 12, 24)),
        ("2026", date(2027, 11, 24)),
    ],
)
def test_arrows_step_the_part_at_the_cursor(
    qtbot: QtBot, formats: Formats, part: str, day: date
) -> None:
    field = DateEdit(TODAY, formats, TODAY)
    put(qtbot, field)
    field.setCursorPosition(field.text().index(part) + 1)
    QTest.keyClick(field, Key.Key_Up)
    assert field.day == day
    QTest.keyClick(field, Key.Key_Down)
    assert field.day == TODAY


def test_a_day_is_picked_from_the_month(qtbot: QtBot, formats: Formats) -> None:
    field = DateEdit(TODAY, formats, TODAY)
    put(qtbot, field)
    QTest.keyClick(field, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = field.findChild(MonthPopup)
    assert popup is not None
    days = popup._month.days
    QTest.keyClick(days, Key.Key_Right)
    QTest.keyClick(days, Key.Key_PageDown)
    QTest.keyClick(days, Key.Key_Return)
    assert field.day == date(2026, 12, 25)
    assert not popup.isVisible()


def test_a_time_steps_along_the_grid(qtbot: QtBot, formats: Formats) -> None:
    field = TimeEdit(time(16, 20), formats)
    put(qtbot, field)
    field.setCursorPosition(4)
    QTest.keyClick(field, Key.Key_Up)
    assert field.clock == time(16, 30)
    QTest.keyClick(field, Key.Key_Down)
    QTest.keyClick(field, Key.Key_Down)
    assert field.clock == time(16)
    field.setCursorPosition(1)
    QTest.keyClick(field, Key.Key_Up)
    assert field.text() == "17:00"


def test_lengths_and_amounts_are_kept_as_whole_numbers(
    qtbot: QtBot, formats: Formats
) -> None:
    length, price = DurationField(90), MoneyField(None, formats)
    put(qtbot, length)
    put(qtbot, price)
    assert length.text() == "1:30 h"
    QTest.keyClick(length, Key.Key_Up)
    assert length.minutes == 105
    price.setFocus()
    QTest.keyClicks(price, "48,5")
    leave(price)
    assert price.minor == 4850
    assert price.text() == "48.50"
    QTest.keyClick(price, Key.Key_Up)
    assert price.minor == 4950
    price.show_value(None)
    assert price.text() == ""
    assert price.error() == ""


def test_a_field_reads_back_what_it_wrote(formats: Formats, qtbot: QtBot) -> None:
    fields: list[EntryField[object]] = [
        DateEdit(TODAY, formats, TODAY),  # type: ignore[list-item]
        TimeEdit(time(9, 5), formats),  # type: ignore[list-item]
        DurationField(45),  # type: ignore[list-item]
        DurationField(605),  # type: ignore[list-item]
        MoneyField(-123456, formats),  # type: ignore[list-item]
        MoneyField(500, formats, "JPY"),  # type: ignore[list-item]
    ]
    for field in fields:
        qtbot.addWidget(field)
        assert field.read(field.text()) == field.value


def test_the_wheel_turns_nothing_that_has_no_focus(qtbot: QtBot) -> None:
    choice, count = ComboBox("One", "Two"), SpinBox(5)
    for field in (choice, count):
        qtbot.addWidget(field)
        event = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)
    assert choice.currentText() == "One"
    assert count.value() == 5


def test_a_list_is_filled_without_telling(qtbot: QtBot) -> None:
    field, ear = ComboBox(), Ear()
    qtbot.addWidget(field)
    field.currentIndexChanged.connect(ear.hear)
    field.fill([("Maths", 3), ("Latin", 7)], 7)
    assert field.currentText() == "Latin"
    assert ear.heard == []
    field.choose(3)
    assert field.currentData() == 3


def test_escape_empties_a_search(qtbot: QtBot) -> None:
    field = SearchField("Filter invoices", "Ctrl F")
    put(qtbot, field)
    QTest.keyClicks(field, "berg")
    QTest.keyClick(field, Key.Key_Escape)
    assert field.text() == ""
    assert field.accessibleName() == "Filter invoices"


def test_a_row_names_its_field(qtbot: QtBot, formats: Formats) -> None:
    first, last = TimeEdit(time(9), formats), TimeEdit(time(10), formats)
    row = FormRow("&From", first, optional=True)
    both = pair(last, "to", SpinBox(1))
    qtbot.addWidget(row)
    qtbot.addWidget(both)
    assert first.accessibleName() == "From"
    assert both.focusProxy() is last


def test_a_month_is_walked_and_picked(qtbot: QtBot, formats: Formats) -> None:
    month, ear = MiniMonth(TODAY, (TODAY, TODAY), formats, first_weekday=6), Ear()
    put(qtbot, month)
    month.picked.connect(ear.hear)
    month.show_busy(frozenset({TODAY}))
    days = month.days
    assert days._first() == date(2026, 11, 1)
    side = days._cell_px
    spot = QPoint(side * 6 + 4, days._head_px + 4)
    QTest.mouseClick(days, Qt.MouseButton.LeftButton, pos=spot)
    assert ear.heard == [date(2026, 11, 7)]
    QTest.keyClick(days, Key.Key_PageUp)
    assert month.month == date(2026, 10, 1)
    assert "October 2026" in month._title.text()
    assert not month.grab().isNull()


def test_the_menu_of_a_number_holds_nothing_up(qtbot: QtBot) -> None:
    count = SpinBox(5)
    put(qtbot, count)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, QPoint(5, 5), count.mapToGlobal(QPoint(5, 5))
    )
    QApplication.sendEvent(count, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.actions()
    menu.close()
