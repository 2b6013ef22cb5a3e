"""Further steps of an office: courses, make-ups, absences, shares, locks, reissues."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from app.services.availability.requests import AddLeave, AddStudentAbsence
from app.services.billing.locks import LockPeriod
from app.services.billing.requests import CreditInvoice
from app.services.closing.requests import CloseSession
from app.services.days import AddClosure
from app.services.people.requests import SetShares, Share
from app.services.scheduling.requests import (
    BookSeries,
    BookSession,
    CourseTerms,
    Enrol,
    LeaveCourse,
    OnClash,
)
from tests.properties.ledger_rules import is_invoice
from tests.properties.machine import OfficeMachine, pick
from tests.properties.picture import Entry
from tests.properties.plans import SHARES
from tests.properties.timetable_steps import Days, Length, Minute, Number


class OfficeSteps(OfficeMachine):
    """What happens less often."""

    def courses(self) -> list[Entry]:
        """List the series that are courses."""
        return [row for row in self.now.rows("series") if row.course_name]

    @rule(
        what=Number,
        who=Number,
        days=Days,
        minute=Minute,
        count=st.integers(2, 5),
        seats=st.integers(1, 3),
        amount=st.sampled_from((10_000, 9_999, 0)),
        is_whole=st.booleans(),
    )
    def book_course(
        self,
        what: int,
        who: int,
        days: int,
        minute: int,
        count: int,
        seats: int,
        amount: int,
        is_whole: bool,  # noqa: FBT001  drawn
    ) -> None:
        """Book a series that students join."""
        world = self.world
        request = BookSeries(
            offering_id=pick(world.offerings, what),
            tutor_ids=(pick(world.tutors, who),),
            student_ids=(pick(world.students, who),) if who % 3 else (),
            start=self.at(days, minute),
            minutes=60,
            count=count,
            on_clash=OnClash.SKIP,
            accept_soft=True,
            course=CourseTerms("Course", seats, amount, is_whole),
        )
        self.take_in_timetable(
            "book course", partial(self.office.series.book_series, request)
        )

    @precondition(lambda self: self.courses())
    @rule(which=Number, whose=Number, days=st.integers(-10, 20))
    def enrol(self, which: int, whose: int, days: int) -> None:
        """Let a student join a course, or wait."""
        request = Enrol(
            pick(self.courses(), which).id,
            pick(self.world.students, whose),
            self.now.today + timedelta(days=days),
            accept_soft=True,
        )
        self.take_in_timetable("enrol", partial(self.office.courses.enrol, request))

    @precondition(lambda self: self.now.rows("enrolment"))
    @rule(which=Number, days=st.integers(-10, 20))
    def leave_course(self, which: int, days: int) -> None:
        """Let a student leave a course."""
        enrolment = pick(self.now.rows("enrolment"), which)
        until = self.now.today + timedelta(days=days)
        request = LeaveCourse(enrolment.id, until)
        self.take_in_timetable("leave", partial(self.office.courses.leave, request))

    def owed(self) -> list[Entry]:
        """List the make-up credits that stand."""
        rows = self.now.rows("make_up_credit")
        return [row for row in rows if row.withdrawn_at is None]

    @precondition(lambda self: self.owed())
    @rule(which=Number, who=Number, days=Days, minute=Minute, length=Length)
    def make_up(
        self, which: int, who: int, days: int, minute: int, length: int
    ) -> None:
        """Book what makes a missed session up."""
        credit = pick(self.owed(), which)
        missed = self.now.get("session", credit.session_id)
        request = BookSession(
            missed.offering_id,
            (pick(self.world.tutors, who),),
            (credit.student_id,),
            self.at(days, minute),
            length,
            make_up_of_id=missed.id,
            accept_soft=True,
        )
        self.take_in_timetable("make up", partial(self.office.bookings.book, request))

    @rule(
        whose=Number,
        what=st.sampled_from(("tutor", "student", "office")),
        days=st.integers(0, 14),
    )
    def be_away(self, whose: int, what: str, days: int) -> None:
        """Enter leave, an absence or a closure, whatever is booked then."""
        day = self.now.today + timedelta(days=days)
        if what == "tutor":
            tutor = pick(self.world.tutors, whose)
            leave = AddLeave(tutor, self.at(days, 9 * 60), self.at(days, 13 * 60))
            self.take("leave", partial(self.office.availability.add_leave, leave))
        elif what == "student":
            away = AddStudentAbsence(pick(self.world.students, whose), day, day)
            add = self.office.availability.add_student_absence
            self.take("absence", partial(add, away))
        else:
            closure = AddClosure("Storm", day, day)
            self.take("closure", partial(self.office.days.add_closure, closure))

    @rule(whose=Number, how=st.sampled_from(SHARES), days=st.integers(-9, 9))
    def set_shares(
        self, whose: int, how: tuple[tuple[str, int], ...], days: int
    ) -> None:
        """Let a family's payers share in another way from a day on."""
        household = pick(self.world.households[:3], whose)
        payers = self.now.of("payer", "household_id", household)
        parts = how if len(how) == len(payers) else (("percent", 10_000),)
        shares = tuple(
            Share(payer.id, percent=Decimal(number) / 100)
            if kind == "percent"
            else Share(payer.id, amount=number)
            for payer, (kind, number) in zip(payers, parts, strict=False)
        )
        day = self.now.today + timedelta(days=days)
        request = SetShares(shares, household_id=household, valid_from=day)
        self.take("set shares", partial(self.office.households.set_shares, request))

    @rule(days=st.sampled_from((None, None, 0, 3, -400)), trailing=st.booleans())
    def lock(self, days: int | None, trailing: bool) -> None:  # noqa: FBT001  drawn
        """Lock the past, or open it again."""
        if days is None:
            self.take("unlock", self.office.locks.unlock)
            return
        request = LockPeriod(trailing_days=abs(days))
        if not trailing:
            request = LockPeriod(until=self.now.today - timedelta(days=abs(days)))
        self.take("lock", partial(self.office.locks.lock, request))

    @precondition(lambda self: any(map(is_invoice, self.now.rows("document"))))
    @rule(which=Number, minutes=st.sampled_from((30, 75)), again=st.booleans())
    def reissue(self, which: int, minutes: int, again: bool) -> None:  # noqa: FBT001
        """Credit lines, close their session out as it was, and bill anew."""
        lines = [
            row
            for row in self.now.rows("document_line")
            if row.session_id is not None
            and is_invoice(self.now.get("document", row.document_id))
        ]
        if not lines:
            return
        line = pick(lines, which)
        request = CreditInvoice(
            line.document_id,
            self.now.today,
            "Wrong length",
            self.key(),
            session_ids=(line.session_id,),
        )
        close = CloseSession(line.session_id, minutes=minutes)
        close_again = partial(self.office.close_outs.close, close)
        act = partial(self.office.credits.correct_and_reissue, request, close_again)
        done = self.take_in_parts("reissue", act)
        if again and done is not None:
            before = self.now
            same = self.take("reissue again", act)
            is_same = same == done and before.contents() == self.now.contents()
            self.judge([] if is_same else ["reissued twice"])
