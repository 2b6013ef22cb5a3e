"""Rows are sorted and filtered, and views are told only what differs."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QItemSelectionModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from app.views.tables.arranging import SortKey, next_sorting
from app.views.tables.columns import Column, ColumnError, natural
from app.views.tables.model import RowsModel
from tests.views.tables.rows import BILLS, COLUMNS, Bill, bill_key


def made(rows: tuple[Bill, ...] = BILLS) -> RowsModel[Bill]:
    model: RowsModel[Bill] = RowsModel(COLUMNS, bill_key)
    model.show_rows(rows)
    return model


def ids(model: RowsModel[Bill]) -> list[int]:
    return [bill.id for bill in model.rows]


def test_rows_stand_as_given_until_they_are_sorted() -> None:
    assert ids(made()) == [1, 2, 10, 9]


@pytest.mark.parametrize(
    ("column", "up", "down"),
    [
        ("number", [1, 2, 9, 10], [10, 9, 2, 1]),
        ("family", [2, 9, 1, 10], [10, 1, 2, 9]),
        ("due", [10, 1, 9, 2], [9, 1, 10, 2]),
        ("total", [10, 2, 1, 9], [9, 1, 2, 10]),
        ("status", [2, 10, 9, 1], [1, 10, 9, 2]),
    ],
)
def test_a_column_sorts_by_what_it_means_and_blanks_go_last(
    column: str, up: list[int], down: list[int]
) -> None:
    model = made()
    model.set_sorting([SortKey(column)])
    assert ids(model) == up
    model.set_sorting([SortKey(column, is_descending=True)])
    assert ids(model) == down
    model.set_sorting([])
    assert ids(model) == [1, 2, 10, 9]


def test_a_second_key_sorts_within_the_first() -> None:
    model = made()
    model.set_sorting([SortKey("family"), SortKey("total", is_descending=True)])
    assert ids(model) == [9, 2, 1, 10]


def test_a_heading_goes_from_ascending_to_descending_to_none() -> None:
    first = next_sorting((), "due", further=False)
    second = next_sorting(first, "due", further=False)
    assert first == (SortKey("due"),)
    assert second == (SortKey("due", is_descending=True),)
    assert next_sorting(second, "due", further=False) == ()
    assert next_sorting(second, "total", further=False) == (SortKey("total"),)


def test_shift_sets_and_turns_the_second_key() -> None:
    keys = next_sorting((SortKey("due"),), "total", further=True)
    assert keys == (SortKey("due"), SortKey("total"))
    keys = next_sorting(keys, "total", further=True)
    assert keys == (SortKey("due"), SortKey("total", is_descending=True))
    assert next_sorting(keys, "total", further=True) == (SortKey("due"),)
    assert next_sorting(keys, "family", further=True) == (
        SortKey("due"),
        SortKey("family"),
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("muller", [1]),
        ("MÜLLER", [1]),
        ("zajac", [10]),
        ("family ahmed", [2, 9]),
        ("ahmed sent", [9]),
        ("48.00", [1]),
        ("nobody", []),
        ("", [1, 2, 10, 9]),
    ],
)
def test_every_word_is_sought_in_all_visible_columns(
    text: str, found: list[int]
) -> None:
    model = made()
    model.set_filter(text)
    assert ids(model) == found
    assert model.total == len(BILLS)


def test_hidden_columns_are_not_searched() -> None:
    model = made()
    model.set_filter("sent")
    model.search_in({"family", "total"})
    assert ids(model) == []
    model.search_in({"status"})
    assert ids(model) == [10, 9]


def test_a_changed_row_is_sought_by_its_new_words() -> None:
    model = made()
    model.set_filter("paid")
    model.show_rows([replace(BILLS[0], status="Sent"), *BILLS[1:]])
    assert ids(model) == []


def test_a_condition_and_words_hold_together() -> None:
    model = made()
    model.set_filter("ahmed")
    model.show_only(is_sent)
    assert ids(model) == [9]
    model.show_only(None)
    assert ids(model) == [2, 9]


def is_sent(bill: Bill) -> bool:
    return bill.status == "Sent"


def test_only_the_rows_that_differ_are_told(qapp: QApplication) -> None:
    assert qapp is not None
    model = made()
    told: list[tuple[int, int]] = []

    class Ear:
        def hear(self, first: object, last: object) -> None:
            told.append((first.row(), last.row()))  # type: ignore[attr-defined]

    ear = Ear()
    model.dataChanged.connect(ear.hear)
    model.show_rows([BILLS[0], replace(BILLS[1], total=5), *BILLS[2:]])
    assert told == [(1, 1)]


@pytest.mark.parametrize("seed", range(8))
def test_random_changes_keep_the_rules_of_models(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  nothing secret
    model = made(())
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert tester.model() is model
    held: dict[int, QPersistentModelIndex] = {}
    for _ in range(12):
        numbers = chance.sample(range(24), chance.randint(0, 24))
        model.show_rows(
            [
                Bill(
                    number,
                    chance.choice(("Ahmed", "Berg", "Costa")),
                    chance.randint(-5, 5),
                    date(2026, 1, 1) + timedelta(chance.randint(0, 40)),
                )
                for number in numbers
            ]
        )
        if chance.random() < 0.5:
            column = chance.choice(COLUMNS).key
            model.set_sorting([SortKey(column, chance.random() < 0.5)])
        if chance.random() < 0.5:
            model.set_filter(chance.choice(("", "a", "berg")))
        for number, index in held.items():
            row = model.row(index)
            assert not index.isValid() or (row is not None and row.id == number)
        held = {
            bill.id: QPersistentModelIndex(model.index(at, 1))
            for at, bill in enumerate(model.rows)
        }
        assert all(model.place_of(bill.id) == at for at, bill in enumerate(model.rows))


def test_few_changes_keep_the_selection_of_a_view() -> None:
    model = made()
    selection = QItemSelectionModel(model)
    flag = QItemSelectionModel.SelectionFlag
    selection.select(model.index(2, 0), flag.Select | flag.Rows)
    model.set_sorting([SortKey("total")])
    model.show_rows(BILLS[1:])
    chosen = [model.row(index) for index in selection.selectedRows()]
    assert chosen == [BILLS[2]]


def test_a_sorted_heading_is_announced() -> None:
    model = made()
    role = Qt.ItemDataRole.AccessibleTextRole
    model.set_sorting([SortKey("due", is_descending=True)])
    heading = model.headerData(2, Qt.Orientation.Horizontal, role)
    assert heading == "Due, sorted descending"
    assert model.headerData(1, Qt.Orientation.Horizontal, role) == "Family"


def test_figures_must_say_what_they_sort_by() -> None:
    with pytest.raises(ColumnError, match="due would sort as text"):
        Column("due", "Due", str, "date")
    with pytest.raises(ColumnError, match="no known kind"):
        Column("due", "Due", str, "calendar")


def test_numbers_inside_texts_sort_as_numbers() -> None:
    assert natural("Room 9") < natural("room 10") < natural("Röom 11")
