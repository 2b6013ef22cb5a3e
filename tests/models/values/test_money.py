"""Amounts, their rounding and their division."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.money import (
    AmountError,
    CurrencyError,
    check_currency,
    cumulative_split,
    exponent,
    parse_amount,
    percent_of,
    plain_amount,
    round_half_away,
    time_amount,
)

amounts = st.integers(-(10**9), 10**9)


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        ("0.5", 1),
        ("-0.5", -1),
        ("2.5", 3),
        ("-2.5", -3),
        ("2.4999999", 2),
        ("0", 0),
    ],
)
def test_halves_go_away_from_zero(value: str, whole: int) -> None:
    assert round_half_away(Decimal(value)) == whole


@given(st.fractions())
def test_rounding_is_never_further_than_half(value: Fraction) -> None:
    assert abs(round_half_away(value) - value) <= Fraction(1, 2)
    assert round_half_away(-value) == -round_half_away(value)


@pytest.mark.parametrize(("currency", "decimals"), [("JPY", 0), ("EUR", 2), ("KWD", 3)])
def test_currencies_have_their_decimals(currency: str, decimals: int) -> None:
    assert exponent(currency) == decimals


@given(amounts, st.sampled_from(["JPY", "EUR", "KWD"]))
def test_an_amount_reads_back_as_it_was_written(minor: int, currency: str) -> None:
    assert parse_amount(plain_amount(minor, currency), currency) == minor


@pytest.mark.parametrize("text", ["", "a", "1.234", "NaN", "Infinity", "1e99", "1,5"])
def test_refuses_what_is_no_amount(text: str) -> None:
    with pytest.raises(AmountError, match="EUR"):
        parse_amount(text, "EUR")


@pytest.mark.parametrize("text", ["", "eur", "EURO", "E1R", "ÄÖÜ"])
def test_refuses_what_is_no_currency(text: str) -> None:
    with pytest.raises(CurrencyError):
        check_currency(text)


def test_twenty_minutes_at_fifty_an_hour() -> None:
    assert time_amount(5000, 20) == 1667


def test_a_percentage_is_rounded_once() -> None:
    assert percent_of(1005, Decimal("12.5")) == 126


@given(amounts, st.lists(st.integers(0, 100), min_size=1, max_size=8))
def test_parts_add_up_to_the_whole(total: int, shares: list[int]) -> None:
    parts = cumulative_split(total, shares)
    assert sum(parts) == (total if any(shares) else 0)
    assert all(
        part == 0 for part, share in zip(parts, shares, strict=True) if not share
    )


def test_the_odd_cent_goes_by_listed_order() -> None:
    assert cumulative_split(12501, [50, 50]) == (6251, 6250)
    assert cumulative_split(10000, [1, 1, 1]) == (3333, 3334, 3333)
