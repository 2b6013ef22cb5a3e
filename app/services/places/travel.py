"""How many minutes the way from one place to another takes.

The office's table comes first: the way asked for, else the way back. Of several rows
for a way a measured one wins over a guess, and one for the means over one for any.
Without a row the great circle between the coordinates, times 1.3, is travelled at the
tutor's usual speed, plus five minutes. Without coordinates the office's usual travel
time counts. Nobody travels within a place, nor to or from an online session.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import asin, ceil, cos, radians, sin, sqrt

from sqlalchemy import select

from app.models.catalog import Place, TravelTime
from app.models.database import Snapshot, Transaction
from app.models.office import OfficeProfile
from app.models.people import Tutor
from app.models.values.people import TravelMeans
from app.models.values.schedule import PlaceKind

USUAL_SPEED_KMH = {
    TravelMeans.CAR: 40,
    TravelMeans.TRANSIT: 20,
    TravelMeans.BICYCLE: 15,
    TravelMeans.FOOT: 5,
}
DETOUR = 1.3
SETTING_OUT = 5
_EARTH_KM = 6371.0088
_SLACK = 1e-9  # binary fractions may lie a hair above a whole minute


@dataclass(frozen=True, slots=True)
class Spot:
    """What travel needs to know of a place; coordinates in degrees."""

    is_online: bool = False
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A row of the office's table of travel times."""

    from_place_id: int
    to_place_id: int
    minutes: int
    means: TravelMeans | None = None
    is_measured: bool = False


@dataclass(slots=True)
class TravelTable:
    """Everything that tells the minutes between places, read at once."""

    spots: Mapping[int, Spot]
    ways: Mapping[tuple[int, int], tuple[Way, ...]]
    default: int
    _known: dict[tuple[int, int, TravelMeans, int | None], int] = field(
        default_factory=dict, init=False, repr=False
    )

    @classmethod
    def of(
        cls, spots: Mapping[int, Spot], ways: Iterable[Way], default: int = 0
    ) -> TravelTable:
        """Make a table from places and ways."""
        by_ends: dict[tuple[int, int], tuple[Way, ...]] = {}
        for way in ways:
            ends = (way.from_place_id, way.to_place_id)
            by_ends[ends] = (*by_ends.get(ends, ()), way)
        return cls(spots, by_ends, default)

    @classmethod
    def load(cls, work: Snapshot | Transaction) -> TravelTable:
        """Read the office's places, ways and usual travel time."""
        places = work.execute(
            select(Place.id, Place.kind, Place.latitude, Place.longitude)
        )
        spots = {
            place_id: Spot(
                kind is PlaceKind.ONLINE,
                None if latitude is None else float(latitude),
                None if longitude is None else float(longitude),
            )
            for place_id, kind, latitude, longitude in places
        }
        ways = work.execute(
            select(
                TravelTime.from_place_id,
                TravelTime.to_place_id,
                TravelTime.minutes,
                TravelTime.means,
                TravelTime.is_measured,
            ).order_by(TravelTime.id)
        )
        default = work.scalars(select(OfficeProfile.default_travel_minutes)).first()
        return cls.of(spots, (Way(*way) for way in ways), default or 0)

    def minutes(
        self,
        from_place_id: int | None,
        to_place_id: int | None,
        means: TravelMeans = TravelMeans.CAR,
        speed: int | None = None,
    ) -> int:
        """Tell the minutes of a way by some means.

        Args:
            from_place_id: where it starts; None is no place, from which nobody goes.
            to_place_id: where it ends.
            means: how the tutor travels.
            speed: the tutor's own, km/h; else what is usual for the means.
        """
        if from_place_id is None or to_place_id is None or from_place_id == to_place_id:
            return 0
        key = (from_place_id, to_place_id, means, speed)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._find(*key)
        return known

    def _find(self, start: int, end: int, means: TravelMeans, speed: int | None) -> int:
        here, there = self.spots.get(start, Spot()), self.spots.get(end, Spot())
        if here.is_online or there.is_online:
            return 0
        for ends in ((start, end), (end, start)):
            fitting = [
                way for way in self.ways.get(ends, ()) if way.means in {None, means}
            ]
            if fitting:
                best = max(
                    fitting, key=lambda way: (way.is_measured, way.means is not None)
                )
                return best.minutes
        distance = distance_km(here, there)
        if distance is None:
            return self.default
        hours = distance * DETOUR / (speed or USUAL_SPEED_KMH[means])
        return ceil(hours * 60 - _SLACK) + SETTING_OUT


def distance_km(here: Spot, there: Spot) -> float | None:
    """Give the great circle between two spots; None where coordinates lack."""
    if (
        here.latitude is None
        or here.longitude is None
        or there.latitude is None
        or there.longitude is None
    ):
        return None
    one, other = radians(here.latitude), radians(there.latitude)
    across = radians(there.longitude - here.longitude)
    half = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(across / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def travel_minutes(
    work: Snapshot | Transaction,
    from_place_id: int | None,
    to_place_id: int | None,
    tutor: Tutor,
) -> int:
    """Tell how long a tutor travels; for many ways load a table once instead."""
    table = TravelTable.load(work)
    return table.minutes(from_place_id, to_place_id, tutor.means, tutor.speed_kmh)
