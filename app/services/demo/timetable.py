"""Books the sample office's term: weekly series, groups, a course, single sessions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from app.services.demo.founding import Sample
from app.services.demo.names import COURSE, OFFERINGS, SampleOffering
from app.services.office import Office
from app.services.scheduling.errors import ClashError
from app.services.scheduling.requests import (
    BookSeries,
    BookSession,
    CourseTerms,
    Enrol,
)

_SINGLES = [offering for offering in OFFERINGS if offering.group == 1]
_GROUPS = [offering for offering in OFFERINGS if offering.group > 1]


@dataclass(frozen=True, slots=True)
class _Where:
    place_id: int
    room_id: int | None


def book_term(office: Office, sample: Sample, random: Random) -> None:
    """Give every student a weekly session, and some of them more."""
    students = list(sample.students)
    random.shuffle(students)
    for number, offering in enumerate(_GROUPS):
        size = min(offering.group, 4)
        members = tuple(students[number * 5 : number * 5 + size])
        _book_weekly(office, sample, random, offering, members)
    for number, student in enumerate(sample.students):
        offering = _SINGLES[number % len(_SINGLES)]
        _book_weekly(office, sample, random, offering, (student,))
    _book_course(office, sample, random, students)


def _book_weekly(
    office: Office,
    sample: Sample,
    random: Random,
    offering: SampleOffering,
    students: tuple[int, ...],
) -> None:
    contract = None
    if len(students) == 1 and students[0] in sample.contract_students:
        contract = sample.contract
    for tutor, start in _openings(sample, random, offering):
        for where in _wheres(sample, random, students):
            request = BookSeries(
                sample.offerings[offering.name],
                (tutor,),
                students,
                start,
                offering.length,
                until_on=sample.term_until,
                place_id=where.place_id,
                room_id=where.room_id,
                contract_id=contract,
                accept_soft=True,
            )
            try:
                office.series.book_series(request)
            except ClashError:
                continue
            return


def _openings(
    sample: Sample, random: Random, offering: SampleOffering
) -> Iterator[tuple[int, datetime]]:
    """List tutors of the subject with free-looking starts, in a random order."""
    found: list[tuple[int, datetime]] = []
    for tutor_id, tutor in sample.tutors.items():
        if offering.subject not in tutor.subjects:
            continue
        last = tutor.until_hour * 60 - offering.length
        for weekday in tutor.weekdays:
            day = sample.term_from + timedelta(days=weekday)
            found += [
                (tutor_id, at_minute(day, minute))
                for minute in range(tutor.from_hour * 60, last + 1, 30)
            ]
    random.shuffle(found)
    yield from found


def _wheres(
    sample: Sample, random: Random, students: tuple[int, ...]
) -> Iterator[_Where]:
    home = sample.homes.get(students[0]) if len(students) == 1 else None
    if home is not None:
        yield _Where(home, None)
    rooms = [_Where(sample.office_place, room) for room in sample.rooms]
    if len(students) == 1 and random.random() < 0.35:  # noqa: PLR2004  about a third
        rooms.insert(0, _Where(sample.online_place, None))
    yield from rooms
    yield _Where(sample.online_place, None)


def _book_course(
    office: Office, sample: Sample, random: Random, students: list[int]
) -> None:
    for tutor, start in _openings(sample, random, COURSE):
        request = BookSeries(
            sample.offerings[COURSE.name],
            (tutor,),
            (),
            start + timedelta(weeks=2),
            COURSE.length,
            count=8,
            place_id=sample.office_place,
            room_id=sample.rooms[2],
            accept_soft=True,
            course=CourseTerms(
                COURSE.name, seats=5, amount=COURSE.amount, is_whole_price=True
            ),
        )
        try:
            course = office.series.book_series(request)
        except ClashError:
            continue
        break
    else:
        return
    enrolled = 0
    for student in students[20:]:
        try:
            office.courses.enrol(
                Enrol(course.series_id, student, sample.term_from, accept_soft=True)
            )
        except ClashError:
            continue
        enrolled += 1
        if enrolled == 6:  # noqa: PLR2004  one more than there are seats
            return


def book_proposals(office: Office, sample: Sample, random: Random, today: date) -> None:
    """Book a few single sessions ahead that still wait for a yes, and a trial."""
    booked = 0
    for student in random.sample(sample.students, 20):
        offering = random.choice(_SINGLES)
        for tutor, start in _openings(sample, random, offering):
            day = today + timedelta(days=7 + start.weekday())
            request = BookSession(
                sample.offerings[offering.name],
                (tutor,),
                (student,),
                datetime.combine(day - timedelta(days=today.weekday()), start.time()),
                offering.length,
                place_id=sample.online_place,
                is_tentative=True,
                is_trial=booked == 0,
                accept_soft=True,
            )
            try:
                office.bookings.book(request)
            except ClashError:
                continue
            booked += 1
            break
        if booked == 5:  # noqa: PLR2004  enough to see
            return


def at_minute(day: date, minute: int) -> datetime:
    """Give a wall-clock time from minutes after midnight."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)
