"""Finds the hard clashes of planned sessions, all dates at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.models.catalog import Offering, Room
from app.models.database import Snapshot, Transaction
from app.models.scheduling import Session
from app.models.values.occupancy import ResourceKind, resource
from app.models.values.schedule import TimeSpan
from app.services.scheduling import rules
from app.services.scheduling.facts import Draft, Facts, RoomFact
from app.services.scheduling.neighbours import Probe, Row, around
from app.services.scheduling.occupancy import in_batches
from app.services.scheduling.requests import ClashKind
from app.services.scheduling.rules import Met, Needs, Stop
from app.services.scheduling.seats import (
    Seated,
    count,
    fullest,
    seated_in,
    shares_seats,
)
from app.services.scheduling.sentences import (
    Finding,
    Full,
    at_minute,
    day_text,
    span_text,
)
from app.text import _

_OVERLAPS = {
    ResourceKind.TUTOR: ClashKind.TUTOR,
    ResourceKind.STUDENT: ClashKind.STUDENT,
    ResourceKind.ROOM: ClashKind.ROOM,
}
Own = tuple[ResourceKind, int]


@dataclass(frozen=True, slots=True)
class _Asked:
    draft: int
    own: Own
    probe: Probe


def hard_findings(
    facts: Facts, drafts: Sequence[Draft], moved: Collection[int]
) -> list[list[Finding]]:
    """List for each draft what it cannot be booked against.

    Drafts are also checked against each other: in order of time, each against those
    before it that can be booked.

    Args:
        facts: what is known of the office.
        drafts: the planned sessions.
        moved: sessions whose present times do not count.
    """
    found = [list(_of_the_day(facts, draft)) for draft in drafts]
    asked = _questions(facts, drafts)
    rows = around(facts.work, [one.probe for one in asked], moved)
    stops = stops_of(facts.work, rows)
    by_draft: dict[int, list[tuple[_Asked, list[Stop]]]] = defaultdict(list)
    for one, beside in zip(asked, rows, strict=True):
        by_draft[one.draft].append((one, [stops[row] for row in beside]))
    taken: dict[Own, list[Stop]] = defaultdict(list)
    seated = _seated(facts, drafts, moved)
    for number in sorted(range(len(drafts)), key=lambda n: drafts[n].start):
        draft = drafts[number]
        own_stop = _own_stop(facts, draft)
        for one, near in by_draft[number]:
            before = taken[one.own]
            met = rules.in_the_way(
                own_stop, near + before, needs_of(facts, one.own, facts.rooms)
            )
            found[number] += [_finding(facts, one.own, own_stop, each) for each in met]
        found[number] += _crowded(facts, draft, own_stop, seated)
        if not found[number]:
            if draft.room_id is not None:
                there = Seated(own_stop, len(draft.student_ids))
                seated[draft.room_id].append(there)
            for one, _near in by_draft[number]:
                taken[one.own].append(own_stop)
    return found


def _questions(facts: Facts, drafts: Sequence[Draft]) -> list[_Asked]:
    asked: list[_Asked] = []
    for number, draft in enumerate(drafts):
        for own in resources_of(facts, draft):
            probe = Probe(resource(*own), draft.start, draft.end)
            asked.append(_Asked(number, own, probe))
    return asked


def resources_of(facts: Facts, draft: Draft) -> Iterator[Own]:
    """Give whose time a draft takes: tutors, students and a single-use room."""
    for tutor_id in draft.tutor_ids:
        yield ResourceKind.TUTOR, tutor_id
    for student_id in draft.student_ids:
        yield ResourceKind.STUDENT, student_id
    if draft.room_id is not None and facts.rooms[draft.room_id].is_single_use:
        yield ResourceKind.ROOM, draft.room_id


def _own_stop(facts: Facts, draft: Draft) -> Stop:
    offering = facts.offerings[draft.offering_id]
    return Stop(
        draft.start,
        draft.end,
        draft.session_id,
        draft.place_id,
        offering.before,
        offering.after,
    )


def stops_of(
    work: Snapshot | Transaction, rows: Sequence[Sequence[Row]]
) -> Mapping[Row, Stop]:
    """Read the places and buffers of the sessions that rows stand for."""
    flat = {row for near in rows for row in near}
    known: dict[int, tuple[int | None, int, int]] = {}
    for ids in in_batches({row.session_id for row in flat}):
        statement = (
            select(
                Session.id,
                func.coalesce(Session.place_id, Room.place_id),
                Offering.buffer_before,
                Offering.buffer_after,
            )
            .join(Offering, Offering.id == Session.offering_id)
            .outerjoin(Room, Room.id == Session.room_id)
            .where(Session.id.in_(ids))
        )
        for session_id, place_id, before, after in work.rows(statement):
            known[session_id] = (place_id, before, after)
    return {
        row: Stop(row.start, row.end, row.session_id, *known[row.session_id])
        for row in flat
    }


def needs_of(facts: Facts, own: Own, rooms: Mapping[int, RoomFact]) -> Needs:
    """Make the rule of what must lie between two sessions of a resource."""
    kind, row_id = own
    if kind is ResourceKind.STUDENT:
        return rules.no_gap
    if kind is ResourceKind.ROOM:
        return rules.room_needs(rooms[row_id].changing)
    tutor = facts.tutors[row_id]

    def travel(start: int, end: int) -> int:
        """Give the minutes of a way by the tutor's means."""
        return facts.travel.minutes(start, end, tutor.means, tutor.speed)

    return rules.tutor_needs(tutor.gap, travel)


