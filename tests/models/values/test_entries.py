"""What was typed is kept literally, or refused with one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values import entries
from app.models.values.entries import (
    ControlCharacterError,
    CountryError,
    DatesError,
    EmailError,
    EmptyError,
    IbanError,
    LocaleError,
    NegativeAmountError,
    NumberError,
    TooLongError,
    ZoneError,
)
from app.models.values.errors import InputError
from app.models.values.money import CurrencyError
from app.models.values.unchanged import UNCHANGED, Unchanged

CORPUS = Path(__file__).parents[3] / "../shared/corpora"


@pytest.mark.parametrize(
    "name", ['<b>&"', "Łukasz Ørsted", "x" * 200, "'; drop table student;--", "李"]
)
def test_keeps_a_name_literally(name: str) -> None:
    assert entries.named(name, "name") == name


def test_takes_only_blanks_at_the_ends_away() -> None:
    assert entries.named("  Anna  Maria ", "name") == "Anna  Maria"


@pytest.mark.parametrize(
    ("check", "error"),
    [
        (lambda: entries.named("   ", "name"), EmptyError),
        (lambda: entries.named("x" * 201, "name"), TooLongError),
        (lambda: entries.named("x" * 500, "name"), TooLongError),
        (lambda: entries.named("a\0b", "name"), ControlCharacterError),
        (lambda: entries.named("a\nb", "name"), ControlCharacterError),
        (lambda: entries.lines("a\x07b", "notes"), ControlCharacterError),
        (lambda: entries.named("a\ud800", "name"), ControlCharacterError),
        (lambda: entries.email("anna.example.com"), EmailError),
        (lambda: entries.zone_name("Europe/Nowhere"), ZoneError),
        (lambda: entries.zone_name("../etc/passwd"), ZoneError),
        (lambda: entries.zone_name(""), ZoneError),
        (lambda: entries.currency_code("EURO"), CurrencyError),
        (lambda: entries.currency_code("ABC"), CurrencyError),
        (lambda: entries.currency_code("eur"), CurrencyError),
        (lambda: entries.country_code("gb"), CountryError),
        (lambda: entries.locale_name("English"), LocaleError),
        (lambda: entries.iban("GB82WEST12345698765433"), IbanError),
        (lambda: entries.whole(-1, "minutes"), NumberError),
        (lambda: entries.whole(True, "minutes"), NumberError),
        (lambda: entries.amount(-1, "price"), NegativeAmountError),
        (lambda: entries.percent(Decimal("100.01"), "tax rate"), NumberError),
        (lambda: entries.percent(Decimal("NaN"), "tax rate"), NumberError),
        (lambda: entries.percent(Decimal("0.00001"), "tax rate"), NumberError),
        (
            lambda: entries.in_order(date(2026, 3, 2), date(2026, 3, 1)),
            DatesError,
        ),
    ],
)
def test_refuses_with_one_sentence(
    check: Callable[[], Any], error: type[InputError]
) -> None:
    with pytest.raises(error) as caught:
        check()
    text = str(caught.value)
    assert text.endswith(".")
    assert "{" not in text
    assert len(text) < 300


def test_says_how_long_a_name_may_be() -> None:
    with pytest.raises(TooLongError, match=r"500 characters.*at most 200"):
        entries.named("x" * 500, "name")


def test_writes_an_iban_together() -> None:
    assert entries.iban("gb82 west 1234 5698 7654 32") == "GB82WEST12345698765432"


def test_keeps_the_lines_of_an_address() -> None:
    assert entries.lines("1 High St\r\nLondon\n", "address") == "1 High St\nLondon"


def test_open_ended_days_are_in_order() -> None:
    entries.in_order(None, date(2026, 3, 1))
    entries.in_order(date(2026, 3, 1), None)
    entries.in_order(date(2026, 3, 1), date(2026, 3, 1))


def test_untouched_is_a_word_of_its_own() -> None:
    assert list(Unchanged) == [UNCHANGED]


def test_judges_addresses_as_the_world_does() -> None:
    path = CORPUS / "emails/addresses.json"
    if not path.exists():
        pytest.skip("the shared corpus of addresses is not there")
    refused, accepted = [], []
    for case in json.loads(path.read_text("utf-8"))["cases"]:
        if case["valid"] is not True or set('"<') & set(case["address"]):
            continue
        try:
            accepted.append(entries.email(case["address"]))
        except EmailError:
            refused.append(case["address"])
    assert not refused
    assert len(accepted) == 10


@given(st.text())
def test_a_name_is_kept_whole_or_refused(text: str) -> None:
    try:
        kept = entries.named(text, "name")
    except InputError:
        return
    assert kept == text.strip(" ")


@given(st.text())
def test_an_address_has_one_at_between_two_parts(text: str) -> None:
    try:
        kept = entries.email(text)
    except InputError:
        return
    assert kept == "" or (kept.count("@") == 1 and not kept.startswith("@"))
