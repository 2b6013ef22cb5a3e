"""Checks planned sessions against everything, all dates at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.schedule import AttendanceState
from app.services.desk import Desk
from app.services.scheduling import facts as known
from app.services.scheduling.errors import ClashError
from app.services.scheduling.facts import Draft, Facts
from app.services.scheduling.hard import hard_findings
from app.services.scheduling.occupancy import in_batches
from app.services.scheduling.requests import Clash, ClashKind
from app.services.scheduling.sentences import Finding, others, say
from app.services.scheduling.soft import soft_findings
from app.text import _

_OFFICE_MATTERS = {ClashKind.HOUSEHOLD_OVERDUE, ClashKind.PACKAGE_USED_UP}
_CANCELLED = [state for state in AttendanceState if state.is_cancelled]


def find(
    desk: Desk,
    facts: Facts,
    drafts: Sequence[Draft],
    moved: Collection[int] = (),
    *,
    hard_only: bool = False,
) -> list[tuple[Clash, ...]]:
    """List the clashes of each draft, hard ones first.

    Args:
        desk: who asks; a tutor does not learn the names of others' students.
        facts: read in a transaction, if what is found decides what is written.
        drafts: the planned sessions.
        moved: sessions whose present times do not count because they move.
        hard_only: leave out what can be accepted.
    """
    found = hard_findings(facts, drafts, moved)
    if not hard_only:
        soft = soft_findings(facts, drafts, moved)
        found = [hard + more for hard, more in zip(found, soft, strict=True)]
    session_ids = {
        session_id
        for findings in found
        for finding in findings
        for session_id in finding.session_ids
    }
    names = others(facts.work, session_ids, desk.actor)
    return [
        tuple(
            say(_for(desk, finding), draft.starts_at, facts.zone, names)
            for finding in findings
        )
        for draft, findings in zip(drafts, found, strict=True)
    ]


def _for(desk: Desk, finding: Finding) -> Finding:
    if desk.actor.is_office or finding.kind not in _OFFICE_MATTERS:
        return finding
    return replace(
        finding,
        detail=_("The office has to agree before {who} is booked.").format(
            who=finding.who
        ),
        way_out=_("Ask the office."),
    )


def hard(clashes: Iterable[Clash]) -> tuple[Clash, ...]:
    """Keep the clashes that only an administrator may go against."""
    return tuple(clash for clash in clashes if clash.is_hard)


def soft(clashes: Iterable[Clash]) -> tuple[Clash, ...]:
    """Keep the clashes that can be accepted."""
    return tuple(clash for clash in clashes if not clash.is_hard)


def check_kept(
    transaction: Transaction, desk: Desk, session_ids: Collection[int]
) -> None:
    """Check sessions that are put back as if they were booked now.

    Their own rows in the guard's table do not count, so it does not matter whether
    ``occupancy.sync`` comes before or after.

    Raises:
        ClashError: Somebody else has the time now.
    """
    transaction.flush()
    drafts = drafts_of(transaction, session_ids)
    if not drafts:
        return
    facts = known.load(transaction, list(drafts.values()), transaction.at)
    found = find(desk, facts, list(drafts.values()), drafts, hard_only=True)
    clashes = [clash for clashes in found for clash in clashes]
    if clashes:
        raise ClashError(clashes)


def drafts_of(
    work: Snapshot | Transaction, session_ids: Collection[int]
) -> dict[int, Draft]:
    """Read sessions as drafts by id, with the students who have not cancelled."""
    drafts: dict[int, Draft] = {}
    for ids in in_batches(session_ids):
        tutors, students = _people_of(work, ids)
        rows = work.rows(
            select(
                Session.id,
                Session.starts_at,
                Session.ends_at,
                Session.offering_id,
                Session.place_id,
                Session.room_id,
                Session.placement_id,
            )
            .where(Session.id.in_(ids))
            .order_by(Session.starts_at, Session.id)
        )
        for row in rows:
            drafts[row.id] = Draft(
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                offering_id=row.offering_id,
                tutor_ids=tuple(tutors[row.id]),
                student_ids=tuple(students[row.id]),
                place_id=row.place_id,
                room_id=row.room_id,
                placement_id=row.placement_id,
                session_id=row.id,
            )
    return drafts


def _people_of(
    work: Snapshot | Transaction, ids: Sequence[int]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    tutors: dict[int, list[int]] = defaultdict(list)
    students: dict[int, list[int]] = defaultdict(list)
    parts = (
        select(SessionTutor.session_id, SessionTutor.tutor_id)
        .where(SessionTutor.session_id.in_(ids))
        .order_by(SessionTutor.position, SessionTutor.id)
    )
    for session_id, tutor_id in work.rows(parts):
        tutors[session_id].append(tutor_id)
    places = (
        select(Attendance.session_id, Attendance.student_id)
        .where(Attendance.session_id.in_(ids), Attendance.state.not_in(_CANCELLED))
        .order_by(Attendance.position, Attendance.id)
    )
    for session_id, student_id in work.rows(places):
        students[session_id].append(student_id)
    return tutors, students
