"""The office's rules: which one holds for whom on a day, and setting them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.office import Policy
from app.models.values.errors import InputError
from app.models.values.policies import POLICIES, PolicyValue
from app.services.desk import Desk
from app.text import _

Rule = TypeVar("Rule", bound=PolicyValue)


class PolicyScopeError(InputError):
    """A rule was to be set for something that has none."""

    def __init__(self, scope: str) -> None:
        super().__init__(
            _(
                "A policy holds for the office, an offering, a household or a tutor, "
                "not for “{scope}”."
            ).format(scope=scope[:40])
        )


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


def rule_for(
    work: Snapshot | Transaction, kind: type[Rule], on: date, concern: Concern
) -> Rule:
    """Find the rule that holds on a day: the most particular, newest one."""
    rows = [
        row
        for row in work.once(Policy, _policies)
        if row.kind == kind.kind
        and (row.valid_from is None or row.valid_from <= on)
        and (row.valid_until is None or row.valid_until >= on)
    ]
    for scope, scope_id in concern.scopes():
        fitting = [
            row for row in rows if (row.scope, row.scope_id) == (scope, scope_id)
        ]
        if fitting:
            newest = max(fitting, key=lambda row: (row.valid_from or date.min, row.id))
            return kind.from_plain(newest.value)
    return kind()


def _policies(work: Snapshot | Transaction) -> Sequence[Policy]:
    """Read them all; an office has few, and a step asks for several."""
    return work.scalars(select(Policy)).all()


class Policies:
    """Reads and sets the office's rules."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def set_policy(self, request: SetPolicy) -> None:
        """Let a rule hold from a date on; earlier ones stay for earlier days.

        Raises:
            PolicyScopeError: Rules cannot be set for this.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        is_office = request.scope == "office"
        known = request.scope in {"office", "offering", "household", "tutor"}
        if not known or is_office != (request.scope_id is None):
            raise PolicyScopeError(request.scope)
        with self._desk.transaction(_("Set a policy")) as transaction:
            transaction.add(
                Policy(
                    kind=request.value.kind,
                    scope=request.scope,
                    scope_id=request.scope_id,
                    value=type(request.value).to_plain(request.value),
                    valid_from=request.valid_from,
                )
            )

    def policy(self, kind: str, on: date, concern: Concern) -> PolicyValue:
        """Tell which rule of a kind holds on a day."""
        with self._desk.snapshot() as snapshot:
            return rule_for(snapshot, POLICIES[kind], on, concern)
