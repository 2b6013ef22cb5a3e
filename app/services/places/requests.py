"""What can be asked of the places, and what is told about them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from app.models.values.people import TravelMeans
from app.models.values.schedule import PlaceKind
from app.models.values.unchanged import UNCHANGED, Unchanged


@dataclass(frozen=True, slots=True)
class AddPlace:
    """A request to keep a place; coordinates are degrees, both or none."""

    name: str
    kind: PlaceKind = PlaceKind.OFFICE
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    changing_minutes: int = 0


@dataclass(frozen=True, slots=True)
class ChangePlace:
    """A request to change a place."""

    place_id: int
    version: int
    name: str | Unchanged = UNCHANGED
    kind: PlaceKind | Unchanged = UNCHANGED
    address: str | Unchanged = UNCHANGED
    latitude: Decimal | Unchanged | None = UNCHANGED
    longitude: Decimal | Unchanged | None = UNCHANGED
    changing_minutes: int | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True)
class AddRoom:
    """A request to keep a room of a place."""

    place_id: int
    name: str
    seats: int | None = None
    is_single_use: bool = True


@dataclass(frozen=True, slots=True)
class ChangeRoom:
    """A request to change a room."""

    room_id: int
    version: int
    name: str | Unchanged = UNCHANGED
    seats: int | Unchanged | None = UNCHANGED
    is_single_use: bool | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True)
class SetTravel:
    """A request to note how long a way takes.

    Attributes:
        means: by which it goes; None is any.
        distance: in the office's unit.
        is_measured: somebody looked at a watch; else it is a guess.
    """

    from_place_id: int
    to_place_id: int
    minutes: int
    means: TravelMeans | None = None
    distance: Decimal | None = None
    is_measured: bool = True


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place as lists and forms show it."""

    place_id: int
    version: int
    name: str
    kind: PlaceKind
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    changing_minutes: int
    is_archived: bool


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room as lists and forms show it."""

    room_id: int
    version: int
    place_id: int
    place: str
    name: str
    seats: int | None
    is_single_use: bool
    is_archived: bool


@dataclass(frozen=True, slots=True)
class TravelRow:
    """A way of the office's table."""

    from_place_id: int
    to_place_id: int
    means: TravelMeans | None
    minutes: int
    distance: Decimal | None
    is_measured: bool
