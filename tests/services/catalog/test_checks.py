"""A tax category fits its rate."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.services.catalog.checks import require_category
from app.services.catalog.errors import CategoryError


def fits(category: str, rate: str) -> bool:
    """Say whether a category may have a rate."""
    try:
        require_category(category, Decimal(rate))
    except CategoryError:
        return False
    return True


@pytest.mark.parametrize("category", ["S", "Z", "E", "O", "AE"])
def test_only_the_standard_category_has_a_rate_above_zero(category: str) -> None:
    assert fits(category, "20") is (category == "S")
    assert fits(category, "0") is (category != "S")


@pytest.mark.parametrize(
    ("category", "rate"), [("S", "0"), ("E", "20"), ("AE", "5"), ("X", "0"), ("", "20")]
)
def test_refuses_what_does_not(category: str, rate: str) -> None:
    with pytest.raises(CategoryError):
        require_category(category, Decimal(rate))
