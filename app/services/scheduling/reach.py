"""What of the timetable a tutor may ask about: the own time, students and sessions.

It is settled before anything else is read, so that no answer names a stranger.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.scheduling import Attendance, Placement, Series
from app.models.values.actors import Actor
from app.services.desk import OfficeOnlyError
from app.services.rights import (
    NotYoursError,
    is_own,
    own_students,
    require_own_session,
    require_self,
)
from app.services.scheduling.requests import BookSession
from app.text import _


def require_own_booking(
    work: Snapshot | Transaction, actor: Actor, request: BookSession
) -> None:
    """Refuse a tutor a session with others, or on terms that the office sets.

    Raises:
        NotYoursError: Another tutor, or a student, contract or missed session of
            others.
        OfficeOnlyError: It is to be a trial.
    """
    if actor.is_office:
        return
    if request.is_trial:
        raise OfficeOnlyError
    require_own_people(work, actor, request.tutor_ids, request.student_ids)
    require_own_contract(work, actor, request.placement_id, request.contract_id)
    if request.make_up_of_id is not None:
        require_own_session(work, actor, request.make_up_of_id)
        missed = select(Attendance.student_id).where(
            Attendance.session_id == request.make_up_of_id
        )
        if set(request.student_ids).isdisjoint(work.scalars(missed)):
            raise NotYoursError(_("students"))


def require_own_people(
    work: Snapshot | Transaction,
    actor: Actor,
    tutor_ids: Sequence[int],
    student_ids: Sequence[int],
) -> None:
    """Refuse a tutor the times of other tutors and of others' students.

    Raises:
        NotYoursError: Somebody else is named.
    """
    if actor.is_office:
        return
    for tutor_id in tutor_ids:
        require_self(actor, tutor_id, _("times"))
    if student_ids and not own_students(work, actor.tutor_id or 0) >= set(student_ids):
        raise NotYoursError(_("students"))


def require_own_contract(
    work: Snapshot | Transaction,
    actor: Actor,
    placement_id: int | None,
    contract_id: int | None,
) -> None:
    """Refuse a tutor any other contract than that of an own placement.

    Raises:
        NotYoursError: The placement or the contract is another.
    """
    if actor.is_office or (placement_id is None and contract_id is None):
        return
    placement = work.get(Placement, placement_id or 0)
    if placement is None or not is_own(actor, placement.tutor_id):
        raise NotYoursError(_("placements"))
    if contract_id not in {None, placement.contract_id}:
        raise NotYoursError(_("contracts"))


def require_own_series(
    work: Snapshot | Transaction, actor: Actor, series_id: int
) -> None:
    """Refuse a tutor the series of others.

    Raises:
        NotYoursError: The tutor does not hold it.
    """
    if actor.is_office:
        return
    series = work.get(Series, series_id)
    if series is None or not is_own(actor, *series.tutor_ids):
        raise NotYoursError(_("series"))
