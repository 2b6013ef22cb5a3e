"""Numbers, money, dates and times as places write them."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from app.services.documents.locale import DASH, MINUS, Locale, locale_for

DAY = date(2026, 11, 4)
BRITISH, AMERICAN, GERMAN = map(locale_for, ("en-GB", "en-US", "de-DE"))


def plain(text: str) -> str:
    """Give a text with plain spaces."""
    return text.replace("\xa0", " ")


@pytest.mark.parametrize(
    ("locale", "short", "long", "day"),
    [
        (BRITISH, "4 Nov 2026", "Wed 4 November 2026", "Wed 4 Nov"),
        (AMERICAN, "Nov 4, 2026", "Wed, November 4, 2026", "Wed, Nov 4"),
        (GERMAN, "4. Nov 2026", "Mi 4. November 2026", "Mi 4. Nov"),
    ],
)
def test_dates(locale: Locale, short: str, long: str, day: str) -> None:
    assert locale.short_date(DAY) == short
    assert locale.long_date(DAY) == long
    assert locale.day_text(DAY) == day


@pytest.mark.parametrize(
    ("locale", "within", "across"),
    [
        (BRITISH, f"1 {DASH} 30 Nov 2026", f"31 Oct 2026 {DASH} 30 Nov 2026"),
        (AMERICAN, f"Nov 1 {DASH} 30, 2026", f"Oct 31, 2026 {DASH} Nov 30, 2026"),
        (GERMAN, f"1. {DASH} 30. Nov 2026", f"31. Okt 2026 {DASH} 30. Nov 2026"),
    ],
)
def test_periods(locale: Locale, within: str, across: str) -> None:
    last = date(2026, 11, 30)
    assert locale.period(date(2026, 11, 1), last) == within
    assert locale.period(date(2026, 10, 31), last) == across
    assert locale.period(last, last) == locale.short_date(last)


@pytest.mark.parametrize(
    ("name", "currency", "minor", "shown"),
    [
        ("en-GB", "GBP", 123456789, "£1,234,567.89"),
        ("en-GB", "GBP", -5, f"{MINUS}£0.05"),
        ("en-DE", "EUR", 41200, "€ 412.00"),
        ("de-DE", "EUR", -123450, f"{MINUS}1.234,50 €"),
        ("de-CH", "CHF", 123450, "CHF 1\N{RIGHT SINGLE QUOTATION MARK}234.50"),
        ("en-US", "USD", 99, "$0.99"),
        ("en-AU", "AUD", 100, "$1.00"),
        ("en-AU", "USD", 100, "US$1.00"),
        ("en-GB", "JPY", 1234, "¥1,234"),
        ("en-GB", "KWD", 1234, "KWD 1.234"),
        ("xx", "EUR", 0, "€0.00"),
    ],
)
def test_money(name: str, currency: str, minor: int, shown: str) -> None:
    assert plain(locale_for(name).money(minor, currency)) == shown


@pytest.mark.parametrize(
    ("minutes", "shown"),
    [(0, "0.00"), (20, "0.33"), (75, "1.25"), (-100, f"{MINUS}1.67")],
)
def test_hours_have_two_decimals(minutes: int, shown: str) -> None:
    assert BRITISH.hours(minutes) == shown


def test_times_say_the_half_of_the_day_once() -> None:
    assert BRITISH.times(time(9), time(16, 5)) == f"09:00{DASH}16:05"
    assert plain(AMERICAN.times(time(16), time(17, 15))) == f"4:00{DASH}5:15 pm"
    assert plain(AMERICAN.times(time(11), time(0))) == f"11:00 am{DASH}12:00 am"
    assert [plain(AMERICAN.hour(hour)) for hour in (0, 12, 24)] == [
        "12 am",
        "12 pm",
        "12 am",
    ]
    assert BRITISH.hour(24) == "00:00"


def test_percentages_and_stamps() -> None:
    assert plain(GERMAN.percent(Decimal("7.50"))) == "7,5 %"
    assert plain(BRITISH.percent(Decimal(20))) == "20 %"
    stamp = datetime(2026, 11, 24, 16, 37)  # noqa: DTZ001  a wall clock
    assert BRITISH.stamp(stamp) == "Tue 24 Nov 2026, 16:37"


def test_labels_without_a_translation_stay_english() -> None:
    assert locale_for("xx-XX").t("Amount due") == "Amount due"
