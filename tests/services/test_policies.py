"""Which rule holds for whom: the most particular, the newest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.models.values.actors import Actor, Role
from app.models.values.policies import (
    POLICIES,
    ClaimsApproved,
    LateCancel,
    PolicyValueError,
)
from app.services.desk import Desk, OfficeOnlyError
from app.services.policies import (
    Concern,
    Policies,
    PolicyKindError,
    PolicyScopeError,
    SetPolicy,
)
from app.services.rights import OPEN_RULES, NotYoursError

TODAY = date(2026, 3, 4)


def charge(policies: Policies, concern: Concern, on: date = TODAY) -> Decimal:
    rule = policies.policy("late_cancel", on, concern)
    assert isinstance(rule, LateCancel)
    return rule.charge


def test_the_default_holds_until_the_office_says_otherwise(desk: Desk) -> None:
    assert charge(Policies(desk), Concern()) == 100


def test_the_most_particular_rule_wins(desk: Desk) -> None:
    policies = Policies(desk)
    for scope, scope_id, percent in (
        ("office", None, 90),
        ("offering", 1, 80),
        ("tutor", 1, 70),
        ("household", 1, 60),
    ):
        rule = LateCancel(charge=Decimal(percent))
        policies.set_policy(SetPolicy(rule, scope=scope, scope_id=scope_id))
    assert charge(policies, Concern()) == 90
    assert charge(policies, Concern(offering_id=1)) == 80
    assert charge(policies, Concern(offering_id=1, tutor_id=1)) == 70
    assert charge(policies, Concern(1, 1, 1)) == 60
    assert charge(policies, Concern(2, 2, 2)) == 90


def test_a_rule_holds_from_its_day_on(desk: Desk) -> None:
    policies = Policies(desk)
    rule = LateCancel(charge=Decimal(50))
    policies.set_policy(SetPolicy(rule, valid_from=date(2026, 3, 5)))
    assert charge(policies, Concern()) == 100
    assert charge(policies, Concern(), date(2026, 3, 5)) == 50


@pytest.mark.parametrize(
    ("scope", "scope_id"), [("planet", 1), ("office", 1), ("tutor", None)]
)
def test_refuses_what_no_rule_can_hold_for(
    desk: Desk, scope: str, scope_id: int | None
) -> None:
    request = SetPolicy(LateCancel(), scope=scope, scope_id=scope_id)
    with pytest.raises(PolicyScopeError):
        Policies(desk).set_policy(request)


def test_rules_are_the_offices(desk: Desk) -> None:
    tutor = desk.sat_at_by(Actor("Anna", Role.TUTOR, 1))
    with pytest.raises(OfficeOnlyError):
        Policies(tutor).set_policy(SetPolicy(LateCancel()))


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity", "1E+9"])
def test_a_number_that_a_rule_cannot_have_is_refused_when_it_is_set(
    desk: Desk, value: str
) -> None:
    policies = Policies(desk)
    with pytest.raises(PolicyValueError, match="the charge of the policy"):
        policies.set_policy(SetPolicy(LateCancel(charge=Decimal(value))))
    assert policies.history("late_cancel") == ()


def test_a_tutor_reads_the_rules_about_tutors_and_none_about_families(
    desk: Desk,
) -> None:
    policies = Policies(desk)
    own, others = ClaimsApproved(up_to=100), ClaimsApproved(up_to=200)
    policies.set_policy(SetPolicy(LateCancel(charge=Decimal(50))))
    policies.set_policy(SetPolicy(own, scope="tutor", scope_id=1))
    policies.set_policy(SetPolicy(others, scope="tutor", scope_id=2))
    policies.set_policy(SetPolicy(others, scope="household", scope_id=1))
    theirs = Policies(desk.sat_at_by(Actor("Anna", Role.TUTOR, 1)))
    assert theirs.policy("claims_approved", TODAY, Concern(tutor_id=1)) == own
    assert theirs.policy("claims_approved", TODAY, Concern()) == ClaimsApproved()
    assert [one.value for one in theirs.history("claims_approved")] == [own]
    for concern in (Concern(tutor_id=2), Concern(household_id=1)):
        with pytest.raises(NotYoursError, match="only the own rules"):
            theirs.policy("claims_approved", TODAY, concern)
    about_families = set(POLICIES) - OPEN_RULES
    assert "late_cancel" in about_families
    for kind in about_families:
        with pytest.raises(NotYoursError):
            theirs.policy(kind, TODAY, Concern())
        with pytest.raises(NotYoursError):
            theirs.history(kind)


def test_what_tutors_read_says_no_percent_that_families_pay() -> None:
    assert all("charge" not in POLICIES[kind]().to_plain() for kind in OPEN_RULES)


def test_a_rule_that_nobody_knows_is_named(desk: Desk) -> None:
    policies = Policies(desk)
    for ask in (
        lambda: policies.policy("kindness", TODAY, Concern()),
        lambda: policies.history("kindness"),
    ):
        with pytest.raises(PolicyKindError, match="“kindness”"):
            ask()
