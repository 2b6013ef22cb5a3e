"""One kind of office rule, read once and asked many times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.office import Policy
from app.models.values.policies import PolicyValue
from app.services.policies import Concern

Rule = TypeVar("Rule", bound=PolicyValue)


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Rule]):
    policy_id: int
    scope: tuple[str, int | None]
    valid_from: date
    valid_until: date
    value: Rule


@dataclass(frozen=True, slots=True)
class RuleSet(Generic[Rule]):
    """Every setting of one kind of rule."""

    default: Rule
    kept: tuple[_Kept[Rule], ...]

    @classmethod
    def load(cls, work: Snapshot | Transaction, kind: type[Rule]) -> RuleSet[Rule]:
        """Read every setting of a rule."""
        rows = work.scalars(select(Policy).where(Policy.kind == kind.kind))
        kept = tuple(
            _Kept(
                row.id,
                (row.scope, row.scope_id),
                row.valid_from or date.min,
                row.valid_until or date.max,
                kind.from_plain(row.value),
            )
            for row in rows
        )
        return RuleSet(kind(), kept)

    @property
    def is_empty(self) -> bool:
        """Say whether the default holds for everybody."""
        return not self.kept

    def rule(self, on: date, concern: Concern) -> Rule:
        """Find the rule that holds on a day: the most particular, newest one."""
        holding = [one for one in self.kept if one.valid_from <= on <= one.valid_until]
        for scope in concern.scopes():
            fitting = [one for one in holding if one.scope == scope]
            if fitting:
                newest = max(fitting, key=lambda one: (one.valid_from, one.policy_id))
                return newest.value
        return self.default
