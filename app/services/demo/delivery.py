"""Lets the sample office's sessions take place, with all that happens in real life."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from app.models.values.schedule import (
    AttendanceState,
    CancelledBy,
    TimeSpan,
    day_span,
    local_date,
)
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    ClaimMileage,
    CloseSession,
    Outcome,
    SetHomework,
    StudentOutcome,
    TouchSkill,
)
from app.services.demo.clock import StoryClock
from app.services.demo.founding import ZONE, Sample
from app.services.demo.names import HOMEWORK, PHRASES, SKILLS
from app.services.demo.people import Staff
from app.services.office import Office
from app.services.scheduling.cards import SessionCard

_LAST_WEEKDAY = 4


@dataclass(frozen=True, slots=True, order=True)
class _Event:
    at: datetime
    number: int
    by: Office = field(compare=False)
    request: CloseSession | CancelSession = field(compare=False)


def deliver(
    staff: Staff,
    sample: Sample,
    clock: StoryClock,
    random: Random,
    span: TimeSpan,
    now: datetime,
) -> int:
    """Close out or cancel every session of a span, in order of time.

    Much of what ended today or on the working day before stays to be closed out.

    Returns:
        How many were closed out.
    """
    closed = 0
    for event in sorted(_events(staff, sample, random, span, now)):
        clock.go_to(event.at)
        if isinstance(event.request, CloseSession):
            event.by.close_outs.close(event.request)
            closed += 1
        else:
            event.by.cancellations.cancel(event.request)
    return closed


def _events(
    staff: Staff, sample: Sample, random: Random, span: TimeSpan, now: datetime
) -> Iterator[_Event]:
    cards = staff.administrator.timetable.sessions_in(span)
    for card in sorted(cards, key=lambda card: (card.starts_at, card.session_id)):
        if card.ends_at > span.end or not card.status.is_ahead or not card.students:
            continue
        yield from _event(staff, sample, random, now, card)


def _event(
    staff: Staff, sample: Sample, random: Random, now: datetime, card: SessionCard
) -> Iterator[_Event]:
    chance = random.random()
    cancelled = _cancellation(staff, card, chance, random)
    if cancelled is not None:
        yield cancelled
    elif card.ends_at < _fresh_since(now) or chance > 0.65:  # noqa: PLR2004
        at = min(card.ends_at + timedelta(hours=random.randint(1, 20)), now)
        request = _report(sample, random, card, chance)
        by = staff.closing(card)
        yield _Event(max(at, card.ends_at), card.session_id, by, request)


def _fresh_since(now: datetime) -> datetime:
    """Give the beginning of the last working day before today."""
    zone = ZoneInfo(ZONE)
    day = local_date(now, zone) - timedelta(days=1)
    while day.weekday() > _LAST_WEEKDAY:
        day -= timedelta(days=1)
    return day_span(day, zone).start


def _cancellation(
    staff: Staff, card: SessionCard, chance: float, random: Random
) -> _Event | None:
    """Have one in fourteen sessions called off, by each side and in each way."""
    for limit, by, hours, waive in (
        (0.025, CancelledBy.HOUSEHOLD, random.randint(30, 90), ""),
        (0.045, CancelledBy.HOUSEHOLD, random.randint(1, 20), ""),
        (0.05, CancelledBy.HOUSEHOLD, 3, "First time, fell ill"),
        (0.06, CancelledBy.OFFICE, 26, ""),
        (0.07, CancelledBy.TUTOR, 6, ""),
    ):
        if chance < limit:
            at = card.starts_at - timedelta(hours=hours)
            request = CancelSession(card.session_id, by, at, waive_reason=waive)
            return _Event(at, card.session_id, staff.administrator, request)
    return None


def _report(
    sample: Sample, random: Random, card: SessionCard, chance: float
) -> CloseSession:
    if chance < 0.09:  # noqa: PLR2004  one in fifty stays away
        return CloseSession(card.session_id, Outcome.NO_SHOW)
    outcome, minutes = Outcome.AS_PLANNED, None
    if chance < 0.13:  # noqa: PLR2004  one in twenty-five ends later or earlier
        outcome = Outcome.OTHER_TIMES
        minutes = int(
            (card.ends_at - card.starts_at).total_seconds()
        ) // 60 + random.choice((-15, 15, 20))
    tutor = card.tutors[0][0]
    student_ids = [student.student_id for student in card.students]
    homes = [sample.homes[row] for row in student_ids if row in sample.homes]
    mileage: tuple[ClaimMileage, ...] = ()
    if card.place_id in homes:
        mileage = (ClaimMileage(tutor, Decimal(9)),)
    expenses: tuple[ClaimExpense, ...] = ()
    if 0.2 < chance < 0.22:  # noqa: PLR2004  now and then a book is bought
        expenses = (ClaimExpense(tutor, "Workbook", 1250),)
    students: tuple[StudentOutcome, ...] = ()
    if len(card.students) > 1 and chance < 0.4:  # noqa: PLR2004  one of a group is away
        students = (StudentOutcome(student_ids[-1], AttendanceState.ABSENT),)
    return CloseSession(
        card.session_id,
        outcome,
        minutes=minutes,
        students=students,
        progress_note=random.choice(PHRASES),
        homework=_homework(random, card),
        skills=(TouchSkill(student_ids[0], random.choice(SKILLS), 3),),
        mileage=mileage,
        expenses=expenses,
    )


def _homework(random: Random, card: SessionCard) -> tuple[SetHomework, ...]:
    if random.random() < 0.5:  # noqa: PLR2004  every other time
        return ()
    due = card.starts_at.date() + timedelta(days=7)
    return (SetHomework(card.students[0].student_id, random.choice(HOMEWORK), due),)
