"""What must hold of the timetable: at every moment, and after each booking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import combinations

from app.models.values.people import ExceptionKind
from app.models.values.schedule import (
    AttendanceState,
    PlaceKind,
    SessionStatus,
)
from tests.properties.ledger_rules import Rule
from tests.properties.picture import Entry, Picture

Who = tuple[str, int]
MINUTE = timedelta(minutes=1)
_PACKED = {"tutor": 0, "student": 1, "room": 2}


def people_of(picture: Picture, session: Entry) -> list[Who]:
    """List whose time a session takes: tutors, those expected, a single-use room."""
    who: list[Who] = [
        ("tutor", part.tutor_id)
        for part in picture.of("session_tutor", "session_id", session.id)
    ]
    who += [
        ("student", place.student_id)
        for place in picture.of("attendance", "session_id", session.id)
        if not place.state.value.startswith("cancelled")
    ]
    if session.room_id and picture.get("room", session.room_id).is_single_use:
        who.append(("room", session.room_id))
    return who


def is_on(session: Entry) -> bool:
    """Say whether a session takes its slot."""
    return not session.status.value.startswith("cancelled")


def by_resource(picture: Picture) -> dict[Who, list[Entry]]:
    """List each resource's sessions in order of time."""
    found: dict[Who, list[Entry]] = defaultdict(list)
    for session in sorted(picture.rows("session"), key=lambda row: row.starts_at):
        if is_on(session):
            for who in people_of(picture, session):
                found[who].append(session)
    return found


def nobody_is_in_two_places(picture: Picture) -> Iterator[str]:
    """Let no two sessions of one tutor, student or room overlap, unless overridden."""
    for who, sessions in by_resource(picture).items():
        plain = [one for one in sessions if not one.override_reason]
        for one, other in combinations(plain, 2):
            if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
                yield f"sessions {one.id} and {other.id} overlap for {who}"


def guard_knows_all(picture: Picture) -> Iterator[str]:
    """Let the database's guard hold exactly what the sessions take."""
    wanted: tuple[set[tuple[int, int, int]], ...] = (set(), set())
    for (kind, row_id), sessions in by_resource(picture).items():
        number = row_id << 2 | _PACKED[kind]
        for one in sessions:
            first, last = (
                number << 28 | int(moment.timestamp()) // 60
                for moment in (one.starts_at, one.ends_at)
            )
            wanted[bool(one.override_reason)].add((first, last, one.id))
    for kept, right in zip(picture.guards, wanted, strict=True):
        if kept != right:
            yield f"the guard is wrong about sessions {sorted(kept ^ right)}"


def groups_fit(picture: Picture) -> Iterator[str]:
    """Let no session have more students than its offering takes."""
    for session in picture.rows("session"):
        offering = picture.get("offering", session.offering_id)
        taught = [who for who in people_of(picture, session) if who[0] == "student"]
        is_plain = is_on(session) and not session.override_reason
        if is_plain and len(taught) > offering.group_size:
            yield f"session {session.id} has {len(taught)} students"


def statuses_fit(picture: Picture) -> Iterator[str]:
    """Let a session's status follow from its close-out and its students' states."""
    for session in picture.rows("session"):
        places = picture.of("attendance", "session_id", session.id)
        states = [place.state for place in places]
        is_closed = bool(picture.of("close_out", "session_id", session.id))
        if _is_of_course(picture, session) and not is_closed:
            continue  # goes on when its last student leaves
        wrong = _contradiction(session.status, states, is_closed=is_closed)
        if wrong:
            yield f"session {session.id} is {session.status}, but {wrong}"
        if is_on(session) != (session.cancelled_at is None):
            yield f"session {session.id} is {session.status} at no moment"
        for place in places:
            if (place.actual_minutes is not None) != (
                place.state is AttendanceState.PRESENT
            ):
                yield f"session {session.id}: minutes of one who is {place.state}"


def _is_of_course(picture: Picture, session: Entry) -> bool:
    series = picture.tables["series"].get(session.series_id)
    return series is not None and bool(series.course_name)


def _contradiction(
    status: SessionStatus, states: Sequence[AttendanceState], *, is_closed: bool
) -> str:
    came = AttendanceState.PRESENT in states
    stayed_away = AttendanceState.ABSENT in states
    all_off = all(state.value.startswith("cancelled") for state in states)
    wrong = {
        "it was closed out": is_closed or came or stayed_away,
        "everybody cancelled": bool(states) and all_off,
    }
    if status is SessionStatus.HELD:
        wrong = {"nobody came": not (is_closed and (came or not states))}
    elif status is SessionStatus.NO_SHOW:
        wrong = {
            "somebody came": came,
            "nobody is missing": bool(states) and not stayed_away,
        }
    elif status.value.startswith("cancelled"):
        late = AttendanceState.CANCELLED_LATE in states
        wrong = {
            "somebody is expected": not all_off,
            "somebody was late": late and status.value != "cancelled_late",
            "nobody cancelled so": bool(states)
            and status.value not in {state.value for state in states},
        }
    return ", ".join(why for why, is_so in wrong.items() if is_so)


