"""What each process of a booking race does; imported anew in every one of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.synchronize import Barrier
from zoneinfo import ZoneInfo

from app.bootstrap import database_url
from app.models.database import Database
from app.models.faults import TimeTakenError
from app.models.values.actors import Actor, Role
from app.models.values.schedule import SessionStatus
from app.services.desk import Desk
from app.services.scheduling import facts as known
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.errors import ClashError
from app.services.scheduling.facts import Draft
from app.services.scheduling.requests import BookSession
from app.services.scheduling.validating import span_of
from app.services.scheduling.writing import Common, NewSession, insert_sessions
from tests.fakes import FakeClock

FIRST = datetime.fromisoformat("2026-04-01T00:00")
APART = timedelta(minutes=75)
MINUTES = 60


@dataclass(frozen=True)
class Racer:
    """One process of a race.

    Attributes:
        number: it starts so many minutes later than slots begin, so that times
            overlap without being the same.
        is_checked: books through the service; else writes without its check.
        tutor_id: whom it books; Anna in a race for her time.
        room_id: the shared room that a race for seats is about.
    """

    address: str
    number: int
    student_id: int
    slots: int
    is_checked: bool
    tutor_id: int = 1
    room_id: int | None = None


@dataclass
class Tally:
    """What one process came to: slots won, and what it was told where it lost."""

    won: list[int] = field(default_factory=list)
    told: Counter[str] = field(default_factory=Counter)


_barriers: list[Barrier] = []


def line_up(barrier: Barrier) -> None:
    """Remember where the processes wait for each other."""
    _barriers.append(barrier)


def race(racer: Racer) -> Tally:
    """Try to book every slot, each process beginning at another one."""
    database = Database(database_url(racer.address))
    desk = Desk(database, FakeClock(), Actor(f"desk {racer.number}", Role.OWNER))
    tally = Tally()
    _barriers[0].wait(60)
    for turn in range(racer.slots):
        slot = (turn + racer.number // 2) % racer.slots
        start = FIRST + slot * APART + timedelta(minutes=racer.number)
        try:
            book = _book if racer.is_checked else _write_unchecked
            book(desk, racer, start)
            tally.won.append(slot)
        except (ClashError, TimeTakenError) as lost:
            kind = "clash" if isinstance(lost, ClashError) else "taken"
            tally.told[kind] += 1
            sentence = "0 of them free" if racer.room_id else "already teaches"
            tally.told["sentences"] += sentence in str(lost)
    database.close()
    return tally


def _book(desk: Desk, racer: Racer, start: datetime) -> None:
    people = ((racer.tutor_id,), (racer.student_id,))
    request = BookSession(1, *people, start, MINUTES, room_id=racer.room_id)
    Bookings(desk).book(request)


def _write_unchecked(desk: Desk, racer: Racer, start: datetime) -> None:
    starts_at, ends_at = span_of(start, MINUTES, ZoneInfo("UTC"))
    draft = Draft(starts_at, ends_at, 1, (1,), (racer.student_id,))
    with desk.transaction("Booked without looking") as transaction:
        facts = known.load(transaction, [draft], desk.now())
        common = Common(SessionStatus.PLANNED, desk.now())
        insert_sessions(transaction, facts, [NewSession(draft)], common)
