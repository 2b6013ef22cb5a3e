"""How an amount is divided over payers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.charging.errors import NoPayerError
from app.services.charging.facts import ShareFacts
from app.services.charging.shares import divide
from tests.services.charging.pictures import household


def percent(payer: int, text: str) -> ShareFacts:
    return ShareFacts(payer, percent=Decimal(text))


def amount(payer: int, minor: int) -> ShareFacts:
    return ShareFacts(payer, amount=minor)


@pytest.mark.parametrize(
    ("total", "shares", "parts"),
    [
        (12501, [percent(1, "50"), percent(2, "50")], ((1, 6251), (2, 6250))),
        (
            100,
            [percent(1, "33.33"), percent(2, "33.33"), percent(3, "33.34")],
            ((1, 33), (2, 34), (3, 33)),
        ),
        (5000, [amount(1, 2000), percent(2, "100")], ((1, 2000), (2, 3000))),
        (5000, [percent(2, "100"), amount(1, 2000)], ((2, 3000), (1, 2000))),
        (1500, [amount(1, 2000), percent(2, "100")], ((1, 1500),)),
        (5000, [amount(1, 2000), amount(2, 1000)], ((1, 4000), (2, 1000))),
        (5000, [percent(1, "0"), percent(2, "100")], ((2, 5000),)),
        (
            5000,
            [percent(1, "40"), percent(2, "20"), percent(1, "40")],
            ((1, 4000), (2, 1000)),
        ),
        (5000, [ShareFacts(1)], ((1, 5000),)),
        (0, [ShareFacts(1)], ()),
    ],
)
def test_amounts_come_first_and_the_rest_goes_by_percent(
    total: int, shares: list[ShareFacts], parts: tuple[tuple[int, int], ...]
) -> None:
    assert divide(total, household(1, shares)) == parts


def test_nobody_who_pays_is_named() -> None:
    with pytest.raises(NoPayerError, match="“Family 1” has no payer"):
        divide(100, household(1, ()))


SHARES = st.builds(
    lambda payer, share, fixed: (
        amount(payer, fixed) if fixed else percent(payer, share)
    ),
    st.integers(1, 5),
    st.integers(1, 10000).map(lambda whole: f"{whole / 100:.2f}"),
    st.integers(0, 3000),
)


@given(st.integers(0, 10**9), st.lists(SHARES, min_size=1, max_size=6))
def test_the_parts_always_add_up(total: int, shares: list[ShareFacts]) -> None:
    parts = divide(total, household(1, shares))
    assert sum(part for _payer, part in parts) == total
    assert all(part > 0 for _payer, part in parts)
    assert len({payer for payer, _part in parts}) == len(parts)
