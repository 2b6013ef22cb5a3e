"""The sums of documents: discounts, tax by rate, net and total."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.billing import PriceBasis, TaxRounding
from app.models.values.money import round_half_away
from app.services.billing.totals import (
    Amount,
    Reduction,
    TaxGroup,
    after_discounts,
    document_discounts,
    spread,
    tax_of,
    totals,
)

NET, GROSS = PriceBasis.NET, PriceBasis.GROSS
BY_DOCUMENT, BY_LINE = TaxRounding.DOCUMENT, TaxRounding.LINE
STANDARD = TaxGroup(Decimal(20))
EXEMPT = TaxGroup(Decimal(0), "E", "Exempt tuition")

rates = st.sampled_from(["0", "5", "7", "7.7", "19", "20", "25.5"])
groups = st.builds(lambda rate: TaxGroup(Decimal(rate)), rates)
lines = st.lists(
    st.builds(Amount, st.integers(-(10**6), 10**6), groups), min_size=1, max_size=12
)
percents = st.decimals(0, 100, places=2)
reductions = st.one_of(
    st.builds(Reduction, percent=percents),
    st.builds(Reduction, amount=st.integers(0, 10**5)),
)


def test_tax_is_taken_on_the_sum_of_a_rate() -> None:
    three = [Amount(1003, STANDARD)] * 3
    assert totals(three, NET, BY_DOCUMENT).tax == 602
    assert totals(three, NET, BY_LINE).tax == 603


def test_tax_lies_within_gross_prices() -> None:
    found = totals([Amount(4760, TaxGroup(Decimal(19)))] * 2, GROSS, BY_DOCUMENT)
    assert (found.net, found.tax, found.total) == (8000, 1520, 9520)


def test_rates_and_reasons_are_summed_apart() -> None:
    other = TaxGroup(Decimal(0), "E", "Exempt books")
    found = totals(
        [
            Amount(100, EXEMPT),
            Amount(50, STANDARD),
            Amount(7, other),
            Amount(1, EXEMPT),
        ],
        NET,
        BY_DOCUMENT,
    )
    assert [(tax.group, tax.net, tax.tax) for tax in found.taxes] == [
        (EXEMPT, 101, 0),
        (STANDARD, 50, 10),
        (other, 7, 0),
    ]


def test_a_half_cent_of_tax_goes_away_from_zero() -> None:
    assert tax_of(250, Decimal(5), NET) == 13  # 12.5
    assert tax_of(-250, Decimal(5), NET) == -13


def test_percentages_come_off_before_amounts() -> None:
    both = [Reduction(amount=500), Reduction(percent=Decimal(10))]
    assert after_discounts(4800, both) == 3820


def test_a_line_never_goes_below_zero() -> None:
    assert after_discounts(400, [Reduction(amount=500)]) == 0
    assert after_discounts(-400, [Reduction(percent=Decimal(50))]) == -400


def test_a_document_discount_is_spread_in_proportion_by_rate() -> None:
    listed = [Amount(1000, EXEMPT), Amount(1000, STANDARD), Amount(1000, EXEMPT)]
    # 100 over 1000, 1000 exempt and then 1000 standard, by cumulative rounding
    assert spread(listed, 100) == (33, 33, 34)


def test_what_is_taken_back_has_no_part_in_a_new_discount() -> None:
    listed = [Amount(1000, EXEMPT), Amount(-600, EXEMPT)]
    assert document_discounts(listed, [Reduction(percent=Decimal(10))]) == (100,)
    assert spread(listed, 100) == (100, 0)


@given(lines, st.sampled_from(PriceBasis), st.sampled_from(TaxRounding))
def test_lines_add_up_to_net_or_gross(
    given_lines: list[Amount], prices: PriceBasis, rounding: TaxRounding
) -> None:
    found = totals(given_lines, prices, rounding)
    stated = sum(line.stated for line in given_lines)
    assert found.net + found.tax == found.total
    assert stated == (found.total if prices is GROSS else found.net)
    assert found.tax == sum(each.tax for each in found.taxes)
    assert found.net == sum(each.net for each in found.taxes)


@given(lines, st.sampled_from(PriceBasis))
def test_tax_is_exact_to_half_a_unit_for_each_rate(
    given_lines: list[Amount], prices: PriceBasis
) -> None:
    for each in totals(given_lines, prices, BY_DOCUMENT).taxes:
        assert (
            each.tax
            == round_half_away(Fraction(each.net) * Fraction(each.group.rate) / 100)
            or abs(each.tax - Fraction(each.net) * Fraction(each.group.rate) / 100) <= 1
        )


@given(lines, st.lists(reductions, max_size=4), st.sampled_from(PriceBasis))
def test_document_discounts_are_spread_to_the_cent(
    given_lines: list[Amount], off: list[Reduction], prices: PriceBasis
) -> None:
    taken = sum(document_discounts(given_lines, off))
    parts = spread(given_lines, taken)
    assert sum(parts) == taken
    for line, part in zip(given_lines, parts, strict=True):
        assert 0 <= part <= max(0, line.stated)
    reduced = [
        Amount(line.stated, line.tax, part)
        for line, part in zip(given_lines, parts, strict=True)
    ]
    found = totals(reduced, prices, BY_DOCUMENT)
    base = found.total if prices is GROSS else found.net
    assert base == sum(line.stated for line in given_lines) - taken


@given(lines, st.sampled_from(PriceBasis), st.sampled_from(TaxRounding))
def test_taking_everything_back_mirrors_the_sums(
    given_lines: list[Amount], prices: PriceBasis, rounding: TaxRounding
) -> None:
    found = totals(given_lines, prices, rounding)
    back = totals(
        [Amount(-line.stated, line.tax) for line in given_lines], prices, rounding
    )
    assert (back.net, back.tax, back.total) == (-found.net, -found.tax, -found.total)


@given(st.integers(0, 10**6), st.lists(reductions, max_size=5))
def test_line_discounts_stay_between_nothing_and_all(
    amount: int, off: list[Reduction]
) -> None:
    assert 0 <= after_discounts(amount, off) <= amount


@pytest.mark.parametrize("rate", ["0", "7.7", "20"])
def test_tax_within_gross_is_what_tax_on_its_net_gives(rate: str) -> None:
    for gross in range(0, 3000, 7):
        tax = tax_of(gross, Decimal(rate), GROSS)
        assert abs(tax_of(gross - tax, Decimal(rate), NET) - tax) <= 1
