"""A random office at work: every step is judged, whoever took it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from typing import ClassVar, Generic, TypeVar
from zoneinfo import ZoneInfo

from hypothesis.stateful import RuleBasedStateMachine

from app.bootstrap import database_url, open_office
from app.models.database import Database
from app.models.values.actors import Actor, Role
from app.models.values.errors import OfficeError
from app.services.office import Office
from tests.fakes import FakeClock
from tests.properties.audit import audit_faults
from tests.properties.charge_rules import CHARGE_RULES
from tests.properties.earning import pay_is_right
from tests.properties.founding import World, add_leave, found
from tests.properties.grounds import Ground, Score
from tests.properties.ledger_rules import LEDGER_RULES
from tests.properties.picture import Entry, Picture, take_picture
from tests.properties.plans import Plan
from tests.properties.pricing import costs_are_right
from tests.properties.step_rules import (
    Archive,
    fixed_sessions_stand,
    journal_tells_all,
    locked_days_stand,
    nothing_is_rewritten,
    others_money_stands,
    session_as_is,
    told_as_is,
)
from tests.properties.timetable_rules import (
    TIMETABLE_RULES,
    gaps_are_kept,
    nobody_works_when_away,
)

Answer = TypeVar("Answer")
Thing = TypeVar("Thing")
AUDIT_EVERY = 12  # steps
STATE_RULES = (*LEDGER_RULES, *CHARGE_RULES, *TIMETABLE_RULES)


def state_faults(picture: Picture) -> Iterator[str]:
    """List everything that is wrong with an office as it stands."""
    for rule in STATE_RULES:
        for fault in rule(picture):
            yield f"{rule.__name__}: {fault}"


@dataclass(frozen=True, slots=True)
class Done(Generic[Answer]):
    """What a step answered that was not refused."""

    answer: Answer


class OfficeMachine(RuleBasedStateMachine):
    """An office of which every step is taken through its services.

    Attributes:
        ground: where its database lies.
        score: counts what was played.
        now: the rows as the last step left them.
        trail: the steps of the journal in order, each with what was there before.
    """

    ground: ClassVar[Ground]
    score: ClassVar[Score]

    def __init__(self) -> None:
        super().__init__()
        self.address = ""
        self.is_broken = False
        self.archive = Archive()
        self.trail: list[tuple[int, Picture | None]] = []
        self.requests = 0

    def found_office(self, plan: Plan) -> None:
        """Make the office, with all its people, before anything happens."""
        self.score.offices += 1
        self.address = self.ground.open()
        noon = datetime.combine(plan.start, time(12), ZoneInfo(plan.zone))
        self.clock = FakeClock(noon.astimezone(UTC))
        founder = open_office(self.address, clock=self.clock)
        self.office: Office = founder.acting_as(Actor("Olga", Role.OWNER))
        self.database = Database(database_url(self.address))
        self.world: World = found(founder, plan)
        add_leave(founder, plan, self.world.tutors[1])
        self.now: Picture = take_picture(self.database, self.clock.now())
        self.judge(state_faults(self.now), self.archive.faults(self.now))

    def teardown(self) -> None:
        """Audit the office a last time, and throw it away."""
        if not self.address:
            return
        try:
            if not self.is_broken:
                self.judge(audit_faults(self.office, self.database, self.now))
        finally:
            self.office.close()
            self.database.close()
            self.ground.close(self.address)

    def judge(self, *found: Iterable[str]) -> None:
        """Fail if anything is wrong."""
        self.is_broken = True
        faults = list(chain(*found))
        self.is_broken = bool(faults)
        assert not faults, "\n".join(faults)

    def key(self) -> str:
        """Give a request's own key."""
        self.requests += 1
        return f"request {self.requests}"

    def look(self) -> Picture:
        """Read the office as it is now."""
        return take_picture(self.database, self.clock.now(), self.now.last_entry)

    def take(self, name: str, act: Callable[[], Answer]) -> Done[Answer] | None:
        """Take a step and judge what it left; None where it was refused.

        A refusal must leave everything as it was, and anything else than a refusal
        with a sentence is a fault of the program.
        """
        before = self.now
        self.is_broken = True
        try:
            done = Done(act())
        except OfficeError as error:
            self.score.refused[name, type(error).__name__] += 1
            self.judge(_refused(name, error, before, self.look()))
            return None
        self.now = self.look()
        self.score.done[name] += 1
        self.judge_change(before)
        return done

    def take_in_parts(
        self, name: str, act: Callable[[], Answer]
    ) -> Done[Answer] | None:
        """Take a step of several parts, each whole by itself; a later one may fail."""
        before = self.now
        self.is_broken = True
        done: Done[Answer] | None = None
        try:
            done = Done(act())
        except OfficeError as error:
            self.score.refused[name, type(error).__name__] += 1
        else:
            self.score.done[name] += 1
        self.now = self.look()
        self.judge_change(before)
        return done

    def judge_change(self, before: Picture) -> None:
        """Judge what was made of an office, and remember the journal's steps."""
        self.judge(
            state_faults(self.now),
            self.archive.faults(self.now),
            nothing_is_rewritten(before, self.now),
            journal_tells_all(before, self.now),
        )
        steps = sorted({entry.step for entry in self.now.journal})
        self.trail += [(step, before) for step in steps[:1]]
        self.trail += [(step, None) for step in steps[1:]]
        if len(self.trail) % AUDIT_EVERY == 0:
            self.judge(audit_faults(self.office, self.database, self.now))

    def take_in_timetable(
        self, name: str, act: Callable[[], Answer]
    ) -> Done[Answer] | None:
        """Take a step of booking or moving, which leaves what is over alone."""
        before = self.now
        done = self.take(name, act)
        if done is not None:
            self.judge(
                gaps_are_kept(before, self.now),
                nobody_works_when_away(before, self.now),
                locked_days_stand(before, self.now),
                fixed_sessions_stand(before, self.now),
                others_money_stands(before, self.now, self.touched(before)),
            )
        return done

    def take_with_money(
        self, name: str, act: Callable[[], Answer], *about: int
    ) -> Done[Answer] | None:
        """Take a step that says what happened, and work the money out once more.

        Args:
            name: what the step is called.
            act: takes it.
            about: the sessions that it speaks of.
        """
        before = self.now
        done = self.take(name, act)
        if done is None:
            return None
        touched = self.touched(before) | frozenset(about)
        told = {one for one in touched if self.was_told(before, one)} | {*about}
        near = self.sharing_a_fee(touched)
        self.judge(
            gaps_are_kept(before, self.now),
            nobody_works_when_away(before, self.now),
            locked_days_stand(before, self.now),
            others_money_stands(before, self.now, touched | near),
            *(costs_are_right(self.now, one) for one in sorted(touched | near)),
            *(pay_is_right(self.now, one) for one in sorted(told)),
        )
        return done

    def was_told(self, before: Picture, session_id: int) -> bool:
        """Say whether a step said something new of a session."""
        return told_as_is(before, session_id) != told_as_is(self.now, session_id)

    def touched(self, before: Picture) -> frozenset[int]:
        """List the sessions that a step changed or made."""
        return frozenset(
            session.id
            for session in self.now.rows("session")
            if session_as_is(before, session.id)[:-1]
            != session_as_is(self.now, session.id)[:-1]
        )

    def sharing_a_fee(self, touched: frozenset[int]) -> set[int]:
        """List the later closed sessions that share a limited flat fee's month."""
        picture = self.now
        limited = {
            row.household_id
            for row in picture.rows("flat_fee")
            if row.included is not None
        }
        months: dict[tuple[int, int], datetime] = {}
        for session_id in touched:
            session = picture.get("session", session_id)
            for household in self.households_of(session_id) & limited:
                day = picture.day(session.starts_at)
                first = months.get((household, day.year * 12 + day.month))
                starts = min(session.starts_at, first or session.starts_at)
                months[household, day.year * 12 + day.month] = starts
        found = set()
        for session in picture.rows("session"):
            day = picture.day(session.starts_at)
            for household in self.households_of(session.id):
                first = months.get((household, day.year * 12 + day.month))
                if first is not None and session.starts_at >= first:
                    found.add(session.id)
        return {
            one
            for one in found
            if picture.get("session", one).status.value
            in {"held", "no_show", "cancelled_late"}
        }

    def households_of(self, session_id: int) -> set[int]:
        """List the households whose students a session has."""
        return {
            self.now.get("student", place.student_id).household_id
            for place in self.now.of("attendance", "session_id", session_id)
        }

    def at(self, days: int, minute: int) -> datetime:
        """Give a wall-clock time some days from today."""
        midnight = datetime.combine(self.now.today, time())
        return midnight + timedelta(days=days, minutes=minute)

    def sessions(self, wanted: Callable[[Entry], bool] = bool) -> list[Entry]:
        """List the sessions of a kind in order of time."""
        found = [row for row in self.now.rows("session") if wanted(row)]
        return sorted(found, key=lambda row: (row.starts_at, row.id))

    def choose(self, which: int, wanted: Callable[[Entry], bool]) -> Entry:
        """Choose a session of a kind; at times, or if there is none, any other."""
        found = self.sessions(wanted) if which % 7 else []
        return pick(found or self.sessions(), which // 7)

    def is_free(self, session: Entry) -> bool:
        """Say whether a session may still be moved about."""
        return session.status in {"planned", "tentative"}

    def is_missed(self, session: Entry) -> bool:
        """Say whether nobody came to a session, or everybody cancelled late."""
        return session.status in {"no_show", "cancelled_late"}


def _refused(
    name: str, error: OfficeError, before: Picture, after: Picture
) -> Iterator[str]:
    if not before.same(after):
        yield f"{name} was refused and changed something"
    if not str(error).strip():
        yield f"{name} was refused without a word"


def pick(things: Sequence[Thing], number: int) -> Thing:
    """Choose one of some things by any number."""
    return things[number % len(things)]
