"""Invoices of others, with known sums: ours must come to the same cents.

The numbers lie beside the project, not in it; without them these tests are skipped.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from app.models.values.billing import PriceBasis, TaxRounding
from app.models.values.money import percent_of, round_half_away
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

FOLDER = Path(__file__).parents[3] / "shared" / "corpora" / "money"
NET, GROSS = PriceBasis.NET, PriceBasis.GROSS
BY_DOCUMENT, BY_LINE = TaxRounding.DOCUMENT, TaxRounding.LINE
CENTS = 100

Case = dict[str, Any]


def load(name: str) -> list[Case]:
    """Read the cases of a collection, none where the folder is missing."""
    path = FOLDER / name
    if not path.exists():
        return []
    cases: list[Case] = json.loads(path.read_text("utf-8"))["cases"]
    return cases


def every(name: str) -> list[Any]:
    """Make a parameter of each case, or one that is skipped."""
    cases = [pytest.param(case, id=case["id"]) for case in load(name)]
    reason = f"the collection {name} does not lie beside the project"
    return cases or [pytest.param({}, marks=pytest.mark.skip(reason=reason))]


def cents(value: object) -> int:
    """Turn a number of another program into cents; nothing is zero."""
    return round_half_away(Fraction(str(value)) * CENTS) if value is not None else 0


def rate(value: object) -> Decimal:
    """Read a percentage; nothing is zero."""
    return Decimal(str(value)) if value is not None else Decimal(0)


def signed(each: Case) -> int:
    """Give an allowance below zero, a charge above."""
    return cents(each["amount"]) if each["charge"] else -cents(each["amount"])


def group(row: Case) -> TaxGroup:
    """Name how a row is taxed, whatever the number's spelling."""
    return TaxGroup(rate(row["vat_percent"]).normalize(), str(row["vat_category"]))


# --- whole invoices of the European norm


def line_net(line: Case) -> int:
    """Price a line: quantity x price / base quantity, then its allowances."""
    exact = Fraction(line["quantity"]) * Fraction(line["unit_price"])
    amount = round_half_away(exact / Fraction(line["base_quantity"] or 1) * CENTS)
    return amount + sum(signed(each) for each in line["allowances_charges"])


@pytest.mark.parametrize("case", every("en16931/invoices.json"))
def test_invoices_of_the_norm_come_to_the_same_totals(case: Case) -> None:
    if case["identities_violated"]:
        # Their own lines do not give their own sums; take the lines as stated.
        amounts = [Amount(cents(line["net"]), group(line)) for line in case["lines"]]
    else:
        amounts = [Amount(line_net(line), group(line)) for line in case["lines"]]
        nets = [cents(line["net"]) for line in case["lines"]]
        assert [each.stated for each in amounts] == nets
    amounts += [
        Amount(signed(each), group(each)) for each in case["allowances_charges"]
    ]
    found = totals(amounts, NET, BY_DOCUMENT)
    stated = case["totals"]
    assert found.net == cents(stated["TaxExclusiveAmount"])
    assert found.tax == cents(case["tax_total"][0])
    assert found.total == cents(stated["TaxInclusiveAmount"])
    taxes = {(each.group.category, each.group.rate): each for each in found.taxes}
    for row in case["tax_subtotals"]:
        ours = taxes[row["category"], rate(row["percent"]).normalize()]
        assert (ours.net, ours.tax) == (cents(row["taxable"]), cents(row["tax"]))


# --- single rules of the norm, obeyed and broken

CATEGORIES = {"IC": "K", "AF": "L", "AG": "M"}
NO_SUMS = {
    "BR-CO-09": "the form of a tax number",
    "BR-CO-18": "that there is a tax breakdown",
    "BR-CO-19": "that a period has a first or last day",
}