def name_of(facts: Facts, own: Own) -> str:
    """Name a tutor, student or room."""
    kind, row_id = own
    if kind is ResourceKind.TUTOR:
        return facts.tutors[row_id].name
    if kind is ResourceKind.STUDENT:
        return facts.students[row_id].name
    return facts.rooms[row_id].name


def _finding(facts: Facts, own: Own, planned: Stop, met: Met) -> Finding:
    if met.needed is None:
        kind, way_out = _OVERLAPS[own[0]], ""
    elif met.other.end <= planned.start:
        kind = ClashKind.TOO_CLOSE
        free = at_minute(met.other.end + met.needed, facts.zone)
        way_out = _("Start at {time:%H:%M} or later.").format(time=free)
    else:
        kind = ClashKind.TOO_CLOSE
        free = at_minute(met.other.start - met.needed, facts.zone)
        way_out = _("End at {time:%H:%M} or earlier.").format(time=free)
    return Finding(
        kind,
        name_of(facts, own),
        own,
        met.other,
        met.needed or 0,
        way_out=way_out,
    )


def _of_the_day(facts: Facts, draft: Draft) -> Iterator[Finding]:
    yield from _closed(facts, draft)
    yield from _away(facts, draft)
    yield from _full(facts, draft)


def _closed(facts: Facts, draft: Draft) -> Iterator[Finding]:
    first, last = facts.day(draft.starts_at), facts.day(_last_moment(draft))
    for closure in facts.closures:
        if closure.first <= last and first <= closure.last:
            yield Finding(
                ClashKind.CLOSED,
                closure.name,
                detail=_("The office is closed on {day} ({name}).").format(
                    day=day_text(max(first, closure.first)), name=closure.name
                ),
                way_out=_("Choose another day."),
            )


def _away(facts: Facts, draft: Draft) -> Iterator[Finding]:
    span = TimeSpan(draft.starts_at, draft.ends_at)
    for tutor_id in draft.tutor_ids:
        for leave in facts.tutor_times[tutor_id].leave:
            if leave.overlaps(span):
                yield _leave(facts, (ResourceKind.TUTOR, tutor_id), draft)
    for student_id in draft.student_ids:
        for absence in facts.student_times[student_id].absent:
            if absence.overlaps(span):
                yield _leave(facts, (ResourceKind.STUDENT, student_id), draft)


def _leave(facts: Facts, own: Own, draft: Draft) -> Finding:
    is_tutor = own[0] is ResourceKind.TUTOR
    text = _("{who} is on leave {when}.") if is_tutor else _("{who} is away {when}.")
    return Finding(
        ClashKind.TUTOR_LEAVE if is_tutor else ClashKind.STUDENT_LEAVE,
        name_of(facts, own),
        own,
        detail=text.format(
            who=name_of(facts, own), when=span_text(_own_stop(facts, draft), facts.zone)
        ),
        way_out=_("Choose another time or another tutor.")
        if is_tutor
        else _("Choose another day."),
    )


def _full(facts: Facts, draft: Draft) -> Iterator[Finding]:
    count = len(draft.student_ids)
    offering = facts.offerings[draft.offering_id]
    if count > offering.group_size:
        yield Finding(
            ClashKind.CAPACITY,
            offering.name,
            detail=_("{name} takes {most} students at once, not {count}.").format(
                name=offering.name, most=offering.group_size, count=count
            ),
            way_out=_("Book the others on a session of their own."),
        )
    room = facts.rooms.get(draft.room_id or 0)
    if room is not None and room.seats is not None and count > room.seats:
        yield Finding(
            ClashKind.CAPACITY,
            room.name,
            (ResourceKind.ROOM, room.row_id),
            detail=_("{name} seats {most}, and {count} would come.").format(
                name=room.name, most=room.seats, count=count
            ),
            way_out=_("Choose a larger room."),
        )


def _seated(
    facts: Facts, drafts: Sequence[Draft], moved: Collection[int]
) -> dict[int, list[Seated]]:
    start = min((draft.start for draft in drafts), default=0)
    end = max((draft.end for draft in drafts), default=0)
    return seated_in(facts.work, facts.rooms.values(), start, end, moved)


def _crowded(
    facts: Facts, draft: Draft, planned: Stop, seated: Mapping[int, Sequence[Seated]]
) -> Iterator[Finding]:
    """Find a shared room whose seats are taken by other sessions."""
    room = facts.rooms.get(draft.room_id or 0)
    coming = len(draft.student_ids)
    if room is None or room.seats is None or not shares_seats(room):
        return
    if not 0 < coming <= room.seats:
        return
    there = fullest(planned, seated.get(room.row_id, ()))
    taken = count(there)
    if taken + coming > room.seats:
        yield Finding(
            ClashKind.CAPACITY,
            room.name,
            (ResourceKind.ROOM, room.row_id),
            there[0].stop,
            full=Full(room.seats, taken, coming, tuple(one.stop for one in there)),
        )


def _last_moment(draft: Draft) -> datetime:
    return max(draft.starts_at, draft.ends_at - timedelta(minutes=1))
