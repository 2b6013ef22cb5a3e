"""Who could hold a session in place of one of its tutors."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from app.models.catalog import Offering
from app.models.database import Snapshot
from app.models.people import Tutor, TutorTeaches
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.people import TutorStatus
from app.models.values.schedule import EditScope, SessionStatus
from app.services.desk import Desk, fetch
from app.services.scheduling.clashes import drafts_of
from app.services.scheduling.editing import check
from app.services.scheduling.requests import EditSeries


@dataclass(frozen=True, slots=True)
class StandIn:
    """A tutor who teaches the subject and is free then.

    Attributes:
        knows: how many sessions the tutor has held with students of the session.
        remarks: soft clashes, each one sentence.
    """

    tutor_id: int
    tutor: str
    knows: int
    remarks: tuple[str, ...] = ()


def stand_ins(
    snapshot: Snapshot, desk: Desk, session_id: int, for_tutor_id: int
) -> tuple[StandIn, ...]:
    """List the free tutors: without remarks first, then by how well they know whom.

    Raises:
        MissingRecordError: There is no such session.
        FixedSessionError: It is closed out, invoiced, paid or cancelled.
    """
    session = fetch(snapshot, Session, session_id, "session")
    draft = drafts_of(snapshot, [session_id])[session_id]
    offering = fetch(snapshot, Offering, session.offering_id, "offering")
    names = _teachers(snapshot, offering.subject_id, draft.tutor_ids)
    known = _known(snapshot, names, draft.student_ids)
    found: list[StandIn] = []
    for tutor_id, name in names.items():
        changed = tuple(
            tutor_id if one == for_tutor_id else one for one in draft.tutor_ids
        )
        request = EditSeries(session_id, EditScope.THIS, tutor_ids=changed)
        clashes = check(snapshot, desk, request)
        if not any(one.is_hard for one in clashes):
            remarks = tuple(one.sentence for one in clashes)
            found.append(StandIn(tutor_id, name, known.get(tutor_id, 0), remarks))
    return tuple(sorted(found, key=_rank))


def _teachers(
    snapshot: Snapshot, subject_id: int | None, without: Collection[int]
) -> dict[int, str]:
    """Name the active tutors of a subject; all of them where none is said."""
    query = select(Tutor.id, Tutor.name).where(
        Tutor.archived_at.is_(None),
        Tutor.status == TutorStatus.ACTIVE,
        Tutor.id.not_in(without),
    )
    if subject_id is not None:
        taught = select(TutorTeaches.tutor_id)
        query = query.where(
            Tutor.id.in_(taught.where(TutorTeaches.subject_id == subject_id))
        )
    rows = snapshot.execute(query.order_by(Tutor.name, Tutor.id))
    return {row.id: row.name for row in rows}


def _known(
    snapshot: Snapshot, tutor_ids: Collection[int], student_ids: Collection[int]
) -> dict[int, int]:
    """Count the sessions that tutors have held with some students."""
    rows = snapshot.execute(
        select(
            SessionTutor.tutor_id,
            func.count(SessionTutor.session_id.distinct()).label("held"),
        )
        .join(Attendance, Attendance.session_id == SessionTutor.session_id)
        .join(Session, Session.id == SessionTutor.session_id)
        .where(
            SessionTutor.tutor_id.in_(tutor_ids),
            Attendance.student_id.in_(student_ids),
            Session.status == SessionStatus.HELD,
        )
        .group_by(SessionTutor.tutor_id)
    )
    return {row.tutor_id: row.held for row in rows}


def _rank(one: StandIn) -> tuple[int, int, str]:
    return len(one.remarks), -one.knows, one.tutor
