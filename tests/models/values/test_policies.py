"""The office's rules as data."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from app.models.values.policies import (
    POLICIES,
    LateCancel,
    MakeUp,
    PolicyValue,
    PolicyValueError,
)


@pytest.mark.parametrize("rule", POLICIES.values(), ids=lambda rule: rule.kind)
def test_every_rule_reads_back_as_it_was_written(rule: type[PolicyValue]) -> None:
    assert rule.from_plain(rule().to_plain()) == rule()


def test_what_is_left_out_keeps_its_default() -> None:
    assert LateCancel.from_plain({"charge": "50"}) == LateCancel(charge=Decimal(50))


@pytest.mark.parametrize(
    ("rule", "plain"),
    [
        (LateCancel, {"notice_hours": "soon"}),
        (LateCancel, {"charge": "-1"}),
        (LateCancel, {"charge": "NaN"}),
        (LateCancel, {"charge": True}),
        (LateCancel, {"unknown": 1}),
        (MakeUp, {"instead_of_charge": 1}),
        (MakeUp, {"expires_days": -1}),
        (MakeUp, {"expires_days": "60"}),
    ],
)
def test_refuses_what_a_rule_cannot_say(
    rule: type[PolicyValue], plain: dict[str, Any]
) -> None:
    with pytest.raises(PolicyValueError, match="cannot be the"):
        rule.from_plain(plain)
