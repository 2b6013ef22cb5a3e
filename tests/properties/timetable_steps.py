"""Steps in the timetable: booking, moving, changing and extending."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.models.values.billing import PricePer
from app.models.values.schedule import EditScope
from app.models.values.terms import PriceTerms
from app.services.scheduling.requests import (
    BookSeries,
    BookSession,
    CancelSeries,
    EditSeries,
    ExtendSeries,
    MoveSession,
    OnClash,
    Substitute,
)
from tests.properties.edit_rules import edits_are_right
from tests.properties.machine import OfficeMachine, pick
from tests.properties.picture import Entry
from tests.properties.step_rules import session_as_is

Number = st.integers(0, 99)
Days = st.integers(-9, 14)
Minute = st.one_of(
    st.sampled_from((9 * 60, 10 * 60, 11 * 60, 12 * 60, 16 * 60)),
    st.builds(
        lambda hour, part: hour * 60 + part,
        st.integers(8, 19),
        st.sampled_from((0, 15, 30, 45)),
    ),
    st.sampled_from((65, 125, 150, 23 * 60 + 30)),
)
Length = st.sampled_from((60, 45, 90, 30, 50, 1, 61))
Reason = st.sampled_from(("", "", "", "The mother insisted"))
Scope = st.sampled_from(EditScope)
OnClashes = st.sampled_from((OnClash.REFUSE, OnClash.SKIP))


class TimetableSteps(OfficeMachine):
    """What the office does in its calendar."""

    def group(self, offering: int, number: int) -> tuple[int, ...]:
        """Choose as many students as an offering takes."""
        most = self.now.get("offering", offering).group_size
        students = self.world.students
        count = 1 + number % min(most, len(students))
        first = number // 5 % len(students)
        return tuple(students[(first + n) % len(students)] for n in range(count))

    def crew(self, number: int) -> tuple[int, ...]:
        """Choose a tutor, at times two."""
        tutors = self.world.tutors
        first = number % len(tutors)
        if number % 5 == 4:
            return tutors[first], tutors[(first + 1) % len(tutors)]
        return (tutors[first],)

    @rule(
        what=Number,
        who=Number,
        whom=Number,
        where=Number,
        days=Days,
        minute=Minute,
        length=Length,
        kind=st.sampled_from(
            ("", "", "", "", "tentative", "trial", "contract", "placement", "priced")
        ),
        reason=Reason,
    )
    def book(
        self,
        what: int,
        who: int,
        whom: int,
        where: int,
        days: int,
        minute: int,
        length: int,
        kind: str,
        reason: str,
    ) -> None:
        """Book one session, now or after the fact."""
        world = self.world
        offering = pick(world.offerings, what)
        place, room = pick(world.rooms, where)
        priced = PriceTerms(pick(tuple(PricePer), who), 1000 + who)
        is_placed = kind == "placement"
        request = BookSession(
            offering_id=world.offerings[0] if is_placed else offering,
            tutor_ids=world.tutors[:1] if is_placed else self.crew(who),
            student_ids=(
                world.students[:1] if is_placed else self.group(offering, whom)
            ),
            start=self.at(days, minute),
            minutes=length,
            place_id=place,
            room_id=room,
            placement_id=world.placement if is_placed else None,
            contract_id=world.contract if kind == "contract" else None,
            is_tentative=kind == "tentative",
            is_trial=kind == "trial",
            accept_soft=True,
            override_reason=reason,
            price=priced if kind == "priced" else None,
        )
        self.take_in_timetable("book", partial(self.office.bookings.book, request))

    @rule(
        what=Number,
        who=Number,
        whom=Number,
        where=Number,
        days=Days,
        minute=Minute,
        length=Length,
        count=st.integers(2, 5),
        both=st.booleans(),
        on_clash=OnClashes,
        with_contract=st.sampled_from((False, False, True)),
    )
    def book_series(
        self,
        what: int,
        who: int,
        whom: int,
        where: int,
        days: int,
        minute: int,
        length: int,
        count: int,
        both: bool,  # noqa: FBT001  drawn
        on_clash: OnClash,
        with_contract: bool,  # noqa: FBT001  drawn
    ) -> None:
        """Book a weekly series, at times on two days of the week."""
        start = self.at(days, minute)
        offering = pick(self.world.offerings, what)
        place, room = pick(self.world.rooms, where)
        weekdays = (start.weekday(), (start.weekday() + 2) % 7) if both else ()
        request = BookSeries(
            offering_id=offering,
            tutor_ids=self.crew(who),
            student_ids=self.group(offering, whom),
            start=start,
            minutes=length,
            weekdays=weekdays,
            count=count,
            place_id=place,
            room_id=room,
            on_clash=on_clash,
            accept_soft=True,
            contract_id=self.world.contract if with_contract else None,
        )
        self.take_in_timetable(
            "book series", partial(self.office.series.book_series, request)
        )

    @precondition(lambda self: self.now.rows("session"))
    @rule(
        which=Number,
        days=st.integers(-3, 8),
        minute=Minute,
        length=st.one_of(st.none(), Length),
        reason=Reason,
    )
    def move(
        self, which: int, days: int, minute: int, length: int | None, reason: str
    ) -> None:
        """Drag one session somewhere else."""
        session = self.choose(which, self.is_free)
        request = MoveSession(
            session.id,
            self.at(days, minute),
            length,
            accept_soft=True,
            override_reason=reason,
        )
        self.take_in_timetable("move", partial(self.office.bookings.move, request))

    @precondition(lambda self: self.now.rows("session"))
    @rule(which=Number, who=Number, reason=Reason)
    def substitute(self, which: int, who: int, reason: str) -> None:
        """Let another tutor hold a session."""
        session = self.choose(which, self.is_free)
        parts = self.now.of("session_tutor", "session_id", session.id)
        request = Substitute(
            session.id,
            pick(self.world.tutors, who),
            pick(parts, who).tutor_id,
            accept_soft=True,
            override_reason=reason,
        )
        self.take_in_timetable(
            "substitute", partial(self.office.bookings.substitute, request)
        )

    @precondition(lambda self: self.sessions(lambda row: row.status == "tentative"))
    @rule(which=Number)
    def confirm(self, which: int) -> None:
        """Make a tentative session a planned one."""
        session = pick(self.sessions(lambda row: row.status == "tentative"), which)
        self.take_in_timetable(
            "confirm", partial(self.office.bookings.confirm, session.id)
        )

    @precondition(lambda self: self.now.rows("series"))
    @rule(
        which=Number,
        scope=Scope,
        what=st.sampled_from(("start", "minutes", "tutors", "students", "place")),
        days=st.integers(-8, 8),
        shift=st.sampled_from((0, 15, -30, 60, 24 * 60 - 5)),
        number=Number,
        also_changed=st.booleans(),
        on_clash=OnClashes,
        reason=Reason,
    )
    def edit(
        self,
        which: int,
        scope: EditScope,
        what: str,
        days: int,
        shift: int,
        number: int,
        also_changed: bool,  # noqa: FBT001  drawn
        on_clash: OnClash,
        reason: str,
    ) -> None:
        """Change one session of a series, it and later ones, or all."""
        session = self.one_of_series(which)
        plain = EditSeries(
            session.id,
            scope,
            include_changed=also_changed,
            on_clash=on_clash,
            accept_soft=True,
            override_reason=reason,
        )
        shifted = timedelta(days=days, minutes=shift)
        request = self.changed(plain, session, what, number, shifted)
        before = self.now
        done = self.take_in_timetable("edit", partial(self.office.series.edit, request))
        if done is not None:
            self.judge(edits_are_right(before, self.now, request, done.answer))

    edit_more = edit

    def one_of_series(self, which: int) -> Entry:
        """Choose a session of a series, most times one that may be changed."""
        of_series = self.sessions(lambda row: row.series_id is not None)
        free = [row for row in of_series if self.is_free(row)] if which % 7 else []
        return pick(free or of_series, which // 7)

    def changed(
        self,
        plain: EditSeries,
        session: Entry,
        what: str,
        number: int,
        shift: timedelta,
    ) -> EditSeries:
        """Say what an edit changes."""
        if what == "start":
            return replace(plain, start=self.now.wall(session.starts_at) + shift)
        if what == "minutes":
            return replace(plain, minutes=pick((60, 45, 75, 90), number))
        if what == "tutors":
            return replace(plain, tutor_ids=self.crew(number))
        if what == "students":
            students = self.group(session.offering_id, number)
            return replace(plain, student_ids=students)
        place, room = pick(self.world.rooms, number)
        return replace(plain, place_id=place, room_id=room)

    @precondition(lambda self: self.now.rows("series"))
    @rule(which=Number, days=st.integers(1, 50), on_clash=OnClashes)
    def extend(self, which: int, days: int, on_clash: OnClash) -> None:
        """Add dates to a series."""
        series = pick(self.now.rows("series"), which)
        until = self.now.today + timedelta(days=days)
        request = ExtendSeries(series.id, until, on_clash, accept_soft=True)
        before = self.now
        done = self.take_in_timetable(
            "extend", partial(self.office.series.extend, request)
        )
        if done is not None:
            self.judge(
                f"extending changed session {session.id}"
                for session in before.rows("session")
                if session_as_is(before, session.id)
                != session_as_is(self.now, session.id)
            )

    @precondition(lambda self: self.now.rows("series"))
    @rule(which=Number, scope=Scope)
    def call_off_series(self, which: int, scope: EditScope) -> None:
        """Cancel sessions of a series on the office's side."""
        session = self.one_of_series(which)
        self.take_in_timetable(
            "call off series",
            partial(self.office.series.cancel_series, CancelSeries(session.id, scope)),
        )
