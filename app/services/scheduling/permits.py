"""Who may book what: the office, and tutors as far as it trusts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.scheduling import Placement, PlacementStudent, Session
from app.models.values import entries
from app.models.values.actors import Role
from app.models.values.people import Trust
from app.models.values.schedule import (
    PlacementState,
    SessionStatus,
    TimeSpan,
    day_span,
    local_date,
)
from app.services.desk import Desk, profile, zone
from app.services.scheduling import clashes as checks
from app.services.scheduling.errors import (
    ClashError,
    OverrideRightsError,
    PlacementLimitError,
    TrustError,
)
from app.services.scheduling.facts import Draft
from app.services.scheduling.requests import Clash, ClashKind
from app.services.scheduling.soft import WEEK, week_of
from app.text import _

_TUTOR_MAY_ACCEPT = {
    ClashKind.OUTSIDE_AVAILABILITY,
    ClashKind.AVAILABILITY_UNKNOWN,
    ClashKind.SHORT_NOTICE,
    ClashKind.HOLIDAY,
}
_OCCUPYING = [status for status in SessionStatus if not status.is_cancelled]


def settle_clashes(
    desk: Desk, found: Iterable[Clash], *, accept_soft: bool, override_reason: str
) -> str:
    """Let clashes pass or refuse them; give the reason that the record keeps.

    A reason that overrides hard clashes also accepts the soft ones.

    Raises:
        ClashError: A hard clash without a reason, or a soft one not accepted.
        OverrideRightsError: Somebody else than an administrator overrides.
        InputError: The reason is too long, or holds what cannot be printed.
    """
    every = tuple(found)
    stopping = checks.hard(every)
    reason = entries.lines(override_reason, _("reason"))
    if stopping and not reason:
        raise ClashError(stopping)
    if stopping and desk.actor.role not in {Role.OWNER, Role.ADMINISTRATOR}:
        raise OverrideRightsError
    asking = checks.soft(every)
    if asking and not accept_soft and not stopping:
        raise ClashError(asking)
    if not desk.actor.is_office:
        beyond = [clash for clash in asking if clash.kind not in _TUTOR_MAY_ACCEPT]
        if beyond:
            raise ClashError(beyond)
    return reason if stopping else ""


def must_propose(
    work: Snapshot | Transaction, desk: Desk, drafts: Sequence[Draft]
) -> bool:
    """Check that somebody may book this; say whether the office has to confirm it.

    Raises:
        TrustError: The office has not left this to the tutor.
        PlacementLimitError: It goes beyond what was agreed for the placement.
    """
    if desk.actor.is_office:
        return False
    placement_ids = {draft.placement_id for draft in drafts}
    placement_id = placement_ids.pop() if len(placement_ids) == 1 else None
    placement = work.get(Placement, placement_id) if placement_id else None
    if (
        placement is None
        or placement.tutor_id != desk.actor.tutor_id
        or placement.state is not PlacementState.ACTIVE
        or placement.who_books is Trust.OFFICE_BOOKS
        or any(draft.tutor_ids != (placement.tutor_id,) for draft in drafts)
    ):
        raise TrustError
    _within_limits(work, placement, drafts)
    return placement.who_books is Trust.TUTOR_PROPOSES


def _within_limits(
    work: Snapshot | Transaction, placement: Placement, drafts: Sequence[Draft]
) -> None:
    agreed = set(
        work.scalars(
            select(PlacementStudent.student_id).where(
                PlacementStudent.placement_id == placement.id
            )
        )
    )
    here = zone(work)
    for draft in drafts:
        day = local_date(draft.starts_at, here)
        if draft.offering_id != placement.offering_id:
            raise PlacementLimitError(_("only its own offering may be booked."))
        if not agreed.issuperset(draft.student_ids):
            raise PlacementLimitError(_("only its own students may be booked."))
        if placement.place_id is not None and draft.place_id != placement.place_id:
            raise PlacementLimitError(_("the sessions are held at its own place."))
        if not (placement.from_on or day) <= day <= (placement.until_on or day):
            raise PlacementLimitError(_("the day lies outside its dates."))
    _within_minutes(work, placement, drafts)


def _within_minutes(
    work: Snapshot | Transaction, placement: Placement, drafts: Sequence[Draft]
) -> None:
    moved = {draft.session_id for draft in drafts}
    if placement.total_minutes is not None:
        total = _booked(work, placement.id, moved, None)
        if total + sum(draft.minutes for draft in drafts) > placement.total_minutes:
            text = _("{most} minutes in all.").format(most=placement.total_minutes)
            raise PlacementLimitError(text)
    if placement.weekly_minutes is None:
        return
    here, first_weekday = zone(work), profile(work).first_weekday
    weeks: dict[date, int] = {}
    for draft in drafts:
        week = week_of(local_date(draft.starts_at, here), first_weekday)
        if week not in weeks:
            start = day_span(week, here).start
            end = day_span(week + timedelta(days=WEEK), here).start
            weeks[week] = _booked(work, placement.id, moved, TimeSpan(start, end))
        weeks[week] += draft.minutes
    if max(weeks.values()) > placement.weekly_minutes:
        text = _("{most} minutes a week.").format(most=placement.weekly_minutes)
        raise PlacementLimitError(text)


def _booked(
    work: Snapshot | Transaction,
    placement_id: int,
    moved: set[int | None],
    span: TimeSpan | None,
) -> int:
    statement = select(Session.starts_at, Session.ends_at).where(
        Session.placement_id == placement_id, Session.status.in_(_OCCUPYING)
    )
    known = [row_id for row_id in moved if row_id is not None]
    if known:
        statement = statement.where(Session.id.not_in(known))
    if span is not None:
        statement = statement.where(
            Session.starts_at >= span.start, Session.starts_at < span.end
        )
    rows = work.execute(statement)
    return sum(TimeSpan(starts_at, ends_at).minutes for starts_at, ends_at in rows)
