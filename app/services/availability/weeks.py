"""Setting somebody's week for a time, and reading it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.faults import ChangedMeanwhileError
from app.models.people import Availability, Student, StudentAvailability, Tutor
from app.models.values import entries
from app.models.values.spans import merged_windows
from app.services.availability.errors import OnePersonError
from app.services.availability.requests import SetWeek, ValidWindow
from app.services.records import usable
from app.text import _

_ONE_DAY = timedelta(days=1)
Week = Sequence[Availability] | Sequence[StudentAvailability]


def write_week(transaction: Transaction, request: SetWeek) -> None:
    """Set a week as a step of a transaction: what held in its time makes room.

    Raises:
        OnePersonError: It names nobody, or two people.
        ChangedMeanwhileError: The week is not what was looked at.
        InputError: A window or the days cannot be.
    """
    windows = merged_windows(request.windows)
    entries.in_order(request.valid_from, request.valid_until)
    rows = rows_of(transaction, request.tutor_id, request.student_id)
    _require_person(transaction, request)
    if request.former is not None and request.former != shown(rows):
        raise ChangedMeanwhileError
    for row in rows:
        _make_room(transaction, row, request.valid_from, request.valid_until)
    days: dict[str, Any] = {
        "valid_from": request.valid_from,
        "valid_until": request.valid_until,
    }
    for window in windows:
        times: dict[str, Any] = {
            "weekday": window.weekday,
            "start_minute": window.start,
            "end_minute": window.end,
        }
        if request.tutor_id is not None:
            transaction.add(Availability(tutor_id=request.tutor_id, **times, **days))
        elif request.student_id is not None:
            seat = request.student_id
            transaction.add(StudentAvailability(student_id=seat, **times, **days))


def rows_of(
    work: Snapshot | Transaction, tutor_id: int | None, student_id: int | None
) -> Week:
    """Read the kept windows of one person.

    Raises:
        OnePersonError: Nobody is named, or two people.
    """
    if tutor_id is not None and student_id is None:
        of_tutor = select(Availability).where(Availability.tutor_id == tutor_id)
        return work.scalars(of_tutor).all()
    if student_id is not None and tutor_id is None:
        of_student = select(StudentAvailability).where(
            StudentAvailability.student_id == student_id
        )
        return work.scalars(of_student).all()
    raise OnePersonError


def shown(rows: Week) -> tuple[ValidWindow, ...]:
    """Give kept windows as values, by their first day, then through the week."""
    windows = [
        ValidWindow(
            row.weekday,
            row.start_minute,
            row.end_minute,
            row.valid_from,
            row.valid_until,
        )
        for row in rows
    ]
    windows.sort(
        key=lambda window: (
            window.valid_from or date.min,
            window.valid_until or date.max,
            window.weekday,
            window.start,
            window.end,
        )
    )
    return tuple(windows)


def _require_person(transaction: Transaction, request: SetWeek) -> None:
    if request.tutor_id is not None:
        usable(transaction, Tutor, request.tutor_id, _("tutor"))
    if request.student_id is not None:
        usable(transaction, Student, request.student_id, _("student"))


def _make_room(
    transaction: Transaction,
    row: Availability | StudentAvailability,
    valid_from: date | None,
    valid_until: date | None,
) -> None:
    first, last = row.valid_from or date.min, row.valid_until or date.max
    new_first, new_last = valid_from or date.min, valid_until or date.max
    if last < new_first or first > new_last:
        return
    keeps_before, keeps_after = first < new_first, last > new_last
    if keeps_after:
        later = _copy(row)
        later.valid_from, later.valid_until = new_last + _ONE_DAY, row.valid_until
        transaction.add(later)
    if keeps_before:
        row.valid_until = new_first - _ONE_DAY
    else:
        transaction.delete(row)


def _copy(
    row: Availability | StudentAvailability,
) -> Availability | StudentAvailability:
    times: dict[str, Any] = {
        "weekday": row.weekday,
        "start_minute": row.start_minute,
        "end_minute": row.end_minute,
    }
    if isinstance(row, Availability):
        return Availability(tutor_id=row.tutor_id, **times)
    return StudentAvailability(student_id=row.student_id, **times)
