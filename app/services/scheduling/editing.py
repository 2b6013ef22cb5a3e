"""Changes sessions that exist: one, one and later ones of its series, or all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.scheduling import Session
from app.models.values.schedule import EditScope, SessionStatus, wall_clock
from app.models.values.unchanged import UNCHANGED
from app.services.desk import Desk, fetch, zone
from app.services.rights import require_own_session
from app.services.scheduling import clashes as checks
from app.services.scheduling import facts as known
from app.services.scheduling.applying import apply_targets, follow
from app.services.scheduling.edits import (
    Change,
    Present,
    changed,
    differences,
    in_scope,
)
from app.services.scheduling.errors import (
    FixedSessionError,
    NoSeriesError,
    NothingToChangeError,
)
from app.services.scheduling.fixed import why_fixed
from app.services.scheduling.following import follow_money
from app.services.scheduling.reach import require_own_people
from app.services.scheduling.requests import (
    Clash,
    Edited,
    EditPreview,
    EditSeries,
    OnClash,
    Untouched,
)
from app.services.scheduling.sentences import when_text
from app.services.scheduling.targets import check_targets, clashes_of
from app.services.scheduling.validating import check_wall

_CANCELLED = [status for status in SessionStatus if status.is_cancelled]


def edit(transaction: Transaction, desk: Desk, request: EditSeries) -> Edited:
    """Change sessions as one edit says; all of it is checked before any is written.

    Raises:
        NotYoursError: A tutor named sessions or people of others.
        MissingRecordError: The session is not there.
        NoSeriesError: It belongs to no series, and more than this one was meant.
        NothingToChangeError: The request names no change.
        FixedSessionError: Only this one was meant, and it may not change.
        ClashError: A new time clashes, and clashing ones are not to be left out.
        ClockGapError: A new time is left out by the clock change of spring.
        PeriodLockedError: Money of a locked period would change.
    """
    _require_own(transaction, desk, request)
    here = zone(transaction)
    session = fetch(transaction, Session, request.session_id, "session")
    if request.scope is not EditScope.THIS and session.series_id is None:
        raise NoSeriesError
    sessions = sessions_of(transaction, session, request.scope)
    presents = present(transaction, sessions, here)
    at = presents[session.id]
    change = _change(transaction, request, at)
    meant = in_scope(list(presents.values()), at, request.scope)
    fixed = why_fixed(transaction, [one.session_id for one in meant])
    if request.scope is EditScope.THIS and session.id in fixed:
        when = when_text(session.starts_at, here)
        raise FixedSessionError(when, fixed[session.id])
    free = [one for one in meant if one.session_id not in fixed]
    wanted = _wanted(free, change, session.id)
    passed = check_targets(transaction, desk, request, wanted, sessions, here)
    apply_targets(transaction, desk, passed, sessions, change, request)
    done = tuple(target.former.session_id for target in passed.targets)
    follow_money(transaction, desk, done)
    if session.series_id is not None and request.scope is not EditScope.THIS:
        ids = [one.session_id for one in free]
        follow(transaction, session, change, [sessions[one] for one in ids], here)
    named = _named(meant, fixed)
    return Edited(done, (*named, *passed.left), passed.soft)


def check(
    work: Snapshot | Transaction, desk: Desk, request: EditSeries
) -> tuple[Clash, ...]:
    """List what an edit would run into, without changing anything.

    Raises:
        MissingRecordError: The session is not there.
        NothingToChangeError: The request names no change.
        FixedSessionError: Only this one was meant, and it may not change.
        ClockGapError: A new time is left out by the clock change of spring.
    """
    _require_own(work, desk, request)
    meant = _meant(work, request)
    return clashes_of(work, desk, request, meant.wanted, meant.sessions, zone(work))


def preview(
    work: Snapshot | Transaction, desk: Desk, request: EditSeries
) -> EditPreview:
    """Count what an edit would change, keep and leave for its clashes.

    Raises:
        MissingRecordError: The session is not there.
        NoSeriesError: It belongs to no series, and more than this one was meant.
        NothingToChangeError: The request names no change.
        FixedSessionError: Only this one was meant, and it may not change.
    """
    _require_own(work, desk, request)
    asked = replace(request, on_clash=OnClash.SKIP, accept_soft=True)
    meant = _meant(work, asked)
    passed = check_targets(work, desk, asked, meant.wanted, meant.sessions, zone(work))
    return EditPreview(len(passed.targets), len(meant.fixed), len(passed.left))


@dataclass(frozen=True, slots=True)
class _Meant:
    """The sessions that an edit is meant for, as they are and as they would be."""

    sessions: Mapping[int, Session]
    wanted: list[tuple[Present, Present]]
    fixed: Mapping[int, str]


def _require_own(work: Snapshot | Transaction, desk: Desk, request: EditSeries) -> None:
    require_own_session(work, desk.actor, request.session_id)
    tutors, students = request.tutor_ids or (), request.student_ids or ()
    require_own_people(work, desk.actor, tutors, students)


def _meant(work: Snapshot | Transaction, request: EditSeries) -> _Meant:
    here = zone(work)
    session = fetch(work, Session, request.session_id, "session")
    if request.scope is not EditScope.THIS and session.series_id is None:
        raise NoSeriesError
    sessions = sessions_of(work, session, request.scope)
    presents = present(work, sessions, here)
    at = presents[session.id]
    change = _change(work, request, at)
    meant = in_scope(list(presents.values()), at, request.scope)
    fixed = why_fixed(work, [one.session_id for one in meant])
    if request.scope is EditScope.THIS and session.id in fixed:
        raise FixedSessionError(when_text(session.starts_at, here), fixed[session.id])
    free = [one for one in meant if one.session_id not in fixed]
    return _Meant(sessions, _wanted(free, change, session.id), fixed)


def _wanted(
    free: Collection[Present], change: Change, at_hand: int
) -> list[tuple[Present, Present]]:
    pairs = [
        (one, changed(one, change, is_at_hand=one.session_id == at_hand))
        for one in free
    ]
    return [(former, new) for former, new in pairs if differences(former, new)]


def _named(meant: Collection[Present], fixed: Mapping[int, str]) -> list[Untouched]:
    return [
        Untouched(one.session_id, fixed[one.session_id])
        for one in meant
        if one.session_id in fixed
    ]


def sessions_of(
    work: Snapshot | Transaction, session: Session, scope: EditScope
) -> dict[int, Session]:
    """Read the sessions of a session's series that are not cancelled, or just it."""
    if scope is EditScope.THIS or session.series_id is None:
        return {session.id: session}
    found = work.scalars(
        select(Session)
        .where(
            Session.series_id == session.series_id, Session.status.not_in(_CANCELLED)
        )
        .order_by(Session.starts_at, Session.id)
    )
    return {session.id: session, **{one.id: one for one in found}}


