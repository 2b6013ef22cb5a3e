"""What keeps the sample office busy today: leave, a clash, a lost time, open tasks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.models.values.schedule import CancelledBy, TimeSpan
from app.services.availability.requests import AddLeave
from app.services.closing.requests import CancelSession
from app.services.demo.founding import ZONE, Sample
from app.services.office import Office
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.requests import BookSession, ClashKind
from app.services.tasks import OFFICE, AddTask

_FEW = 12  # sessions; a week with fewer ahead is nearly over
_EVERY = 5  # students, of whom one is asked
_LATER = timedelta(minutes=30)
_TWICE = "Both work on their own, one after the other is helped; the families agreed."


@dataclass(frozen=True, slots=True)
class SampleTask:
    """Something to do: words, and the days from today until it is due."""

    what: str
    days: int
    is_tutors: bool = False


TASKS = (
    SampleTask("Order the new workbooks", -3),
    SampleTask("Ask the school for the dates of the exams", -1),
    SampleTask("Hand in the certificate of first aid", -1, is_tutors=True),
    SampleTask("Call a family about a second session a week", 0),
    SampleTask("Send the term's timetable to Humboldt School", 0),
    SampleTask("Choose the papers for the mock exam", 0, is_tutors=True),
    SampleTask("Have the lock of Room 2 mended", 2),
    SampleTask("Plan the holiday course", 6),
)


def note_tasks(office: Office, sample: Sample, today: date) -> None:
    """Note what has to be done about now: by the office, and by its tutors."""
    tutors = iter(sample.tutors)
    for task in TASKS:
        owner = f"tutor:{next(tutors)}" if task.is_tutors else OFFICE
        due_on = today + timedelta(days=task.days)
        office.tasks.add_task(AddTask(task.what, due_on, owner))


def liven(office: Office, sample: Sample, now: datetime) -> None:
    """Let the days ahead have what a real week has.

    A tutor is away from sessions that are planned, another one travels to families,
    one session stands against a clash with the reason kept, and one that was called
    off waits for another time.
    """
    ahead = _ahead(office, now)
    away = _send_away(office, ahead, now)
    rest = [card for card in ahead if card.tutors[0][0] != away]
    _visit_homes(office, sample, rest)
    twice = _teach_two_at_once(office, sample, rest)
    for card in reversed(rest):
        if len(card.students) == 1 and card.session_id != twice:
            note = "The room is needed for a parents' evening"
            request = CancelSession(card.session_id, CancelledBy.OFFICE, note=note)
            office.cancellations.cancel(request)
            return


def _ahead(office: Office, now: datetime) -> Sequence[SessionCard]:
    """List what is planned for the rest of the week, or of the next near its end."""
    here = now.astimezone(ZoneInfo(ZONE))
    monday = datetime.combine(
        here.date() - timedelta(days=here.weekday()), time(), here.tzinfo
    )
    found: list[SessionCard] = []
    for weeks in (1, 2):
        span = TimeSpan(now, monday + timedelta(weeks=weeks))
        cards = office.timetable.sessions_in(span)
        found = [card for card in cards if card.starts_at > now and card.students]
        if len(found) >= _FEW:
            break
    return sorted(found, key=_by_start)


def _by_start(card: SessionCard) -> tuple[datetime, int]:
    return card.starts_at, card.session_id


def _local(moment: datetime) -> datetime:
    """Give an instant on the office's wall clock, naive."""
    return moment.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)


def _send_away(office: Office, ahead: Sequence[SessionCard], now: datetime) -> int:
    """Let a tutor with several sessions on a later day be away then; 0 for nobody."""
    days: dict[tuple[date, int], list[SessionCard]] = defaultdict(list)
    for card in ahead:
        day = _local(card.starts_at).date()
        if day > _local(now).date():
            days[day, card.tutors[0][0]].append(card)
    for (day, tutor_id), cards in days.items():
        if len(cards) > 1:
            starts = _local(cards[0].starts_at)
            ends = datetime.combine(day, time(20))
            office.availability.add_leave(
                AddLeave(tutor_id, starts, ends, "At the doctor's")
            )
            return tutor_id
    return 0


def _visit_homes(office: Office, sample: Sample, ahead: Sequence[SessionCard]) -> None:
    """Book a session at each home, after one of the same tutor in the office."""
    here = [card for card in ahead if card.place_id == sample.office_place]
    for number, (student, home) in enumerate(sample.homes.items()):
        for card in here[number:]:
            request = BookSession(
                card.offering_id,
                (card.tutors[0][0],),
                (student,),
                _local(card.ends_at) + _LATER,
                60,
                place_id=home,
            )
            if len(card.students) == 1 and not office.bookings.check(request):
                office.bookings.book(request)
                break


def _teach_two_at_once(
    office: Office, sample: Sample, ahead: Sequence[SessionCard]
) -> int:
    """Book a second student beside another, and name whose session that was."""
    for card in ahead:
        if len(card.students) > 1 or card.place_id != sample.office_place:
            continue
        for request in _beside(sample, card):
            hard = {one.kind for one in office.bookings.check(request) if one.is_hard}
            if hard == {ClashKind.TUTOR}:
                office.bookings.book(request)
                return card.session_id
    return 0


def _beside(sample: Sample, card: SessionCard) -> Iterator[BookSession]:
    taught = {student.student_id for student in card.students}
    for room in sample.rooms:
        for student in sample.students[::_EVERY]:
            if student not in taught:
                yield BookSession(
                    card.offering_id,
                    (card.tutors[0][0],),
                    (student,),
                    _local(card.starts_at) + _LATER,
                    60,
                    place_id=sample.office_place,
                    room_id=room,
                    override_reason=_TWICE,
                )
