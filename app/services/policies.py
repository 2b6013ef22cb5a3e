"""The office's rules: which one holds for whom on a day, and setting them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Row, func, select

from app.models.database import Snapshot, Transaction
from app.models.office import Policy
from app.models.people import Student
from app.models.scheduling import Attendance, Session
from app.models.values.errors import InputError
from app.models.values.policies import POLICIES, PolicyValue
from app.models.values.schedule import SessionStatus, day_span, local_date
from app.services.desk import Desk, zone
from app.services.rights import NotYoursError, require_open_rule
from app.text import _

Rule = TypeVar("Rule", bound=PolicyValue)
_AHEAD = (SessionStatus.TENTATIVE, SessionStatus.PLANNED)
_ALL = select(
    Policy.id,
    Policy.kind,
    Policy.scope,
    Policy.scope_id,
    Policy.value,
    Policy.valid_from,
    Policy.valid_until,
)


class PolicyScopeError(InputError):
    """A rule was to be set for something that has none."""

    def __init__(self, scope: str) -> None:
        super().__init__(
            _(
                "A policy holds for the office, an offering, a household or a tutor, "
                "not for “{scope}”."
            ).format(scope=scope[:40])
        )


class PolicyKindError(InputError):
    """A rule was asked for that the office does not know."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            _("There is no policy called “{kind}”; the known ones are {known}.").format(
                kind=kind[:40], known=", ".join(POLICIES)
            )
        )


def _kind(kind: str) -> type[PolicyValue]:
    if kind not in POLICIES:
        raise PolicyKindError(kind)
    return POLICIES[kind]


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom and what a rule is asked for; the most particular rule wins."""

    household_id: int | None = None
    tutor_id: int | None = None
    offering_id: int | None = None

    def scopes(self) -> tuple[tuple[str, int | None], ...]:
        """List where to look, most particular first."""
        named = (
            ("household", self.household_id),
            ("tutor", self.tutor_id),
            ("offering", self.offering_id),
        )
        return (*(pair for pair in named if pair[1] is not None), ("office", None))


@dataclass(frozen=True, slots=True)
class SetPolicy:
    """A request that a rule holds from a date on."""

    value: PolicyValue
    valid_from: date | None = None
    scope: str = "office"
    scope_id: int | None = None


@dataclass(frozen=True, slots=True)
class PolicyVersion:
    """A rule of the office as it was set once.

    Attributes:
        valid_from: None is from the beginning.
        scope: office, offering, household or tutor; ``scope_id`` says which.
    """

    policy_id: int
    value: PolicyValue
    valid_from: date | None
    scope: str
    scope_id: int | None


@dataclass(frozen=True, slots=True)
class Reach:
    """How many planned sessions lie after a day, and of how many families."""

    sessions: int
    families: int


def rule_for(
    work: Snapshot | Transaction, kind: type[Rule], on: date, concern: Concern
) -> Rule:
    """Find the rule that holds on a day: the most particular, newest one."""
    rows = [
        row
        for row in work.once(Policy, _policies).get(kind.kind, ())
        if (row.valid_from is None or row.valid_from <= on)
        and (row.valid_until is None or row.valid_until >= on)
    ]
    for scope, scope_id in concern.scopes() if rows else ():
        fitting = [
            row for row in rows if (row.scope, row.scope_id) == (scope, scope_id)
        ]
        if fitting:
            newest = max(fitting, key=lambda row: (row.valid_from or date.min, row.id))
            return kind.from_plain(newest.value)
    return kind()


def is_any_set(work: Snapshot | Transaction, kind: type[PolicyValue]) -> bool:
    """Say whether an office ever set a rule of a kind, for anybody."""
    return kind.kind in work.once(Policy, _policies)


def _policies(work: Snapshot | Transaction) -> Mapping[str, Sequence[Row[Any]]]:
    """Read them all by kind; an office has few, and a step asks for several."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in work.rows(_ALL):
        found[row.kind].append(row)
    return found


class Policies:
    """Reads and sets the office's rules."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def set_policy(self, request: SetPolicy) -> None:
        """Let a rule hold from a date on; earlier ones stay for earlier days.

        Raises:
            PolicyScopeError: Rules cannot be set for this.
            PolicyValueError: A number cannot be.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        is_office = request.scope == "office"
        known = request.scope in {"office", "offering", "household", "tutor"}
        if not known or is_office != (request.scope_id is None):
            raise PolicyScopeError(request.scope)
        kept = request.value.to_plain()
        _kind(request.value.kind).from_plain(kept)
        with self._desk.transaction(_("Set a policy")) as transaction:
            transaction.add(
                Policy(
                    kind=request.value.kind,
                    scope=request.scope,
                    scope_id=request.scope_id,
                    value=kept,
                    valid_from=request.valid_from,
                )
            )

    def policy(self, kind: str, on: date, concern: Concern) -> PolicyValue:
        """Tell which rule of a kind holds on a day.

        Raises:
            PolicyKindError: There is no such kind of rule.
            NotYoursError: A tutor asked for a rule about families, or for another's.
        """
        rule = _kind(kind)
        self._require_theirs(kind, concern)
        with self._desk.snapshot() as snapshot:
            return rule_for(snapshot, rule, on, concern)

    def history(self, kind: str) -> tuple[PolicyVersion, ...]:
        """List how a rule was set, the newest validity first.

        Of rules for the same from the same day only the one set last is told. A tutor
        sees those for everybody, and the own.

        Raises:
            PolicyKindError: There is no such kind of rule.
            NotYoursError: A tutor asked for a rule about families.
        """
        rule = _kind(kind)
        require_open_rule(self._desk.actor, kind)
        rows = select(Policy).where(Policy.kind == kind).order_by(Policy.id)
        with self._desk.snapshot() as snapshot:
            last = {
                (row.scope, row.scope_id, row.valid_from): PolicyVersion(
                    row.id,
                    rule.from_plain(row.value),
                    row.valid_from,
                    row.scope,
                    row.scope_id,
                )
                for row in snapshot.scalars(rows)
                if self._may_see(row.scope, row.scope_id)
            }
        newest = sorted(last.values(), key=_age, reverse=True)
        return tuple(newest)

    def _may_see(self, scope: str, scope_id: int | None) -> bool:
        who = self._desk.actor
        is_own = scope == "tutor" and scope_id == who.tutor_id
        return who.is_office or is_own or scope in {"office", "offering"}

    def _require_theirs(self, kind: str, concern: Concern) -> None:
        require_open_rule(self._desk.actor, kind)
        if not all(self._may_see(*scope) for scope in concern.scopes()):
            raise NotYoursError(_("rules"))

    def reach(self, valid_from: date | None, offering_id: int | None = None) -> Reach:
        """Count the sessions planned from a day on, of one offering or of all.

        They are those that a rule or a price from that day on can change; of past
        days nothing is counted.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            here, now = zone(snapshot), self._desk.now()
            day = max(valid_from or date.min, local_date(now, here))
            start = max(now, day_span(day, here).start)
            ahead = (
                select(
                    func.count(Session.id.distinct()),
                    func.count(Student.household_id.distinct()),
                )
                .outerjoin(Attendance, Attendance.session_id == Session.id)
                .outerjoin(Student, Student.id == Attendance.student_id)
                .where(Session.starts_at >= start, Session.status.in_(_AHEAD))
            )
            if offering_id is not None:
                ahead = ahead.where(Session.offering_id == offering_id)
            sessions, families = snapshot.execute(ahead).one()
            return Reach(sessions, families)


def _age(version: PolicyVersion) -> tuple[date, int]:
    return (version.valid_from or date.min, version.policy_id)
