"""Published mileage rates that ship with the program, by country and date."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import select

from app.models.closing import MileageRate
from app.models.database import Transaction
from app.models.values.payroll import DistanceUnit
from app.resources import resource

_CALENDAR_YEAR = "01-01"


@dataclass(frozen=True, slots=True)
class PublishedRate:
    """A published rate, in major units of its currency per mile or kilometre."""

    country: str
    currency: str
    unit: DistanceUnit
    rate: Decimal
    valid_from: date
    valid_until: date | None
    threshold: Decimal | None
    beyond: Decimal | None
    year_starts: str
    source: str


def published_rates(country: str) -> tuple[PublishedRate, ...]:
    """List what a country has published, oldest first; nothing for most countries."""
    table = _tables().get(country)
    if table is None:
        return ()
    return tuple(_rate(country, table, row) for row in table["rates"])


def tax_year_starts(country: str) -> str:
    """Tell on what day a country's tax year starts, as ``04-06``."""
    return str(_tables().get(country, {}).get("year_starts", _CALENDAR_YEAR))


def adopt(transaction: Transaction, country: str, currency: str) -> int:
    """Take a country's published rates into the office's table; give how many.

    Dates that the office has rates for already stay as they are, and nothing is taken
    in another currency than the office's.
    """
    known = set(
        transaction.execute(
            select(MileageRate.unit, MileageRate.valid_from).where(
                MileageRate.country == country
            )
        )
    )
    rows = [
        {
            "country": country,
            "unit": one.unit,
            "rate": one.rate,
            "threshold": one.threshold,
            "rate_beyond": one.beyond,
            "year_starts": one.year_starts,
            "valid_from": one.valid_from,
            "valid_until": one.valid_until,
            "source": one.source,
        }
        for one in published_rates(country)
        if one.currency == currency and (one.unit, one.valid_from) not in known
    ]
    return len(transaction.insert_all(MileageRate, rows))


@cache
def _tables() -> dict[str, Any]:
    text = resource("rates/mileage.toml").read_text("utf-8")
    return tomllib.loads(text)


def _rate(country: str, table: dict[str, Any], row: dict[str, Any]) -> PublishedRate:
    return PublishedRate(
        country=country,
        currency=table["currency"],
        unit=DistanceUnit(table["unit"]),
        rate=Decimal(row["rate"]),
        valid_from=row["from"],
        valid_until=row.get("until"),
        threshold=_decimal(row.get("threshold")),
        beyond=_decimal(row.get("beyond")),
        year_starts=table["year_starts"],
        source=row.get("source", table["source"]),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
