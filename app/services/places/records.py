"""Keeping places, rooms and the office's table of travel times."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import func, select

from app.models.catalog import Place, Room, TravelTime
from app.models.database import Transaction
from app.models.scheduling import Session
from app.models.values import entries
from app.models.values.schedule import PlaceKind, SessionStatus
from app.services.desk import Desk, fetch
from app.services.places.errors import (
    HalfCoordinatesError,
    RoomNameTakenError,
    SamePlaceError,
    StillPlannedError,
)
from app.services.places.requests import (
    AddPlace,
    AddRoom,
    ChangePlace,
    ChangeRoom,
    PlaceRow,
    RoomRow,
    SetTravel,
    TravelRow,
)
from app.services.places.visible import hidden_homes
from app.services.records import (
    Checks,
    as_is,
    change,
    cleaned,
    optional,
    read_at,
    usable,
)
from app.text import _

_AHEAD = (SessionStatus.TENTATIVE, SessionStatus.PLANNED)


class Places:
    """Keeps the places and rooms, and the ways between them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_place(self, request: AddPlace) -> int:
        """Keep a new place.

        Raises:
            OfficeOnlyError: A tutor asked.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        place = Place(**cleaned(request, _PLACE))
        _require_both(place)
        with self._desk.transaction(_("Add a place")) as transaction:
            transaction.add(place)
            transaction.flush()
            return place.id

    def change_place(self, request: ChangePlace) -> None:
        """Change a place.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, _PLACE)
        with self._desk.transaction(_("Change a place")) as transaction:
            place = read_at(
                transaction, Place, request.place_id, request.version, _("place")
            )
            change(place, values)
            _require_both(place)

    def archive_place(self, place_id: int, version: int | None = None) -> None:
        """Take a place and its rooms out of use.

        Raises:
            StillPlannedError: Sessions are planned there.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive a place")) as transaction:
            place = read_at(transaction, Place, place_id, version, _("place"))
            _require_unplanned(transaction, place.name, Session.place_id == place_id)
            place.archived_at = transaction.at
            rooms = select(Room).where(
                Room.place_id == place_id, Room.archived_at.is_(None)
            )
            for room in transaction.scalars(rooms):
                _require_unplanned(transaction, room.name, Session.room_id == room.id)
                room.archived_at = transaction.at

    def add_room(self, request: AddRoom) -> int:
        """Keep a new room of a place.

        Raises:
            RoomNameTakenError: The place has one of that name.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, _ROOM)
        with self._desk.transaction(_("Add a room")) as transaction:
            usable(transaction, Place, request.place_id, _("place"))
            _require_new(transaction, request.place_id, values["name"])
            room = Room(place_id=request.place_id, **values)
            transaction.add(room)
            transaction.flush()
            return room.id

    def change_room(self, request: ChangeRoom) -> None:
        """Change a room.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            RoomNameTakenError: The place has another one of that name.
        """
        self._desk.require_office()
        values = cleaned(request, _ROOM)
        with self._desk.transaction(_("Change a room")) as transaction:
            room = read_at(
                transaction, Room, request.room_id, request.version, _("room")
            )
            if values.get("name", room.name) != room.name:
                _require_new(transaction, room.place_id, values["name"])
            change(room, values)

    def archive_room(self, room_id: int, version: int | None = None) -> None:
        """Take a room out of use.

        Raises:
            StillPlannedError: Sessions are planned in it.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive a room")) as transaction:
            room = read_at(transaction, Room, room_id, version, _("room"))
            _require_unplanned(transaction, room.name, Session.room_id == room_id)
            room.archived_at = transaction.at

    def set_travel(self, request: SetTravel) -> None:
        """Note how long a way takes, in place of what was noted for it.

        Raises:
            SamePlaceError: It leads nowhere.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, _WAY)
        if request.from_place_id == request.to_place_id:
            raise SamePlaceError
        ends: dict[str, Any] = {
            "from_place_id": request.from_place_id,
            "to_place_id": request.to_place_id,
            "means": request.means,
        }
        with self._desk.transaction(_("Note a travel time")) as transaction:
            for place_id in (request.from_place_id, request.to_place_id):
                fetch(transaction, Place, place_id, _("place"))
            way = transaction.scalars(select(TravelTime).filter_by(**ends)).first()
            if way is None:
                transaction.add(TravelTime(**ends, **values))
            else:
                change(way, values)

    def places(self, *, with_archived: bool = False) -> tuple[PlaceRow, ...]:
        """List the places by name; of homes a tutor sees the own and own students'."""
        query = select(Place).order_by(Place.name, Place.id)
        if not with_archived:
            query = query.where(Place.archived_at.is_(None))
        with self._desk.snapshot() as snapshot:
            hidden = hidden_homes(snapshot, self._desk.actor)
            return tuple(
                _place_row(place)
                for place in snapshot.scalars(query)
                if place.id not in hidden
            )

    def rooms(
        self, place_id: int | None = None, *, with_archived: bool = False
    ) -> tuple[RoomRow, ...]:
        """List the rooms, of one place or of all, by place and name."""
        query = (
            select(Room, Place.name)
            .join(Place, Place.id == Room.place_id)
            .order_by(Place.name, Place.id, Room.name, Room.id)
        )
        if place_id is not None:
            query = query.where(Room.place_id == place_id)
        if not with_archived:
            query = query.where(Room.archived_at.is_(None))
        with self._desk.snapshot() as snapshot:
            hidden = hidden_homes(snapshot, self._desk.actor)
            return tuple(
                _room_row(room, name)
                for room, name in snapshot.execute(query)
                if room.place_id not in hidden
            )

    def ways(self) -> tuple[TravelRow, ...]:
        """List the office's table of travel times; a tutor's without others' homes."""
        query = select(TravelTime).order_by(
            TravelTime.from_place_id, TravelTime.to_place_id, TravelTime.id
        )
        with self._desk.snapshot() as snapshot:
            hidden = hidden_homes(snapshot, self._desk.actor)
            return tuple(
                TravelRow(
                    way.from_place_id,
                    way.to_place_id,
                    way.means,
                    way.minutes,
                    way.distance,
                    way.is_measured,
                )
                for way in snapshot.scalars(query)
                if hidden.isdisjoint((way.from_place_id, way.to_place_id))
            )


