"""The way between two places takes what rule 2 says."""

from __future__ import annotations

import pytest

from app.models.people import Tutor
from app.models.values.people import TravelMeans
from app.models.values.schedule import PlaceKind
from app.services.desk import Desk, fetch
from app.services.places.travel import (
    USUAL_SPEED_KMH,
    Spot,
    TravelTable,
    Way,
    distance_km,
    travel_minutes,
)
from tests.factories import Make

CAR, BICYCLE, FOOT = TravelMeans.CAR, TravelMeans.BICYCLE, TravelMeans.FOOT
LONDON, OXFORD = Spot(False, 51.5074, -0.1278), Spot(False, 51.7520, -1.2577)


def table(*ways: Way, default: int = 12, **spots: Spot) -> TravelTable:
    named = {int(name[1:]): spot for name, spot in spots.items()}
    return TravelTable.of({1: Spot(), 2: Spot(), 3: Spot()} | named, ways, default)


def test_nobody_travels_within_a_place_or_online_or_nowhere() -> None:
    found = table(Way(1, 2, 30), Way(1, 3, 30), p3=Spot(is_online=True))
    assert found.minutes(1, 1) == 0
    assert found.minutes(1, 3) == found.minutes(3, 1) == 0
    assert found.minutes(None, 1) == found.minutes(1, None) == 0


def test_the_table_counts_both_ways_unless_both_are_given() -> None:
    assert table(Way(1, 2, 30)).minutes(2, 1) == 30
    both = table(Way(1, 2, 30), Way(2, 1, 40))
    assert (both.minutes(1, 2), both.minutes(2, 1)) == (30, 40)


def test_a_measured_time_wins_over_a_guess_and_the_means_over_any() -> None:
    found = table(
        Way(1, 2, 30, CAR),
        Way(1, 2, 35, None, is_measured=True),
        Way(1, 2, 50, BICYCLE, is_measured=True),
    )
    assert found.minutes(1, 2, CAR) == 35
    assert found.minutes(1, 2, BICYCLE) == 50
    assert found.minutes(1, 2, FOOT) == 35


def test_another_means_says_nothing() -> None:
    assert table(Way(1, 2, 30, CAR)).minutes(1, 2, FOOT) == 12


def test_the_table_comes_before_coordinates() -> None:
    assert table(Way(2, 1, 44), p1=LONDON, p2=OXFORD).minutes(1, 2) == 44


def test_coordinates_give_the_great_circle_with_a_detour() -> None:
    kilometres = distance_km(LONDON, OXFORD)
    assert kilometres == pytest.approx(82.7, abs=0.5)
    found = table(p1=LONDON, p2=OXFORD)
    assert found.minutes(1, 2, CAR, 60) == pytest.approx(82.7 * 1.3 + 5, abs=1.5)
    assert found.minutes(1, 2, CAR) > found.minutes(1, 2, CAR, 60)
    assert set(USUAL_SPEED_KMH) == set(TravelMeans)


def test_a_whole_number_of_minutes_is_not_rounded_up() -> None:
    length = distance_km(Spot(False, 0, 0), Spot(False, 0, 1))
    assert length is not None
    degree = 60 / 1.3 / length
    found = table(p1=Spot(False, 0, 0), p2=Spot(False, 0, degree))
    assert found.minutes(1, 2, CAR, 60) == 65


def test_without_coordinates_the_office_s_usual_time_counts() -> None:
    assert table(p1=LONDON).minutes(1, 2) == 12


def test_reads_everything_from_the_office(desk: Desk, make: Make) -> None:
    online = make.place(kind=PlaceKind.ONLINE)
    here, there = make.place(), make.place()
    tutor = make.tutor(means=TravelMeans.FOOT)
    with desk.snapshot() as snapshot:
        assert TravelTable.load(snapshot).minutes(here, online) == 0
        who = fetch(snapshot, Tutor, tutor, "tutor")
        assert travel_minutes(snapshot, here, there, who) == 0
