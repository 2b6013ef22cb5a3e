"""How a document writes words, numbers, money, dates and times in its place.

The forms are plain templates, because a run writes thousands of documents and a general
formatter costs more than drawing the page.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Final

from app.models.values.money import exponent
from app.resources import resource

MINUS: Final = "\N{MINUS SIGN}"
DASH: Final = "\N{EN DASH}"
NBSP: Final = "\N{NO-BREAK SPACE}"
_NOON: Final = 12
_APART: Final = f"{{symbol}}{NBSP}{{amount}}"
_SWISS: Final = "\N{RIGHT SINGLE QUOTATION MARK}"
_SIGNS: Final = {
    "EUR": "€",
    "GBP": "£",
    "USD": "$",
    "JPY": "¥",
    "PLN": "zł",
    "CZK": "Kč",
    "SEK": "kr",
    "NOK": "kr",
    "DKK": "kr",
    "INR": "₹",
    "ILS": "₪",
}
_DOLLARS: Final = {"AU": "AUD", "CA": "CAD", "NZ": "NZD", "SG": "SGD", "HK": "HKD"}
_SPACED: Final = frozenset("AT BE CY DE ES FI FR GR IT LU NL PT".split())  # noqa: SIM905
_ENGLISH_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ENGLISH: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_GERMAN_DAYS: Final = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_GERMAN: Final = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August"),
    *("September", "Oktober", "November", "Dezember"),
)
_GERMAN_SHORT: Final = (
    *("Jan", "Feb", "März", "Apr", "Mai", "Juni", "Juli", "Aug"),
    *("Sept", "Okt", "Nov", "Dez"),
)


@dataclass(frozen=True)
class Locale:
    """How an office writes numbers and dates.

    Attributes:
        language: as in the document's metadata, such as ``en-GB``.
        symbol: where the sign of the currency stands.
        dollar: the currency whose sign is a bare ``$``.
        day, short, long: forms of dates; ``days`` of a span within a month.
        twelve_hours: whether the clock says am and pm.
    """

    language: str
    decimal: str = "."
    group: str = ","
    symbol: str = "{symbol}{amount}"
    day: str = "{wd} {d} {mon}"
    short: str = "{d} {mon} {y}"
    long: str = "{wd} {d} {month} {y}"
    days: str = f"{{first}} {DASH} {{d}} {{mon}} {{y}}"
    twelve_hours: bool = False
    weekdays: tuple[str, ...] = _ENGLISH_DAYS
    months: tuple[str, ...] = _ENGLISH
    short_months: tuple[str, ...] = tuple(name[:3] for name in _ENGLISH)
    dollar: str = "USD"

    def t(self, text: str) -> str:
        """Give a label in the document's language."""
        return _translation(self.language).gettext(text)

    def number(self, value: int, decimals: int) -> str:
        """Write an integer of minor units with grouping and a real minus."""
        digits = str(abs(value)).rjust(decimals + 1, "0")
        whole, part = digits, ""
        if decimals:
            whole, part = digits[:-decimals], f"{self.decimal}{digits[-decimals:]}"
        if len(whole) > 3:  # noqa: PLR2004  a group of digits
            whole = f"{int(whole):,}".replace(",", self.group)
        return f"{MINUS if value < 0 else ''}{whole}{part}"

    def amount(self, minor: int, currency: str) -> str:
        """Write money without a sign of the currency, as it stands in columns."""
        return self.number(minor, exponent(currency))

    def money(self, minor: int, currency: str) -> str:
        """Write money with the sign of the currency, as it stands at totals."""
        sign = _SIGNS.get(currency, currency)
        if currency == self.dollar:
            sign = "$"
        elif sign == "$":
            sign = "US$"
        is_code = sign == currency
        form = _APART if is_code else self.symbol
        text = form.format(symbol=sign, amount=self.amount(abs(minor), currency))
        return f"{MINUS if minor < 0 else ''}{text}"

    def hours(self, minutes: int) -> str:
        """Write hours with two decimals, half away from zero."""
        hundredths = (abs(minutes) * 10 + 3) // 6
        return self.number(hundredths if minutes >= 0 else -hundredths, 2)

    def percent(self, rate: Decimal) -> str:
        """Write a rate such as ``20 %``."""
        digits = f"{rate.normalize():f}".replace(".", self.decimal)
        return f"{digits}{NBSP}%"

    def _date(self, value: date, form: str, first: int = 0) -> str:
        return form.format(
            wd=self.weekdays[value.weekday()],
            d=value.day,
            mon=self.short_months[value.month - 1],
            month=self.months[value.month - 1],
            y=value.year,
            first=first,
        )

    def day_text(self, value: date) -> str:
        """Write weekday, day and month."""
        return self._date(value, self.day)

    def short_date(self, value: date) -> str:
        """Write a date for tables and facts."""
        return self._date(value, self.short)

    def long_date(self, value: date) -> str:
        """Write a date that must not be misread."""
        return self._date(value, self.long)

    def period(self, first: date, last: date) -> str:
        """Write a span of days, the month once where both share it."""
        if first == last:
            return self.short_date(first)
        if (first.year, first.month) == (last.year, last.month):
            return self._date(last, self.days, first.day)
        return f"{self.short_date(first)} {DASH} {self.short_date(last)}"

    def clock(self, value: time) -> str:
        """Write a time of day."""
        if not self.twelve_hours:
            return f"{value.hour:02}:{value.minute:02}"
        half = "am" if value.hour < _NOON else "pm"
        hour = (value.hour - 1) % _NOON + 1
        return f"{hour}:{value.minute:02}{NBSP}{half}"

    def hour(self, hour: int) -> str:
        """Write a full hour, 0 to 24, as it stands beside a grid."""
        text = self.clock(time(hour % 24))
        return text.replace(":00", "") if self.twelve_hours else text

    def times(self, start: time, end: time) -> str:
        """Write a span of time; am or pm is said once where both agree.

        An end before the start is the next day's.
        """
        first, last = self.clock(start), self.clock(end)
        if self.twelve_hours and first[-2:] == last[-2:] and start < end:
            first = first[:-3]
        return f"{first}{DASH}{last}"

    def stamp(self, value: datetime) -> str:
        """Write when a sheet was printed, on the office's wall clock."""
        weekday = self.weekdays[value.weekday()]
        day = self.short_date(value.date())
        return f"{weekday} {day}, {self.clock(value.time())}"


