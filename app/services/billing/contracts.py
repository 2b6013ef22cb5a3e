"""Contracts: what funders promise to pay, and for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.models.agreements import Contract, ContractStudent, ContractUse
from app.models.catalog import TaxCode
from app.models.database import Snapshot
from app.models.people import Household, Student
from app.models.values import entries
from app.models.values.billing import ContractBasis, HouseholdKind
from app.services.billing.errors import CoveredOtherwiseError, NotAFunderError
from app.services.billing.terms import AddContract
from app.services.desk import Desk, fetch
from app.services.records import names_a_record, usable
from app.text import _


@dataclass(frozen=True, slots=True)
class ContractRow:
    """A contract with the minutes used of it; ``pool_minutes`` None is unlimited."""

    contract_id: int
    name: str
    household_id: int
    basis: ContractBasis
    rate: int
    pool_minutes: int | None
    used_minutes: int
    valid_from: date | None
    valid_until: date | None
    is_archived: bool


class Contracts:
    """Keeps the contracts of funders."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_contract(self, request: AddContract) -> int:
        """Agree a contract with a funder, and give its id.

        Raises:
            NotAFunderError: The household is a family.
            CoveredOtherwiseError: Minutes are given as a pool and by student.
            DatesError: It ends before it begins.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        entries.in_order(request.valid_from, request.valid_until)
        by_student = any(each is not None for each in request.students.values())
        if by_student and request.pool_minutes is not None:
            raise CoveredOtherwiseError
        with self._desk.transaction(_("Add a contract")) as transaction:
            funder = usable(transaction, Household, request.household_id, _("funder"))
            if funder.kind is not HouseholdKind.FUNDER:
                raise NotAFunderError(funder.name)
            names_a_record(transaction, TaxCode, request.tax_code_id, _("tax code"))
            contract = _contract(request)
            transaction.add(contract)
            transaction.flush()
            for student_id, minutes in request.students.items():
                usable(transaction, Student, student_id, _("student"))
                transaction.add(
                    ContractStudent(
                        contract_id=contract.id, student_id=student_id, minutes=minutes
                    )
                )
            return contract.id

    def archive_contract(self, contract_id: int) -> None:
        """Stop using a contract for new sessions.

        Raises:
            MissingRecordError: There is none.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Archive a contract")) as transaction:
            contract = fetch(transaction, Contract, contract_id, "contract")
            contract.archived_at = contract.archived_at or transaction.at

    def contracts(self) -> tuple[ContractRow, ...]:
        """List contracts with the minutes used of each, by name.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            used = _used(snapshot)
            rows = snapshot.scalars(select(Contract).order_by(Contract.name))
            return tuple(
                ContractRow(
                    contract_id=row.id,
                    name=row.name,
                    household_id=row.household_id,
                    basis=row.basis,
                    rate=row.rate,
                    pool_minutes=row.pool_minutes,
                    used_minutes=used.get(row.id, 0),
                    valid_from=row.valid_from,
                    valid_until=row.valid_until,
                    is_archived=row.archived_at is not None,
                )
                for row in rows
            )


def _contract(request: AddContract) -> Contract:
    return Contract(
        name=entries.named(request.name, _("contract's name")),
        household_id=request.household_id,
        basis=request.basis,
        rate=entries.amount(request.rate, _("rate")),
        tiers={str(size): each for size, each in request.tiers.items()},
        pool_minutes=request.pool_minutes,
        beyond=request.beyond,
        tax_code_id=request.tax_code_id,
        valid_from=request.valid_from,
        valid_until=request.valid_until,
    )


def _used(snapshot: Snapshot) -> dict[int, int]:
    rows = snapshot.execute(
        select(ContractUse.contract_id, func.sum(ContractUse.minutes))
        .where(ContractUse.returned_at.is_(None))
        .group_by(ContractUse.contract_id)
    )
    return {contract_id: int(minutes) for contract_id, minutes in rows}
