"""The calendar's week of 40 tutors, beside the same data by the bare driver."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.models.values.occupancy import ResourceKind, pack, resource
from app.models.values.schedule import TimeSpan
from bench.places import Place
from bench.sizes import FIRST
from bench.timing import Measured, compare

TUTORS = 40
WEEK = 20
_IDS = """
WITH probe(low, high) AS (VALUES {probes})
SELECT near.session_id FROM probe
JOIN occupancy AS near ON near.starts > probe.low AND near.starts < probe.high
"""
_SESSIONS = """
SELECT s.id, s.version, s.starts_at, s.ends_at, s.status, s.offering_id, s.series_id,
  s.place_id, s.room_id, s.is_trial, s.override_reason, c.state, o.name
FROM session AS s JOIN offering AS o ON o.id = s.offering_id
LEFT JOIN close_out AS c ON c.session_id = s.id WHERE s.id IN ({ids})
"""
_TUTORS = """
SELECT p.session_id, p.position, p.tutor_id, t.name
FROM session_tutor AS p JOIN tutor AS t ON t.id = p.tutor_id
WHERE p.session_id IN ({ids})
"""
_STUDENTS = """
SELECT a.session_id, a.position, a.student_id, t.name, a.state
FROM attendance AS a JOIN student AS t ON t.id = a.student_id
WHERE a.session_id IN ({ids})
"""


def measure(place: Place, repetitions: int) -> list[Measured]:
    """Measure the week."""
    start = FIRST + timedelta(weeks=WEEK)
    span = TimeSpan(start - timedelta(hours=8), start + timedelta(days=6, hours=16))
    tutors = range(1, min(place.size.tutors, TUTORS) + 1)

    def bare() -> list[tuple[object, ...]]:
        """Read the same columns as tuples, without any ORDER BY."""
        question = _IDS.format(probes=_probes(tutors, span.start, span.end))
        ids = ",".join(str(row[0]) for row in place.bare.rows(question))
        sessions: list[tuple[object, ...]] = place.bare.rows(_SESSIONS.format(ids=ids))
        place.bare.rows(_TUTORS.format(ids=ids))
        place.bare.rows(_STUDENTS.format(ids=ids))
        return sessions

    def ours() -> tuple[object, ...]:
        """Ask the timetable."""
        return place.office.timetable.sessions_in(span, tutors)

    if not len(bare()) == len(ours()) > 0:
        msg = "the two weeks differ"
        raise RuntimeError(msg)
    return [
        compare(
            f"week of {len(tutors)} tutors, {len(ours())} sessions",
            "the driver's tuples",
            bare,
            ours,
            goal=1.8,
            repetitions=repetitions,
        )
    ]


def _probes(tutors: range, start: datetime, end: datetime) -> str:
    numbers = [resource(ResourceKind.TUTOR, tutor) for tutor in tutors]
    return ",".join(f"({pack(one, start)},{pack(one, end)})" for one in numbers)
