"""What is typed in a hurry is understood, and what makes no sense is not guessed."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.services.documents.locale import locale_for
from app.views.widgets.parsing import (
    parse_date,
    parse_minutes,
    parse_money,
    parse_time,
)

BRITISH, AMERICAN, GERMAN = map(locale_for, ("en-GB", "en-US", "de-DE"))
TODAY = date(2026, 11, 24)  # a Tuesday
DAYS = some.dates(date(2020, 1, 1), date(2039, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("24", TODAY),
        ("23", date(2026, 12, 23)),
        ("31", date(2026, 12, 31)),
        ("24.11", TODAY),
        ("24.11.", TODAY),
        ("24/11", TODAY),
        ("1.12.27", date(2027, 12, 1)),
        ("1.12.2027", date(2027, 12, 1)),
        ("10.1", date(2027, 1, 10)),
        ("1.10", date(2026, 10, 1)),
        ("1.9", date(2027, 9, 1)),
        ("29.2", date(2028, 2, 29)),
        ("24 nov", TODAY),
        ("24 November 2026", TODAY),
        ("nov 24", TODAY),
        ("Tue 24 Nov 2026", TODAY),
        ("tue", TODAY),
        ("Wed", date(2026, 11, 25)),
        ("monday", date(2026, 11, 30)),
        ("today", TODAY),
        ("tom", date(2026, 11, 25)),
        ("tomorrow", date(2026, 11, 25)),
        ("yesterday", date(2026, 11, 23)),
        ("+2w", date(2026, 12, 8)),
        ("+3", date(2026, 11, 27)),
        ("-1d", date(2026, 11, 23)),
        ("+1m", date(2026, 12, 24)),
        ("+ 1 y", date(2027, 11, 24)),
        ("2027-02-03", date(2027, 2, 3)),
    ],
)
def test_dates(text: str, day: date) -> None:
    assert parse_date(text, TODAY, BRITISH) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "32", "0", "31.2.2026", "30.2", "24.13", "soon", "t", "1.2.3.4"),
        *("+2x", "2026-13-01", "24 foo", "nov dec", "+999999999", "tue wed"),
    ],
)
def test_no_dates(text: str) -> None:
    assert parse_date(text, TODAY, BRITISH) is None


def test_a_number_longer_than_any_year_is_no_date() -> None:
    for text in ("9" * 40, f"1 jan {'9' * 40}", f"1.1.{'9' * 40}"):
        assert parse_date(text, TODAY, BRITISH) is None


def test_the_order_of_day_and_month_is_the_place_s() -> None:
    assert parse_date("12/1", TODAY, AMERICAN) == date(2026, 12, 1)
    assert parse_date("12/1", TODAY, BRITISH) == date(2027, 1, 12)
    assert parse_date("Dec 1, 2026", TODAY, AMERICAN) == date(2026, 12, 1)


def test_weekdays_and_months_have_the_place_s_names() -> None:
    assert parse_date("di", TODAY, GERMAN) == TODAY
    assert parse_date("3. märz 2027", TODAY, GERMAN) == date(2027, 3, 3)


@given(day=DAYS, today=DAYS)
def test_a_date_that_was_written_in_full_is_read_back(day: date, today: date) -> None:
    for locale in (BRITISH, AMERICAN, GERMAN):
        full = f"{locale.weekdays[day.weekday()]} {locale.short_date(day)}"
        assert parse_date(full, today, locale) == day


@given(text=some.text(max_size=12), today=DAYS)
def test_no_text_upsets_the_readers(text: str, today: date) -> None:
    parse_date(text, today, BRITISH)
    parse_time(text)
    parse_minutes(text)
    parse_money(text, "GBP", BRITISH)


@given(day=some.integers(1, 31), today=DAYS)
def test_a_bare_day_is_the_next_one(day: int, today: date) -> None:
    found = parse_date(str(day), today, BRITISH)
    assert found is not None
    assert found.day == day
    assert today <= found <= today + timedelta(days=62)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("16", time(16)),
        ("1630", time(16, 30)),
        ("16:30", time(16, 30)),
        ("16.30", time(16, 30)),
        ("16h30", time(16, 30)),
        ("930", time(9, 30)),
        ("0900", time(9)),
        ("4p", time(16)),
        ("4:30 pm", time(16, 30)),
        ("4:30\N{NO-BREAK SPACE}pm", time(16, 30)),
        ("12a", time(0)),
        ("12pm", time(12)),
        ("9 a.m.", time(9)),
        ("0", time(0)),
    ],
)
def test_times(text: str, clock: time) -> None:
    assert parse_time(text) == clock


@pytest.mark.parametrize("text", ["", "24", "25:00", "1660", "13p", "0a", "4:5", "x"])
def test_no_times(text: str) -> None:
    assert parse_time(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90),
        ("5", 5),
        ("2", 120),
        ("1:30", 90),
        ("1:30 h", 90),
        ("1h30", 90),
        ("1.5h", 90),
        ("1,5", 90),
        ("1.5", 90),
        ("1½", 90),
        ("½", 30),
        ("¾ h", 45),
        ("45 min", 45),
        ("45m", 45),
        ("2 hours", 120),
        ("24:00", 1440),
    ],
)
def test_lengths(text: str, minutes: int) -> None:
    assert parse_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "0", "-5", "1:75", "25h", "1.5½", "x", "h", "."])
def test_no_lengths(text: str) -> None:
    assert parse_minutes(text) is None


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("48", 4800),
        ("48,5", 4850),
        ("48.50", 4850),
        ("£48.50", 4850),
        (".5", 50),
        ("1,234", 123400),
        ("1,234.50", 123450),
        ("1.234,50", 123450),
        ("1 234,50", 123450),
        ("1,234,567.89", 123456789),
        ("-12", -1200),
        ("\N{MINUS SIGN}12.00", -1200),
        ("GBP 12", 1200),
        ("0", 0),
    ],
)
def test_amounts(text: str, minor: int) -> None:
    assert parse_money(text, "GBP", BRITISH) == minor


@pytest.mark.parametrize(
    "text", ["", "x", "1.234.5", "48.505", "1-2", "--1", "12 or 13", ".", ","]
)
def test_no_amounts(text: str) -> None:
    assert parse_money(text, "GBP", BRITISH) is None


def test_signs_of_groups_are_the_place_s() -> None:
    assert parse_money("1.234", "EUR", GERMAN) == 123400
    assert parse_money("1.234", "GBP", BRITISH) is None
    swiss = locale_for("de-CH")
    assert parse_money("1\N{RIGHT SINGLE QUOTATION MARK}234.50", "CHF", swiss) == 123450


def test_decimals_are_the_currency_s() -> None:
    assert parse_money("480", "JPY", BRITISH) == 480
    assert parse_money("4.8", "JPY", BRITISH) is None
    assert parse_money("1.234", "KWD", BRITISH) == 1234


@given(minor=some.integers(-(10**9), 10**9))
def test_an_amount_that_was_written_is_read_back(minor: int) -> None:
    for locale in (BRITISH, GERMAN, locale_for("de-CH"), locale_for("fr-FR")):
        for currency in ("EUR", "JPY"):
            for text in (
                locale.amount(minor, currency),
                locale.money(minor, currency),
            ):
                assert parse_money(text, currency, locale) == minor