_KNOWN: Final = {
    "en-US": Locale(
        "en-US",
        day="{wd}, {mon} {d}",
        short="{mon} {d}, {y}",
        long="{wd}, {month} {d}, {y}",
        days=f"{{mon}} {{first}} {DASH} {{d}}, {{y}}",
        twelve_hours=True,
    ),
    "de": Locale(
        "de",
        ",",
        ".",
        f"{{amount}}{NBSP}{{symbol}}",
        "{wd} {d}. {mon}",
        "{d}. {mon} {y}",
        "{wd} {d}. {month} {y}",
        f"{{first}}. {DASH} {{d}}. {{mon}} {{y}}",
        weekdays=_GERMAN_DAYS,
        months=_GERMAN,
        short_months=_GERMAN_SHORT,
    ),
}


@cache
def locale_for(name: str) -> Locale:
    """Give the forms of a place such as ``en-GB`` or ``de-DE``; English by default."""
    name = name.replace("_", "-")
    language, _dash, region = name.partition("-")
    known = _KNOWN.get(name) or _KNOWN.get(language)
    if known is None:
        known = Locale(name, dollar=_DOLLARS.get(region, "USD"))
        if region in _SPACED:
            known = replace(known, symbol=_APART)
    elif name == "de-CH":
        known = replace(known, decimal=".", group=_SWISS, symbol=_APART)
    return replace(known, language=name)


@cache
def _translation(language: str) -> gettext.NullTranslations:
    names = [language.replace("-", "_"), language.partition("-")[0]]
    folder = resource("translations")
    return gettext.translation("chalkbook", folder, languages=names, fallback=True)
