"""Takes back what was changed by hand on one session of a series."""

from __future__ import annotations

from app.models.database import Transaction
from app.models.scheduling import Series, Session
from app.models.values.schedule import EditScope, wall_clock
from app.models.values.unchanged import UNCHANGED
from app.services.desk import Desk, fetch, zone
from app.services.scheduling.editing import edit
from app.services.scheduling.edits import Field
from app.services.scheduling.errors import NoSeriesError
from app.services.scheduling.requests import Edited, EditSeries

_KEPT = {Field.STUDENTS.value}  # who comes is nobody's mistake


def reset(
    transaction: Transaction, desk: Desk, session_id: int, override_reason: str
) -> Edited:
    """Put a session back to its slot, and its changed fields to the series'.

    Raises:
        NoSeriesError: It belongs to no series.
        NothingToChangeError: Nothing was changed by hand.
        FixedSessionError: It is closed out, invoiced, paid or cancelled.
        ClashError: The slot is taken.
    """
    session = fetch(transaction, Session, session_id, "session")
    if session.series_id is None or session.slot_at is None:
        raise NoSeriesError
    series = fetch(transaction, Series, session.series_id, "series")
    changed = set(session.changed_fields)
    is_moved = session.slot_at != session.starts_at
    start = wall_clock(session.slot_at, zone(transaction))
    request = EditSeries(
        session_id,
        EditScope.THIS,
        start=start if is_moved else None,
        minutes=series.minutes if Field.MINUTES.value in changed else None,
        tutor_ids=tuple(series.tutor_ids) if Field.TUTORS.value in changed else None,
        place_id=series.place_id if Field.PLACE.value in changed else UNCHANGED,
        room_id=series.room_id if Field.ROOM.value in changed else UNCHANGED,
        accept_soft=True,
        override_reason=override_reason,
    )
    edited = edit(transaction, desk, request)
    session.changed_fields = sorted(changed & _KEPT)
    return edited
