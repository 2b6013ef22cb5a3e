"""What an edit of a series may change, and what it must leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from app.models.values.schedule import EditScope
from app.models.values.unchanged import UNCHANGED
from app.services.scheduling.requests import Edited, EditSeries, OnClash
from tests.properties.office_facts import minutes_of, parts_of, places_of
from tests.properties.picture import Entry, Picture
from tests.properties.step_rules import fixed_sessions

FIELDS = ("start", "minutes", "tutors", "students", "place", "room")


def form_of(picture: Picture, session: Entry) -> dict[str, Any]:
    """Give the fields of a session that can be changed, on the wall clock."""
    return {
        "start": picture.wall(session.starts_at),
        "minutes": minutes_of(session),
        "tutors": tuple(part.tutor_id for part in parts_of(picture, session)),
        "students": tuple(
            place.student_id
            for place in places_of(picture, session)
            if not place.state.value.startswith("cancelled")
        ),
        "place": session.place_id,
        "room": session.room_id,
    }


def scope_of(picture: Picture, request: EditSeries) -> set[int]:
    """Name the sessions that an edit is meant for, by the series' own slots."""
    at_hand = picture.get("session", request.session_id)
    if request.scope is EditScope.THIS or at_hand.series_id is None:
        return {at_hand.id}
    return {
        row.id
        for row in picture.of("session", "series_id", at_hand.series_id)
        if request.scope is EditScope.ALL or row.slot_at >= at_hand.slot_at
    }


def touched_by(request: EditSeries) -> set[str]:
    """Name the fields that an edit is about."""
    given = {
        "start": request.start is not None,
        "minutes": request.minutes is not None,
        "tutors": request.tutor_ids is not None,
        "students": request.student_ids is not None,
        "place": request.place_id is not UNCHANGED,
        "room": request.room_id is not UNCHANGED,
    }
    touched = {name for name, is_given in given.items() if is_given}
    return touched | ({"room", "place"} if touched & {"room", "place"} else set())


def edits_are_right(
    before: Picture, after: Picture, request: EditSeries, done: Edited
) -> Iterator[str]:
    """Compare what an edit did with what it was asked to do."""
    meant, fixed = scope_of(before, request), fixed_sessions(before)
    left = {each.session_id for each in done.untouched}
    gone = {
        row.id
        for row in before.rows("session")
        if row.status.value.startswith("cancelled")
    }
    named = meant & fixed - gone - left
    if named:
        yield f"{sorted(named)} stand and were not named"
    for session in before.rows("session"):
        now = after.tables["session"][session.id]
        was, is_now = form_of(before, session), form_of(after, now)
        changed = {name for name in FIELDS if was[name] != is_now[name]}
        if session.id not in meant or session.id in fixed:
            if changed:
                yield f"session {session.id} was not meant and changed {changed}"
            continue
        if changed and session.id not in done.changed_ids:
            yield f"session {session.id} changed {changed} and is not named"
        if session.id in left:
            continue
        right = _wanted(before, session, request)
        if any(is_now[name] != right[name] for name in FIELDS):
            yield f"session {session.id} is {is_now}, not {right}"
    if request.on_clash is not OnClash.SKIP and left - fixed:
        yield f"{sorted(left - fixed)} were left out unasked"


def _wanted(before: Picture, session: Entry, request: EditSeries) -> dict[str, Any]:
    """Give the form that a session must have after an edit that reached it."""
    at_hand = before.get("session", request.session_id)
    touched = touched_by(request)
    if session.id != at_hand.id and not request.include_changed:
        touched -= set(session.changed_fields)
    right = form_of(before, session)
    if "start" in touched and request.start is not None:
        shift: timedelta = request.start - before.wall(at_hand.starts_at)
        right["start"] += shift
    if "minutes" in touched:
        right["minutes"] = request.minutes
    if "tutors" in touched:
        right["tutors"] = request.tutor_ids
    if "students" in touched:
        right["students"] = request.student_ids
    if "place" in touched:
        right["place"] = request.place_id
    if "room" in touched:
        right["room"] = request.room_id
    return right
