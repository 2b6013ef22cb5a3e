"""The office's days: closures and terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.models.catalog import Closure, Term
from app.models.values import entries
from app.models.values.schedule import TimeSpan, day_span
from app.services.concerned import SessionConcerned, sessions_concerned
from app.services.desk import Desk, zone
from app.services.records import read_at
from app.text import _


@dataclass(frozen=True, slots=True)
class AddClosure:
    """A request to close the office; ``until_on`` is the last closed day."""

    name: str
    from_on: date
    until_on: date
    region: str = ""


@dataclass(frozen=True, slots=True)
class ClosureAdded:
    """A closure that was entered, and the planned sessions it hits."""

    closure_id: int
    concerned: tuple[SessionConcerned, ...]


@dataclass(frozen=True, slots=True)
class AddTerm:
    """A request to keep a term; ``until_on`` is its last day."""

    name: str
    from_on: date
    until_on: date
    region: str = ""


@dataclass(frozen=True, slots=True)
class DaysRow:
    """A closure or a term as lists show it."""

    days_id: int
    version: int
    name: str
    from_on: date
    until_on: date
    region: str


class Days:
    """Keeps when the office is closed, and its terms."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_closure(self, request: AddClosure) -> ClosureAdded:
        """Close the office for some days, and list the planned sessions they hit.

        Raises:
            DatesError: The last day lies before the first.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        name, region = _named(request)
        with self._desk.transaction(_("Enter a closure")) as transaction:
            closure = Closure(
                name=name,
                from_on=request.from_on,
                until_on=request.until_on,
                region=region,
            )
            transaction.add(closure)
            transaction.flush()
            here = zone(transaction)
            first = day_span(request.from_on, here)
            last = day_span(request.until_on, here)
            span = TimeSpan(first.start, last.end)
            return ClosureAdded(closure.id, sessions_concerned(transaction, span))

    def archive_closure(self, closure_id: int, version: int | None = None) -> None:
        """Open the office again on the days of a closure.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Take a closure back")) as transaction:
            closure = read_at(transaction, Closure, closure_id, version, _("closure"))
            closure.archived_at = transaction.at

    def add_term(self, request: AddTerm) -> int:
        """Keep a term.

        Raises:
            DatesError: The last day lies before the first.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        name, region = _named(request)
        with self._desk.transaction(_("Add a term")) as transaction:
            term = Term(
                name=name,
                from_on=request.from_on,
                until_on=request.until_on,
                region=region,
            )
            transaction.add(term)
            transaction.flush()
            return term.id

    def archive_term(self, term_id: int, version: int | None = None) -> None:
        """Take a term out of use.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive a term")) as transaction:
            term = read_at(transaction, Term, term_id, version, _("term"))
            term.archived_at = transaction.at

    def closures(
        self, from_on: date | None = None, until_on: date | None = None
    ) -> tuple[DaysRow, ...]:
        """List the closures that touch some days, earliest first."""
        return self._rows(Closure, from_on, until_on)

    def terms(self) -> tuple[DaysRow, ...]:
        """List the terms, earliest first."""
        return self._rows(Term, None, None)

    def _rows(
        self,
        kind: type[Closure | Term],
        from_on: date | None,
        until_on: date | None,
    ) -> tuple[DaysRow, ...]:
        query = select(
            kind.id, kind.version, kind.name, kind.from_on, kind.until_on, kind.region
        ).where(kind.archived_at.is_(None))
        if from_on is not None:
            query = query.where(kind.until_on >= from_on)
        if until_on is not None:
            query = query.where(kind.from_on <= until_on)
        with self._desk.snapshot() as snapshot:
            rows = snapshot.execute(query.order_by(kind.from_on, kind.id))
            return tuple(DaysRow(*row) for row in rows)


def _named(request: AddClosure | AddTerm) -> tuple[str, str]:
    entries.in_order(request.from_on, request.until_on)
    name = entries.named(request.name, _("name"))
    return name, entries.short(request.region, _("region"))
