"""Finds the next times at which tutors, students and a room are all free."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from math import gcd

from app.models.database import Snapshot
from app.models.values.occupancy import ResourceKind, resource
from app.models.values.schedule import TimeSpan, Unknown, day_span, wall_clock
from app.services.desk import Desk, profile
from app.services.rights import require_own_session
from app.services.scheduling import facts as known
from app.services.scheduling.errors import NoZoneError
from app.services.scheduling.facts import Draft, Facts
from app.services.scheduling.hard import Own, needs_of, stops_of
from app.services.scheduling.neighbours import DAY, held_in
from app.services.scheduling.reach import require_own_people
from app.services.scheduling.requests import FindFree, FreeTime
from app.services.scheduling.rules import Stop
from app.services.scheduling.seats import Shared, count, fullest, seated_in
from app.services.scheduling.slots import Stretch, Timeline, common, minus, on_grid
from app.services.scheduling.validating import check_length, check_people

MOST_DAYS = 366
ZONE_STEP = 15  # every zone lies a multiple of it away from UTC


class FreeTimes:
    """Answers when something could be booked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def next_free(self, request: FindFree) -> tuple[FreeTime, ...]:
        """List the next times without a clash on the office's grid, earliest first.

        Raises:
            LengthError: It lasts no time, or longer than a day.
            NoZoneError: The moment to search from has no time zone.
            NotYoursError: A tutor asked about others.
            MissingRecordError: Somebody or something asked for is not there.
            ArchivedError: Somebody asked for is archived.
        """
        check_length(request.minutes)
        if request.from_at.utcoffset() is None:
            raise NoZoneError(request.from_at)
        days = min(max(request.days, 1), MOST_DAYS)
        span = TimeSpan(request.from_at, request.from_at + timedelta(days=days))
        with self._desk.snapshot() as snapshot:
            self._require_own(snapshot, request)
            draft = Draft(
                span.start,
                span.end,
                request.offering_id,
                request.tutor_ids,
                request.student_ids,
                request.place_id,
                request.room_id,
            )
            facts = known.load(snapshot, [draft], self._desk.now())
            check_people(
                facts, request.tutor_ids, request.student_ids, may_be_empty=True
            )
            rooms = dict(facts.rooms)
            if request.any_room:
                rooms = known.rooms_of(snapshot, request.place_id)
            search = _Search(facts, request, rooms)
            grid = profile(snapshot).grid_minutes
            return tuple(islice(search.times(grid, span), max(request.limit, 0)))

    def _require_own(self, snapshot: Snapshot, request: FindFree) -> None:
        actor = self._desk.actor
        require_own_people(snapshot, actor, request.tutor_ids, request.student_ids)
        if request.without is not None:
            require_own_session(snapshot, actor, request.without)


