"""What Today reads: the day, what needs somebody, and the tasks; each on its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.models.values.billing import LotUnit
from app.models.values.people import ExceptionKind
from app.models.values.schedule import TimeSpan, day_span
from app.services.availability.requests import ExceptionRow
from app.services.billing.ledger import DocumentRow as Invoice
from app.services.billing.statements import AgeRow
from app.services.billing.terms import LotLeft
from app.services.closing.results import OpenCloseOut
from app.services.office import Office
from app.services.people.tutor_requests import DocumentRow
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.requests import Clash
from app.services.tasks import OFFICE, TaskRow

PAPERS_AHEAD = timedelta(days=30)
LOTS_AHEAD = timedelta(days=14)
FEW_MINUTES, FEW_SESSIONS = 120, 2
LOOK_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of a day, with what stands against them.

    Attributes:
        clashes: by session.
        leave: tutors who are away during the day; the office's eyes only.
        following: the next session after the day.
        notes: by session, what the one before left: note and homework.
        is_office: whether the office looks, or a tutor.
    """

    now: datetime
    on: date
    cards: tuple[SessionCard, ...]
    rooms: Mapping[int, str]
    places: Mapping[int, str]
    clashes: Mapping[int, tuple[Clash, ...]]
    leave: tuple[ExceptionRow, ...]
    following: tuple[SessionCard, ...]
    notes: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    is_office: bool = True

    def is_away(self, card: SessionCard) -> str:
        """Name a tutor of a session who is away then; nothing if none is."""
        tutors = dict(card.tutors)
        for row in self.leave:
            meets = row.starts_at < card.ends_at and row.ends_at > card.starts_at
            if meets and row.tutor_id in tutors:
                return tutors[row.tutor_id]
        return ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A tutor's paper that runs out."""

    tutor: str
    document: DocumentRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits beside the day: close-outs, money, packages and papers.

    Attributes:
        lots: packages that run out, with whom they are for.
        lacking: what a new office has none of yet: tutors, families, offerings.
        claims: how many claims of tutors wait for a decision.
        overdue: invoices that are late, as the list of invoices counts them.
    """

    open: tuple[OpenCloseOut, ...]
    ages: tuple[AgeRow, ...]
    lots: tuple[tuple[LotLeft, str], ...]
    papers: tuple[Paper, ...]
    lacking: tuple[str, ...] = ()
    claims: int = 0
    overdue: tuple[Invoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Month:
    """A tutor's month so far, in minutes.

    Attributes:
        closed: sessions and minutes that were held and closed out.
    """

    on: date
    closed: tuple[int, int]
    open: tuple[int, int]


def read_day(office: Office, now: datetime, zone: ZoneInfo) -> Day:
    """Read today's sessions, with clashes and leave for the office."""
    on = now.astimezone(zone).date()
    span = day_span(on, zone)
    is_office = office.actor.is_office
    cards = office.timetable.sessions_in(span, with_cancelled=True)
    ahead = office.timetable.sessions_in(TimeSpan(span.end, span.end + LOOK_AHEAD))
    leave = office.availability.exceptions(span) if is_office else ()
    return Day(
        now=now,
        on=on,
        cards=cards,
        rooms={row.room_id: row.name for row in office.places.rooms()},
        places={row.place_id: row.name for row in office.places.places()},
        clashes=office.timetable.clashes_in(span) if is_office else {},
        leave=tuple(row for row in leave if row.kind is ExceptionKind.LEAVE),
        following=ahead,
        notes={} if is_office else _notes(office, cards, now),
        is_office=is_office,
    )


def read_waiting(office: Office, now: datetime, zone: ZoneInfo) -> Waiting:
    """Read what waits for the office; a tutor's own close-outs only."""
    open_ = office.close_outs.open_close_outs()
    if not office.actor.is_office:
        return Waiting(open_, (), (), ())
    today = now.astimezone(zone).date()
    return Waiting(
        open_,
        office.ledger.ageing(),
        tuple(_lots(office, today)),
        tuple(_papers(office, today)),
        tuple(_lacking(office)),
        len(office.pay_lines.waiting_expenses())
        + len(office.pay_lines.waiting_mileage()),
        office.ledger.overdue(),
    )


def read_tasks(office: Office) -> tuple[TaskRow, ...]:
    """Read the tasks that people set; those of the rules stand under what waits."""
    owner = OFFICE if office.actor.is_office else None
    rows = office.tasks.open_tasks(owner)
    return tuple(row for row in rows if not row.made_by.startswith("rule:"))


def read_month(office: Office, now: datetime, zone: ZoneInfo) -> Month:
    """Read a tutor's month so far."""
    today = now.astimezone(zone).date()
    start = day_span(today.replace(day=1), zone).start
    cards = office.timetable.sessions_in(TimeSpan(start, now))
    held = [card for card in cards if card.status.value == "held"]
    waiting = [card for card in cards if card.status.is_ahead and card.ends_at <= now]
    return Month(
        today,
        (len(held), sum(minutes_of(card) for card in held)),
        (len(waiting), sum(minutes_of(card) for card in waiting)),
    )


def minutes_of(card: SessionCard) -> int:
    """Give a session's planned length."""
    return int((card.ends_at - card.starts_at).total_seconds()) // 60


def _notes(
    office: Office, cards: tuple[SessionCard, ...], now: datetime
) -> dict[int, tuple[str, str]]:
    """Read the last note and homework of the first student of what is ahead."""
    found: dict[int, tuple[str, str]] = {}
    for card in cards:
        if not card.students or card.ends_at <= now or card.status.is_cancelled:
            continue
        told = office.close_outs.latest_notes(card.students[0].student_id)
        notes = [n.text for n in told.notes if n.session_id != card.session_id]
        tasks = [h.text for h in told.homework if h.session_id != card.session_id]
        note = " ".join(notes[0].split()) if notes else ""
        found[card.session_id] = (note, tasks[0] if tasks else "")
    return found


def _lots(office: Office, today: date) -> list[tuple[LotLeft, str]]:
    running = [lot for lot in office.packages.lots() if _runs_out(lot, today)]
    if not running:
        return []
    households = {row.household_id: row.name for row in office.households.households()}
    students = {row.student_id: row.name for row in office.households.students()}
    return [
        (lot, students.get(lot.student_id or 0) or households.get(lot.household_id, ""))
        for lot in running
    ]


def _lacking(office: Office) -> list[str]:
    there = {
        "tutors": office.tutors.tutors(),
        "families": office.households.households(),
        "offerings": office.catalog.offerings(),
    }
    return [name for name, rows in there.items() if not rows]


def _runs_out(lot: LotLeft, today: date) -> bool:
    few = FEW_MINUTES if lot.unit is LotUnit.MINUTES else FEW_SESSIONS
    ends = lot.expires_on
    return lot.left <= few or (ends is not None and ends <= today + LOTS_AHEAD)


def _papers(office: Office, today: date) -> list[Paper]:
    found: list[Paper] = []
    for tutor in office.tutors.tutors():
        newest: dict[str, DocumentRow] = {}
        for document in office.tutors.documents(tutor.tutor_id):
            known = newest.get(document.kind)
            ends = document.expires_on or date.max
            if known is None or ends > (known.expires_on or date.max):
                newest[document.kind] = document
        found += [
            Paper(tutor.name, document)
            for document in newest.values()
            if document.expires_on and document.expires_on <= today + PAPERS_AHEAD
        ]
    return sorted(found, key=lambda paper: paper.document.expires_on or date.max)