def keeps_totals(case: Case) -> bool:
    """Judge the rules about the sums of a document."""
    doc = case["doc"]
    stated = {name: cents(value) for name, value in doc.get("totals", {}).items()}
    lines = [cents(line["net"]) for line in doc.get("lines", [])]
    extras = [signed(each) for each in doc.get("allowances_charges", [])]
    taxes = [cents(row["tax"]) for row in doc.get("tax_subtotals", [])]
    tax = cents(doc.get("tax_total", [None])[0])
    off, more = (
        stated.get("AllowanceTotalAmount", 0),
        stated.get("ChargeTotalAmount", 0),
    )
    exempt = TaxGroup(Decimal(0))
    net = totals(
        [
            Amount(each, exempt)
            for each in (stated.get("LineExtensionAmount", 0), -off, more)
        ],
        NET,
        BY_DOCUMENT,
    ).net
    due = stated.get("TaxInclusiveAmount", 0) - stated.get("PrepaidAmount", 0)
    verdicts = {
        "BR-CO-10": stated.get("LineExtensionAmount") == sum(lines),
        "BR-CO-11": off == -sum(each for each in extras if each < 0),
        "BR-CO-12": more == sum(each for each in extras if each > 0),
        "BR-CO-13": stated.get("TaxExclusiveAmount") == net,
        "BR-CO-14": tax == sum(taxes),
        "BR-CO-15": stated.get("TaxInclusiveAmount")
        == stated.get("TaxExclusiveAmount", 0) + tax,
        "BR-CO-16": stated.get("PayableAmount")
        == due + stated.get("PayableRoundingAmount", 0),
    }
    return verdicts[case["rule"]]


def keeps_basis(case: Case, category: str) -> bool:
    """Judge what is taxed: lines less allowances plus charges of the same tax."""
    doc = case["doc"]
    amounts = [Amount(cents(line["net"]), group(line)) for line in doc.get("lines", [])]
    amounts += [
        Amount(signed(each), group(each)) for each in doc.get("allowances_charges", [])
    ]
    found = {each.group: each.net for each in totals(amounts, NET, BY_DOCUMENT).taxes}
    rows = [row for row in doc["tax_subtotals"] if row["category"] == category]
    return all(
        cents(row["taxable"])
        == found.get(TaxGroup(rate(row["percent"]).normalize(), category), 0)
        for row in rows
    )


def keeps_tax(case: Case) -> bool:
    """Judge the tax of each rate; without a rate it is zero."""
    return all(
        cents(row["tax"]) == tax_of(cents(row["taxable"]), rate(row["percent"]), NET)
        for row in case["doc"]["tax_subtotals"]
    )


@pytest.mark.parametrize("case", every("en16931/rule_unit_tests.json"))
def test_rules_of_the_norm_are_judged_alike(case: Case) -> None:
    rule = case["rule"]
    if rule in NO_SUMS:
        pytest.skip(f"{rule} is about {NO_SUMS[rule]}, not about sums")
    if len(case["doc"].get("tax_total", [])) > 1:
        pytest.skip("a document of ours has one sum of tax, in one currency")
    code, number = rule.split("-")[1:]
    if number == "08":
        kept = keeps_basis(case, CATEGORIES.get(code, code))
    elif number == "09" or rule == "BR-CO-17":
        kept = keeps_tax(case)
    else:
        kept = keeps_totals(case)
    assert kept == (case["verdict"] == "success")


# --- invoices of another program, with discounts and several taxes

OTHER_RULES = {
    "InvoiceTest::testRoundingWithLargeUnitCostPrecision": "a line is rounded once to "
    "whole cents, and its tax is taken on that",
}


def reduction(value: object, *, is_amount: bool) -> Reduction:
    """Read a discount of theirs."""
    if is_amount:
        return Reduction(amount=cents(value))
    return Reduction(percent=rate(value))


def discounted(line: Case) -> int:
    """Price a line of theirs, its own discount off."""
    amount = round_half_away(
        Fraction(str(line["quantity"])) * Fraction(str(line["cost"])) * CENTS
    )
    is_amount = line.get("is_amount_discount") is not False
    return after_discounts(
        amount, [reduction(line.get("discount", 0), is_amount=is_amount)]
    )


