"""Is nobody in two places at once, and does the guard know every session?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import select

from app.models.catalog import Room
from app.models.database import Snapshot
from app.models.scheduling import (
    Attendance,
    Session,
    SessionTutor,
    occupancy,
    occupancy_override,
)
from app.models.values.occupancy import ResourceKind, pack, resource, unpack_resource
from app.services.checking.findings import Finding, named
from app.text import _

_Claim = tuple[int, int, int]  # packed start, packed end, session id


def check_clashes(snapshot: Snapshot) -> Iterator[Finding]:
    """Find sessions of one tutor, student or single-use room that overlap."""
    plain, overridden = _claims(snapshot)
    last: _Claim | None = None
    for claim in sorted(plain):
        if last is not None and last[1] > claim[0]:
            kind, row_id = unpack_resource(claim[0])
            yield Finding(
                "clash",
                _("Two sessions of the same {kind} overlap.").format(
                    kind=kind.name.lower()
                ),
                (
                    *named("session", last[2], claim[2]),
                    *named(kind.name.lower(), row_id),
                ),
            )
        if last is None or claim[1] > last[1]:
            last = claim
    for table, wanted in ((occupancy, plain), (occupancy_override, overridden)):
        columns = (table.c.starts, table.c.ends, table.c.session_id)
        kept = {tuple(row) for row in snapshot.execute(select(*columns))}
        wrong = {claim[2] for claim in kept ^ wanted}
        if wrong:
            yield Finding(
                "occupancy",
                _("The guard against double booking does not match the timetable."),
                named("session", *sorted(wrong)),
            )


def _claims(snapshot: Snapshot) -> tuple[set[_Claim], set[_Claim]]:
    """Work out afresh who occupies what: ordinary sessions, and overridden ones."""
    single_use = set(snapshot.scalars(select(Room.id).where(Room.is_single_use)))
    users: dict[int, list[int]] = defaultdict(list)
    for session_id, tutor_id in snapshot.execute(
        select(SessionTutor.session_id, SessionTutor.tutor_id)
    ):
        users[session_id].append(resource(ResourceKind.TUTOR, tutor_id))
    for session_id, student_id, state in snapshot.execute(
        select(Attendance.session_id, Attendance.student_id, Attendance.state)
    ):
        if not state.is_cancelled:
            users[session_id].append(resource(ResourceKind.STUDENT, student_id))
    plain: set[_Claim] = set()
    overridden: set[_Claim] = set()
    columns = (
        *(Session.id, Session.starts_at, Session.ends_at, Session.room_id),
        *(Session.status, Session.override_reason),
    )
    for session_id, start, end, room_id, status, reason in snapshot.execute(
        select(*columns)
    ):
        if status.is_cancelled:
            continue
        if room_id in single_use:
            users[session_id].append(resource(ResourceKind.ROOM, room_id))
        for user in users[session_id]:
            claim = (pack(user, start), pack(user, end), session_id)
            (overridden if reason else plain).add(claim)
    return plain, overridden
