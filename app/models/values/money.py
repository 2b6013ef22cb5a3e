"""Money: whole minor units of a currency, and the few places where it is rounded.

Amounts are plain integers, counted in the currency's smallest unit (ISO 4217: a
cent of a euro, a whole yen, a thousandth of a dinar). Every rounding is half away
from zero and happens in one of the functions below, nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from app.models.values.errors import InputError
from app.text import _

Exact = int | Decimal | Fraction

_NO_DECIMALS = frozenset(
    (
        *("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"),
        *("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"),
    )
)
_THREE_DECIMALS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))
_LARGEST = 10**15
_CODE_LENGTH = 3


class AmountError(InputError):
    """A text that is no amount of the currency."""

    def __init__(self, text: str, currency: str) -> None:
        decimals = exponent(currency)
        example = "1234" + ("." + "5" * decimals if decimals else "")
        words = _(
            "“{text}” is not an amount of {currency}; write it with a point and at "
            "most {decimals} decimals, such as {example}."
        )
        super().__init__(
            words.format(
                text=text[:40], currency=currency, decimals=decimals, example=example
            )
        )


class CurrencyError(InputError):
    """A text that is no currency code."""

    def __init__(self, text: str) -> None:
        words = _(
            "“{text}” is not a currency; use its three capital letters, such as EUR or "
            "USD."
        )
        super().__init__(words.format(text=text[:40]))


def exponent(currency: str) -> int:
    """Tell how many decimals a currency has (ISO 4217)."""
    if currency in _NO_DECIMALS:
        return 0
    return 3 if currency in _THREE_DECIMALS else 2


def check_currency(currency: str) -> str:
    """Give the code back, or refuse what cannot be one.

    Raises:
        CurrencyError: It is not three capital letters.
    """
    letters = currency.isascii() and currency.isalpha() and currency.isupper()
    if not letters or len(currency) != _CODE_LENGTH:
        raise CurrencyError(currency)
    return currency


def round_half_away(value: Exact) -> int:
    """Round to a whole number, halves away from zero."""
    exact = Fraction(value)
    magnitude = (2 * abs(exact.numerator) + exact.denominator) // (
        2 * exact.denominator
    )
    return magnitude if exact >= 0 else -magnitude


def parse_amount(text: str, currency: str) -> int:
    """Read an amount such as ``"42.50"`` into minor units.

    Raises:
        AmountError: It is no number, too large, or has too many decimals.
    """
    try:
        scaled = Decimal(text.strip()).scaleb(exponent(currency))
    except InvalidOperation:
        raise AmountError(text, currency) from None
    if not scaled.is_finite() or abs(scaled) > _LARGEST or scaled != int(scaled):
        raise AmountError(text, currency)
    return int(scaled)


def plain_amount(minor: int, currency: str) -> str:
    """Write minor units as ``1234.50``: a point, no grouping, no sign of currency."""
    decimals = exponent(currency)
    return f"{Decimal(minor).scaleb(-decimals):.{decimals}f}"


def time_amount(rate: int, minutes: int) -> int:
    """Price minutes at a rate per hour, rounded once: rate x minutes / 60."""
    return round_half_away(Fraction(rate * minutes, 60))


def percent_of(amount: int, percent: Decimal) -> int:
    """Take a percentage of an amount, rounded once."""
    return round_half_away(amount * Fraction(percent) / 100)


def cumulative_split(total: int, shares: Sequence[Exact]) -> tuple[int, ...]:
    """Divide an amount in listed order so that the parts add up exactly.

    Part k is round(total x s_k) - round(total x s_(k-1)), s being the running
    sum of the shares over the sum of all shares.
    """
    weights = [Fraction(share) for share in shares]
    whole = sum(weights, Fraction(0))
    if not whole:
        return tuple(0 for _ in weights)
    parts: list[int] = []
    running, before = Fraction(0), 0
    for weight in weights:
        running += weight
        now = round_half_away(total * running / whole)
        parts.append(now - before)
        before = now
    return tuple(parts)
