"""The way back leads through the places as they stood."""

from __future__ import annotations

from app.views.shell.history import LONGEST, History, Stop
from app.views.tools import Link, Place

TODAY = Stop(Link(Place.TODAY))
WEEK = Stop(Link(Place.CALENDAR), {"date": "2026-11-24"})
BILLS = Stop(Link(Place.INVOICES))


def test_back_and_forward_give_what_was_left() -> None:
    history = History()
    history.leave(TODAY)
    history.leave(WEEK)
    assert history.back(BILLS) == WEEK
    assert history.back(WEEK) == TODAY
    assert not history.can_go_back
    assert history.forward(TODAY) == WEEK
    assert history.forward(WEEK) == BILLS
    assert not history.can_go_forward


def test_a_new_way_ends_the_one_ahead() -> None:
    history = History()
    history.leave(TODAY)
    history.back(WEEK)
    history.leave(TODAY)
    assert not history.can_go_forward


def test_the_way_back_is_not_endless() -> None:
    history = History()
    for _time in range(2 * LONGEST):
        history.leave(TODAY)
    steps = 0
    while history.can_go_back:
        history.back(WEEK)
        steps += 1
    assert steps == LONGEST