class _Search:
    """One question with everything that answers it."""

    def __init__(
        self, facts: Facts, request: FindFree, rooms: Mapping[int, known.RoomFact]
    ) -> None:
        self._facts = facts
        self._request = request
        self._rooms = rooms
        self._offering = facts.offerings[request.offering_id]

    def times(self, grid: int, span: TimeSpan) -> Iterator[FreeTime]:
        """Give free times on the grid of the wall clock, with the first free room."""
        people, rooms = self._timelines(span)
        shared = self._shared(span)
        step = gcd(grid, ZONE_STEP)
        for start in on_grid(self._open(span), self._request.minutes, step):
            moment = datetime.fromtimestamp(start * 60, UTC)
            if not self._is_asked_for(moment, grid):
                continue
            found, room_id = self._room_at(start, rooms, shared)
            stop = self._stop(start, room_id)
            if found and all(line.has_room(stop) for line in people):
                end = moment + timedelta(minutes=self._request.minutes)
                yield FreeTime(TimeSpan(moment, end), room_id)

    def _room_at(
        self, start: int, rooms: Mapping[int, Timeline], shared: Shared
    ) -> tuple[bool, int | None]:
        coming = len(self._request.student_ids)
        if not self._rooms and not self._request.any_room:
            return True, None
        for room_id, room in self._rooms.items():
            stop = self._stop(start, room_id)
            there = count(fullest(stop, shared.get(room_id, ()))) if coming else 0
            if room.seats is not None and room.seats < there + coming:
                continue
            if room_id not in rooms or rooms[room_id].has_room(stop):
                return True, room_id
        return False, None

    def _shared(self, span: TimeSpan) -> Shared:
        without = self._request.without
        return seated_in(
            self._facts.work,
            self._rooms.values(),
            _down(span.start),
            _up(span.end),
            () if without is None else {without},
        )

    def _stop(self, start: int, room_id: int | None) -> Stop:
        place_id = self._request.place_id
        if room_id is not None:
            place_id = self._rooms[room_id].place_id
        end = start + self._request.minutes
        offering = self._offering
        return Stop(start, end, None, place_id, offering.before, offering.after)

    def _is_asked_for(self, moment: datetime, grid: int) -> bool:
        wall = wall_clock(moment, self._facts.zone)
        minute = wall.hour * 60 + wall.minute
        windows = self._request.windows
        if minute % grid or not self._is_weekday(wall.weekday()):
            return False
        return not windows or any(
            window.weekday == wall.weekday()
            and window.start <= minute
            and minute + self._request.minutes <= window.end
            for window in windows
        )

    def _is_weekday(self, weekday: int) -> bool:
        return not self._request.weekdays or weekday in self._request.weekdays

    def _open(self, span: TimeSpan) -> list[Stretch]:
        """Give when everybody can and the office is open, with enough notice."""
        facts = self._facts
        earliest = facts.now
        if self._offering.notice_hours is not None:
            earliest += timedelta(hours=self._offering.notice_hours)
        whole = (_up(max(span.start, earliest)), _down(span.end))
        sets: list[Sequence[Stretch]] = [[whole]]
        for times in facts.tutor_times.values():
            if times.is_known or facts.unknown is not Unknown.ALWAYS:
                sets.append(_stretches(times.free))
            sets[0] = minus(sets[0], _stretches(times.leave))
        for can in facts.student_times.values():
            if can.is_known:
                sets.append(_stretches(can.free))
            sets[0] = minus(sets[0], _stretches(can.absent))
        closed = [
            (
                _down(day_span(days.first, facts.zone).start),
                _up(day_span(days.last, facts.zone).end),
            )
            for days in facts.closures
        ]
        return minus(common(sets), closed)

    def _timelines(self, span: TimeSpan) -> tuple[list[Timeline], dict[int, Timeline]]:
        facts = self._facts
        people: list[Own] = [
            *((ResourceKind.TUTOR, row_id) for row_id in self._request.tutor_ids),
            *((ResourceKind.STUDENT, row_id) for row_id in self._request.student_ids),
        ]
        rooms: list[Own] = [
            (ResourceKind.ROOM, row_id)
            for row_id, room in self._rooms.items()
            if room.is_single_use
        ]
        numbers = {resource(*own): own for own in (*people, *rooms)}
        start, end = _down(span.start) - DAY, _up(span.end) + DAY
        held = held_in(facts.work, numbers, start, end)
        if self._request.without is not None:
            held = {
                number: [row for row in rows if row.session_id != self._request.without]
                for number, rows in held.items()
            }
        stops = stops_of(facts.work, list(held.values()))
        lines = {
            own: Timeline(
                [stops[row] for row in held.get(number, ())],
                needs_of(facts, own, self._rooms),
            )
            for number, own in numbers.items()
        }
        return [lines[own] for own in people], {own[1]: lines[own] for own in rooms}


def _stretches(spans: Sequence[TimeSpan]) -> list[Stretch]:
    return [(_up(span.start), _down(span.end)) for span in spans]


def _up(moment: datetime) -> int:
    return -(-int(moment.timestamp()) // 60)


def _down(moment: datetime) -> int:
    return int(moment.timestamp()) // 60
