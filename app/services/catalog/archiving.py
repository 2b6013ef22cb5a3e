"""What keeps something of the catalogue from being archived."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select

from app.models.agreements import Package
from app.models.base import Model
from app.models.catalog import Level, Offering, Subject, TaxCode
from app.models.database import Transaction
from app.models.people import Tutor, TutorTeaches
from app.models.scheduling import Placement, Session
from app.models.values.schedule import PlacementState, SessionStatus
from app.services.catalog.errors import StillSoldError
from app.text import _

_AHEAD = (SessionStatus.TENTATIVE, SessionStatus.PLANNED)
_NAMED = 3


class CatalogKind(StrEnum):
    """A kind of record in the catalogue."""

    SUBJECT = "subject"
    LEVEL = "level"
    TAX_CODE = "tax_code"
    OFFERING = "offering"

    @property
    def model(self) -> type[Model]:
        """The mapped class of the kind."""
        return _MODELS[self]

    @property
    def word(self) -> str:
        """The kind in words."""
        return _(self.value.replace("_", " "))


def require_unneeded(transaction: Transaction, kind: CatalogKind, thing: Model) -> None:
    """Refuse to archive what something in use needs.

    Raises:
        StillSoldError: Offerings, tutors, packages, placements or sessions need it.
    """
    needed = _NEEDED[kind](transaction, thing.id)
    if needed:
        shown = ", ".join(needed[:_NAMED])
        more = len(needed) - _NAMED
        if more > 0:
            shown = _("{some} and {more} more").format(some=shown, more=more)
        raise StillSoldError(str(getattr(thing, "name", thing.id)), shown)


def _offerings(transaction: Transaction, where: ColumnElement[bool]) -> list[str]:
    query = select(Offering.name).where(where, Offering.archived_at.is_(None))
    return _quoted(transaction.scalars(query.order_by(Offering.name)))


def _need_subject(transaction: Transaction, subject_id: int) -> list[str]:
    teaching = (
        select(Tutor.name)
        .join(TutorTeaches, TutorTeaches.tutor_id == Tutor.id)
        .where(TutorTeaches.subject_id == subject_id, Tutor.archived_at.is_(None))
        .order_by(Tutor.name)
    )
    offerings = _offerings(transaction, Offering.subject_id == subject_id)
    return [*offerings, *transaction.scalars(teaching)]


def _need_level(transaction: Transaction, level_id: int) -> list[str]:
    at_an_end = (Offering.from_level_id == level_id) | (
        Offering.to_level_id == level_id
    )
    teaching = (
        select(Tutor.name)
        .join(TutorTeaches, TutorTeaches.tutor_id == Tutor.id)
        .where(
            (TutorTeaches.from_level_id == level_id)
            | (TutorTeaches.to_level_id == level_id),
            Tutor.archived_at.is_(None),
        )
        .order_by(Tutor.name)
    )
    return [*_offerings(transaction, at_an_end), *transaction.scalars(teaching)]


def _need_tax_code(transaction: Transaction, tax_code_id: int) -> list[str]:
    packages = select(Package.name).where(
        Package.tax_code_id == tax_code_id, Package.archived_at.is_(None)
    )
    offerings = _offerings(transaction, Offering.tax_code_id == tax_code_id)
    return [*offerings, *_quoted(transaction.scalars(packages))]


def _need_offering(transaction: Transaction, offering_id: int) -> list[str]:
    sessions = select(Session.id).where(
        Session.offering_id == offering_id, Session.status.in_(_AHEAD)
    )
    placements = select(Placement.id).where(
        Placement.offering_id == offering_id,
        Placement.state != PlacementState.ENDED,
        Placement.archived_at.is_(None),
    )
    planned = len(transaction.scalars(sessions).all())
    running = len(transaction.scalars(placements).all())
    needed = []
    if planned:
        needed.append(_("planned sessions ({count})").format(count=planned))
    if running:
        needed.append(_("running placements ({count})").format(count=running))
    return needed


def _quoted(names: Iterable[str]) -> list[str]:
    return [f"“{name}”" for name in names]


_MODELS: dict[CatalogKind, type[Model]] = {
    CatalogKind.SUBJECT: Subject,
    CatalogKind.LEVEL: Level,
    CatalogKind.TAX_CODE: TaxCode,
    CatalogKind.OFFERING: Offering,
}
_NEEDED: dict[CatalogKind, Any] = {
    CatalogKind.SUBJECT: _need_subject,
    CatalogKind.LEVEL: _need_level,
    CatalogKind.TAX_CODE: _need_tax_code,
    CatalogKind.OFFERING: _need_offering,
}
