"""Keeping households with their payers, contacts and students."""

from __future__ import annotations

from sqlalchemy import select

from app.models.database import Transaction
from app.models.people import Household, Payer, Student
from app.models.values import entries
from app.services.desk import fetch, profile
from app.services.people.archiving import (
    require_in_use,
    require_no_sessions_of_students,
    require_settled,
)
from app.services.people.checks import HOUSEHOLD
from app.services.people.contacts import Contacts, write_guardians, write_payers
from app.services.people.errors import NotArchivedError
from app.services.people.lists import HouseholdLists
from app.services.people.requests import (
    AddHousehold,
    ChangeHousehold,
    HouseholdAdded,
    SetShares,
    Share,
)
from app.services.people.shares import write_shares
from app.services.people.students import Students
from app.services.records import change, cleaned, read_at
from app.text import _


class Households(Students, Contacts, HouseholdLists):
    """Keeps who pays for whom; only the office changes it."""

    def add_household(self, request: AddHousehold) -> HouseholdAdded:
        """Keep a new household with its payers, their shares and its contacts.

        Raises:
            PercentsError: The percents of the payers do not make 100.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Add a family")) as transaction:
            return write_household(transaction, request)

    def change_household(self, request: ChangeHousehold) -> None:
        """Change a household.

        Raises:
            ChangedMeanwhileError: Somebody changed it since it was read.
            InputError: A field cannot be as it was given.
        """
        self._desk.require_office()
        values = cleaned(request, HOUSEHOLD)
        with self._desk.transaction(_("Change a family")) as transaction:
            household = read_at(
                transaction,
                Household,
                request.household_id,
                request.version,
                _("family"),
            )
            change(household, values)

    def set_shares(self, request: SetShares) -> None:
        """Let payers share from a day on; earlier days keep the former shares.

        Raises:
            ShareOwnerError: They are for nothing, or for two things.
            ForeignPayerError: A payer belongs to another household.
            PercentsError: The percents do not make 100.
            ChangedMeanwhileError: Other shares hold than were looked at.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Set who pays what share")) as transaction:
            write_shares(transaction, request)

    def archive_household(self, household_id: int, version: int | None = None) -> None:
        """Take a household and its students out of use.

        Raises:
            StillPlannedError: A student is expected in sessions.
            OpenBalanceError: An account of its payers is not even.
            ChangedMeanwhileError: Somebody changed it since it was read.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive a family")) as transaction:
            household = read_at(
                transaction, Household, household_id, version, _("family")
            )
            require_in_use(household)
            students = transaction.scalars(
                select(Student).where(Student.household_id == household_id)
            ).all()
            ids = [student.id for student in students]
            require_no_sessions_of_students(transaction, ids, household.name)
            payers = transaction.scalars(
                select(Payer.id).where(Payer.household_id == household_id)
            ).all()
            require_settled(transaction, payers, household.name, household.currency)
            household.archived_at = transaction.at
            for student in students:
                student.archived_at = student.archived_at or transaction.at

    def bring_household_back(self, household_id: int) -> None:
        """Use an archived household again; its students come back one by one.

        Raises:
            NotArchivedError: It is in use.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Bring a family back")) as transaction:
            household = fetch(transaction, Household, household_id, _("family"))
            if household.archived_at is None:
                raise NotArchivedError(household.name)
            household.archived_at = None


def write_household(transaction: Transaction, request: AddHousehold) -> HouseholdAdded:
    """Keep a household as a step of a transaction.

    Raises:
        PercentsError: The percents of the payers do not make 100.
        InputError: A field cannot be as it was given.
    """
    values = cleaned(request, HOUSEHOLD)
    currency = request.currency or profile(transaction).currency
    household = Household(**values, currency=entries.currency_code(currency))
    transaction.add(household)
    transaction.flush()
    payer_ids = write_payers(transaction, household.id, request.payers)
    shares = tuple(
        Share(payer_id, payer.percent, payer.amount)
        for payer_id, payer in zip(payer_ids, request.payers, strict=True)
    )
    if any(share.percent is not None or share.amount is not None for share in shares):
        taking = tuple(
            share
            for share in shares
            if share.percent is not None or share.amount is not None
        )
        write_shares(transaction, SetShares(taking, household_id=household.id))
    guardian_ids = write_guardians(transaction, household.id, request.guardians)
    return HouseholdAdded(household.id, payer_ids, guardian_ids)
