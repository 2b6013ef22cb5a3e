"""Steps after a session: closing out, cancelling, restoring, waiving, undoing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.models.values.actors import Actor, Role
from app.models.values.billing import MoneyOutcome
from app.models.values.schedule import AttendanceState, CancelledBy
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    ClaimMileage,
    CloseSession,
    Outcome,
    StudentOutcome,
    WaiveCharge,
)
from tests.properties.machine import OfficeMachine, pick
from tests.properties.office_facts import parts_of, places_of, rule_of
from tests.properties.picture import Entry, Picture
from tests.properties.timetable_rules import is_on, open_close_outs
from tests.properties.timetable_steps import Number

Minutes = st.one_of(st.none(), st.sampled_from((60, 45, 37, 1, 61, 90, 180)))
Outcomes = st.sampled_from(
    (
        *(Outcome.AS_PLANNED, Outcome.AS_PLANNED, Outcome.OTHER_TIMES),
        *(Outcome.NO_SHOW, Outcome.CANCELLED_LATE, Outcome.CANCELLED_IN_TIME),
        *(Outcome.CANCELLED_BY_TUTOR, Outcome.CANCELLED_BY_OFFICE),
    )
)
STATES = (
    AttendanceState.PRESENT,
    AttendanceState.ABSENT,
    AttendanceState.CANCELLED_LATE,
    AttendanceState.CANCELLED_IN_TIME,
)
Money = st.one_of(st.none(), st.none(), st.sampled_from(MoneyOutcome))


def _books(tutor_id: int, amount: int) -> tuple[ClaimExpense, ...]:
    return (ClaimExpense(tutor_id, "Book", amount),) if amount else ()


def _ways(tutor_id: int, tenths: int) -> tuple[ClaimMileage, ...]:
    return (ClaimMileage(tutor_id, Decimal(tenths) / 10),) if tenths else ()


class ClosingSteps(OfficeMachine):
    """What tutors and the office say about sessions."""

    def one_of(self, session: Entry, someone: int | None) -> Entry | None:
        """Choose a student's place in a session, if anybody's is meant."""
        places = places_of(self.now, session)
        return None if someone is None or not places else pick(places, someone)

    @precondition(lambda self: self.now.rows("session"))
    @rule(which=Number)
    def close_as_planned(self, which: int) -> None:
        """Close a session out by one key."""
        session = self.choose(which, self.is_free)
        request = CloseSession(session.id)
        self.take_with_money(
            "close as planned",
            partial(self.office.close_outs.close, request),
            session.id,
        )

    @precondition(lambda self: self.now.rows("session"))
    @rule(
        which=Number,
        outcome=Outcomes,
        minutes=Minutes,
        someone=st.one_of(st.none(), Number),
        state=st.sampled_from(STATES),
        own=Minutes,
        tutor=Minutes,
        expense=st.sampled_from((0, 0, 1250)),
        way=st.sampled_from((0, 0, 73)),
        money=Money,
    )
    def close(
        self,
        which: int,
        outcome: Outcome,
        minutes: int | None,
        someone: int | None,
        state: AttendanceState,
        own: int | None,
        tutor: int | None,
        expense: int,
        way: int,
        money: MoneyOutcome | None,
    ) -> None:
        """Close a session out, or correct what was said of it."""
        session = self.choose(which, is_on)
        parts = parts_of(self.now, session)
        students: tuple[StudentOutcome, ...] = ()
        place = self.one_of(session, someone)
        if place is not None:
            if outcome.is_cancellation and not state.is_cancelled:
                state = outcome.state
            own = own if state is AttendanceState.PRESENT else None
            students = (StudentOutcome(place.student_id, state, own),)
        request = CloseSession(
            session.id,
            outcome,
            minutes=minutes,
            students=students,
            tutor_minutes={} if tutor is None else {parts[-1].tutor_id: tutor},
            expenses=_books(parts[0].tutor_id, expense),
            mileage=_ways(parts[0].tutor_id, way),
            money=money,
            money_reason="Agreed" if money else "",
        )
        before = self.now
        done = self.take_with_money(
            "close", partial(self.office.close_outs.close, request), session.id
        )
        if done is not None:
            self.judge(closing_moves_nothing(before, self.now, session.id))

    close_more = close

    @precondition(lambda self: self.now.rows("session"))
    @rule(which=Number, who=Number)
    def tutor_closes(self, which: int, who: int) -> None:
        """Let a tutor close a session out, which must be an own one and over."""
        over = open_close_outs(self.now, self.now.at)
        session = self.choose(which, lambda row: row.id in over)
        parts = parts_of(self.now, session)
        tutor = parts[0].tutor_id if who % 4 else pick(self.world.tutors, who)
        desk = self.office.acting_as(Actor("Tutor", Role.TUTOR, tutor))
        request = CloseSession(session.id)
        done = self.take_with_money(
            "tutor closes", partial(desk.close_outs.close, request), session.id
        )
        if done is not None:
            own = {part.tutor_id for part in parts_of(self.now, session)}
            is_allowed = tutor in own and session.ends_at <= self.now.at
            self.judge([] if is_allowed else [f"tutor {tutor} closed {session.id}"])

    @precondition(lambda self: self.now.rows("session"))
    @rule(
        which=Number,
        by=st.sampled_from((CancelledBy.HOUSEHOLD, *CancelledBy)),
        notice=st.sampled_from((None, 24 * 60, 24 * 60 - 1, 48 * 60, 90, 89, 0, -20)),
        someone=st.one_of(st.none(), Number),
        waive=st.sampled_from(("", "", "", "Kindness")),
    )
    def cancel(
        self,
        which: int,
        by: CancelledBy,
        notice: int | None,
        someone: int | None,
        waive: str,
    ) -> None:
        """Call a session off, or one student's place in it."""
        session = self.choose(which, is_on)
        place = self.one_of(session, someone)
        student = None if place is None else place.student_id
        at = None
        if notice is not None:
            at = min(session.starts_at - timedelta(minutes=notice), self.now.at)
        request = CancelSession(session.id, by, at, student, waive)
        before = self.now
        done = self.take_with_money(
            "cancel", partial(self.office.cancellations.cancel, request), session.id
        )
        if done is not None:
            self.judge(cancelled_rightly(before, self.now, request))

    cancel_more = cancel

    @precondition(lambda self: self.sessions(self.is_called_off))
    @rule(which=Number, someone=st.one_of(st.none(), Number))
    def restore(self, which: int, someone: int | None) -> None:
        """Put a session or a student back."""
        session = self.choose(which, self.is_called_off)
        place = self.one_of(session, someone)
        student = None if place is None else place.student_id
        self.take_with_money(
            "restore",
            partial(self.office.cancellations.restore, session.id, student),
            session.id,
        )

    def is_called_off(self, session: Entry) -> bool:
        """Say whether a session, or somebody in it, was called off."""
        states = [place.state for place in places_of(self.now, session)]
        return any(state.value.startswith("cancelled") for state in states)

    @precondition(lambda self: self.sessions(self.is_missed))
    @rule(which=Number)
    def waive(self, which: int) -> None:
        """Take back what a missed session costs."""
        session = self.choose(which, self.is_missed)
        request = WaiveCharge(session.id, "Kindness")
        self.take_with_money(
            "waive", partial(self.office.cancellations.waive, request), session.id
        )

    @precondition(lambda self: self.now.rows("close_out"))
    @rule(which=Number, several=st.booleans())
    def approve(self, which: int, several: bool) -> None:  # noqa: FBT001  drawn
        """Approve close-outs."""
        rows = self.now.rows("close_out")
        chosen = rows if several else [pick(rows, which)]
        ids = [row.session_id for row in chosen]
        open_ones = [row.session_id for row in chosen if row.state != "approved"]
        approve = partial(self.office.close_outs.approve, ids)
        self.take_with_money("approve", approve, *open_ones)

    @precondition(lambda self: self.now.rows("expense"))
    @rule(which=Number, amount=st.sampled_from((None, 0, 999)))
    def approve_expense(self, which: int, amount: int | None) -> None:
        """Decide on an expense."""
        expense = pick(self.now.rows("expense"), which)
        self.take_with_money(
            "approve expense",
            partial(self.office.pay_entries.approve_expense, expense.id, amount),
            expense.session_id,
        )

    @rule(again=st.booleans())
    def undo(self, again: bool) -> None:  # noqa: FBT001  drawn
        """Take the last step back, and at times do it again."""
        steps = self.office.journal.undoable()
        if not steps:
            return
        self.turn("undo", steps[0].step)
        redoable = self.office.journal.redoable()
        if again and redoable:
            self.turn("redo", redoable[0].step)

    def turn(self, name: str, step: int) -> None:
        """Turn a step round; the last one of all leaves what was there before it."""
        last, former = self.trail[-1] if self.trail else (0, None)
        done = self.take(name, partial(self.office.journal.undo, step))
        if done is not None and step == last and former is not None:
            self.judge(undone_wholly(former, self.now))

    @rule(hours=st.sampled_from((5, 24, 30, 72, 240)))
    def wait(self, hours: int) -> None:
        """Let time pass."""
        self.clock.advance(hours=hours)
        self.now = self.look()


