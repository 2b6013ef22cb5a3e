"""Finds who has used up a package, and whose household is overdue."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from app.models.agreements import Lot, LotUse
from app.models.billing import Allocation, Document, WriteOff
from app.models.people import Household
from app.models.scheduling import Attendance, Placement, Session
from app.models.values.billing import BillingModel, DocumentKind, LotUnit
from app.models.values.occupancy import ResourceKind
from app.models.values.schedule import AttendanceState, SessionStatus, local_date
from app.services.charging.lots import turn
from app.services.charging.paid_lots import paid_lots
from app.services.scheduling.facts import Draft, Facts
from app.services.scheduling.requests import ClashKind
from app.services.scheduling.sentences import Finding, day_text
from app.text import _

_AHEAD = [status for status in SessionStatus if status.is_ahead]


@dataclass(frozen=True, slots=True)
class LotLeft:
    """What is left of a package that was bought."""

    household_id: int
    student_id: int | None
    expires_on: date | None
    unit: LotUnit
    offering_ids: tuple[int, ...]
    left: int
    bought_on: date = date.min

    def covers(self, student_id: int, household_id: int, offering_id: int) -> bool:
        """Say whether a student's sessions of an offering may use it."""
        return (
            self.household_id == household_id
            and self.student_id in {None, student_id}
            and (not self.offering_ids or offering_id in self.offering_ids)
        )

    def holds(self, day: date) -> bool:
        """Say whether sessions of a day may use it: bought, and not expired."""
        return self.bought_on <= day <= (self.expires_on or date.max)

    def units(self, minutes: int) -> int:
        """Give what a session of some minutes takes."""
        return minutes if self.unit is LotUnit.MINUTES else 1


def money_findings(
    facts: Facts, drafts: Sequence[Draft], moved: Collection[int]
) -> Iterator[tuple[int, Finding]]:
    """List what the office's books say about the students of drafts."""
    households = {student.household_id for student in facts.students.values()}
    if not households:
        return
    overdue = _overdue(facts, households)
    for number, draft in enumerate(drafts):
        seen: set[int] = set()
        for student_id in draft.student_ids:
            household_id = facts.students[student_id].household_id
            if household_id in overdue and household_id not in seen:
                seen.add(household_id)
                yield number, _is_overdue(facts, student_id, overdue[household_id])
    for number, student_id in used_up(facts, drafts, moved):
        yield number, _is_used_up(facts, drafts[number], student_id)


def used_up(
    facts: Facts, drafts: Sequence[Draft], moved: Collection[int]
) -> Iterator[tuple[int, int]]:
    """List the drafts, in order of time, that a student's package no longer covers."""
    students = _on_packages(facts, drafts)
    if not students:
        return
    lots = _lots(facts, students)
    left = {number: lot.left for number, lot in enumerate(lots)}
    planned = _planned(facts, students, moved)
    order = sorted(range(len(drafts)), key=lambda n: drafts[n].start)
    asked: list[tuple[int, Draft]] = [(-1, one) for one in planned]
    asked += [(number, drafts[number]) for number in order]
    for number, draft in asked:
        for student_id in draft.student_ids:
            if student_id not in students:
                continue
            is_covered = _take(facts, lots, left, draft, student_id)
            if number >= 0 and not is_covered:
                yield number, student_id


def covered_dates(facts: Facts, drafts: Sequence[Draft]) -> int | None:
    """Count the drafts, in order of time, that every student's package covers.

    None means that no student is billed by package.
    """
    if not _on_packages(facts, drafts):
        return None
    return min(
        (number for number, _who in used_up(facts, drafts, ())), default=len(drafts)
    )


def _take(
    facts: Facts,
    lots: Sequence[LotLeft],
    left: dict[int, int],
    draft: Draft,
    student_id: int,
) -> bool:
    household_id = facts.students[student_id].household_id
    day = facts.day(draft.starts_at)
    fitting = [
        number
        for number, lot in enumerate(lots)
        if lot.covers(student_id, household_id, draft.offering_id) and lot.holds(day)
    ]
    needed = draft.minutes
    for number in fitting:
        units = lots[number].units(needed)
        if lots[number].unit is LotUnit.SESSIONS:
            if left[number] >= units:
                left[number] -= units
                return True
            continue
        taken = min(units, left[number])
        left[number] -= taken
        needed -= taken
        if needed == 0:
            return True
    return False


