"""Reading what can be found; a tutor is given only what is the tutor's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from app.models.billing import Document
from app.models.catalog import Offering
from app.models.database import Snapshot
from app.models.people import Guardian, Household, Payer, Student, Tutor
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.actors import Actor
from app.models.values.schedule import day_span, local_date, wall_clock
from app.services.desk import zone
from app.services.rights import own_households, own_sessions, own_students
from app.services.search.index import Entry, HitKind

SESSIONS_BACK = timedelta(days=60)
SESSIONS_AHEAD = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class Sight:
    """Who looks, and when; sessions are found from 60 days ago to 120 ahead."""

    actor: Actor
    now: datetime


def students(snapshot: Snapshot, sight: Sight) -> list[Entry]:
    """Read the students in use; the office also sees whom to call first."""
    own = None
    phones: dict[int, str] = {}
    if sight.actor.is_office:
        phones = _first_phones(snapshot)
    else:
        own = own_students(snapshot, sight.actor.tutor_id or 0)
    query = (
        select(
            Student.id,
            Student.name,
            Student.called,
            Household.name,
            Household.id,
            Student.school_year,
        )
        .join(Household, Household.id == Student.household_id)
        .where(Student.archived_at.is_(None))
        .order_by(Student.name, Student.id)
    )
    return [
        Entry(
            HitKind.STUDENT,
            row_id,
            name,
            _joined(year, household, phones.get(family, "")),
            called,
        )
        for row_id, name, called, household, family, year in snapshot.execute(query)
        if own is None or row_id in own
    ]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _first_phones(snapshot: Snapshot) -> dict[int, str]:
    """Give each family's number to call first."""
    query = (
        select(Guardian.household_id, Guardian.phones)
        .where(Guardian.archived_at.is_(None))
        .order_by(Guardian.position.desc(), Guardian.id.desc())
    )
    return {family: phones[0] for family, phones in snapshot.execute(query) if phones}


def households(snapshot: Snapshot, sight: Sight) -> list[Entry]:
    """Read the households in use; the office also finds them by their contacts."""
    words: dict[int, list[str]] = defaultdict(list)
    own = None
    if sight.actor.is_office:
        for payer in snapshot.execute(
            select(Payer.household_id, Payer.name, Payer.email, Payer.phone)
        ):
            words[payer[0]].extend(payer[1:])
        for guardian in snapshot.execute(
            select(
                Guardian.household_id, Guardian.name, Guardian.email, Guardian.phones
            )
        ):
            words[guardian[0]].extend([*guardian[1:3], *guardian[3]])
    else:
        own = own_households(snapshot, sight.actor.tutor_id or 0)
    query = (
        select(Household.id, Household.name)
        .where(Household.archived_at.is_(None))
        .order_by(Household.name, Household.id)
    )
    return [
        Entry(HitKind.HOUSEHOLD, row_id, name, "", " ".join(words[row_id]))
        for row_id, name in snapshot.execute(query)
        if own is None or row_id in own
    ]


def tutors(snapshot: Snapshot, sight: Sight) -> list[Entry]:
    """Read the tutors in use."""
    query = (
        select(Tutor.id, Tutor.name, Tutor.email, Tutor.phone)
        .where(Tutor.archived_at.is_(None))
        .order_by(Tutor.name, Tutor.id)
    )
    if not sight.actor.is_office:
        query = query.where(Tutor.id == (sight.actor.tutor_id or 0))
    return [
        Entry(HitKind.TUTOR, row_id, name, phone, email)
        for row_id, name, email, phone in snapshot.execute(query)
    ]


def sessions(snapshot: Snapshot, sight: Sight) -> list[Entry]:
    """Read the sessions around today that are not cancelled.

    Today's and those to come stand before what is over, the nearest first.
    """
    here = zone(snapshot)
    around = (
        Session.starts_at > sight.now - SESSIONS_BACK,
        Session.starts_at < sight.now + SESSIONS_AHEAD,
    )
    query = (
        select(Session.id, Session.starts_at, Session.status, Offering.name)
        .join(Offering, Offering.id == Session.offering_id)
        .where(*around)
        .order_by(Session.starts_at, Session.id)
    )
    if not sight.actor.is_office:
        query = query.where(Session.id.in_(own_sessions(sight.actor)))
    people = _people(snapshot, around)
    found = [
        _session(row_id, starts_at, offering, people[row_id], here)
        for row_id, starts_at, status, offering in snapshot.execute(query)
        if not status.is_cancelled
    ]
    today = day_span(local_date(sight.now, here), here).start
    over = sum(entry.starts_at < today for entry in found if entry.starts_at)
    return [*found[over:], *reversed(found[:over])]


def documents(snapshot: Snapshot, sight: Sight) -> list[Entry]:
    """Read the issued documents, the newest first; the office's only."""
    if not sight.actor.is_office:
        return []
    query = (
        select(Document.id, Document.number, Payer.name)
        .join(Payer, Payer.id == Document.payer_id)
        .order_by(Document.id.desc())
    )
    return [
        Entry(HitKind.DOCUMENT, row_id, number, payer)
        for row_id, number, payer in snapshot.execute(query)
    ]


Reader = Callable[[Snapshot, Sight], list[Entry]]
READERS: Mapping[HitKind, Reader] = {
    HitKind.STUDENT: students,
    HitKind.HOUSEHOLD: households,
    HitKind.TUTOR: tutors,
    HitKind.SESSION: sessions,
    HitKind.DOCUMENT: documents,
}
_OWN = frozenset({"attendance", "placement", "placement_student", "session_tutor"})
TABLES: Mapping[HitKind, frozenset[str]] = {
    HitKind.STUDENT: frozenset({"student", "household", "guardian"}),
    HitKind.HOUSEHOLD: frozenset({"household", "payer", "guardian"}),
    HitKind.TUTOR: frozenset({"tutor"}),
    HitKind.SESSION: frozenset(
        {"session", "session_tutor", "attendance", "offering", "student", "tutor"}
    ),
    HitKind.DOCUMENT: frozenset({"document", "payer"}),
}


def tables_of(kind: HitKind, actor: Actor) -> frozenset[str]:
    """Name the tables whose changes make an index of a kind stale."""
    is_own = kind in {HitKind.STUDENT, HitKind.HOUSEHOLD} and not actor.is_office
    return TABLES[kind] | {"student"} | _OWN if is_own else TABLES[kind]


def _people(
    snapshot: Snapshot, around: tuple[ColumnElement[bool], ...]
) -> dict[int, list[str]]:
    people: dict[int, list[str]] = defaultdict(list)
    taught = (
        select(Attendance.session_id, Student.name)
        .join(Student, Student.id == Attendance.student_id)
        .join(Session, Session.id == Attendance.session_id)
        .where(*around)
        .order_by(Attendance.position)
    )
    teaching = (
        select(SessionTutor.session_id, Tutor.name)
        .join(Tutor, Tutor.id == SessionTutor.tutor_id)
        .join(Session, Session.id == SessionTutor.session_id)
        .where(*around)
        .order_by(SessionTutor.position)
    )
    for names in (taught, teaching):
        for session_id, name in snapshot.execute(names):
            people[session_id].append(name)
    return people


def _session(
    row_id: int, starts_at: datetime, offering: str, people: list[str], here: ZoneInfo
) -> Entry:
    wall = wall_clock(starts_at, here)
    title = ", ".join(people) or offering
    words = f"{wall:%Y-%m-%d %H:%M}"
    return Entry(HitKind.SESSION, row_id, title, offering, words, starts_at)
