"""Who stayed away last time: a question to ask before the next one is closed out."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from app.models.database import Snapshot
from app.models.people import Student
from app.models.scheduling import Attendance, Session
from app.models.values.schedule import AttendanceState

LOOK_BACK = timedelta(days=60)
_MET = (AttendanceState.PRESENT, AttendanceState.ABSENT)


def stayed_away(snapshot: Snapshot, ids: Select[int]) -> dict[int, list[str]]:
    """Name the students, by session, who were absent the time before."""
    first = snapshot.scalar(
        select(func.min(Session.starts_at)).where(Session.id.in_(ids))
    )
    if first is None:
        return {}
    asked = snapshot.execute(
        select(Session.id, Session.starts_at, Student.id, Student.name)
        .join(Attendance, Attendance.session_id == Session.id)
        .join(Student, Student.id == Attendance.student_id)
        .where(Session.id.in_(ids))
        .order_by(Session.id, Attendance.position)
    ).all()
    met = snapshot.rows(
        select(Attendance.student_id, Session.starts_at, Attendance.state)
        .join(Session, Session.id == Attendance.session_id)
        .where(
            Session.starts_at >= first - LOOK_BACK,
            Attendance.state.in_(_MET),
            Attendance.student_id.in_({row[2] for row in asked}),
        )
        .order_by(Session.starts_at)
    )
    starts: dict[int, list[datetime]] = defaultdict(list)
    states: dict[int, list[AttendanceState]] = defaultdict(list)
    for student_id, starts_at, state in met:
        starts[student_id].append(starts_at)
        states[student_id].append(state)
    found: dict[int, list[str]] = defaultdict(list)
    for session_id, starts_at, student_id, name in asked:
        before = bisect_left(starts[student_id], starts_at)
        if before and states[student_id][before - 1] is AttendanceState.ABSENT:
            found[session_id].append(name)
    return found
