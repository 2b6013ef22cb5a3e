"""Reads dates, times, lengths and money as people type them in a hurry.

The grammar is small, and fields show at once what they understood.
"""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from dateutil.relativedelta import relativedelta

from app.models.values.folding import folded
from app.models.values.money import exponent
from app.services.documents.locale import Locale, locale_for
from app.text import _

MOST_PAST = timedelta(days=60)  # a day without its year is rarely longer ago
FEW = 5  # so many or more are minutes, fewer are hours
DAY_MINUTES = 24 * 60

_STEP = re.compile(r"([+-])\s*(\d{1,3})\s*([a-z]?)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PARTS = re.compile(r"\d+|[^\W\d_]+")
_TIME = re.compile(r"(\d{1,2})(?:[:.h]\s?(\d{2}))?\s*(?:h|uhr)?\s*(a|p)?\.?(?:m\.?)?")
_TIME_SOLID = re.compile(r"(\d{1,2})(\d{2})\s*(a|p)?\.?(?:m\.?)?")
_CLOCKED = re.compile(r"(\d{1,2})\s*[:h]\s*(\d{1,2})\s*(?:m|min|h)?")
_HOURS = re.compile(r"(\d{0,2}(?:[.,]\d{1,2})?)\s*([¼½¾]?)\s*(?:h|hrs?|hours?)?")
_MINUTES = re.compile(r"(\d{1,4})\s*(m|min|minutes?)?")
_FRACTIONS = {"": 0, "¼": 15, "½": 30, "¾": 45}
_UNITS = {
    "": relativedelta(days=1),
    "d": relativedelta(days=1),
    "w": relativedelta(weeks=1),
    "m": relativedelta(months=1),
    "y": relativedelta(years=1),
}
_ENGLISH = locale_for("en-GB")


def parse_date(text: str, today: date, locale: Locale) -> date | None:
    """Read ``24``, ``24.11``, ``tue``, ``tomorrow`` or ``+2w``; none if it is no date.

    A day of a month is the next one from today on; a day without its year is the next
    one too, unless it was within the last 60 days.
    """
    words = folded(text)
    if not words:
        return None
    named = _named(words, today, locale)
    if named is not None:
        return named
    step = _STEP.fullmatch(words)
    if step and step[3] in _UNITS:
        return _stepped(today, step)
    iso = _ISO.fullmatch(words)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    return _written(words, today, locale)


def parse_time(text: str) -> time | None:
    """Read ``16``, ``1630``, ``16:30``, ``16.30`` or ``4p``; none if it is no time."""
    words = folded(text)
    found = _TIME.fullmatch(words) or _TIME_SOLID.fullmatch(words)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        return None
    return time(hour, minute)


def parse_minutes(text: str) -> int | None:
    """Read a length: ``90``, ``1:30``, ``1.5h``, ``1½`` or ``45 min``, in minutes.

    A bare number below 5 is hours, because nothing is that short.
    """
    words = " ".join(text.casefold().replace("\N{NO-BREAK SPACE}", " ").split())
    minutes = _length(words) if words else None
    return minutes if minutes is not None and 0 < minutes <= DAY_MINUTES else None


def parse_money(text: str, currency: str, locale: Locale) -> int | None:
    """Read an amount into minor units: ``48``, ``48,5`` or ``1,234.50``.

    None if it is no amount or has more decimals than the currency.
    """
    bare = re.sub(r"[^\d.,'\u2019+\-\u2212]", "", text.replace(currency, ""))
    found = re.fullmatch(r"([+\-\u2212]?)(\d[\d.,'\u2019]*|[.,]\d+)", bare)
    if found is None or re.search(r"\d\s*[^\W\d_]+\s*\d", text):
        return None
    whole, part = _split(found[2], locale)
    decimals = exponent(currency)
    if not (whole + part).isdigit() or len(part) > decimals:
        return None
    minor = int((whole or "0") + part.ljust(decimals, "0"))
    return -minor if found[1] in {"-", "\u2212"} else minor


def _named(words: str, today: date, locale: Locale) -> date | None:
    days = {_("today"): 0, _("tomorrow"): 1, _("yesterday"): -1}
    days |= {"today": 0, "tomorrow": 1, "yesterday": -1}
    for name, step in days.items():
        if len(words) >= 3 and folded(name).startswith(words):
            return today + timedelta(days=step)
    weekday = _weekday(words, locale)
    if weekday is None:
        return None
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def _weekday(word: str, locale: Locale) -> int | None:
    """Know a weekday by its first letters: ``tue``, ``tuesday``, ``di``."""
    full = (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    )
    for number, name in enumerate(full):
        if len(word) >= 2 and name.startswith(word):
            return number
    for number, name in enumerate(locale.weekdays):
        if word == folded(name):
            return number
    return None


def _stepped(today: date, step: re.Match[str]) -> date | None:
    count = int(step[2]) * (1 if step[1] == "+" else -1)
    try:
        return today + _UNITS[step[3]] * count
    except (OverflowError, ValueError):
        return None


def _written(words: str, today: date, locale: Locale) -> date | None:
    """Read day, month and year in the locale's order; a weekday is passed over."""
    parts = _PARTS.findall(words)
    if parts and not parts[0].isdigit() and _weekday(parts[0], locale) is not None:
        parts = parts[1:]
    named = [_month(part, locale) for part in parts if not part.isdigit()]
    numbers = [int(part) for part in parts if part.isdigit()]
    if named:
        if len(named) > 1 or named[0] is None or not 1 <= len(numbers) <= 2:
            return None
        return _dated(numbers[0], named[0], [*numbers[1:]], today)
    if len(numbers) == 1:
        return _next_day(numbers[0], today)
    if len(numbers) not in {2, 3}:
        return None
    if numbers[0] > 999 and len(numbers) == 3:
        return _day(*numbers)
    is_month_first = locale.short.startswith("{mon}") and "." not in words
    day, month = numbers[1::-1] if is_month_first else numbers[:2]
    return _dated(day, month, numbers[2:], today)


def _month(word: str, locale: Locale) -> int | None:
    for names in (locale.months, locale.short_months, _ENGLISH.months):
        for number, name in enumerate(names, 1):
            if len(word) >= 3 and folded(name).startswith(word):
                return number
    return None


def _dated(day: int, month: int, years: list[int], today: date) -> date | None:
    if years:
        year = years[0]
        return _day(year + 2000 if year < 100 else year, month, day)
    for year in (today.year - 1, today.year, today.year + 1):
        found = _day(year, month, day)
        if found is not None and found >= today - MOST_PAST:
            return found
    return _leap_day(day, month, today)


def _leap_day(day: int, month: int, today: date) -> date | None:
    years = range(today.year, today.year + 9)
    found = (_day(year, month, day) for year in years)
    return next((day for day in found if day is not None and day >= today), None)


def _next_day(day: int, today: date) -> date | None:
    if not 1 <= day <= 31:
        return None
    month = today.replace(day=1)
    for _month in range(12):
        found = _day(month.year, month.month, day)
        if found is not None and found >= today:
            return found
        month += relativedelta(months=1)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (OverflowError, ValueError):
        return None


def _length(words: str) -> int | None:
    clocked = _CLOCKED.fullmatch(words)
    if clocked:
        minutes = int(clocked[2])
        return int(clocked[1]) * 60 + minutes if minutes < 60 else None
    plain = _MINUTES.fullmatch(words)
    if plain:
        number = int(plain[1])
        return number if plain[2] or number >= FEW else number * 60
    hours = _HOURS.fullmatch(words)
    if hours is None or not (hours[1] or hours[2]):
        return None
    if hours[2] and ("." in hours[1] or "," in hours[1]):
        return None
    number_of_hours = Decimal(hours[1].replace(",", ".") or "0")
    minutes_of_hours = (number_of_hours * 60).quantize(Decimal(1), ROUND_HALF_UP)
    return int(minutes_of_hours) + _FRACTIONS[hours[2]]


def _split(digits: str, locale: Locale) -> tuple[str, str]:
    """Part an amount at its decimal sign, whichever of the two it was typed with."""
    digits = re.sub(r"['\u2019]", "", digits)
    last = max(digits.rfind("."), digits.rfind(","))
    if last < 0:
        return digits, ""
    sign = digits[last]
    other = "," if sign == "." else "."
    is_grouped = re.fullmatch(rf"\d{{1,3}}(?:{re.escape(sign)}\d{{3}})+", digits)
    if is_grouped and (sign == locale.group or digits.count(sign) > 1):
        return digits.replace(sign, ""), ""
    if digits.count(sign) > 1:
        return "", "x"
    return digits[:last].replace(other, ""), digits[last + 1 :]
