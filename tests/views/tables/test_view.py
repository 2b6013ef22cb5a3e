"""The table is walked, ticked, sorted, arranged and copied, by mouse and by keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.views.state import State
from app.views.tables.arranging import SortKey
from app.views.tables.columns import Column, ColumnError
from app.views.tables.copying import sheet
from app.views.tables.view import DataTable
from app.views.widgets.inputs import SearchField
from tests.views.tables.rows import BILLS, COLUMNS, Bill, bill_key, bill_table

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


class Ear:
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def hear(self, what: object) -> None:
        self.heard.append(what)

    def ring(self) -> None:
        self.heard.append(True)


@pytest.fixture
def table(qtbot: QtBot, state: State) -> Iterator[DataTable[Bill]]:
    """A table of four bills with boxes to tick."""
    yield from shown(qtbot, bill_table(state))


def shown(qtbot: QtBot, table: DataTable[Bill]) -> Iterator[DataTable[Bill]]:
    qtbot.addWidget(table)
    table.resize(900, 400)
    table.show()
    qtbot.waitExposed(table)
    yield table
    table.close()


def cell(table: DataTable[Bill], row: int, column: int) -> QPoint:
    return table.grid.visualRect(table.model.index(row, column)).center()


def click(
    table: DataTable[Bill],
    row: int,
    column: int,
    modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    spot = cell(table, row, column)
    QTest.mouseClick(table.grid.viewport(), LEFT, modifier, spot)


def ids(rows: list[Bill]) -> list[int]:
    return [row.id for row in rows]


def texts(table: DataTable[Bill]) -> list[str]:
    found = table.findChildren(QLabel)
    return [label.text() for label in found if label.isVisibleTo(table)]


def test_a_click_makes_a_row_current_and_leaves_ticks_alone(
    table: DataTable[Bill],
) -> None:
    click(table, 0, 0)
    click(table, 2, 2)
    current = table.current()
    assert current is not None
    assert current.id == 10
    assert ids(table.selected()) == [1]
    assert ids(table.targets()) == [1]


def test_without_ticks_an_action_is_for_the_current_row(table: DataTable[Bill]) -> None:
    click(table, 2, 2)
    assert table.selected() == []
    assert ids(table.targets()) == [10]


def test_shift_ticks_a_range_and_control_one_more(table: DataTable[Bill]) -> None:
    click(table, 0, 2)
    click(table, 1, 2, SHIFT)
    click(table, 3, 2, CONTROL)
    assert ids(table.selected()) == [1, 2, 9]


def test_keys_walk_tick_and_open(table: DataTable[Bill]) -> None:
    ear = Ear()
    table.opened.connect(ear.hear)
    table.select(1)
    for key in (Key.Key_Down, Key.Key_Space, Key.Key_End, Key.Key_Space):
        QTest.keyClick(table.grid, key)
    assert ids(table.selected()) == [2, 9]
    QTest.keyClick(table.grid, Key.Key_Home)
    QTest.keyClick(table.grid, Key.Key_Return)
    assert ear.heard == [BILLS[0]]
    QTest.keyClick(table.grid, Key.Key_A, CONTROL)
    assert len(table.selected()) == 4
    QTest.keyClick(table.grid, Key.Key_Escape)
    assert table.selected() == []


def test_shift_and_arrows_tick_a_range(table: DataTable[Bill]) -> None:
    table.select(2)
    QTest.keyClick(table.grid, Key.Key_Down, SHIFT)
    assert ids(table.selected()) == [2, 10]
    table.clear_selection()
    table.select(2)
    QTest.keyClick(table.grid, Key.Key_End, SHIFT)
    assert ids(table.selected()) == [2, 10, 9]


def test_typing_jumps_to_a_name(table: DataTable[Bill]) -> None:
    table.columns.set_visible("number", visible=False)
    table.select(1)
    QTest.keyClicks(table.grid, "zaj")
    current = table.current()
    assert current is not None
    assert current.id == 10


def test_the_box_in_the_heading_ticks_all_that_is_shown(table: DataTable[Bill]) -> None:
    table.set_filter("ahmed")
    header = table.grid.horizontalHeader()
    QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(20, 10))
    assert ids(table.selected()) == [2, 9]
    QTest.mouseClick(header.viewport(), LEFT, pos=QPoint(20, 10))
    assert table.selected() == []


def test_a_heading_sorts_and_shift_adds_a_key(table: DataTable[Bill]) -> None:
    header = table.grid.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(2) + 20, 10)
    QTest.mouseClick(header.viewport(), LEFT, pos=spot)
    assert ids(list(table.model.rows)) == [2, 9, 1, 10]
    assert table.model.sorting == (SortKey("family"),)


def test_ticks_and_the_current_row_survive_sorting_and_reading_again(
    table: DataTable[Bill],
) -> None:
    many = [Bill(n, f"Family {n % 7}", n) for n in range(300)]
    table.show_rows(many)
    table.select(30)
    for key in (5, 100, 299):
        place = table.model.place_of(key)
        flag = table.grid.selectionModel().SelectionFlag
        table.grid.selectionModel().select(
            table.model.index(place, 0), flag.Select | flag.Rows
        )
    table.model.set_sorting([SortKey("family"), SortKey("total")])
    table.show_rows([replace(bill, total=bill.total + 1) for bill in many])
    table.show_rows([bill for bill in many if bill.id % 3 != 1])
    current = table.current()
    assert current is not None
    assert current.id == 30
    assert sorted(ids(table.selected())) == [5, 299]


def test_rows_that_a_filter_hides_are_ticked_no_more(table: DataTable[Bill]) -> None:
    table.grid.selectAll()
    table.set_filter("ahmed")
    assert ids(table.selected()) == [2, 9]
    table.set_filter("")
    assert ids(table.selected()) == [2, 9]


def test_the_footer_counts_and_adds_up_what_is_shown_or_ticked(
    table: DataTable[Bill],
) -> None:
    assert "4 invoices" in texts(table)
    assert "Total  £132.00" in texts(table)
    table.set_filter("ahmed")
    assert "2 of 4 invoices" in texts(table)
    assert "Total  £96.00" in texts(table)
    table.set_filter("")
    for row in (0, 2):
        click(table, row, 0)
    assert "4 invoices · 2 selected" in texts(table)
    assert "Total  £36.00" in texts(table)


def test_currencies_are_never_added_together(table: DataTable[Bill]) -> None:
    table.show_rows([BILLS[0], replace(BILLS[3], currency="EUR")])
    assert "Total  £48.00 + €96.00" in texts(table)


def test_another_current_row_is_told_once(table: DataTable[Bill]) -> None:
    ear = Ear()
    table.current_changed.connect(ear.hear)
    table.select(2)
    QTest.keyClick(table.grid, Key.Key_Right)
    table.show_rows(BILLS)
    assert ear.heard == [BILLS[1]]
    newer = replace(BILLS[1], total=7)
    table.show_rows([BILLS[0], newer])
    assert ear.heard == [BILLS[1], newer]
    table.show_rows([])
    assert ear.heard[-1] is None


def test_rows_are_copied_with_headings_for_sheets_and_letters(
    table: DataTable[Bill],
) -> None:
    table.show_rows([replace(BILLS[2], family='=HYPERLINK("x")'), BILLS[0]])
    table.grid.selectAll()
    QTest.keyClick(table.grid, Key.Key_C, CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    lines = data.text().split("\n")
    assert lines[0] == "Number\tFamily\tDue\tTotal £\tStatus"
    assert lines[1] == '2026-10\t\'=HYPERLINK("x")\t1 Feb 2026\t-12.00\tSent'
    assert len(lines) == 3
    assert '<td align="right">-12.00</td>' in data.html()


def test_what_is_shown_is_given_for_a_file(table: DataTable[Bill]) -> None:
    table.set_filter("müller")
    head, rows = sheet(table.columns.chosen, table.model.rows)
    assert head == ["Number", "Family", "Due", "Total £", "Status"]
    assert rows == [["2026-1", "Müller family", "9 Mar 2026", "48.00", "Paid"]]
    table.copy_shown()
    assert QGuiApplication.clipboard().text().count("\n") == 1


def test_columns_are_chosen_moved_and_remembered(
    qtbot: QtBot, table: DataTable[Bill], state: State
) -> None:
    menu = table.columns_menu()
    by_title = {action.text(): action for action in menu.actions()}
    by_title["Note"].trigger()
    by_title["Due"].trigger()
    table.columns.move("status", -2)
    table.grid.horizontalHeader().resizeSection(1, 222)
    table.sort_by(SortKey("total"))
    table._on_sorted((SortKey("family"),))
    order = [column.key for column in table.columns.chosen]
    assert order == ["number", "status", "family", "total", "note"]
    again = bill_table(state)
    qtbot.addWidget(again)
    assert [column.key for column in again.columns.chosen] == order
    assert again.grid.columnWidth(1) == 222
    assert again.model.sorting == (SortKey("family"),)
    again.columns.reset()
    kept = [column.key for column in again.columns.chosen]
    assert kept == [column.key for column in COLUMNS if not column.is_hidden]


def test_one_column_always_stays(table: DataTable[Bill]) -> None:
    for column in COLUMNS:
        table.columns.set_visible(column.key, visible=False)
    assert len(table.columns.chosen) == 1


def test_columns_are_moved_by_keys_but_never_before_the_boxes(
    table: DataTable[Bill],
) -> None:
    table.grid.setCurrentIndex(table.model.index(0, 2))
    sideways = SHIFT | Qt.KeyboardModifier.AltModifier
    for _ in range(3):
        QTest.keyClick(table.grid, Key.Key_Left, sideways)
    assert [c.key for c in table.columns.chosen][:2] == ["family", "number"]
    assert table.grid.horizontalHeader().visualIndex(0) == 0


def test_a_filter_that_finds_nothing_says_so_and_is_cleared(
    qtbot: QtBot, table: DataTable[Bill]
) -> None:
    field = SearchField("Filter invoices")
    qtbot.addWidget(field)
    table.follow(field)
    field.setText("nobody")
    assert "Nothing matches “nobody”." in texts(table)
    QTest.mouseClick(table._no_match.second, LEFT)
    assert field.text() == ""
    assert len(table.model.rows) == 4
    table.show_rows([])
    assert "Nothing here yet" in texts(table)


def test_the_first_column_stays_while_others_scroll(table: DataTable[Bill]) -> None:
    table.columns.restore()
    assert table.grid.frozen() == []
    table.resize(420, 300)
    table.grid.horizontalScrollBar().setValue(60)
    assert [section for section, _left in table.grid.frozen()] == [0, 1]
    assert not table.grab().isNull()


def test_rows_of_a_plain_list_are_chosen_one_at_a_time(
    qtbot: QtBot, state: State
) -> None:
    table = bill_table(state, checkable=False)
    qtbot.addWidget(table)
    table.select(2)
    table.select(10)
    assert ids(table.selected()) == [10]


def test_sums_need_the_office_s_way_of_writing(state: State) -> None:
    with pytest.raises(ColumnError):
        DataTable(COLUMNS, key=bill_key, noun=("bill", "bills"), name="x", state=state)


def test_a_column_that_is_no_more_is_forgotten(qtbot: QtBot, state: State) -> None:
    state.keep_texts("tables/bills/columns", ("gone 80 +", "status 0 +", "bad"))
    state.keep_texts("tables/bills/sorting", ("+gone", "-status"))
    table = bill_table(state)
    qtbot.addWidget(table)
    columns: list[Column[Bill]] = list(table.columns.chosen)
    assert columns[0].key == "status"
    assert table.model.sorting == (SortKey("status", is_descending=True),)
