"""Reading the catalogue."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

from sqlalchemy import false, or_, select

from app.models.catalog import Level, Offering, Price, Subject, TaxCode
from app.models.values.schedule import PlaceKind
from app.services.catalog.requests import (
    LevelRow,
    OfferingRow,
    PriceRow,
    SubjectRow,
    TaxCodeRow,
)
from app.services.desk import Desk, fetch
from app.text import _


class CatalogLists:
    """Tells what is in the catalogue."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def subjects(self, *, with_archived: bool = False) -> tuple[SubjectRow, ...]:
        """List the subjects by name."""
        query = select(Subject).order_by(Subject.name, Subject.id)
        with self._desk.snapshot() as snapshot:
            return tuple(
                SubjectRow(row.id, row.version, row.name, row.archived_at is not None)
                for row in snapshot.scalars(query)
                if with_archived or row.archived_at is None
            )

    def levels(self, *, with_archived: bool = False) -> tuple[LevelRow, ...]:
        """List the levels, the easiest first."""
        query = select(Level).order_by(Level.position, Level.id)
        with self._desk.snapshot() as snapshot:
            return tuple(
                LevelRow(
                    row.id,
                    row.version,
                    row.name,
                    row.position,
                    row.archived_at is not None,
                )
                for row in snapshot.scalars(query)
                if with_archived or row.archived_at is None
            )

    def tax_codes(self, *, with_archived: bool = False) -> tuple[TaxCodeRow, ...]:
        """List the tax codes by name."""
        query = select(TaxCode).order_by(TaxCode.name, TaxCode.id)
        with self._desk.snapshot() as snapshot:
            return tuple(
                TaxCodeRow(
                    row.id,
                    row.version,
                    row.name,
                    row.rate,
                    row.category,
                    row.reason,
                    row.archived_at is not None,
                )
                for row in snapshot.scalars(query)
                if with_archived or row.archived_at is None
            )

    def offerings(self, *, with_archived: bool = False) -> tuple[OfferingRow, ...]:
        """List the offerings by name."""
        query = select(Offering).order_by(Offering.name, Offering.id)
        if not with_archived:
            query = query.where(Offering.archived_at.is_(None))
        with self._desk.snapshot() as snapshot:
            return tuple(_offering(row) for row in snapshot.scalars(query))

    def offering(self, offering_id: int) -> OfferingRow:
        """Tell everything about one offering.

        Raises:
            MissingRecordError: There is none.
        """
        with self._desk.snapshot() as snapshot:
            return _offering(fetch(snapshot, Offering, offering_id, _("offering")))

    def prices(
        self,
        *,
        offering_id: int | None = None,
        household_id: int | None = None,
        placement_id: int | None = None,
    ) -> tuple[PriceRow, ...]:
        """List the prices set for any of these, the newest first; the office's only.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        asked = (
            (Price.offering_id, offering_id),
            (Price.household_id, household_id),
            (Price.placement_id, placement_id),
        )
        query = select(Price).where(
            or_(
                false(),
                *(column == value for column, value in asked if value is not None),
            )
        )
        with self._desk.snapshot() as snapshot:
            rows = [_price(row) for row in snapshot.scalars(query)]
        rows.sort(key=lambda row: (row.valid_from or date.min, row.price_id))
        return tuple(reversed(rows))


def _offering(row: Offering) -> OfferingRow:
    values = {
        field.name: getattr(row, field.name)
        for field in fields(OfferingRow)
        if field.name not in {"offering_id", "is_archived"}
    }
    values["lengths"] = tuple(row.lengths)
    values["place_kinds"] = tuple(PlaceKind(kind) for kind in row.place_kinds)
    return OfferingRow(
        offering_id=row.id, is_archived=row.archived_at is not None, **values
    )


def _price(row: Price) -> PriceRow:
    return PriceRow(
        row.id,
        row.level,
        row.offering_id,
        row.household_id,
        row.placement_id,
        row.session_id,
        row.per,
        row.amount,
        {int(students): amount for students, amount in row.tiers.items()},
        row.valid_from,
    )
