"""Fills an office with many sessions, rows straight into the tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select, text

from app.models.base import Model
from app.models.billing import Charge
from app.models.closing import CloseOut
from app.models.database import Database
from app.models.scheduling import Attendance, Session, SessionTutor, occupancy
from app.models.values.billing import ChargeKind
from app.models.values.occupancy import ResourceKind, pack, resource
from app.models.values.schedule import (
    AttendanceState,
    CloseOutState,
    SessionStatus,
)
from bench.people import write_people, write_rows, write_table
from bench.sizes import CHARGED_WEEKS, FIRST, WEEKS, Size

_A_DAY = 8


def fill(database: Database, size: Size) -> None:
    """Write tutors, families and their sessions; the first weeks are charged."""
    engine = database.engine
    with engine.connect().execution_options(writes=True) as connection:
        write_people(connection, size)
        for model, rows in (
            (Session, _sessions(size)),
            (SessionTutor, _tutor_parts(size)),
            (Attendance, _places(size)),
            (CloseOut, _close_outs(size)),
            (Charge, _charges(size)),
        ):
            write_rows(connection, model, rows)
        write_table(connection, occupancy, _occupied(size))
        connection.commit()
        if engine.dialect.name == "postgresql":
            _count_on(connection)
            connection.commit()
        connection.execute(text("ANALYZE"))
        connection.commit()


def _slots(size: Size) -> Iterator[tuple[int, int, int, int, datetime]]:
    """Give session, tutor, student, week and start; series by series, as booked."""
    session = 0
    for tutor in range(1, size.tutors + 1):
        for slot in range(size.a_week):
            student = (slot * size.tutors + tutor - 1) % size.students + 1
            for week in range(WEEKS):
                session += 1
                days, hour = divmod(slot, _A_DAY)
                start = FIRST + timedelta(weeks=week, days=days, hours=hour)
                yield session, tutor, student, week, start


def _sessions(size: Size) -> Iterator[dict[str, Any]]:
    for session, _tutor, _student, week, start in _slots(size):
        held = week in CHARGED_WEEKS
        yield {
            "id": session,
            "offering_id": 1,
            "starts_at": start,
            "ends_at": start + timedelta(hours=1),
            "status": SessionStatus.HELD if held else SessionStatus.PLANNED,
        }


def _tutor_parts(size: Size) -> Iterator[dict[str, Any]]:
    for session, tutor, _student, _week, _start in _slots(size):
        yield {"id": session, "session_id": session, "tutor_id": tutor}


def _places(size: Size) -> Iterator[dict[str, Any]]:
    for session, _tutor, student, week, _start in _slots(size):
        held = week in CHARGED_WEEKS
        yield {
            "id": session,
            "session_id": session,
            "student_id": student,
            "state": AttendanceState.PRESENT if held else AttendanceState.EXPECTED,
            "actual_minutes": 60 if held else None,
        }


def _close_outs(size: Size) -> Iterator[dict[str, Any]]:
    for session, _tutor, _student, week, start in _slots(size):
        if week in CHARGED_WEEKS:
            yield {
                "session_id": session,
                "state": CloseOutState.CLOSED,
                "closed_by": "bench",
                "closed_at": start,
            }


def _charges(size: Size) -> Iterator[dict[str, Any]]:
    for session, _tutor, student, week, start in _slots(size):
        if week in CHARGED_WEEKS:
            yield {
                "session_id": session,
                "student_id": student,
                "payer_id": student,
                "kind": ChargeKind.SESSION,
                "service_on": start.date(),
                "minutes": 60,
                "rate": 4800,
                "rate_per": "hour",
                "tax_code_id": 1,
                "amount": 4800,
                "made_at": start,
                "live_key": f"s{session}/{student}/p{student}/session",
            }


def _occupied(size: Size) -> Iterator[dict[str, Any]]:
    for session, tutor, student, _week, start in _slots(size):
        end = start + timedelta(hours=1)
        for user in (
            resource(ResourceKind.TUTOR, tutor),
            resource(ResourceKind.STUDENT, student),
        ):
            yield {
                "starts": pack(user, start),
                "ends": pack(user, end),
                "session_id": session,
            }


def _count_on(connection: Connection) -> None:
    """Let a server's sequences go on behind the rows that brought their own ids."""
    for table in Model.metadata.sorted_tables:
        if "id" in table.c:
            top = connection.execute(select(func.max(table.c.id))).scalar() or 0
            sequence = func.pg_get_serial_sequence(table.name, "id")
            connection.execute(select(func.setval(sequence, max(top, 1), top > 0)))
