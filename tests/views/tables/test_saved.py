"""Named views: kept for a person, chosen, changed, renamed, forgotten, opened with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.views.state import State
from app.views.tables.arranging import SortKey
from app.views.tables.chips import ALL, Filter, FilterChips
from app.views.tables.naming import NameView
from app.views.tables.saved import Arranged, SavedViews, TableView
from app.views.tables.view import DataTable
from app.views.tables.view_button import ViewButton
from app.views.tools import Tools, Word
from app.views.widgets.inputs import SearchField
from tests.fakes import ScriptedPrompts
from tests.views.tables.rows import BILLS, Bill, bill_table

OWN = Arranged(("total 90 +", "number 0 -"), ("-total",), "ahmed", "sent")


def is_sent(bill: Bill) -> bool:
    return bill.status == "Sent"


class Scene:
    """A table of bills with filters and its View button."""

    def __init__(self, tools: Tools) -> None:
        self.table: DataTable[Bill] = bill_table(tools.state)
        self.table.sort_by(SortKey("due"))
        self.search = SearchField("Filter bills")
        self.chips = FilterChips[Bill](
            [Filter(ALL, "All"), Filter("sent", "Sent", is_sent, is_rare=True)]
        )
        self.table.follow(self.search)
        self.table.follow_chips(self.chips)
        self.button = ViewButton(self.table, tools, "Bills")
        self.said: list[str] = []
        self.button.said.connect(self.hear)

    def hear(self, word: object) -> None:
        assert isinstance(word, Word)
        self.said.append(word.sentence)

    def rows(self) -> list[int]:
        return [bill.id for bill in self.table.model.rows]

    def shown(self) -> list[str]:
        return [column.key for column in self.table.columns.chosen]

    def arrange(self) -> None:
        """Arrange it as a person would."""
        self.table.columns.set_visible("due", visible=False)
        self.table.columns.move("total", -2)
        self.table.grid.horizontalHeader().resizeSection(4, 211)
        self.table._on_sorted((SortKey("total", is_descending=True),))
        self.chips.choose("sent")
        self.search.setText("a")

    def press(self, words: str) -> None:
        """Choose a command of the View menu."""
        menu = self.button.menu_of_table()
        found = {each.text(): each for each in actions(menu)}
        assert found[words].isEnabled()
        found[words].trigger()
        menu.close()


def actions(menu: QMenu) -> list[Any]:
    """Give the commands of a menu and of those in it."""
    found = list[Any]()
    for action in menu.actions():
        inner = action.menu()
        found += actions(inner) if isinstance(inner, QMenu) else [action]
    return found


@pytest.fixture
def scene(qtbot: QtBot, tools: Tools) -> Scene:
    made = made_scene(qtbot, tools)
    made.table.resize(900, 400)
    return made


def made_scene(qtbot: QtBot, tools: Tools) -> Scene:
    made = Scene(tools)
    for widget in (made.table, made.search, made.chips, made.button):
        qtbot.addWidget(widget)
    made.table.show_rows(BILLS)
    return made


def test_views_are_kept_by_name_whatever_the_case(state: State) -> None:
    views = SavedViews(state, "bills")
    views.keep(TableView("Sent, “open” & late\t", OWN))
    views.keep(TableView("a", Arranged()))
    assert [view.name for view in SavedViews(state, "bills").all] == [
        "a",
        "Sent, “open” & late\t",
    ]
    found = views.get(" A ")
    assert found == TableView("a", Arranged())
    views.keep(TableView("A", OWN))
    assert [view.name for view in views.all] == ["A", "Sent, “open” & late\t"]
    assert SavedViews(state, "others").all == ()


def test_a_view_that_was_spoiled_on_the_disk_is_left_out(state: State) -> None:
    views = SavedViews(state, "bills")
    views.keep(TableView("good", OWN))
    kept = state.texts("tables/bills/views")
    state.keep_texts("tables/bills/views", (*kept, "{", "3", '{"name": "x"}'))
    assert views.all == (TableView("good", OWN),)


def test_what_was_deleted_is_neither_chosen_nor_opened_with(state: State) -> None:
    views = SavedViews(state, "bills")
    views.keep(TableView("a", OWN))
    views.choose("a")
    views.set_default("a")
    views.rename("a", "b")
    assert (views.chosen, views.default) == ("b", "b")
    views.delete("b")
    assert (views.chosen, views.default, views.all) == ("", "", ())


def test_a_view_brings_columns_widths_order_sorting_and_filters_back(
    scene: Scene,
) -> None:
    scene.arrange()
    arranged, rows, shown = scene.table.arranged, scene.rows(), scene.shown()
    scene.button.save("Sent by total", is_default=False)
    scene.button.choose("")
    assert scene.rows() == [10, 1, 9, 2]
    assert scene.shown() == ["number", "family", "due", "total", "status"]
    assert scene.search.text() == ""
    assert scene.chips.current == ALL
    scene.press("Sent by total")
    assert scene.rows() == rows
    assert scene.shown() == shown
    assert "due" not in shown
    assert shown.index("total") == 0
    assert scene.table.arranged == arranged
    assert scene.table.grid.horizontalHeader().sectionSize(4) == 211
    assert scene.button.text() == "Sent by total"


def test_what_a_view_knows_of_columns_that_are_no_more_is_left_out(
    scene: Scene,
) -> None:
    gone = replace(OWN, columns=("gone 90 +", "total 90 +"), sorting=("+gone",))
    scene.button.views.keep(TableView("old", replace(gone, words="", chip="gone")))
    scene.button.choose("old")
    assert scene.shown()[0] == "total"
    assert len(scene.rows()) == len(BILLS)


def test_a_view_is_named_in_a_short_form(
    qtbot: QtBot, tools: Tools, scene: Scene
) -> None:
    scene.arrange()
    dialog = scene.button.ask_name()
    assert isinstance(dialog, NameView)
    dialog.submit()
    assert "needs a name" in dialog._row.field.accessibleDescription()
    QTest.keyClicks(dialog.name, "  Sent   ones ")
    dialog.is_default.setChecked(True)
    dialog.submit()
    assert scene.said == ["The view “Sent ones” was saved."]
    assert scene.button.views.default == "Sent ones"
    again = made_scene(qtbot, tools)
    assert again.button.text() == "Sent ones"
    assert again.chips.current == "sent"
    assert again.rows() == scene.rows()
    second = scene.button.ask_name()
    assert isinstance(second, NameView)
    QTest.keyClicks(second.name, "SENT ONES")
    second.submit()
    assert "already" in second._row.field.accessibleDescription()
    second.reject()


def test_a_view_is_changed_renamed_and_no_longer_opened_with(scene: Scene) -> None:
    scene.arrange()
    scene.button.save("Mine", is_default=True)
    scene.table.columns.set_visible("status", visible=False)
    scene.press("Save changes to “Mine”")
    view = scene.button.views.get("mine")
    assert view is not None
    assert view.arranged == scene.table.arranged
    scene.press("Open the list with “Mine”")
    assert scene.button.views.default == ""
    dialog = scene.button.ask_name("Mine")
    assert isinstance(dialog, NameView)
    QTest.keyClicks(dialog.name, "Ours")
    dialog.submit()
    assert [each.name for each in scene.button.views.all] == ["Ours"]
    assert scene.button.text() == "Ours"


def test_a_view_is_deleted_once_that_is_meant(
    scene: Scene, prompts: ScriptedPrompts
) -> None:
    scene.arrange()
    scene.button.save("Mine", is_default=False)
    before = scene.table.arranged
    prompts.agrees = False
    scene.press("Delete “Mine”…")
    assert scene.button.views.chosen == "Mine"
    prompts.agrees = True
    scene.press("Delete “Mine”…")
    assert scene.button.views.all == ()
    assert scene.button.text() == "View"
    assert scene.table.arranged == before
    assert prompts.asked[0].is_danger


def test_the_menu_sets_the_rows_of_every_table(scene: Scene, tools: Tools) -> None:
    scene.press("Compact")
    assert tools.state.text("density") == "compact"
    assert scene.table.grid.verticalHeader().defaultSectionSize() < 36
    scene.press("Status")
    assert "status" not in scene.shown()
