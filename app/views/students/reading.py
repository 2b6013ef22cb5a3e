"""What the page of students and families reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.values.schedule import TimeSpan
from app.services.billing.ledger import DocumentRow, FindDocuments
from app.services.billing.terms import LotLeft
from app.services.closing.results import StudentNotes
from app.services.office import Office
from app.services.people.placements import PlacementRow
from app.services.people.requests import HouseholdDetail, HouseholdRow, StudentRow
from app.services.scheduling.cards import SessionCard

AHEAD = timedelta(days=21)  # how far a next session is looked for
BEHIND, BEYOND = timedelta(days=120), timedelta(days=60)  # sessions of a record
NOTES, DOCUMENTS = 3, 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: a family, or one of its students under it.

    Attributes:
        student: none for the family's own line.
        open: what the family owes, of a family's line.
        next_at: the next session, of a student's line.
    """

    family: HouseholdRow
    student: StudentRow | None = None
    open: int | None = None
    next_at: datetime | None = None

    @property
    def name(self) -> str:
        """The name that the line shows."""
        return self.student.name if self.student else self.family.name

    @property
    def is_archived(self) -> bool:
        """Say whether the record was put away."""
        own = self.student or self.family
        return own.is_archived or self.family.is_archived

    @property
    def key(self) -> tuple[str, int]:
        """Name the record."""
        if self.student is not None:
            return "student", self.student.student_id
        return "household", self.family.household_id


@dataclass(frozen=True, slots=True)
class Record:
    """One family, seen from one of its students where one was chosen."""

    detail: HouseholdDetail
    student: StudentRow | None
    sessions: tuple[SessionCard, ...]
    placements: tuple[PlacementRow, ...]
    lots: tuple[LotLeft, ...]
    notes: StudentNotes | None
    documents: tuple[DocumentRow, ...]
    open: int

    @property
    def key(self) -> tuple[str, int]:
        """Name the record, as its line does."""
        if self.student is not None:
            return "student", self.student.student_id
        return "household", self.detail.row.household_id

    @property
    def students(self) -> tuple[StudentRow, ...]:
        """The students that are not put away."""
        return tuple(one for one in self.detail.students if not one.is_archived)


def read_lines(office: Office, now: datetime) -> tuple[Line, ...]:
    """Read every family with its students, archived ones too, by name."""
    families = office.households.households(with_archived=True)
    students: dict[int, list[StudentRow]] = defaultdict(list)
    for student in office.households.students(with_archived=True):
        students[student.household_id].append(student)
    nexts = _next_sessions(office, now)
    owed = _owed(office)
    lines: list[Line] = []
    for family in families:
        lines.append(Line(family, open=owed.get(family.household_id, 0)))
        lines += [
            Line(family, student, next_at=nexts.get(student.student_id))
            for student in students[family.household_id]
        ]
    return tuple(lines)


def read_record(office: Office, key: tuple[str, int], now: datetime) -> Record:
    """Read everything about a family, or about a student and the family."""
    kind, row_id = key
    student = office.households.student(row_id) if kind == "student" else None
    household_id = student.household_id if student else row_id
    detail = office.households.household(household_id)
    ids = [one.student_id for one in detail.students if not one.is_archived]
    span = TimeSpan(now - BEHIND, now + BEYOND)
    sessions = office.timetable.sessions_in(span, student_ids=ids, with_cancelled=True)
    wanted = {student.student_id} if student else set(ids)
    placements = [
        row
        for row in office.placements.placements()
        if not wanted.isdisjoint(row.student_ids)
    ]
    notes = None
    if student is not None:
        notes = office.close_outs.latest_notes(student.student_id, NOTES)
    documents = office.ledger.documents(
        FindDocuments(household_id=household_id, limit=DOCUMENTS)
    )
    return Record(
        detail,
        student,
        sessions if ids else (),
        tuple(placements),
        office.packages.lots(household_id),
        notes,
        documents,
        sum(row.open for row in documents),
    )


def of_student(sessions: Sequence[SessionCard], student_id: int) -> list[SessionCard]:
    """List the sessions that a student has a place in."""
    return [
        card
        for card in sessions
        if any(one.student_id == student_id for one in card.students)
    ]


def _next_sessions(office: Office, now: datetime) -> dict[int, datetime]:
    found: dict[int, datetime] = {}
    for card in office.timetable.sessions_in(TimeSpan(now, now + AHEAD)):
        if card.starts_at < now:
            continue
        for student in card.students:
            found.setdefault(student.student_id, card.starts_at)
    return found


def _owed(office: Office) -> dict[int, int]:
    owed: dict[int, int] = defaultdict(int)
    for row in office.ledger.documents(FindDocuments(limit=100_000)):
        owed[row.household_id] += row.open
    return owed