def _on_packages(facts: Facts, drafts: Sequence[Draft]) -> set[int]:
    placements = {draft.placement_id for draft in drafts if draft.placement_id}
    by_placement: dict[int, BillingModel | None] = {}
    if placements:
        rows = facts.work.rows(
            select(Placement.id, Placement.model).where(Placement.id.in_(placements))
        )
        by_placement = {row.id: row.model for row in rows}
    households = {student.household_id for student in facts.students.values()}
    by_household: Mapping[int, BillingModel] = {
        row.id: row.model
        for row in facts.work.rows(
            select(Household.id, Household.model).where(Household.id.in_(households))
        )
    }
    found: set[int] = set()
    for draft in drafts:
        agreed = by_placement.get(draft.placement_id or 0)
        for student_id in draft.student_ids:
            model = agreed or by_household[facts.students[student_id].household_id]
            if model is BillingModel.PACKAGE:
                found.add(student_id)
    return found


def _lots(facts: Facts, students: Collection[int]) -> list[LotLeft]:
    """Read the lots in the order and by the rules in which sessions are charged."""
    households = {facts.students[student_id].household_id for student_id in students}
    used = (
        select(LotUse.lot_id, func.sum(LotUse.units).label("units"))
        .where(LotUse.returned_at.is_(None))
        .group_by(LotUse.lot_id)
        .subquery()
    )
    rows = facts.work.execute(
        select(Lot, func.coalesce(used.c.units, 0))
        .outerjoin(used, used.c.lot_id == Lot.id)
        .where(
            Lot.household_id.in_(households),
            or_(Lot.student_id.is_(None), Lot.student_id.in_(students)),
        )
    ).all()
    asked = [lot.id for lot, _units in rows if lot.usable_when_paid]
    paid = paid_lots(facts.work, asked)
    usable = [row for row in rows if row[0].id in paid or not row[0].usable_when_paid]
    usable.sort(key=lambda row: turn(row[0].expires_on, row[0].id))
    return [
        LotLeft(
            lot.household_id,
            lot.student_id,
            lot.expires_on,
            lot.unit,
            tuple(lot.offering_ids),
            lot.granted - lot.forfeited - lot.refunded - int(units),
            lot.bought_on,
        )
        for lot, units in usable
    ]


def _planned(
    facts: Facts, students: Collection[int], moved: Collection[int]
) -> list[Draft]:
    rows = facts.work.rows(
        select(
            Session.id,
            Session.starts_at,
            Session.ends_at,
            Session.offering_id,
            Attendance.student_id,
        )
        .join(Attendance, Attendance.session_id == Session.id)
        .where(
            Attendance.student_id.in_(students),
            Attendance.state == AttendanceState.EXPECTED,
            Session.status.in_(_AHEAD),
        )
        .order_by(Session.starts_at, Session.id)
    )
    return [
        Draft(starts_at, ends_at, offering_id, (), (student_id,))
        for session_id, starts_at, ends_at, offering_id, student_id in rows
        if session_id not in moved
    ]


def _overdue(facts: Facts, households: Collection[int]) -> dict[int, date]:
    settled = (
        select(func.coalesce(func.sum(Allocation.amount), 0))
        .where(Allocation.invoice_id == Document.id)
        .scalar_subquery()
    )
    written_off = (
        select(func.coalesce(func.sum(WriteOff.amount), 0))
        .where(WriteOff.invoice_id == Document.id)
        .scalar_subquery()
    )
    rows = facts.work.rows(
        select(Document.household_id, func.min(Document.due_on))
        .where(
            Document.household_id.in_(households),
            Document.kind == DocumentKind.INVOICE,
            Document.due_on < local_date(facts.now, facts.zone),
            Document.total - settled - written_off > 0,
        )
        .group_by(Document.household_id)
    )
    return {household_id: due_on for household_id, due_on in rows if due_on is not None}


def _is_overdue(facts: Facts, student_id: int, since: date) -> Finding:
    who = facts.students[student_id].name
    return Finding(
        ClashKind.HOUSEHOLD_OVERDUE,
        who,
        (ResourceKind.STUDENT, student_id),
        detail=_("An invoice of {who}'s family has been overdue since {day}.").format(
            who=who, day=day_text(since)
        ),
        way_out=_("Settle it first, or book all the same."),
    )


def _is_used_up(facts: Facts, draft: Draft, student_id: int) -> Finding:
    who = facts.students[student_id].name
    return Finding(
        ClashKind.PACKAGE_USED_UP,
        who,
        (ResourceKind.STUDENT, student_id),
        detail=_("{who}'s package does not cover {name} on {day}.").format(
            who=who,
            name=facts.offerings[draft.offering_id].name,
            day=day_text(facts.day(draft.starts_at)),
        ),
        way_out=_("Sell another package first, or book all the same."),
    )
