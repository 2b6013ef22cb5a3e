"""Document numbers: gapless in their series, given when a document is frozen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, or_, select

from app.models.billing import NumberSeries
from app.models.database import Snapshot, Transaction
from app.models.values import entries
from app.models.values.billing import DocumentKind
from app.services.billing.errors import (
    IssueDateError,
    SamePrefixError,
    SeriesStartedError,
)
from app.services.desk import Desk
from app.text import _

DEFAULT_PREFIX = "INV-"
_PREFIX_LENGTH = 16
_WIDEST = 12  # digits
_YEARS = (1900, 9999)
_MOST_UPCOMING = 1000
_NEWEST = (
    select(NumberSeries)
    .where(
        NumberSeries.kind == bindparam("kind"),
        or_(NumberSeries.year.is_(None), NumberSeries.year <= bindparam("year")),
    )
    .order_by(NumberSeries.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Number:
    """The number a document gets."""

    series_id: int
    sequence: int
    text: str


@dataclass(frozen=True, slots=True)
class SetSeries:
    """A request that documents of a kind are numbered so from now on.

    Attributes:
        year: the first year of a series that starts again at 1 each year, which the
            number then shows; None never starts again.
    """

    kind: DocumentKind
    prefix: str
    year: int | None = None
    width: int = 4


def take_number(transaction: Transaction, kind: DocumentKind, on: date) -> Number:
    """Take the next number of the kind's series.

    Credit notes without a series of their own are numbered among the invoices.

    Raises:
        IssueDateError: The series has a later document.
    """
    series = _series(transaction, kind, on)
    require_date(series, on)
    sequence = series.next_number
    series.next_number += 1
    series.last_issued_on = on
    transaction.flush()
    return Number(series.id, sequence, number_text(series, sequence))


def number_text(series: NumberSeries, sequence: int) -> str:
    """Write a number as documents show it."""
    year = "" if series.year is None else f"{series.year}-"
    return f"{series.prefix}{year}{sequence:0{series.width}d}"


def require_date(series: NumberSeries, on: date) -> None:
    """Refuse an issue date before the series' last one.

    Raises:
        IssueDateError: The series has a later document.
    """
    if series.last_issued_on is not None and on < series.last_issued_on:
        raise IssueDateError(on, series.last_issued_on)


def require_dates(
    work: Snapshot | Transaction, on: date, kinds: Iterable[DocumentKind]
) -> None:
    """Refuse an issue date before the last one of the series of some documents.

    Raises:
        IssueDateError: One of them has a later document.
    """
    for kind in kinds:
        newest = _newest(work, kind, on)
        if newest is not None:
            require_date(newest, on)


def _series(transaction: Transaction, kind: DocumentKind, on: date) -> NumberSeries:
    newest = _newest(transaction, kind, on)
    if newest is None:
        newest = NumberSeries(kind=DocumentKind.INVOICE, prefix=DEFAULT_PREFIX)
        transaction.add(newest)
    elif newest.year is not None and newest.year < on.year:
        newest = NumberSeries(
            kind=newest.kind, prefix=newest.prefix, year=on.year, width=newest.width
        )
        transaction.add(newest)
    transaction.flush()
    return newest


def _newest(
    work: Snapshot | Transaction, kind: DocumentKind, on: date
) -> NumberSeries | None:
    for wanted in (kind, DocumentKind.INVOICE):
        found = work.scalar(_NEWEST, {"kind": wanted, "year": on.year})
        if found is not None:
            return found
    return None


def upcoming(
    work: Snapshot | Transaction, kind: DocumentKind, on: date, count: int
) -> tuple[str, ...]:
    """Write the numbers that the next documents of a kind will get."""
    series = _newest(work, kind, on)
    if series is None:
        series = NumberSeries(kind=DocumentKind.INVOICE, prefix=DEFAULT_PREFIX)
    elif series.year is not None and series.year < on.year:
        series = NumberSeries(
            kind=kind, prefix=series.prefix, year=on.year, width=series.width
        )
    first = series.next_number
    return tuple(number_text(series, first + step) for step in range(count))


class NumberBook:
    """Sets how documents are numbered, and tells the next numbers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def upcoming(self, kind: DocumentKind, on: date, count: int) -> tuple[str, ...]:
        """Say which numbers the next documents will get; it reserves none.

        Raises:
            OfficeOnlyError: A tutor asked.
            InputError: They are more than 1000.
        """
        self._desk.require_office()
        entries.whole(count, _("number of documents"), 0, _MOST_UPCOMING)
        with self._desk.snapshot() as snapshot:
            return upcoming(snapshot, kind, on, count)

    def set_series(self, request: SetSeries) -> int:
        """Let documents of a kind be numbered so from the next one on.

        Raises:
            InputError: No number can be written so.
            SamePrefixError: The other kind's numbers would look the same.
            SeriesStartedError: There are documents in such a series already.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        prefix = entries.short(request.prefix, _("prefix"), _PREFIX_LENGTH)
        if request.year is not None:
            entries.whole(request.year, _("year"), *_YEARS)
        entries.whole(request.width, _("number of digits"), 1, _WIDEST)
        with self._desk.transaction(_("Set a number series")) as transaction:
            same = transaction.scalars(
                select(NumberSeries).where(NumberSeries.prefix == prefix)
            ).all()
            if any(series.kind is not request.kind for series in same):
                raise SamePrefixError(prefix)
            for series in same:
                if series.year == request.year:
                    _drop(transaction, series)
            series = NumberSeries(
                kind=request.kind,
                prefix=prefix,
                year=request.year,
                width=request.width,
            )
            transaction.add(series)
            transaction.flush()
            return series.id


def _drop(transaction: Transaction, series: NumberSeries) -> None:
    if series.next_number > 1:
        raise SeriesStartedError(series.prefix)
    transaction.delete(series)
    transaction.flush()
