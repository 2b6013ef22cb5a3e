"""Keeping the catalogue: subjects, levels, tax codes, offerings and their prices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.models.base import Model
from app.models.catalog import Level, Offering, Subject, TaxCode
from app.models.database import Transaction
from app.models.values import entries
from app.models.values.billing import PriceLevel
from app.services.catalog.archiving import CatalogKind, require_unneeded
from app.services.catalog.checks import OFFERING, TAX_CODE, require_category
from app.services.catalog.errors import (
    LengthNotOfferedError,
    LevelOrderError,
    NameTakenError,
)
from app.services.catalog.prices import write_price
from app.services.catalog.queries import CatalogLists
from app.services.catalog.requests import (
    AddOffering,
    AddTaxCode,
    ChangeOffering,
    SetPrice,
)
from app.services.payroll.paying import settle_missing
from app.services.records import change, cleaned, names_a_record, read_at, usable
from app.text import _


class Catalog(CatalogLists):
    """Keeps what the office sells; only the office changes it."""

    def add_subject(self, name: str) -> int:
        """Keep a new subject.

        Raises:
            NameTakenError: There is one of that name.
        """
        self._desk.require_office()
        kept = entries.named(name, _("subject"))
        with self._desk.transaction(_("Add a subject")) as transaction:
            _require_new(transaction, Subject, kept, _("subject"))
            return _add(transaction, Subject(name=kept))

    def add_level(self, name: str, position: int) -> int:
        """Keep a new level; levels with a smaller position are easier.

        Raises:
            NameTakenError: There is one of that name.
        """
        self._desk.require_office()
        kept = entries.named(name, _("level"))
        place = entries.whole(position, _("position"))
        with self._desk.transaction(_("Add a level")) as transaction:
            _require_new(transaction, Level, kept, _("level"))
            return _add(transaction, Level(name=kept, position=place))

    def add_tax_code(self, request: AddTaxCode) -> int:
        """Keep a new tax code; its rate never changes, so a new rate is a new code.

        Raises:
            NameTakenError: There is one of that name.
            CategoryError: The category does not fit the rate.
            InputError: The rate is not from 0 to 100 percent.
        """
        self._desk.require_office()
        values = cleaned(request, TAX_CODE)
        require_category(values["category"], values["rate"])
        with self._desk.transaction(_("Add a tax code")) as transaction:
            _require_new(transaction, TaxCode, values["name"], _("tax code"))
            return _add(transaction, TaxCode(**values))

    def add_offering(self, request: AddOffering) -> int:
        """Sell something new, with its default price where one is given.

        Raises:
            NameTakenError: There is one of that name.
            ArchivedError: Its subject, level or tax code is archived.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, OFFERING)
        offering = Offering(**values)
        _require_length(offering)
        with self._desk.transaction(_("Add an offering")) as transaction:
            _require_new(transaction, Offering, offering.name, _("offering"))
            _require_used(transaction, values)
            _require_levels(transaction, offering)
            offering_id = _add(transaction, offering)
            if request.price is not None:
                price = SetPrice(
                    level=PriceLevel.OFFERING,
                    offering_id=offering_id,
                    per=request.price.per,
                    amount=request.price.amount,
                    tiers=request.price.tiers,
                )
                write_price(transaction, price)
            return offering_id

    def change_offering(self, request: ChangeOffering) -> None:
        """Change an offering; sessions already charged keep what they cost.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            NameTakenError: There is another one of that name.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, OFFERING)
        with self._desk.transaction(_("Change an offering")) as transaction:
            offering = read_at(
                transaction,
                Offering,
                request.offering_id,
                request.version,
                _("offering"),
            )
            if values.get("name", offering.name) != offering.name:
                _require_new(transaction, Offering, values["name"], _("offering"))
            _require_used(transaction, values)
            change(offering, values)
            _require_length(offering)
            _require_levels(transaction, offering)

    def rename(
        self, kind: CatalogKind, row_id: int, version: int | None, name: str
    ) -> None:
        """Give a subject, level, tax code or offering another name.

        What was issued keeps the name that it was issued with.

        Raises:
            NameTakenError: There is another one of that name.
            EmptyError: It would have no name.
            ChangedMeanwhileError: Somebody changed it since it was read.
        """
        self._desk.require_office()
        kept = entries.named(name, kind.word)
        with self._desk.transaction(_("Rename in the catalogue")) as transaction:
            thing = read_at(transaction, kind.model, row_id, version, kind.word)
            if kept.casefold() != getattr(thing, "name", "").casefold():
                _require_new(transaction, kind.model, kept, kind.word)
            change(thing, {"name": kept})

    def set_price(self, request: SetPrice) -> int:
        """Let a price hold from a day on; earlier days keep the former one.

        Tutors' pay by percentage that waited for a price is worked out at once.

        Raises:
            PriceIdsError: The ids are not those that the level names.
            NoFormerPriceError: It was to keep what it is for, but none holds.
            ChangedMeanwhileError: Another price holds than was looked at.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Set a price")) as transaction:
            price_id = write_price(transaction, request)
            settle_missing(transaction, self._desk)
            return price_id

    def archive(
        self, kind: CatalogKind, row_id: int, version: int | None = None
    ) -> None:
        """Take something out of the catalogue.

        Raises:
            StillSoldError: Something in use needs it.
            ChangedMeanwhileError: Somebody changed it since it was read.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive from the catalogue")) as transaction:
            thing = read_at(transaction, kind.model, row_id, version, kind.word)
            require_unneeded(transaction, kind, thing)
            change(thing, {"archived_at": transaction.at})


def _add(transaction: Transaction, thing: Model) -> int:
    transaction.add(thing)
    transaction.flush()
    return thing.id


def _require_new(
    transaction: Transaction, kind: type[Model], name: str, what: str
) -> None:
    folded = name.casefold()
    names = transaction.scalars(select(kind.__table__.c.name))
    if any(folded == other.casefold() for other in names):
        raise NameTakenError(what, name)


def _require_used(transaction: Transaction, values: Mapping[str, Any]) -> None:
    if "tax_code_id" in values:
        usable(transaction, TaxCode, values["tax_code_id"], _("tax code"))
    names_a_record(transaction, Subject, values.get("subject_id"), _("subject"))
    for end in ("from_level_id", "to_level_id"):
        names_a_record(transaction, Level, values.get(end), _("level"))


def _require_levels(transaction: Transaction, offering: Offering) -> None:
    if offering.from_level_id is None or offering.to_level_id is None:
        return
    first = usable(transaction, Level, offering.from_level_id, _("level"))
    last = usable(transaction, Level, offering.to_level_id, _("level"))
    if last.position < first.position:
        raise LevelOrderError(first.name, last.name)


def _require_length(offering: Offering) -> None:
    if offering.lengths and offering.length_minutes not in offering.lengths:
        raise LengthNotOfferedError(offering.length_minutes)
