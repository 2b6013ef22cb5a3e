"""The sums of a document: discounts, tax by rate, net and total.

Every rounding is half away from zero, and only here: a discount in percent once, a
discount on the document by cumulative rounding over the lines of each tax rate, tax
once per document and rate, or once per line where the office says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from itertools import groupby
from operator import attrgetter

from app.models.values.billing import PriceBasis, TaxRounding
from app.models.values.money import cumulative_split, percent_of, round_half_away


@dataclass(frozen=True, slots=True)
class TaxGroup:
    """What is taxed alike; the exemption's sentence is part of it.

    Attributes:
        rate: percent.
        category: the letter of the e-invoice, such as S or E.
    """

    rate: Decimal
    category: str = "S"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """One line as it enters the sums.

    Attributes:
        stated: minor units after the line's own discounts, net or gross as the
            office states its prices; negative where the line takes something back.
        discount: this line's part of a discount on the document, with the sign of
            ``stated``.
    """

    stated: int
    tax: TaxGroup
    discount: int = 0


@dataclass(frozen=True, slots=True)
class Reduction:
    """A discount: a percentage or an amount in minor units."""

    name: str = ""
    percent: Decimal | None = None
    amount: int | None = None

    def taken_from(self, whole: int) -> int:
        """Give what comes off an amount, at most all of it."""
        off = self.amount or 0
        if self.percent is not None:
            off = percent_of(whole, self.percent)
        return max(0, min(off, whole))


@dataclass(frozen=True, slots=True)
class TaxSum:
    """The tax of one group: what is taxed, without tax, and the tax."""

    group: TaxGroup
    net: int
    tax: int


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a document; ``net + tax = total``."""

    net: int
    tax: int
    total: int
    taxes: tuple[TaxSum, ...]


def in_order(reductions: Iterable[Reduction]) -> tuple[Reduction, ...]:
    """Put percentages before amounts, else as listed."""
    return tuple(sorted(reductions, key=lambda each: each.percent is None))


def after_discounts(amount: int, reductions: Iterable[Reduction]) -> int:
    """Take a line's own discounts off; a line never goes below zero by them."""
    for reduction in in_order(reductions):
        amount -= reduction.taken_from(amount)
    return amount


def document_discounts(
    lines: Sequence[Amount], reductions: Iterable[Reduction]
) -> tuple[int, ...]:
    """Take off of each reduction on the document, one after the other.

    Only lines above zero take part: what is taken back had its discount then.
    """
    left = sum(line.stated for line in lines if line.stated > 0)
    taken: list[int] = []
    for reduction in in_order(reductions):
        taken.append(reduction.taken_from(left))
        left -= taken[-1]
    return tuple(taken)


def spread(lines: Sequence[Amount], discount: int) -> tuple[int, ...]:
    """Divide a discount on the document over its lines above zero.

    Cumulative rounding in proportion to the stated amounts, the lines of one tax rate
    after those of another, in order of the rates' first lines.
    """
    if not discount:
        return (0,) * len(lines)
    groups = list(dict.fromkeys(line.tax for line in lines))
    order = sorted(range(len(lines)), key=lambda at: groups.index(lines[at].tax))
    shares = [max(0, lines[at].stated) for at in order]
    parts = [0] * len(lines)
    for at, part in zip(order, cumulative_split(discount, shares), strict=True):
        parts[at] = part
    return tuple(parts)


def totals(
    lines: Sequence[Amount], prices: PriceBasis, rounding: TaxRounding
) -> Totals:
    """Add up a document."""
    by_tax: dict[TaxGroup, list[Amount]] = {}
    for group, alike in groupby(lines, key=attrgetter("tax")):
        by_tax.setdefault(group, []).extend(alike)
    taxes = tuple(
        _tax_sum(group, alike, prices, rounding) for group, alike in by_tax.items()
    )
    net = sum(each.net for each in taxes)
    tax = sum(each.tax for each in taxes)
    return Totals(net, tax, net + tax, taxes)


def _tax_sum(
    group: TaxGroup,
    lines: Sequence[Amount],
    prices: PriceBasis,
    rounding: TaxRounding,
) -> TaxSum:
    stated = [line.stated - line.discount for line in lines]
    if rounding is TaxRounding.DOCUMENT:
        stated = [sum(stated)]
    tax = sum(tax_of(amount, group.rate, prices) for amount in stated)
    whole = sum(stated)
    return TaxSum(group, whole - tax if prices is PriceBasis.GROSS else whole, tax)


def tax_of(amount: int, rate: Decimal, prices: PriceBasis) -> int:
    """Give the tax on a net amount, or within a gross one, rounded once."""
    return round_half_away(amount * _share(rate, prices))


@cache
def _share(rate: Decimal, prices: PriceBasis) -> Fraction:
    exact = Fraction(rate)
    return exact / (100 + exact if prices is PriceBasis.GROSS else 100)
