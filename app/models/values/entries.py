"""What was typed or handed in: each kind of field is checked here and nowhere else.

A check gives the value as it is kept, or raises with one sentence. Texts are kept
literally; only spaces at both ends go.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from app.models.values.errors import InputError
from app.models.values.money import CurrencyError
from app.text import _

NAME_LENGTH = 200
TEXT_LENGTH = 20_000
LARGEST_AMOUNT = 10**12
WHOLE = Decimal(100)
_EMAIL_LENGTH = 254
_DECIMALS = 4
_SHOWN = 40
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
_EMAIL = re.compile(
    r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"._-][^\s@<>()\[\],;:\\\"_]*"
)
CURRENCIES = frozenset(
    re.findall(
        "[A-Z]{3}",
        """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL
    BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP
    ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL
    LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR
    NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
    SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
    USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """,
    )
)


class EmptyError(InputError):
    """A field that must say something says nothing."""

    def __init__(self, what: str) -> None:
        super().__init__(_("The {what} is empty; write one.").format(what=what))


class TooLongError(InputError):
    """A text is longer than the field."""

    def __init__(self, what: str, length: int, limit: int) -> None:
        super().__init__(
            _(
                "The {what} has {length} characters; shorten it to at most {limit}."
            ).format(what=what, length=length, limit=limit)
        )


class ControlCharacterError(InputError):
    """A text holds a character that cannot be seen or printed."""

    def __init__(self, what: str, place: int) -> None:
        super().__init__(
            _(
                "The {what} holds a control character at position {place}; "
                "delete it and write the text again."
            ).format(what=what, place=place)
        )


class EmailError(InputError):
    """A text that is no e-mail address."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _(
                "“{text}” is not an e-mail address; write it like name@example.com."
            ).format(text=text[:_SHOWN])
        )


class ZoneError(InputError):
    """A text that names no time zone."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” is not a time zone; write one such as Europe/London.").format(
                text=text[:_SHOWN]
            )
        )


class NumberError(InputError):
    """A number is no number, or outside its range."""

    def __init__(self, what: str, value: object, low: int, high: int) -> None:
        super().__init__(
            _(
                "The {what} cannot be {value}; give a number from {low} to {high}."
            ).format(what=what, value=str(value)[:_SHOWN], low=low, high=high)
        )


class NegativeAmountError(InputError):
    """An amount is below zero, or larger than any office's."""

    def __init__(self, what: str, value: object) -> None:
        super().__init__(
            _("The {what} cannot be {value}; give an amount of zero or more.").format(
                what=what, value=str(value)[:_SHOWN]
            )
        )


class DatesError(InputError):
    """A stretch of days ends before it starts."""

    def __init__(self, from_on: date, until_on: date) -> None:
        super().__init__(
            _(
                "The last day, {until}, lies before the first, {start}; "
                "exchange the two dates."
            ).format(until=until_on.isoformat(), start=from_on.isoformat())
        )


class CountryError(InputError):
    """A text that is no country code."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _(
                "“{text}” is not a country; use its two capital letters, such as GB."
            ).format(text=text[:_SHOWN])
        )


class LocaleError(InputError):
    """A text that names no language and country."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _("“{text}” is not a language; write it like en-GB or de.").format(
                text=text[:_SHOWN]
            )
        )


class IbanError(InputError):
    """A text that is no bank account number."""

    def __init__(self, text: str) -> None:
        super().__init__(
            _(
                "“{text}” is not an IBAN; a letter or digit is wrong or missing, "
                "so compare it with the bank's own writing."
            ).format(text=text[:_SHOWN])
        )


def named(value: str, what: str) -> str:
    """Check a name: one line, not empty, at most 200 characters."""
    kept = short(value, what)
    if not kept:
        raise EmptyError(what)
    return kept


def short(value: str, what: str, limit: int = NAME_LENGTH) -> str:
    """Check one line of text, which may be empty."""
    kept = value.strip(" ")
    _refuse_control(kept, what, "")
    if len(kept) > limit:
        raise TooLongError(what, len(kept), limit)
    return kept


def lines(value: str, what: str, limit: int = TEXT_LENGTH) -> str:
    """Check a text of several lines, which may be empty."""
    kept = value.replace("\r\n", "\n").strip()
    _refuse_control(kept, what, "\n\t")
    if len(kept) > limit:
        raise TooLongError(what, len(kept), limit)
    return kept


def email(value: str) -> str:
    """Check an e-mail address, or nothing: a name, one @ and a host."""
    kept = short(value, _("e-mail address"), _EMAIL_LENGTH)
    if not kept:
        return ""
    local, _at, host = kept.rpartition("@")
    dots = any(
        part.startswith(".") or part.endswith(".") or ".." in part
        for part in (local, host)
    )
    if not _EMAIL.fullmatch(kept) or dots:
        raise EmailError(kept)
    return kept


def zone_name(value: str) -> str:
    """Check the name of a time zone of the IANA list."""
    try:
        return ZoneInfo(value).key
    except (ValueError, OSError, LookupError):
        raise ZoneError(value) from None


def currency_code(value: str) -> str:
    """Check the code of a currency in use (ISO 4217)."""
    if value not in CURRENCIES:
        raise CurrencyError(value)
    return value


def country_code(value: str) -> str:
    """Check a country's two letters (ISO 3166), or nothing."""
    if value and not re.fullmatch("[A-Z]{2}", value):
        raise CountryError(value)
    return value


def locale_name(value: str) -> str:
    """Check the name of a language, with or without a country, or nothing."""
    if value and not re.fullmatch("[a-z]{2,3}(-[A-Z]{2})?", value):
        raise LocaleError(value)
    return value


def iban(value: str) -> str:
    """Check a bank account number by its check digits (ISO 13616), or nothing."""
    kept = "".join(value.split()).upper()
    if not kept:
        return ""
    if not _IBAN.fullmatch(kept):
        raise IbanError(value)
    digits = "".join(str(int(letter, 36)) for letter in kept[4:] + kept[:4])
    if int(digits) % 97 != 1:
        raise IbanError(value)
    return kept


def whole(value: int, what: str, low: int = 0, high: int = 100_000) -> int:
    """Check a whole number within a range."""
    if isinstance(value, bool) or not low <= value <= high:
        raise NumberError(what, value, low, high)
    return value


def rows(value: int) -> int:
    """Check how many rows of a list are asked for."""
    return whole(value, _("number of rows"), high=1_000_000)


def amount(value: int, what: str) -> int:
    """Check an amount in minor units: zero or more."""
    if isinstance(value, bool) or not 0 <= value <= LARGEST_AMOUNT:
        raise NegativeAmountError(what, value)
    return value


def percent(value: Decimal, what: str) -> Decimal:
    """Check a percentage from 0 to 100 with at most four decimals."""
    return decimal(value, what, 0, int(WHOLE))


def decimal(
    value: Decimal, what: str, low: int, high: int, *, decimals: int = _DECIMALS
) -> Decimal:
    """Check a decimal number within a range, with at most some decimals."""
    if not value.is_finite() or not low <= value <= high:
        raise NumberError(what, value, low, high)
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < -decimals:
        raise NumberError(what, value, low, high)
    return value


def in_order(from_on: date | None, until_on: date | None) -> None:
    """Refuse a last day before the first; an open end fits anything."""
    if from_on is not None and until_on is not None and until_on < from_on:
        raise DatesError(from_on, until_on)


def _refuse_control(text: str, what: str, allowed: str) -> None:
    for place, letter in enumerate(text, 1):
        if letter not in allowed and unicodedata.category(letter) in {"Cc", "Cs"}:
            raise ControlCharacterError(what, place)
