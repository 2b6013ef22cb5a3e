"""Names the records of the journal, such as a session by its students and its time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, Table, select

from app.models.database import Snapshot
from app.models.people import Household, Student, Tutor
from app.models.scheduling import Attendance, Session
from app.models.values.schedule import wall_clock
from app.services.undoing.records import models, table_of

Key = tuple[str, int]  # the name of a table, and an id
_OWNERS = (("student_id", Student), ("tutor_id", Tutor), ("household_id", Household))


def record_names(
    snapshot: Snapshot, zone: ZoneInfo, keys: Iterable[Key]
) -> dict[Key, str]:
    """Give names to records that are still there; one statement for each kind."""
    ids: dict[str, set[int]] = defaultdict(set)
    for kind, row_id in keys:
        ids[kind].add(row_id)
    found: dict[Key, str] = {}
    sessions: dict[Key, int] = {("session", each): each for each in ids["session"]}
    for name in ids.keys() & models().keys() - {"session"}:
        table = table_of(models()[name])
        query = _query(table)
        if query is None:
            continue
        for row_id, told in snapshot.execute(query.where(table.c.id.in_(ids[name]))):
            if isinstance(told, int):
                sessions[name, row_id] = told
            elif told:
                found[name, row_id] = told
    named = _session_names(snapshot, zone, set(sessions.values()))
    told_of = {key: named[each] for key, each in sessions.items() if each in named}
    return found | told_of


def _query(table: Table) -> Select[Any] | None:
    """Ask for the session that records belong to, else for their names."""
    for column in ("session_id", "name", "number"):
        if column in table.c:
            return select(table.c.id, table.c[column])
    for column, owner in _OWNERS:
        if column in table.c:
            return select(table.c.id, owner.name).join(
                owner, owner.id == table.c[column]
            )
    return None


def _session_names(
    snapshot: Snapshot, zone: ZoneInfo, ids: Collection[int]
) -> dict[int, str]:
    students: dict[int, list[str]] = defaultdict(list)
    for session_id, name in snapshot.execute(
        select(Attendance.session_id, Student.name)
        .join(Student, Student.id == Attendance.student_id)
        .where(Attendance.session_id.in_(ids))
        .order_by(Attendance.position, Attendance.id)
    ):
        students[session_id].append(name)
    found: dict[int, str] = {}
    for session_id, starts_at in snapshot.execute(
        select(Session.id, Session.starts_at).where(Session.id.in_(ids))
    ):
        first, *others = students[session_id] or [""]
        who = f"{first} +{len(others)}" if others else first
        when = f"{wall_clock(starts_at, zone):%a %d %b %Y %H:%M}"
        found[session_id] = f"{who}, {when}" if who else when
    return found
