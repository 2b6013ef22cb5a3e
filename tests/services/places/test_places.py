"""Places, rooms and ways are kept, changed and taken out of use."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.models.faults import ChangedMeanwhileError
from app.models.values.entries import EmptyError, NumberError
from app.models.values.people import TravelMeans
from app.models.values.schedule import PlaceKind
from app.services.desk import Desk, MissingRecordError, OfficeOnlyError
from app.services.places.errors import (
    HalfCoordinatesError,
    RoomNameTakenError,
    SamePlaceError,
    StillPlannedError,
)
from app.services.places.records import Places
from app.services.places.requests import (
    AddPlace,
    AddRoom,
    ChangePlace,
    ChangeRoom,
    SetTravel,
)
from app.services.places.travel import TravelTable
from app.services.records import ArchivedError
from tests.factories import Make
from tests.services.conftest import tutor_desk

SOON = datetime(2026, 3, 10, 15, tzinfo=UTC)


@pytest.fixture
def places(desk: Desk) -> Places:
    return Places(desk)


def test_keeps_a_place_with_its_rooms(places: Places) -> None:
    place = places.add_place(
        AddPlace("Office", latitude=Decimal("51.5"), longitude=Decimal("-0.12"))
    )
    places.add_room(AddRoom(place, "Blue", seats=4))
    (row,) = places.places()
    assert (row.name, row.kind, row.latitude) == (
        "Office",
        PlaceKind.OFFICE,
        Decimal("51.500000"),
    )
    assert [(room.name, room.place, room.seats) for room in places.rooms(place)] == [
        ("Blue", "Office", 4)
    ]


def test_refuses_half_of_the_coordinates(places: Places) -> None:
    with pytest.raises(HalfCoordinatesError):
        places.add_place(AddPlace("Office", latitude=Decimal(51)))
    with pytest.raises(NumberError):
        places.add_place(AddPlace("X", latitude=Decimal(91), longitude=Decimal(0)))
    with pytest.raises(EmptyError):
        places.add_place(AddPlace(" "))


def test_two_rooms_of_a_place_have_different_names(places: Places) -> None:
    place = places.add_place(AddPlace("Office"))
    blue = places.add_room(AddRoom(place, "Blue"))
    red = places.add_room(AddRoom(place, "Red"))
    with pytest.raises(RoomNameTakenError):
        places.add_room(AddRoom(place, "Blue"))
    with pytest.raises(RoomNameTakenError):
        places.change_room(ChangeRoom(red, 1, name="Blue"))
    places.change_room(ChangeRoom(blue, 1, seats=2))
    assert places.rooms()[0].seats == 2


def test_a_stale_change_overwrites_nothing(places: Places) -> None:
    place = places.add_place(AddPlace("Office"))
    places.change_place(ChangePlace(place, 1, address="1 High Street"))
    with pytest.raises(ChangedMeanwhileError):
        places.change_place(ChangePlace(place, 1, address="2 High Street"))
    assert places.places()[0].address == "1 High Street"


def test_is_not_archived_while_sessions_are_planned(places: Places, make: Make) -> None:
    place = places.add_place(AddPlace("Office"))
    room = places.add_room(AddRoom(place, "Blue"))
    make.session(SOON, room_id=room)
    with pytest.raises(StillPlannedError):
        places.archive_room(room)
    with pytest.raises(StillPlannedError):
        places.archive_place(place)
    assert places.rooms()


def test_an_archived_place_takes_its_rooms_along(places: Places) -> None:
    place = places.add_place(AddPlace("Office"))
    room = places.add_room(AddRoom(place, "Blue"))
    places.archive_place(place)
    assert places.places() == ()
    assert places.rooms() == ()
    assert [row.room_id for row in places.rooms(with_archived=True)] == [room]
    with pytest.raises(ArchivedError):
        places.add_room(AddRoom(place, "Red"))


def test_a_way_is_noted_once_for_each_means(places: Places, desk: Desk) -> None:
    one, other = (places.add_place(AddPlace(name)) for name in "AB")
    places.set_travel(SetTravel(one, other, 20))
    places.set_travel(SetTravel(one, other, 25, distance=Decimal("7.5")))
    places.set_travel(SetTravel(one, other, 45, means=TravelMeans.FOOT))
    assert [(way.minutes, way.means) for way in places.ways()] == [
        (25, None),
        (45, TravelMeans.FOOT),
    ]
    with desk.snapshot() as snapshot:
        found = TravelTable.load(snapshot)
    assert found.minutes(other, one, TravelMeans.FOOT) == 45
    with pytest.raises(SamePlaceError):
        places.set_travel(SetTravel(one, one, 5))
    with pytest.raises(NumberError):
        places.set_travel(SetTravel(one, other, -5))
    with pytest.raises(MissingRecordError):
        places.set_travel(SetTravel(one, 999, 5))


def test_is_the_office_s_to_change(desk: Desk) -> None:
    with pytest.raises(OfficeOnlyError):
        Places(tutor_desk(desk, 1)).add_place(AddPlace("Mine"))


def test_a_tutor_sees_only_homes_of_own_students_and_the_own(
    desk: Desk, make: Make
) -> None:
    names = ("Own", "Pupil", "Held", "Strange")
    own, pupil, held, strange = (
        make.place(name, kind=PlaceKind.HOME) for name in names
    )
    office = make.place("Office")
    tutor, other = make.tutor(home_place_id=own), make.tutor(home_place_id=strange)
    make.placement(tutor, [make.student(home_place_id=pupil)])
    make.placement(other, [make.student(home_place_id=strange)])
    make.session(SOON, tutors=[tutor], place_id=held)
    make.room(strange, "Kitchen")
    places = Places(desk)
    for end in (pupil, strange):
        places.set_travel(SetTravel(office, end, 20))
    told = Places(tutor_desk(desk, tutor))
    assert {row.name for row in told.places()} == {"Office", "Own", "Pupil", "Held"}
    assert told.rooms() == ()
    assert [way.to_place_id for way in told.ways()] == [pupil]
    assert len(places.places()) == 5
    assert len(places.ways()) == 2
    assert len(places.rooms()) == 1
