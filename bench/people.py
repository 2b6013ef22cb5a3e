"""The people and terms of a measured office, rows straight into the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import islice
from typing import Any, cast

from sqlalchemy import Connection, Table, insert

from app.models.base import Model
from app.models.billing import NumberSeries
from app.models.bulk import defaults
from app.models.catalog import Offering, Price, TaxCode
from app.models.office import OfficeProfile
from app.models.payroll import PayRate
from app.models.people import Availability, Household, Payer, Student, Tutor
from app.models.values.billing import DocumentKind, PriceLevel, PricePer
from app.models.values.payroll import PayLevel, PayPer
from app.models.values.schedule import Unknown
from bench.sizes import Size

_ROWS = 5000
_OFFICE = {
    "id": 1,
    "name": "Bench",
    "zone": "UTC",
    "currency": "EUR",
    "address": "1 High Street",
    "payee": "Bench",
    "iban": "DE33100205000001194700",
    "unknown_availability": Unknown.ALWAYS,
}
_PRICE = {"level": PriceLevel.OFFERING, "per": PricePer.HOUR, "amount": 4800}
_RATE = {"level": PayLevel.OFFICE, "per": PayPer.HOUR, "amount": 2700}


def write_people(connection: Connection, size: Size) -> None:
    """Write the office, its terms, tutors that are always free, and families."""
    kinds = [{"kind": kind, "prefix": kind.value[:2]} for kind in DocumentKind]
    offering = {"id": 1, "name": "Maths", "tax_code_id": 1, "group_size": 4}
    write_rows(connection, OfficeProfile, [_OFFICE])
    write_rows(connection, TaxCode, [{"id": 1, "name": "none", "rate": Decimal(0)}])
    write_rows(connection, Offering, [offering])
    write_rows(connection, Price, [{"id": 1, "offering_id": 1, **_PRICE}])
    write_rows(connection, PayRate, [{"id": 1, **_RATE}])
    write_rows(connection, NumberSeries, kinds)
    _write_tutors(connection, range(1, size.tutors + 1))
    _write_families(connection, range(1, size.students + 1))


def _write_tutors(connection: Connection, ids: range) -> None:
    write_rows(connection, Tutor, ({"id": n, "name": f"Tutor {n}"} for n in ids))
    windows = (
        {"tutor_id": n, "weekday": day, "start_minute": 0, "end_minute": 1440}
        for n in ids
        for day in range(7)
    )
    write_rows(connection, Availability, windows)


def _write_families(connection: Connection, ids: range) -> None:
    households = ({"id": n, "name": f"Family {n}", "currency": "EUR"} for n in ids)
    write_rows(connection, Household, households)
    payers = (
        {
            "id": n,
            "household_id": n,
            "name": f"Payer {n}",
            "address": f"{n} High Street",
            "email": f"family{n}@example.com",
        }
        for n in ids
    )
    write_rows(connection, Payer, payers)
    students = ({"id": n, "household_id": n, "name": f"Student {n}"} for n in ids)
    write_rows(connection, Student, students)


def write_rows(
    connection: Connection, model: type[Model], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Insert rows of a mapped class; what one leaves out gets its default."""
    plain = defaults(model)
    table = cast("Table", model.__table__)
    write_table(connection, table, ({**plain, **row} for row in rows))


def write_table(
    connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Insert rows into a table, some thousand at a time."""
    waiting = iter(rows)
    while part := list(islice(waiting, _ROWS)):
        connection.execute(insert(table), part)
