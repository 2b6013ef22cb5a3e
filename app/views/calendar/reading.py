"""Reads what the calendar shows, at the desk; a month of it at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.models.values.schedule import TimeSpan, day_span
from app.services.catalog.requests import OfferingRow
from app.services.days import DaysRow
from app.services.office import Office
from app.services.people.requests import StudentRow
from app.services.people.tutor_requests import TutorRow
from app.services.places.requests import PlaceRow, RoomRow
from app.services.profile import OfficeRecord
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.periods import Period
from app.views.calendar.blocks import Names
from app.views.calendar.geometry import month_grid
from app.views.calendar.views import View, days_of
from app.views.theme import hue_of

WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class Reading:
    """A month of the office, as one look at the records gave it.

    Attributes:
        first: the first day that was read.
        last: the last day that was read.
        unused: weekdays of the weekend on which nobody works.
        carried: a session of another month that is on its way here.
        at: when it was read.
    """

    first: date
    last: date
    at: datetime
    record: OfficeRecord
    period: Period
    tutors: tuple[TutorRow, ...]
    students: tuple[StudentRow, ...]
    offerings: tuple[OfferingRow, ...]
    places: tuple[PlaceRow, ...]
    rooms: tuple[RoomRow, ...]
    terms: tuple[DaysRow, ...]
    names: Names
    unused: frozenset[int]
    carried: SessionCard | None = None

    def days(self, view: View, day: date) -> tuple[date, ...]:
        """List the days that a view shows around a day."""
        return days_of(view, day, self.record.first_weekday, self.unused)

    def holds(self, first: date, last: date) -> bool:
        """Say whether some days were read."""
        return self.first <= first and last <= self.last

    def card(self, session_id: int) -> SessionCard | None:
        """Give a session's card."""
        cards = self.period.cards
        found = (one for one in cards if one.session_id == session_id)
        if self.carried is not None and self.carried.session_id == session_id:
            return next(found, self.carried)
        return next(found, None)


def span_of_days(first: date, last: date, zone: ZoneInfo) -> TimeSpan:
    """Give the instants from the start of a day to the end of another."""
    return TimeSpan(day_span(first, zone).start, day_span(last, zone).end)


def read(office: Office, zone: ZoneInfo, day: date, now: datetime) -> Reading:
    """Read the month that a day lies in, with the weeks it touches."""
    record = office.settings.office()
    days = month_grid(day, record.first_weekday)
    tutors = office.tutors.tutors()
    offerings = office.catalog.offerings(with_archived=True)
    places = office.places.places(with_archived=True)
    rooms = office.places.rooms(with_archived=True)
    period = office.timetable.period(span_of_days(days[0], days[-1], zone))
    return Reading(
        days[0],
        days[-1],
        now,
        record,
        period,
        tutors,
        office.households.students(),
        offerings,
        places,
        rooms,
        office.days.terms(),
        _names(tutors, offerings, places, rooms),
        unused_weekdays(period, zone),
    )


def unused_weekdays(period: Period, zone: ZoneInfo) -> frozenset[int]:
    """List the days of the weekend on which nobody works and nothing is planned."""
    starts = [card.starts_at for card in period.cards]
    for times in period.times.values():
        if not times.is_known:
            return frozenset()
        starts += [span.start for span in times.free]
    used = {start.astimezone(zone).weekday() for start in starts}
    return WEEKEND - used if used else frozenset()


def _names(
    tutors: tuple[TutorRow, ...],
    offerings: tuple[OfferingRow, ...],
    places: tuple[PlaceRow, ...],
    rooms: tuple[RoomRow, ...],
) -> Names:
    return Names(
        hues={one.tutor_id: hue_of(one.colour) for one in tutors},
        sizes={one.offering_id: one.group_size for one in offerings},
        kinds={one.place_id: one.kind for one in places},
        places={one.place_id: one.name for one in places},
        rooms={one.room_id: one.name for one in rooms},
    )
