"""What a cell means to a spreadsheet: a number, money, a day, an instant, or a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.services.workbooks import Amount, Figure, Heading, Value
from app.views.formats import DASH, Formats
from app.views.tables.columns import Column, Row

MINUS, NBSP = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_LETTER = 7.5  # px of a column's width


def headings(columns: Sequence[Column[Any]]) -> tuple[Heading, ...]:
    """Give the heads of columns."""
    return tuple(Heading(c.title, c.width / _LETTER, c.is_right) for c in columns)


def value_of(column: Column[Row], row: Row, formats: Formats) -> Value:
    """Give what a cell shows as a value; as the text where it shows something else.

    The value behind a cell may only order the rows, so it is taken only where it is
    written just as the cell is.
    """
    text = column.text(row)
    if not text or text == DASH:
        return None
    if column.kind == "money":
        return _amount(column, row, text, formats) or text
    if column.kind in {"number", "hours"}:
        return _figure(text, formats) or text
    if column.kind == "date":
        return _moment(column, row, text, formats) or text
    return text


def _amount(
    column: Column[Row], row: Row, text: str, formats: Formats
) -> Amount | None:
    minor = column.total(row) if column.total else column.order(row)
    currency = column.currency(row) if column.currency else formats.currency
    if not isinstance(minor, int):
        return None
    if text not in {formats.amount(minor, currency), formats.money(minor, currency)}:
        return None
    return Amount(minor, currency, names_currency=currency != formats.currency)


def _figure(text: str, formats: Formats) -> Figure | None:
    """Read a number as it is written."""
    locale = formats.locale
    plain = text.replace(locale.group, "").replace(locale.decimal, ".")
    plain = plain.replace(MINUS, "-").replace(NBSP, " ").removesuffix(" h")
    if _NUMBER.fullmatch(plain) is None:
        return None
    return Figure(Decimal(plain), len(plain.partition(".")[2]))


def _moment(
    column: Column[Row], row: Row, text: str, formats: Formats
) -> date | datetime | None:
    found = column.order(row)
    if isinstance(found, tuple):
        found = found[0]
    if isinstance(found, datetime):
        return formats.local(found) if text == formats.stamp(found) else None
    if isinstance(found, date) and text in {formats.date(found), formats.day(found)}:
        return found
    return None
