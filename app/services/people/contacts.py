"""Keeping the payers and guardians of households."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from app.models.database import Transaction
from app.models.people import Guardian, Household, Payer
from app.services.desk import Desk, fetch
from app.services.people.archiving import (
    require_in_use,
    require_no_share,
    require_settled,
)
from app.services.people.checks import GUARDIAN, PAYER
from app.services.people.errors import NotArchivedError
from app.services.people.requests import (
    AddGuardian,
    AddPayer,
    ChangeGuardian,
    ChangePayer,
    NewGuardian,
    NewPayer,
)
from app.services.records import change, cleaned, read_at, usable
from app.text import _


class Contacts:
    """Keeps who pays for a household, and whom to call; the office's only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_payer(self, request: AddPayer) -> int:
        """Keep a further payer of a household, so far without a share.

        Raises:
            ArchivedError: The household is archived.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Add a payer")) as transaction:
            usable(transaction, Household, request.household_id, _("family"))
            return write_payers(transaction, request.household_id, [request])[0]

    def change_payer(self, request: ChangePayer) -> None:
        """Change a payer; issued documents keep what they say.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, PAYER)
        with self._desk.transaction(_("Change a payer")) as transaction:
            payer = read_at(
                transaction, Payer, request.payer_id, request.version, _("payer")
            )
            change(payer, values)

    def archive_payer(self, payer_id: int, version: int | None = None) -> None:
        """Take a payer out of use.

        Raises:
            StillSharesError: The payer takes a share of charges.
            OpenBalanceError: The payer's account is not even.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive a payer")) as transaction:
            payer = read_at(transaction, Payer, payer_id, version, _("payer"))
            require_in_use(payer)
            household = fetch(transaction, Household, payer.household_id, _("family"))
            require_no_share(transaction, payer_id, payer.name)
            require_settled(transaction, [payer_id], payer.name, household.currency)
            payer.archived_at = transaction.at

    def bring_payer_back(self, payer_id: int) -> None:
        """Use an archived payer again.

        Raises:
            NotArchivedError: It is in use.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Bring a payer back")) as transaction:
            payer = fetch(transaction, Payer, payer_id, _("payer"))
            if payer.archived_at is None:
                raise NotArchivedError(payer.name)
            payer.archived_at = None

    def add_guardian(self, request: AddGuardian) -> int:
        """Keep a further contact of a household, called last.

        Raises:
            ArchivedError: The household is archived.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Add a contact")) as transaction:
            usable(transaction, Household, request.household_id, _("family"))
            return write_guardians(transaction, request.household_id, [request])[0]

    def change_guardian(self, request: ChangeGuardian) -> None:
        """Change a contact.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, GUARDIAN)
        with self._desk.transaction(_("Change a contact")) as transaction:
            guardian = read_at(
                transaction,
                Guardian,
                request.guardian_id,
                request.version,
                _("contact"),
            )
            change(guardian, values)

    def archive_guardian(self, guardian_id: int, version: int | None = None) -> None:
        """Take a contact out of use.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive a contact")) as transaction:
            guardian = read_at(
                transaction, Guardian, guardian_id, version, _("contact")
            )
            require_in_use(guardian)
            guardian.archived_at = transaction.at


def write_payers(
    transaction: Transaction,
    household_id: int,
    requests: Iterable[NewPayer | AddPayer],
) -> tuple[int, ...]:
    """Keep payers as a step of a transaction, in listed order."""
    known = transaction.scalar(
        select(func.count(Payer.id)).where(Payer.household_id == household_id)
    )
    payers = [
        Payer(household_id=household_id, position=position, **cleaned(request, PAYER))
        for position, request in enumerate(requests, known or 0)
    ]
    return _saved(transaction, payers)


def write_guardians(
    transaction: Transaction,
    household_id: int,
    requests: Iterable[NewGuardian | AddGuardian],
) -> tuple[int, ...]:
    """Keep contacts as a step of a transaction, in calling order."""
    last = transaction.scalar(
        select(func.max(Guardian.position)).where(Guardian.household_id == household_id)
    )
    first = 0 if last is None else last + 1
    guardians = [
        Guardian(
            household_id=household_id, position=position, **cleaned(request, GUARDIAN)
        )
        for position, request in enumerate(requests, first)
    ]
    return _saved(transaction, guardians)


def _saved(
    transaction: Transaction, things: list[Payer] | list[Guardian]
) -> tuple[int, ...]:
    transaction.add_all(things)
    transaction.flush()
    return tuple(thing.id for thing in things)
