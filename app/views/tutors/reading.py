"""What the page of tutors reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.values.people import ExceptionKind
from app.models.values.schedule import TimeSpan, WeekWindow
from app.services.availability.requests import ExceptionRow, ValidWindow
from app.services.catalog.requests import LevelRow, OfferingRow, SubjectRow
from app.services.office import Office
from app.services.payroll.requests import RateRow
from app.services.people.tutor_requests import DocumentRow, TutorRow
from app.services.scheduling.cards import SessionCard

WEEKS, SOON = 4, 30  # weeks ahead, days before a paper runs out
BEHIND, BEYOND = timedelta(days=60), timedelta(days=366)
AHEAD = frozenset(("planned", "tentative"))


@dataclass(frozen=True, slots=True)
class TutorLine:
    """A tutor in the list.

    Attributes:
        booked: minutes of this week.
        papers: the day on which the first paper runs out, if that is soon or past.
    """

    row: TutorRow
    subjects: tuple[str, ...]
    booked: int
    papers: date | None


@dataclass(frozen=True, slots=True)
class WeekLoad:
    """How much a tutor teaches in a week, in minutes."""

    monday: date
    booked: int


@dataclass(frozen=True, slots=True)
class TutorRecord:
    """Everything about one tutor."""

    row: TutorRow
    subjects: tuple[SubjectRow, ...]
    levels: tuple[LevelRow, ...]
    week: tuple[ValidWindow, ...]
    exceptions: tuple[ExceptionRow, ...]
    papers: tuple[DocumentRow, ...]
    sessions: tuple[SessionCard, ...]
    loads: tuple[WeekLoad, ...]
    rates: tuple[RateRow, ...]
    offerings: tuple[OfferingRow, ...]

    @property
    def subject_names(self) -> dict[int, str]:
        """The names of subjects, archived ones too."""
        return {one.subject_id: one.name for one in self.subjects}

    def extra_time(self) -> tuple[TimeSpan, ...]:
        """List the times in which the tutor can besides the week."""
        return tuple(
            TimeSpan(one.starts_at, one.ends_at)
            for one in self.exceptions
            if one.kind is ExceptionKind.EXTRA
        )

    def sessions_of(self, session_ids: Iterable[int]) -> tuple[SessionCard, ...]:
        """Pick sessions by their ids."""
        wanted = set(session_ids)
        return tuple(one for one in self.sessions if one.session_id in wanted)

    def windows_on(self, day: date) -> tuple[WeekWindow, ...]:
        """List the windows of the week that hold on a day."""
        return tuple(
            WeekWindow(one.weekday, one.start, one.end)
            for one in self.week
            if (one.valid_from is None or one.valid_from <= day)
            and (one.valid_until is None or one.valid_until >= day)
        )


def week_of(day: date, zone: ZoneInfo, weeks: int = 1) -> TimeSpan:
    """Give the weeks from a day's Monday on, in the office's zone."""
    monday = day - timedelta(days=day.weekday())
    until = monday + timedelta(weeks=weeks)
    return TimeSpan(
        datetime.combine(monday, time(), zone), datetime.combine(until, time(), zone)
    )


def read_tutors(office: Office, today: date, zone: ZoneInfo) -> tuple[TutorLine, ...]:
    """Read every tutor, archived ones too, with the load of this week."""
    subjects = {one.subject_id: one.name for one in office.catalog.subjects()}
    booked: dict[int, int] = defaultdict(int)
    for card in office.timetable.sessions_in(week_of(today, zone)):
        for tutor_id, _name in card.tutors:
            booked[tutor_id] += _minutes(card)
    rows = office.tutors.tutors(with_archived=True)
    return tuple(
        TutorLine(
            row,
            tuple(
                subjects[one.subject_id]
                for one in row.teaches
                if one.subject_id in subjects
            ),
            booked[row.tutor_id],
            _first_to_expire(office, row, today),
        )
        for row in rows
    )


def read_tutor(
    office: Office, tutor_id: int, now: datetime, zone: ZoneInfo
) -> TutorRecord:
    """Read everything about one tutor."""
    today = now.astimezone(zone).date()
    span = TimeSpan(now - BEHIND, now + BEYOND)
    sessions = office.timetable.sessions_in(span, tutor_ids=[tutor_id])
    monday = today - timedelta(days=today.weekday())
    loads = tuple(
        _load(sessions, monday + timedelta(weeks=number), zone)
        for number in range(WEEKS)
    )
    return TutorRecord(
        office.tutors.tutor(tutor_id),
        office.catalog.subjects(),
        office.catalog.levels(),
        office.availability.week(tutor_id=tutor_id),
        office.availability.exceptions(span, tutor_id),
        office.tutors.documents(tutor_id),
        sessions,
        loads,
        office.pay_rates.rates(tutor_id),
        office.catalog.offerings(),
    )


def outside(
    record: TutorRecord,
    windows: tuple[WeekWindow, ...],
    valid_from: date,
    zone: ZoneInfo,
) -> tuple[SessionCard, ...]:
    """List the planned sessions from a day on that would lie outside the windows."""
    extra = record.extra_time()
    return tuple(
        card
        for card in record.sessions
        if card.status.value in AHEAD
        and card.starts_at.astimezone(zone).date() >= valid_from
        and not _fits(card, windows, zone)
        and not any(
            span.start <= card.starts_at and card.ends_at <= span.end for span in extra
        )
    )


def minutes_in_day(card: SessionCard, zone: ZoneInfo) -> tuple[int, int]:
    """Give the minutes after midnight at which a session starts and ends."""
    start = card.starts_at.astimezone(zone)
    first = start.hour * 60 + start.minute
    return first, first + _minutes(card)


def _fits(card: SessionCard, windows: tuple[WeekWindow, ...], zone: ZoneInfo) -> bool:
    weekday = card.starts_at.astimezone(zone).weekday()
    first, last = minutes_in_day(card, zone)
    return any(
        window.weekday == weekday and window.start <= first and last <= window.end
        for window in windows
    )


def _load(sessions: tuple[SessionCard, ...], monday: date, zone: ZoneInfo) -> WeekLoad:
    span = week_of(monday, zone)
    minutes = sum(
        _minutes(card) for card in sessions if span.start <= card.starts_at < span.end
    )
    return WeekLoad(monday, minutes)


def _minutes(card: SessionCard) -> int:
    return int((card.ends_at - card.starts_at).total_seconds() // 60)


def _first_to_expire(office: Office, row: TutorRow, today: date) -> date | None:
    days = [
        paper.expires_on
        for paper in office.tutors.documents(row.tutor_id)
        if paper.expires_on is not None
    ]
    first = min(days, default=None)
    if first is None or first > today + timedelta(days=SOON):
        return None
    return first
