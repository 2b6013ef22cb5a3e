"""Charges without a session: divided over payers, made and added once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.billing import Charge
from app.models.database import Snapshot, Transaction
from app.models.people import Household, Payer, Student
from app.models.values.billing import ChargeKind
from app.services.billing.errors import NotOfHouseholdError
from app.services.charging.facts import HouseholdFacts
from app.services.charging.loading_shares import load_shares
from app.services.charging.shares import divide
from app.services.desk import fetch


@dataclass(frozen=True, slots=True)
class NewCharge:
    """A charge without a session, as all its payers share it."""

    kind: ChargeKind
    source: str
    service_on: date
    tax_code_id: int
    reason: str = ""
    student_id: int | None = None
    period: str = ""


def divided(
    work: Snapshot | Transaction, household_id: int, amount: int, on: date
) -> tuple[tuple[int, int], ...]:
    """Divide an amount over a household's payers by the shares of a day.

    Raises:
        NoPayerError: The household has nobody who pays.
    """
    household = fetch(work, Household, household_id, "household")
    shares = load_shares(work, [household_id], None, on).get(household_id, ())
    facts = HouseholdFacts(household_id, household.name, shares)
    sign = -1 if amount < 0 else 1
    return tuple((payer, sign * part) for payer, part in divide(abs(amount), facts))


def shared(
    work: Snapshot | Transaction,
    household_id: int,
    payer_id: int | None,
    amount: int,
    on: date,
) -> tuple[tuple[int, int], ...]:
    """Give an amount to one payer of a household, or divide it over all.

    Raises:
        NotOfHouseholdError: The payer belongs to another household.
        NoPayerError: The household has nobody who pays.
    """
    if payer_id is None:
        return divided(work, household_id, amount, on)
    payer = fetch(work, Payer, payer_id, "payer")
    if payer.household_id != household_id:
        raise NotOfHouseholdError(fetch(work, Household, household_id, "family").name)
    return ((payer_id, amount),)


def require_student(
    work: Snapshot | Transaction, household_id: int, student_id: int | None
) -> None:
    """Refuse a student of another household; None is nobody and passes.

    Raises:
        NotOfHouseholdError: The student belongs to another household.
    """
    if student_id is None:
        return
    student = fetch(work, Student, student_id, "student")
    if student.household_id != household_id:
        raise NotOfHouseholdError(fetch(work, Household, household_id, "family").name)


def add_charges(
    transaction: Transaction, new: NewCharge, parts: tuple[tuple[int, int], ...]
) -> tuple[int, ...]:
    """Add live charges, one for each payer with a part, and give their ids."""
    rows: list[dict[str, Any]] = [
        {
            "kind": new.kind,
            "source": new.source,
            "period": new.period,
            "service_on": new.service_on,
            "tax_code_id": new.tax_code_id,
            "reason": new.reason,
            "student_id": new.student_id,
            "payer_id": payer_id,
            "amount": part,
            "made_at": transaction.at,
            "live_key": f"{new.source}/{new.period}/p{payer_id}/{new.kind.value}",
        }
        for payer_id, part in parts
        if part
    ]
    return tuple(transaction.insert_all(Charge, rows))
