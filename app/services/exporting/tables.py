"""Any of the office's tables as a sheet, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, select

from app.models.database import Snapshot
from app.models.types import JsonText, UtcDateTime, canonical_json
from app.services.exporting.currencies import Currencies, has_amounts
from app.services.sheets import cell

_PLURALS = {
    "availability": "availability",
    "journal": "journal",
    "mileage_claim": "mileage_claims",
    "office": "office",
    "policy": "policies",
    "series": "series",
    "number_series": "number_series",
    "student_availability": "student_availability",
    "tutor_teaches": "tutor_teaches",
    "occupancy": "occupancy",
    "occupancy_override": "occupancy_override",
    "homework": "homework",
    "contract_use": "contract_uses",
    "line_query": "line_queries",
    "skill_touch": "skill_touches",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a sheet, as the description beside the sheets tells it."""

    name: str
    kind: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its file's name without ending, its columns, and its rows as text."""

    name: str
    fields: tuple[Field, ...]
    rows: Iterator[Sequence[str]]


def plain_sheet(snapshot: Snapshot, table: Table, currencies: Currencies) -> Sheet:
    """Make the sheet of a table as it is."""
    columns = [column for column in table.columns if column.name != "version"]
    with_currency = has_amounts(table.name, {column.name for column in columns})
    fields = tuple(Field(field_name(column), _kind(column)) for column in columns)
    if with_currency:
        fields = (*fields, Field("currency", "text", "ISO 4217, of the amounts"))
    return Sheet(
        _PLURALS.get(table.name, f"{table.name}s"),
        fields,
        _rows(snapshot, table, columns, currencies if with_currency else None),
    )


def _rows(
    snapshot: Snapshot,
    table: Table,
    columns: list[Column[Any]],
    currencies: Currencies | None,
) -> Iterator[Sequence[str]]:
    query = select(table).order_by(*table.primary_key.columns)
    for row in snapshot.execute(query).mappings():
        texts = [plain(row[column.name]) for column in columns]
        if currencies is not None:
            texts.append(currencies.of(dict(row)))
        yield texts


def field_name(column: Column[Any]) -> str:
    """Name a column as the sheets do: what it points at, without “id”."""
    return column.name.removesuffix("_id") if column.foreign_keys else column.name


def _kind(column: Column[Any]) -> str:
    if isinstance(column.type, UtcDateTime):
        return "instant"
    if isinstance(column.type, JsonText):
        return "json"
    if isinstance(column.type, LargeBinary):
        return "file"
    names: Mapping[type, str] = {int: "integer", bool: "boolean", date: "date"}
    try:
        return names.get(column.type.python_type, "text")
    except NotImplementedError:
        return "text"


def plain(value: object) -> str:
    """Write one value; only texts are defused, numbers never are."""
    match value:
        case None:
            text = ""
        case bool():
            text = "true" if value else "false"
        case Enum():
            text = str(value.value)
        case datetime():
            text = instant_text(value)
        case date():
            text = value.isoformat()
        case int():
            text = str(value)
        case Decimal():
            text = f"{value:f}"
        case str():
            text = cell(value)
        case _:
            text = cell(canonical_json(value))
    return text


def instant_text(moment: datetime | None) -> str:
    """Write an instant in UTC, as ``2026-11-03T15:00:00Z``."""
    if moment is None:
        return ""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def id_list(ids: Sequence[int]) -> str:
    """Write ids with semicolons between them."""
    return ";".join(str(row_id) for row_id in ids)