def less_discount(case: Case, stated: Sequence[int]) -> list[int]:
    """Take the discount on the whole document off its lines."""
    is_amount = case["invoice_discount_is_amount"] is not False
    amounts = [Amount(each, TaxGroup(Decimal(0))) for each in stated]
    if sum(stated) < 0:
        # We give back by a line of its own, never by a discount below zero.
        return [
            each - percent_of(abs(each), -rate(case["invoice_discount"]))
            for each in stated
        ]
    off = document_discounts(
        amounts, [reduction(case["invoice_discount"], is_amount=is_amount)]
    )
    parts = spread(amounts, sum(off))
    return [each - part for each, part in zip(stated, parts, strict=True)]


def taxes_of(case: Case, stated: Sequence[int], *, is_taxed_fee: bool) -> int:
    """Add up the taxes: we put one on a line, so each of theirs is taken by itself."""
    prices = GROSS if case["prices_include_tax"] else NET
    fees = [cents(each) for each in surcharges(case)] if is_taxed_fee else []
    whole = 0
    for name in ("tax_rate1", "tax_rate2", "tax_rate3"):
        amounts = [
            Amount(each, TaxGroup(rate(line.get(name, 0))))
            for each, line in zip(stated, case["lines"], strict=True)
        ]
        whole += totals(amounts, prices, BY_DOCUMENT).tax
    for percent in case["invoice_tax_rates"]:
        amounts = [Amount(each, TaxGroup(rate(percent))) for each in (*stated, *fees)]
        whole += totals(amounts, prices, BY_DOCUMENT).tax
    return whole


def surcharges(case: Case) -> list[object]:
    """List the fees of a document."""
    return [
        value
        for name, value in case["surcharges"].items()
        if not isinstance(value, bool)
    ]


@pytest.mark.parametrize("case", every("invoiceninja/invoice_totals.json"))
def test_other_invoices_come_to_the_same_totals(case: Case) -> None:
    stated = [discounted(line) for line in case["lines"]]
    left = less_discount(case, stated)
    is_taxed_fee = case["surcharges"].get("custom_surcharge_tax1", False)
    tax = taxes_of(case, left, is_taxed_fee=is_taxed_fee)
    total = sum(left) + sum(cents(each) for each in surcharges(case))
    if not case["prices_include_tax"]:
        total += tax
    ours = {"subtotal": sum(stated), "total_taxes": tax, "total": total}
    ours["balance"] = total
    theirs = {name: cents(value) for name, value in case["expected"].items()}
    differences = {
        name: (ours[name], value)
        for name, value in theirs.items()
        if ours[name] != value
    }
    if case["id"] in OTHER_RULES:
        assert differences, f"no difference, though {OTHER_RULES[case['id']]}"
        assert case["simple_reference_agrees"] is not True
    else:
        assert not differences


# --- single taxes of a third

WHY_NOT_ODOO = "more than one tax on a line, reverse charge or cash rounding"


def is_plain(case: Case) -> bool:
    """Say whether it is one ordinary percentage on whole minor units."""
    [tax, *more] = case["taxes"]
    has_units = case["precision"] != "0.05"  # we have no coins to round to
    is_ordinary = tax["kind"] == "percent" and not tax.get("reverse_charge")
    return not more and is_ordinary and has_units


@pytest.mark.parametrize("case", every("odoo_taxes/line_taxes.json"))
def test_single_taxes_are_the_same(case: Case) -> None:
    if not is_plain(case):
        pytest.skip(f"a line of ours has one tax: {WHY_NOT_ODOO}")
    units = 1 / Fraction(case["precision"])
    [tax] = case["taxes"]
    price = round_half_away(
        Fraction(case["unit_price"]) * Fraction(case["quantity"]) * units
    )
    prices = GROSS if tax["included"] else NET
    found = totals([Amount(price, TaxGroup(rate(tax["rate"])))], prices, BY_LINE)
    [[_basis, expected]] = case["tax_lines"]
    assert found.tax == round_half_away(Fraction(expected) * units)
    assert found.total == round_half_away(Fraction(case["total_included"]) * units)
