"""Which homes a tutor sees: the own one, and those of own students and sessions."""

from __future__ import annotations

from sqlalchemy import select, union

from app.models.catalog import Place
from app.models.database import Snapshot, Transaction
from app.models.people import Student, Tutor
from app.models.scheduling import Placement, Session, SessionTutor
from app.models.values.actors import Actor
from app.models.values.schedule import PlaceKind, PlacementState
from app.services.rights import own_students


def hidden_homes(work: Snapshot | Transaction, actor: Actor) -> frozenset[int]:
    """Find the homes that somebody may not see, by place id; none for the office."""
    if actor.is_office:
        return frozenset()
    tutor_id = actor.tutor_id
    students = own_students(work, tutor_id) if tutor_id is not None else frozenset()
    taught = (
        select(Session.place_id)
        .join(SessionTutor, SessionTutor.session_id == Session.id)
        .where(SessionTutor.tutor_id == tutor_id)
    )
    own = union(
        select(Tutor.home_place_id).where(Tutor.id == tutor_id),
        select(Student.home_place_id).where(Student.id.in_(students)),
        select(Placement.place_id).where(
            Placement.tutor_id == tutor_id,
            Placement.archived_at.is_(None),
            Placement.state != PlacementState.ENDED,
        ),
        taught,
    )
    homes = work.scalars(select(Place.id).where(Place.kind == PlaceKind.HOME))
    return frozenset(homes) - frozenset(work.scalars(own))