def undone_wholly(former: Picture, now: Picture) -> Iterator[str]:
    """Let undoing the last step of all leave what was there before it."""
    contents = former.contents()
    for name, rows in now.contents().items():
        if rows != contents[name]:
            lost = [row for row in contents[name] if row not in rows]
            new = [row for row in rows if row not in contents[name]]
            yield f"undoing lost {lost} and left {new} in {name}"


def closing_moves_nothing(
    before: Picture, after: Picture, session_id: int
) -> Iterator[str]:
    """Let a close-out never move the planned slot."""
    was, now = (each.get("session", session_id) for each in (before, after))
    slots = [
        (row.starts_at, row.ends_at, row.place_id, row.room_id) for row in (was, now)
    ]
    if slots[0] != slots[1]:
        yield f"closing moved session {session_id}"


def cancelled_rightly(
    before: Picture, after: Picture, request: CancelSession
) -> Iterator[str]:
    """Compare the new states with side, moment and limit."""
    session = before.get("session", request.session_id)
    at = request.at or after.at
    for place in places_of(after, session):
        former = before.get("attendance", place.id)
        is_meant = request.student_id in {None, place.student_id}
        was_off = former.state.value.startswith("cancelled")
        if not is_meant or was_off:
            if (place.state, place.state_at) != (former.state, former.state_at):
                yield f"student {place.student_id} was not meant"
            continue
        right = _state(after, session, place, request.by, at)
        if place.state != right:
            yield f"student {place.student_id} is {place.state}, not {right}"


def _state(
    picture: Picture, session: Entry, place: Entry, by: CancelledBy, at: datetime
) -> AttendanceState:
    if by is not CancelledBy.HOUSEHOLD:
        return AttendanceState(f"cancelled_by_{by.value}")
    student = picture.get("student", place.student_id)
    rule = rule_of(
        picture,
        "late_cancel",
        picture.day(session.starts_at),
        household=student.household_id,
        tutor=parts_of(picture, session)[0].tutor_id,
        offering=session.offering_id,
    )
    seconds = session.starts_at.timestamp() - at.timestamp()
    is_late = seconds < Decimal(rule["notice_hours"]) * 3600
    return (
        AttendanceState.CANCELLED_LATE if is_late else AttendanceState.CANCELLED_IN_TIME
    )
