"""Fees entered by hand, and interest on what is overdue."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import func, select

from app.models.billing import Charge
from app.models.catalog import TaxCode
from app.models.database import Snapshot, Transaction
from app.models.people import Payer
from app.models.values import entries
from app.models.values.billing import ChargeKind
from app.models.values.money import round_half_away
from app.services.billing.accounts import open_invoices
from app.services.billing.asking import Asked, begin, finish, is_done
from app.services.billing.dividing import (
    NewCharge,
    add_charges,
    require_student,
    shared,
)
from app.services.billing.errors import FeeKindError, NotPositiveError
from app.services.billing.locks import require_open
from app.services.billing.terms import AddFee, ChargeInterest, InterestDue
from app.services.desk import Desk, fetch
from app.services.records import usable
from app.text import _

DAYS = 365
_BY_HAND = frozenset(
    {
        ChargeKind.REGISTRATION,
        ChargeKind.MATERIALS,
        ChargeKind.TRAVEL,
        ChargeKind.LATE_FEE,
    }
)
_EITHER_WAY = frozenset({ChargeKind.ADJUSTMENT})
_OWN_DAY = func.coalesce(Charge.original_on, Charge.service_on)


class Fees:
    """Charges what no session makes."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_fee(self, request: AddFee) -> tuple[int, ...]:
        """Charge a fee, which the next run bills; give the ids of its charges.

        The same request charges once.

        Raises:
            FeeKindError: Only sessions, packages and the like make such charges.
            NotPositiveError: The amount is zero, or below for a fee.
            EmptyError: No reason is given.
            NotOfHouseholdError: The payer or student belongs to another household.
            NoPayerError: The household has nobody who pays.
            PeriodLockedError: The day lies in a locked period.
            OtherRequestError: The key was used for something else.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        amount = _amount(request)
        with self._desk.transaction(_("Add a fee")) as transaction:
            asked = Asked("fee", request.request_key, request, request.on)
            run = begin(transaction, asked)
            if not is_done(run):
                ids = _add(transaction, request, amount, f"fee:{run.id}")
                finish(transaction, run, {"charge_ids": list(ids)})
            return tuple(run.result["charge_ids"])

    def interest_due(self, request: ChargeInterest) -> tuple[InterestDue, ...]:
        """List what interest overdue invoices have earned since it was last charged.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return _interest(snapshot, request)

    def charge_interest(self, request: ChargeInterest) -> tuple[InterestDue, ...]:
        """Charge interest on overdue invoices up to a day, each stretch of days once.

        Raises:
            PeriodLockedError: The day lies in a locked period.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Charge interest")) as transaction:
            require_open(transaction, request.on)
            usable(transaction, TaxCode, request.tax_code_id, _("tax code"))
            due = _interest(transaction, request)
            for each in due:
                _charge(transaction, each, request)
            return due


def interest(amount: int, rate: Decimal, days: int) -> int:
    """Give simple interest: amount x annual rate x days / 365, rounded once."""
    return round_half_away(amount * Fraction(rate) / 100 * days / DAYS)


def _amount(request: AddFee) -> int:
    if request.kind not in _BY_HAND | _EITHER_WAY:
        raise FeeKindError(request.kind.value)
    quantity = entries.decimal(request.quantity, _("quantity"), 0, 10**6)
    whole = round_half_away(request.amount * Fraction(quantity))
    entries.amount(abs(whole), _("amount"))
    if whole == 0 or (whole < 0 and request.kind in _BY_HAND):
        raise NotPositiveError(_("an amount"))
    return whole


def _add(
    transaction: Transaction, request: AddFee, amount: int, source: str
) -> tuple[int, ...]:
    require_open(transaction, request.on)
    usable(transaction, TaxCode, request.tax_code_id, _("tax code"))
    household_id = request.household_id
    if household_id is None:
        payer = fetch(transaction, Payer, request.payer_id or 0, "payer")
        household_id = payer.household_id
    require_student(transaction, household_id, request.student_id)
    parts = shared(transaction, household_id, request.payer_id, amount, request.on)
    new = NewCharge(
        kind=request.kind,
        source=source,
        service_on=request.on,
        tax_code_id=request.tax_code_id,
        reason=entries.named(request.reason, _("reason")),
        student_id=request.student_id,
    )
    return add_charges(transaction, new, parts)


def _interest(
    work: Snapshot | Transaction, request: ChargeInterest
) -> tuple[InterestDue, ...]:
    rows = work.execute(
        select(Charge.source, func.max(_OWN_DAY))
        .where(
            Charge.kind == ChargeKind.INTEREST,
            Charge.reverses_id.is_(None),
            Charge.replaced_at.is_(None),
        )
        .group_by(Charge.source)
    ).all()
    charged = dict(rows)
    due: list[InterestDue] = []
    for each in open_invoices(work):
        if request.payer_ids is not None and each.payer_id not in request.payer_ids:
            continue
        start: date = max(each.due_on, charged.get(_source(each.document_id), date.min))
        days = (request.on - start).days
        amount = interest(each.open, request.rate, days) if days > 0 else 0
        if amount > 0:
            due.append(
                InterestDue(
                    each.document_id,
                    each.number,
                    each.payer_id,
                    each.open,
                    start,
                    days,
                    amount,
                )
            )
    return tuple(due)


def _source(invoice_id: int) -> str:
    return f"interest:{invoice_id}"


def _charge(
    transaction: Transaction, due: InterestDue, request: ChargeInterest
) -> None:
    reason = _("{days} days on {number} at {rate} %").format(
        days=due.days, number=due.number, rate=f"{request.rate.normalize():f}"
    )
    new = NewCharge(
        kind=ChargeKind.INTEREST,
        source=_source(due.invoice_id),
        period=request.on.isoformat(),
        service_on=request.on,
        tax_code_id=request.tax_code_id,
        reason=reason,
    )
    add_charges(transaction, new, ((due.payer_id, due.amount),))
