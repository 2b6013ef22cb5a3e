"""Reading when tutors and students can, as instants, for many of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, select

from app.models.database import Snapshot, Transaction
from app.models.people import (
    Availability,
    StudentAbsence,
    StudentAvailability,
    TutorException,
)
from app.models.values.people import ExceptionKind
from app.models.values.schedule import TimeSpan, day_span
from app.models.values.spans import (
    Stretch,
    clipped,
    days_of,
    laid_out,
    merged,
    stretches,
    without,
)
from app.services.desk import zone

_Row = tuple[int, int, int, date | None, date | None]


@dataclass(frozen=True, slots=True)
class TutorTimes:
    """When a tutor can, within a span.

    Attributes:
        is_known: any window of a week is kept, for whatever time.
        free: merged instants from weeks and extra time, without leave.
        leave: merged instants of leave.
    """

    is_known: bool
    free: tuple[TimeSpan, ...]
    leave: tuple[TimeSpan, ...] = ()


@dataclass(frozen=True, slots=True)
class StudentTimes:
    """When a student can, within a span.

    Attributes:
        is_known: any window of a week is kept, for whatever time.
        free: merged instants from weeks, without absences.
        absent: merged instants of absences, whole local days.
    """

    is_known: bool
    free: tuple[TimeSpan, ...]
    absent: tuple[TimeSpan, ...] = ()


def load_free(
    work: Snapshot | Transaction, tutor_ids: Collection[int], span: TimeSpan
) -> dict[int, TutorTimes]:
    """Read when tutors can, as instants within a span.

    A tutor of whom no week is kept at all is unknown: ``is_known`` is false and
    ``free`` holds extra time only.
    """
    weeks = work.rows(
        select(
            Availability.tutor_id,
            Availability.weekday,
            Availability.start_minute,
            Availability.end_minute,
            Availability.valid_from,
            Availability.valid_until,
        ).where(Availability.tutor_id.in_(tutor_ids))
    )
    rows = _grouped(weeks)
    leave, extra = _exceptions(work, tutor_ids, span)
    days = _days(work, span) if rows else {}
    found: dict[int, TutorTimes] = {}
    for tutor_id in tutor_ids:
        spans = [*expanded(rows.get(tutor_id, ()), days), *extra[tutor_id]]
        away = clipped(merged(leave[tutor_id]), span)
        free = without(clipped(merged(spans), span), away)
        found[tutor_id] = TutorTimes(tutor_id in rows, free, away)
    return found


def load_student_free(
    work: Snapshot | Transaction, student_ids: Collection[int], span: TimeSpan
) -> dict[int, StudentTimes]:
    """Read when students can, as instants within a span."""
    weeks = work.rows(
        select(
            StudentAvailability.student_id,
            StudentAvailability.weekday,
            StudentAvailability.start_minute,
            StudentAvailability.end_minute,
            StudentAvailability.valid_from,
            StudentAvailability.valid_until,
        ).where(StudentAvailability.student_id.in_(student_ids))
    )
    rows = _grouped(weeks)
    absent = _absences(work, student_ids, span)
    days = _days(work, span) if rows else {}
    found: dict[int, StudentTimes] = {}
    for student_id in student_ids:
        away = clipped(merged(absent[student_id]), span)
        spans = merged(expanded(rows.get(student_id, ()), days))
        free = without(clipped(spans, span), away)
        found[student_id] = StudentTimes(student_id in rows, free, away)
    return found


def expanded(
    rows: Sequence[_Row], days: Mapping[date, tuple[Stretch, ...]]
) -> list[TimeSpan]:
    """Lay the windows of a week out on days.

    Args:
        rows: weekday, start and end in wall-clock minutes, first and last valid day.
        days: the days with their even stretches.
    """
    by_weekday: dict[int, list[_Row]] = defaultdict(list)
    for row in rows:
        by_weekday[row[0]].append(row)
    spans: list[TimeSpan] = []
    for day, parts in days.items():
        for _weekday, start, end, valid_from, valid_until in by_weekday[day.weekday()]:
            if (valid_from or day) <= day <= (valid_until or day):
                spans.extend(laid_out(day, start, end, parts))
    return spans


def _days(
    work: Snapshot | Transaction, span: TimeSpan
) -> dict[date, tuple[Stretch, ...]]:
    here = zone(work)
    return {day: stretches(day, here) for day in days_of(span, here)}


def _grouped(
    weeks: Iterable[Row[int, int, int, int, date | None, date | None]],
) -> dict[int, list[_Row]]:
    rows: dict[int, list[_Row]] = defaultdict(list)
    for person_id, weekday, start, end, valid_from, valid_until in weeks:
        rows[person_id].append((weekday, start, end, valid_from, valid_until))
    return rows


def _exceptions(
    work: Snapshot | Transaction, tutor_ids: Collection[int], span: TimeSpan
) -> tuple[dict[int, list[TimeSpan]], dict[int, list[TimeSpan]]]:
    found: dict[ExceptionKind, dict[int, list[TimeSpan]]] = {
        kind: defaultdict(list) for kind in ExceptionKind
    }
    rows = work.rows(
        select(
            TutorException.tutor_id,
            TutorException.kind,
            TutorException.starts_at,
            TutorException.ends_at,
        ).where(
            TutorException.tutor_id.in_(tutor_ids),
            TutorException.starts_at < span.end,
            TutorException.ends_at > span.start,
            TutorException.archived_at.is_(None),
        )
    )
    for tutor_id, kind, starts_at, ends_at in rows:
        found[kind][tutor_id].append(TimeSpan(starts_at, ends_at))
    return found[ExceptionKind.LEAVE], found[ExceptionKind.EXTRA]


def _absences(
    work: Snapshot | Transaction, student_ids: Collection[int], span: TimeSpan
) -> dict[int, list[TimeSpan]]:
    here = zone(work)
    dates = list(days_of(span, here))
    rows = work.rows(
        select(
            StudentAbsence.student_id, StudentAbsence.from_on, StudentAbsence.until_on
        ).where(
            StudentAbsence.student_id.in_(student_ids),
            StudentAbsence.from_on <= dates[-1],
            StudentAbsence.until_on >= dates[0],
            StudentAbsence.archived_at.is_(None),
        )
    )
    found: dict[int, list[TimeSpan]] = defaultdict(list)
    for student_id, from_on, until_on in rows:
        first, last = day_span(from_on, here), day_span(until_on, here)
        found[student_id].append(TimeSpan(first.start, last.end))
    return found
