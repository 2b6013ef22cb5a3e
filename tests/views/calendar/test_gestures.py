"""What press, drag and arrow keys mean."""

from __future__ import annotations

from app.views.calendar.geometry import DAY, Box
from app.views.calendar.gestures import (
    Ghost,
    Keys,
    Kind,
    Part,
    Press,
    follow,
    nudged,
    part_at,
    scroll_step,
)

BODY = Press(7, Part.BODY, 1, 630, 600, 660)


def at(ghost: Ghost) -> tuple[int, int, int]:
    return ghost.column, ghost.start, ghost.end


def test_the_edges_resize_and_the_rest_moves() -> None:
    box = Box(0, 100, 80, 50)
    found = [part_at(box, y) for y in (101, 120, 147)]
    assert found == [Part.UPPER, Part.BODY, Part.LOWER]


def test_a_low_block_can_be_moved_nearly_everywhere() -> None:
    assert part_at(Box(0, 100, 80, 20), 102) is Part.BODY


def test_moving_snaps_to_the_grid_and_keeps_the_length() -> None:
    assert at(follow(BODY, 2, 630 + 22, 15)) == (2, 615, 675)


def test_alt_moves_in_five_minutes() -> None:
    assert at(follow(BODY, 1, 630 + 11, 15, Keys(fine=True))) == (1, 610, 670)


def test_shift_keeps_the_time() -> None:
    assert at(follow(BODY, 3, 900, 15, Keys(keeps_time=True))) == (3, 600, 660)


def test_ctrl_copies() -> None:
    assert follow(BODY, 1, 640, 15, Keys(copies=True)).is_copy


def test_moving_stays_within_the_day() -> None:
    assert at(follow(BODY, 1, DAY + 500, 15)) == (1, DAY - 60, DAY)
    assert at(follow(BODY, 1, -500, 15)) == (1, 0, 60)


def test_the_lower_edge_changes_the_end_to_a_quarter_of_an_hour_at_least() -> None:
    press = Press(7, Part.LOWER, 1, 660, 600, 660)
    assert at(follow(press, 3, 690, 15)) == (1, 600, 690)
    assert at(follow(press, 1, 100, 15)) == (1, 600, 615)


def test_the_upper_edge_changes_the_start() -> None:
    press = Press(7, Part.UPPER, 1, 600, 600, 660)
    assert at(follow(press, 1, 580, 15)) == (1, 585, 660)
    assert at(follow(press, 1, 900, 15)) == (1, 645, 660)


def test_drawing_starts_at_the_step_that_was_pressed() -> None:
    press = Press(0, Part.BODY, 2, 607)
    assert at(follow(press, 2, 608, 15)) == (2, 600, 615)
    assert at(follow(press, 4, 655, 15)) == (2, 600, 660)
    assert follow(press, 2, 608, 15).kind is Kind.DRAW


def test_drawing_upwards_ends_at_the_step_that_was_pressed() -> None:
    assert at(follow(Press(0, Part.BODY, 2, 607), 2, 530, 15)) == (2, 525, 615)


def test_drawing_shows_from_the_first_pixel_and_moving_later() -> None:
    assert Press(0, Part.BODY, 0, 0).threshold == 1
    assert BODY.threshold == 5


def test_keys_move_by_columns_and_minutes_and_stop_at_the_borders() -> None:
    ghost = Ghost(Kind.MOVE, 7, 1, 600, 660, 1)
    assert at(nudged(ghost, 5, minutes=15)) == (1, 615, 675)
    assert at(nudged(ghost, 5, column=9)) == (4, 600, 660)
    assert at(nudged(ghost, 5, minutes=-9000)) == (1, 0, 60)


def test_keys_change_the_end() -> None:
    ghost = Ghost(Kind.MOVE, 7, 1, 600, 660, 1)
    assert at(nudged(ghost, 5, longer=30)) == (1, 600, 690)
    assert at(nudged(ghost, 5, longer=-300)) == (1, 600, 615)


def test_the_border_of_the_grid_scrolls_faster_the_nearer() -> None:
    assert scroll_step(300, 86, 700) == 0
    assert scroll_step(86, 86, 700) == -16
    assert 0 < scroll_step(665, 86, 700) < scroll_step(699, 86, 700) == 16
