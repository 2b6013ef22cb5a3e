"""Where cells and chips lie: rows and columns to pixels, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.views.calendar.cells import (
    MOST_LINES,
    ColumnHead,
    RowHead,
    Table,
    cell_grid,
    lines_of_month,
    shown_of,
)
from app.views.calendar.geometry import Slot
from app.views.calendar.gestures import page_at

DAYS = tuple(ColumnHead(name) for name in ("Mon", "Tue", "Wed", "Thu", "Fri"))
WEEKS = tuple(RowHead(str(number)) for number in range(5))
MONTH = Table(DAYS, WEEKS, is_month=True, minute=540)
TUTORS = Table(DAYS, (RowHead("A", lines=4), RowHead("B", lines=1)), is_month=False)
SIZES = st.tuples(st.integers(400, 2000), st.integers(300, 1400))


@given(SIZES, st.sampled_from([1.0, 1.25, 1.5]), st.sampled_from([MONTH, TUTORS]))
def test_a_point_in_a_cell_gives_the_cell(
    size: tuple[int, int], factor: float, table: Table
) -> None:
    grid = cell_grid(table, size, factor=factor)
    for cell in range(len(table.rows) * len(DAYS)):
        box = grid.cell(cell)
        middle = box.x + box.width / 2, box.y + box.height / 2
        assert grid.spot(*middle) == (cell, float(table.minute))


@given(SIZES, st.integers(0, 24), st.integers(0, 3))
def test_a_chip_lies_in_its_cell_below_the_one_before(
    size: tuple[int, int], cell: int, line: int
) -> None:
    grid = cell_grid(MONTH, size)
    box = grid.cell(cell)
    chip = grid.block(cell, 0, 60, Slot(line, 1, 1))
    after = grid.block(cell, 0, 60, Slot(line + 1, 1, 1))
    assert box.x < chip.x
    assert chip.right < box.right
    assert box.y < chip.y
    assert chip.bottom < after.y


def test_weeks_share_the_height_and_tutors_take_what_they_need() -> None:
    month = cell_grid(MONTH, (1000, 778))
    heights = {month.cell(5 * row).height for row in range(5)}
    assert len(heights) == 1
    assert month.most_scroll_y == 0
    tutors = cell_grid(TUTORS, (1000, 700))
    assert tutors.cell(0).height > tutors.cell(5).height
    chip = tutors.block(0, 0, 60, Slot(3, 1, 1))
    assert chip.bottom <= tutors.cell(0).bottom


def test_a_low_window_scrolls_instead_of_hiding_chips() -> None:
    grid = cell_grid(MONTH, (600, 200))
    assert grid.most_scroll_y > 0
    assert grid.cell(0).bottom >= grid.block(0, 0, 60, Slot(1, 1, 1)).bottom


def test_only_the_number_of_a_day_leads_to_the_day() -> None:
    grid = cell_grid(MONTH, (1000, 778))
    box = grid.cell(7)
    assert grid.head_at(box.x + 8, box.y + 8) == 7
    assert grid.head_at(box.x + 80, box.y + 8) is None
    assert grid.head_at(box.x + 8, 5) is None
    tutors = cell_grid(TUTORS, (1000, 700))
    assert tutors.head_at(tutors.cell(2).x + 8, 5) == 2
    assert tutors.head_at(5, 5) is None


@pytest.mark.parametrize(
    ("count", "lines", "shown"),
    [(0, 5, 0), (4, 5, 4), (5, 5, 4), (9, 5, 4), (3, 3, 3), (4, 3, 2), (2, 2, 2)],
)
def test_what_has_no_line_is_counted(count: int, lines: int, shown: int) -> None:
    assert shown_of(count, lines) == shown


@given(st.integers(100, 3000), st.integers(4, 6))
def test_a_day_shows_two_lines_at_least_and_four_at_most(
    height: int, weeks: int
) -> None:
    lines = lines_of_month(height, weeks)
    assert 2 <= lines <= MOST_LINES + 1
    assert shown_of(99, lines) <= MOST_LINES


def test_the_sides_of_the_grid_turn_the_page() -> None:
    assert page_at(60, 56, 900) == -1
    assert page_at(400, 56, 900) == 0
    assert page_at(890, 56, 900) == 1
