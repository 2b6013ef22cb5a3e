"""Checks what an edit would make of sessions, all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from app.models.database import Snapshot, Transaction
from app.models.scheduling import Session
from app.models.values.schedule import ClockGapError, SessionStatus
from app.services.desk import Desk
from app.services.scheduling import clashes as checks
from app.services.scheduling import facts as known
from app.services.scheduling.edits import Field, Present, differences
from app.services.scheduling.errors import TrustError
from app.services.scheduling.facts import Draft, Facts
from app.services.scheduling.permits import must_propose, settle_clashes
from app.services.scheduling.requests import Clash, EditSeries, OnClash, Untouched
from app.services.scheduling.validating import check_people, check_where, span_of

_WHEN_AND_WHO = {Field.START, Field.MINUTES, Field.TUTORS, Field.STUDENTS}


@dataclass(frozen=True, slots=True)
class Target:
    """A session as it stands and as an edit would make it."""

    former: Present
    new: Present
    draft: Draft


@dataclass(frozen=True, slots=True)
class Passed:
    """What an edit may change.

    Attributes:
        reasons: why a session is moved in spite of a hard clash, by session.
        left: the clashing sessions that stay as they were.
    """

    targets: tuple[Target, ...]
    reasons: Mapping[int, str]
    soft: tuple[Clash, ...]
    left: tuple[Untouched, ...]


def clashes_of(
    work: Snapshot | Transaction,
    desk: Desk,
    request: EditSeries,
    wanted: Sequence[tuple[Present, Present]],
    sessions: Mapping[int, Session],
    here: ZoneInfo,
) -> tuple[Clash, ...]:
    """List everything that new forms of sessions run into, hard ones first.

    Raises:
        ClockGapError: The clock change of spring leaves a new start out.
    """
    targets = _targets(request, wanted, sessions, here, [])
    if not targets:
        return ()
    every = [one for found in _clashes(work, desk, targets) for one in found]
    return (*checks.hard(every), *checks.soft(every))


def check_targets(
    transaction: Snapshot | Transaction,
    desk: Desk,
    request: EditSeries,
    wanted: Sequence[tuple[Present, Present]],
    sessions: Mapping[int, Session],
    here: ZoneInfo,
) -> Passed:
    """Check new forms of sessions together; their old times do not count.

    A session that is left out keeps its old time, so what remains is checked again
    until nothing clashes.

    Raises:
        ClashError: Something clashes, and clashing ones are not to be left out.
    """
    left: list[Untouched] = []
    targets = _targets(request, wanted, sessions, here, left)
    while targets:
        found = _clashes(transaction, desk, targets)
        clashing = _to_leave(request, targets, found)
        if not clashing:
            reasons = _settled(desk, request, targets, found)
            soft = tuple(one for each in found for one in checks.soft(each))
            _permitted(transaction, desk, targets, sessions)
            return Passed(tuple(targets), reasons, soft, tuple(left))
        left += [Untouched(one, why) for one, why in clashing.items()]
        targets = [one for one in targets if one.former.session_id not in clashing]
    return Passed((), {}, (), tuple(left))


def _targets(
    request: EditSeries,
    wanted: Sequence[tuple[Present, Present]],
    sessions: Mapping[int, Session],
    here: ZoneInfo,
    left: list[Untouched],
) -> list[Target]:
    targets: list[Target] = []
    for former, new in wanted:
        try:
            targets.append(_target(former, new, sessions[former.session_id], here))
        except ClockGapError as error:
            if request.on_clash is not OnClash.SKIP:
                raise
            left.append(Untouched(former.session_id, str(error)))
    return targets


def _to_leave(
    request: EditSeries,
    targets: Sequence[Target],
    found: Sequence[Sequence[Clash]],
) -> dict[int, str]:
    if request.on_clash is not OnClash.SKIP:
        return {}
    return {
        target.former.session_id: stopping[0].sentence
        for target, clashes in zip(targets, found, strict=True)
        if (stopping := checks.hard(clashes))
    }


def _target(former: Present, new: Present, session: Session, here: ZoneInfo) -> Target:
    moved = differences(former, new)
    starts_at, ends_at = session.starts_at, session.ends_at
    if moved & {Field.START, Field.MINUTES}:
        starts_at, ends_at = span_of(new.start, new.minutes, here)
        if Field.START not in moved:
            starts_at, ends_at = (
                session.starts_at,
                session.starts_at + (ends_at - starts_at),
            )
    draft = Draft(
        starts_at,
        ends_at,
        session.offering_id,
        new.tutor_ids,
        new.student_ids,
        new.place_id,
        new.room_id,
        session.placement_id,
        session.id,
    )
    return Target(former, new, draft)


def _clashes(
    transaction: Snapshot | Transaction, desk: Desk, targets: Sequence[Target]
) -> list[tuple[Clash, ...]]:
    drafts = [target.draft for target in targets]
    moved = {target.former.session_id for target in targets}
    facts = known.load(transaction, drafts, desk.at(transaction))
    _valid(transaction, facts, targets)
    found = checks.find(desk, facts, drafts, moved)
    return [
        clashes
        if differences(target.former, target.new) & _WHEN_AND_WHO
        else checks.hard(clashes)
        for target, clashes in zip(targets, found, strict=True)
    ]


def _valid(
    transaction: Snapshot | Transaction, facts: Facts, targets: Sequence[Target]
) -> None:
    seen: set[object] = set()
    for target in targets:
        moved, draft = differences(target.former, target.new), target.draft
        who = (draft.tutor_ids, draft.student_ids)
        if moved & {Field.TUTORS, Field.STUDENTS} and who not in seen:
            check_people(facts, *who, may_be_empty=not target.former.student_ids)
        where = (draft.place_id, draft.room_id)
        if moved & {Field.PLACE, Field.ROOM} and where not in seen:
            check_where(transaction, facts, draft)
        seen |= {who, where}


def _settled(
    desk: Desk,
    request: EditSeries,
    targets: Sequence[Target],
    found: Sequence[Sequence[Clash]],
) -> dict[int, str]:
    reason = settle_clashes(
        desk,
        [clash for clashes in found for clash in clashes],
        accept_soft=request.accept_soft,
        override_reason=request.override_reason,
    )
    return {
        target.former.session_id: reason if checks.hard(clashes) else ""
        for target, clashes in zip(targets, found, strict=True)
    }


def _permitted(
    transaction: Snapshot | Transaction,
    desk: Desk,
    targets: Sequence[Target],
    sessions: Mapping[int, Session],
) -> None:
    if desk.actor.is_office:
        return
    if any(target.former.tutor_ids != target.draft.tutor_ids for target in targets):
        raise TrustError
    must_confirm = must_propose(transaction, desk, [target.draft for target in targets])
    if must_confirm and any(
        sessions[target.former.session_id].status is not SessionStatus.TENTATIVE
        for target in targets
    ):
        raise TrustError