def _require_both(place: Place) -> None:
    if (place.latitude is None) != (place.longitude is None):
        raise HalfCoordinatesError


def _require_new(transaction: Transaction, place_id: int, name: str) -> None:
    same = select(Room.id).where(
        Room.place_id == place_id, Room.name == name, Room.archived_at.is_(None)
    )
    if transaction.scalars(same).first() is not None:
        raise RoomNameTakenError(name)


def _require_unplanned(transaction: Transaction, name: str, where: Any) -> None:  # noqa: ANN401  a clause
    planned = select(func.count()).select_from(Session)
    planned = planned.where(where, Session.status.in_(_AHEAD))
    sessions = transaction.scalar(planned) or 0
    if sessions:
        raise StillPlannedError(name, sessions)


def _place_row(place: Place) -> PlaceRow:
    return PlaceRow(
        place.id,
        place.version,
        place.name,
        place.kind,
        place.address,
        place.latitude,
        place.longitude,
        place.changing_minutes,
        place.archived_at is not None,
    )


def _room_row(room: Room, place: str) -> RoomRow:
    return RoomRow(
        room.id,
        room.version,
        room.place_id,
        place,
        room.name,
        room.seats,
        room.is_single_use,
        room.archived_at is not None,
    )


def _degrees(value: Decimal, what: str, limit: int) -> Decimal:
    places = Decimal("0.000001")  # a tenth of a metre is enough to find a door
    return entries.decimal(value, what, -limit, limit, decimals=15).quantize(places)


_PLACE: Checks = {
    "name": partial(entries.named, what=_("place's name")),
    "kind": PlaceKind,
    "address": partial(entries.lines, what=_("address")),
    "latitude": optional(partial(_degrees, what=_("latitude"), limit=90)),
    "longitude": optional(partial(_degrees, what=_("longitude"), limit=180)),
    "changing_minutes": partial(entries.whole, what=_("changing time"), high=600),
}
_ROOM: Checks = {
    "name": partial(entries.named, what=_("room's name")),
    "seats": optional(partial(entries.whole, what=_("seats"), low=1, high=10_000)),
    "is_single_use": as_is,
}
_WAY: Checks = {
    "minutes": partial(entries.whole, what=_("travel time"), high=1440),
    "distance": optional(
        partial(entries.decimal, what=_("distance"), low=0, high=10_000)
    ),
    "is_measured": as_is,
}
