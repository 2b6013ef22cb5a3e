"""What a tutor may see and do: the own record, own students, nothing of others.

A student is a tutor's own when a placement or a session joins the two, or a course
that the tutor gives.
"""

from __future__ import annotations

from sqlalchemy import Select, select, union

from app.models.database import Snapshot, Transaction
from app.models.people import Student
from app.models.scheduling import (
    Attendance,
    Placement,
    PlacementStudent,
    SessionTutor,
)
from app.models.values.actors import Actor
from app.models.values.errors import RightsError
from app.models.values.policies import (
    Approval,
    ClaimsApproved,
    CloseOutDue,
    FamilyContacts,
    FamilyNotes,
    OfficeCancel,
    PayWhenPaid,
)
from app.models.values.schedule import PlacementState
from app.text import _

OPEN_RULES = frozenset(
    rule.kind
    for rule in (
        OfficeCancel,
        Approval,
        ClaimsApproved,
        FamilyNotes,
        CloseOutDue,
        FamilyContacts,
        PayWhenPaid,
    )
)
"""The office's rules that say what a tutor does, sees and gets.

The others say what families are charged. The notice they must give, and what the tutor
gets when they do not, a tutor reads with each of the own sessions.
"""


class NotYoursError(RightsError):
    """A tutor asked for something of somebody else."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("A tutor sees only the own {what}; ask the office for others.").format(
                what=what
            )
        )


def is_own(actor: Actor, *tutor_ids: int | None) -> bool:
    """Say whether something of some tutors is the actor's own; the office's all is."""
    return actor.is_office or (
        actor.tutor_id is not None and actor.tutor_id in tutor_ids
    )


def require_self(actor: Actor, tutor_id: int, what: str) -> None:
    """Refuse a tutor another tutor's things.

    Raises:
        NotYoursError: The actor is another tutor.
    """
    if not is_own(actor, tutor_id):
        raise NotYoursError(what)


def own_sessions(actor: Actor) -> Select[int]:
    """Ask for the ids of the sessions that a tutor holds; a substitute does."""
    return select(SessionTutor.session_id).where(
        SessionTutor.tutor_id == actor.tutor_id
    )


def require_own_session(
    work: Snapshot | Transaction, actor: Actor, session_id: int
) -> None:
    """Refuse a tutor the sessions of others.

    Raises:
        NotYoursError: The tutor does not hold it.
    """
    if actor.is_office:
        return
    part = own_sessions(actor).where(SessionTutor.session_id == session_id)
    if work.scalars(part).first() is None:
        raise NotYoursError(_("sessions"))


def require_open_rule(actor: Actor, kind: str) -> None:
    """Refuse a tutor the office's rules about the money of families.

    Raises:
        NotYoursError: The actor is a tutor, and the rule is one of those.
    """
    if not actor.is_office and kind not in OPEN_RULES:
        raise NotYoursError(_("rules"))


def own_students(work: Snapshot | Transaction, tutor_id: int) -> frozenset[int]:
    """Find the students of a tutor."""
    placed = (
        select(PlacementStudent.student_id)
        .join(Placement, Placement.id == PlacementStudent.placement_id)
        .where(
            Placement.tutor_id == tutor_id,
            Placement.archived_at.is_(None),
            Placement.state != PlacementState.ENDED,
        )
    )
    taught = (
        select(Attendance.student_id)
        .join(SessionTutor, SessionTutor.session_id == Attendance.session_id)
        .where(SessionTutor.tutor_id == tutor_id)
    )
    return frozenset(work.scalars(union(placed, taught)))


def own_households(work: Snapshot | Transaction, tutor_id: int) -> frozenset[int]:
    """Find the households of a tutor's students."""
    students = own_students(work, tutor_id)
    query = select(Student.household_id).where(Student.id.in_(students))
    return frozenset(work.scalars(query))


def require_own_student(
    work: Snapshot | Transaction, actor: Actor, student_id: int
) -> None:
    """Refuse a tutor a student of others.

    Raises:
        NotYoursError: The actor is a tutor who does not teach the student.
    """
    if actor.is_office:
        return
    tutor_id = actor.tutor_id
    if tutor_id is None or student_id not in own_students(work, tutor_id):
        raise NotYoursError(_("students"))