def present(
    work: Snapshot | Transaction, sessions: Mapping[int, Session], here: ZoneInfo
) -> dict[int, Present]:
    """Say how sessions stand, on the office's wall clock."""
    found: dict[int, Present] = {}
    for session_id, draft in checks.drafts_of(work, sessions).items():
        session = sessions[session_id]
        found[session.id] = Present(
            session.id,
            wall_clock(session.starts_at, here),
            None if session.slot_at is None else wall_clock(session.slot_at, here),
            draft.minutes,
            draft.tutor_ids,
            draft.student_ids,
            session.place_id,
            session.room_id,
            frozenset(session.changed_fields),
        )
    return found


def _change(work: Snapshot | Transaction, request: EditSeries, at: Present) -> Change:
    change = Change(
        shift=None if request.start is None else _shift(request.start, at.start),
        minutes=request.minutes,
        tutor_ids=request.tutor_ids,
        student_ids=request.student_ids,
        place_id=request.place_id,
        room_id=request.room_id,
        even_by_hand=request.include_changed,
    )
    if not change.touches:
        raise NothingToChangeError
    if change.place_id is UNCHANGED and isinstance(change.room_id, int):
        rooms = known.rooms(work, [change.room_id])
        return replace(change, place_id=rooms[change.room_id].place_id)
    if change.room_id is UNCHANGED and change.place_id not in {UNCHANGED, at.place_id}:
        return replace(change, room_id=None)
    return change


def _shift(start: datetime, now: datetime) -> timedelta:
    check_wall(start)
    return start - now
