"""A tax category fits its rate."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.services.catalog.checks import require_category
from app.services.catalog.errors import CategoryError


@pytest.mark.parametrize(
    ("category", "rate"), [("S", "20"), ("Z", "0"), ("E", "0"), ("O", "0"), ("AE", "0")]
)
def test_takes_what_fits(category: str, rate: str) -> None:
    require_category(category, Decimal(rate))


@pytest.mark.parametrize(
    ("category", "rate"), [("S", "0"), ("E", "20"), ("AE", "5"), ("X", "0"), ("", "20")]
)
def test_refuses_what_does_not(category: str, rate: str) -> None:
    with pytest.raises(CategoryError):
        require_category(category, Decimal(rate))