TIMETABLE_RULES: tuple[Rule, ...] = (
    nobody_is_in_two_places,
    guard_knows_all,
    groups_fit,
    statuses_fit,
)


def gaps_are_kept(before: Picture, after: Picture) -> Iterator[str]:
    """Let what was just booked without an override keep its gaps to its neighbours.

    A session that goes may leave two others closer than the way between them, because
    only neighbours are compared; so only what was written now is looked at.
    """
    written = _written(before, after)
    for who, sessions in by_resource(after).items():
        for one in sessions:
            if one.id not in written or one.override_reason:
                continue
            others = [
                other
                for other in sessions
                if other.id != one.id
                and not (other.id in written and other.override_reason)
            ]
            yield from _too_close(after, who, one, others)


def nobody_works_when_away(before: Picture, after: Picture) -> Iterator[str]:
    """Let nothing be booked on closed days, in leave, or while a student is away.

    What was entered later leaves the sessions that it concerns as they are.
    """
    closed = [(row.from_on, row.until_on) for row in after.rows("closure")]
    for session_id in sorted(_written(before, after)):
        session = after.get("session", session_id)
        if session.override_reason:
            continue
        first = after.day(session.starts_at)
        last = after.day(session.ends_at - MINUTE)
        if any(start <= last and first <= end for start, end in closed):
            yield f"session {session_id} lies on a closed day"
        for kind, row_id in people_of(after, session):
            table = "exception" if kind == "tutor" else "student_absence"
            for row in after.of(table, f"{kind}_id", row_id) if kind != "room" else ():
                if kind == "student":
                    meets = row.from_on <= last and first <= row.until_on
                else:
                    meets = row.kind is ExceptionKind.LEAVE
                    meets &= row.starts_at < session.ends_at
                    meets &= session.starts_at < row.ends_at
                if meets:
                    yield f"session {session_id}: {kind} {row_id} is away"


def _written(before: Picture, after: Picture) -> set[int]:
    """List the sessions whose slot or people a step wrote."""
    return {
        session.id
        for session in after.rows("session")
        if is_on(session) and _slot(before, session.id) != _slot(after, session.id)
    }


def _slot(picture: Picture, session_id: int) -> object:
    session = picture.tables["session"].get(session_id)
    if session is None or not is_on(session):
        return None
    return (
        session.starts_at,
        session.ends_at,
        session.place_id,
        sorted(people_of(picture, session)),
    )


def _too_close(
    picture: Picture, who: Who, one: Entry, others: Sequence[Entry]
) -> Iterator[str]:
    former = [other for other in others if other.ends_at <= one.starts_at]
    later = [other for other in others if other.starts_at >= one.ends_at]
    pairs = []
    if former:
        pairs.append((max(former, key=lambda row: row.ends_at), one))
    if later:
        pairs.append((one, min(later, key=lambda row: row.starts_at)))
    for first, second in pairs:
        free = (second.starts_at - first.ends_at) // MINUTE
        needed = needed_gap(picture, who, first, second)
        if free < needed:
            yield f"{free} of {needed} min between {first.id} and {second.id} of {who}"


def needed_gap(picture: Picture, who: Who, first: Entry, second: Entry) -> int:
    """Tell how many minutes must lie between two neighbours of a resource."""
    kind, row_id = who
    if kind == "student":
        return 0
    if kind == "room":
        place = picture.get("place", picture.get("room", row_id).place_id)
        return int(place.changing_minutes)
    gaps = [
        picture.get("offering", first.offering_id).buffer_after,
        picture.get("offering", second.offering_id).buffer_before,
        picture.get("tutor", row_id).gap_minutes,
        _way(picture, first.place_id, second.place_id),
    ]
    return int(max(gaps))


def _way(picture: Picture, start: int | None, end: int | None) -> int:
    if start is None or end is None or start == end:
        return 0
    kinds = {picture.get("place", place).kind for place in (start, end)}
    if PlaceKind.ONLINE in kinds:
        return 0
    for row in picture.rows("travel_time"):
        if {row.from_place_id, row.to_place_id} == {start, end}:
            return int(row.minutes)
    return int(picture.office.default_travel_minutes)


def open_close_outs(picture: Picture, at: datetime) -> set[int]:
    """List the past sessions, not called off, that nobody has closed out."""
    closed = {row.session_id for row in picture.rows("close_out")}
    return {
        session.id
        for session in picture.rows("session")
        if session.ends_at <= at and is_on(session) and session.id not in closed
    }
