"""Which lots give a place's minutes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.billing import ChargeKind, LotUnit
from app.services.charging.dues import Due
from app.services.charging.facts import LotFacts
from app.services.charging.lots import Draw, Shelf
from tests.services.charging.pictures import student


def lot(
    number: int,
    left: int,
    expires: date | None = None,
    *,
    of: int | None = None,
    unit: LotUnit = LotUnit.MINUTES,
) -> LotFacts:
    return LotFacts(number, 1, of, unit, left, expires)


def came(minutes: int, who: int = 1) -> Due:
    return Due(student(who, household_id=1), ChargeKind.SESSION, minutes)


def missed(minutes: int, percent: str) -> Due:
    return Due(student(), ChargeKind.NO_SHOW, minutes, Decimal(percent))


MARCH, MAY = date(2027, 3, 1), date(2027, 5, 1)


def test_the_earliest_expiry_is_drawn_first_and_no_expiry_last() -> None:
    shelf = Shelf([lot(1, 30), lot(2, 20, MAY), lot(4, 10, MARCH), lot(3, 10, MARCH)])
    drawn = shelf.draw(came(60))
    assert [(draw.lot_id, draw.units) for draw in drawn.draws] == [
        (3, 10),
        (4, 10),
        (2, 20),
        (1, 20),
    ]
    assert drawn.lacking == 0


def test_what_the_lots_lack_is_left_over() -> None:
    drawn = Shelf([lot(1, 60)]).draw(came(90))
    assert (drawn.draws, drawn.lacking) == ((Draw(1, 1, 60),), 30)


def test_a_students_own_lot_is_not_for_the_brother() -> None:
    shelf = Shelf([lot(1, 60, of=1)])
    assert shelf.covers(student(1))
    assert not shelf.covers(student(2, household_id=1))


def test_another_household_cannot_draw() -> None:
    assert not Shelf([lot(1, 60)]).covers(student(2))


def test_brother_and_sister_share_what_is_left() -> None:
    shelf = Shelf([lot(1, 90)])
    assert shelf.draw(came(60, 1)).lacking == 0
    assert shelf.draw(came(60, 2)).lacking == 30
    assert not shelf.covers(student(1))


@pytest.mark.parametrize(
    ("percent", "units"), [("100", 45), ("50", 23), ("33.3", 15), ("0", 0)]
)
def test_a_missed_place_draws_its_percentage_of_the_minutes(
    percent: str, units: int
) -> None:
    drawn = Shelf([lot(1, 60)]).draw(missed(45, percent))
    assert sum(draw.units for draw in drawn.draws) == units


@pytest.mark.parametrize(("percent", "units"), [("100", 1), ("50", 1), ("49", 0)])
def test_a_missed_place_draws_a_rounded_session(percent: str, units: int) -> None:
    drawn = Shelf([lot(1, 3, unit=LotUnit.SESSIONS)]).draw(missed(45, percent))
    assert (sum(draw.units for draw in drawn.draws), drawn.lacking) == (units, 0)


def test_a_session_unit_covers_a_session_of_any_length() -> None:
    drawn = Shelf([lot(1, 3, unit=LotUnit.SESSIONS)]).draw(came(150))
    assert (drawn.draws, drawn.lacking) == ((Draw(1, 1, 1),), 0)


LOTS = st.lists(st.integers(0, 200), max_size=5)


@given(LOTS, st.lists(st.integers(0, 300), max_size=5))
def test_drawn_and_lacking_add_up_and_no_lot_gives_more_than_it_has(
    lefts: list[int], needs: list[int]
) -> None:
    shelf = Shelf([lot(number, left) for number, left in enumerate(lefts)])
    given_by = dict.fromkeys(range(len(lefts)), 0)
    for need in needs:
        drawn = shelf.draw(came(need))
        assert sum(draw.units for draw in drawn.draws) + drawn.lacking == need
        for draw in drawn.draws:
            given_by[draw.lot_id] += draw.units
    assert all(given_by[number] <= left for number, left in enumerate(lefts))
    assert sum(given_by.values()) == min(sum(lefts), sum(needs))
