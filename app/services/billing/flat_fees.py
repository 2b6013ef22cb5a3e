"""Flat fees: agreed, ended, and brought up to date month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from app.models.agreements import FlatFee
from app.models.catalog import TaxCode
from app.models.database import Transaction
from app.models.people import Household, Student
from app.models.scheduling import Attendance, Placement, Session
from app.models.values import entries
from app.models.values.schedule import day_span
from app.services.billing.dividing import require_student
from app.services.billing.errors import EndBeforeStartError, NotPositiveError
from app.services.billing.flat_fee_months import bring_up_to
from app.services.billing.locks import require_open
from app.services.billing.terms import AddFlatFee
from app.services.charging.settling import settle
from app.services.desk import Desk, fetch, zone
from app.services.records import names_a_record, usable
from app.text import _


@dataclass(frozen=True, slots=True)
class FlatFeeRow:
    """A flat fee as agreed; ``amount`` in minor units a month."""

    flat_fee_id: int
    household_id: int
    student_id: int | None
    placement_id: int | None
    amount: int
    included: int | None
    from_on: date
    until_on: date | None


class FlatFees:
    """Keeps the flat fees of families."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_flat_fee(self, request: AddFlatFee) -> int:
        """Agree a monthly amount, which runs charge from then on; give its id.

        Raises:
            NotPositiveError: The amount is zero.
            DatesError: It ends before it begins.
            NotOfHouseholdError: The student belongs to another household.
            PeriodLockedError: It begins in a locked period.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        entries.in_order(request.from_on, request.until_on)
        if entries.amount(request.amount, _("amount")) == 0:
            raise NotPositiveError(_("an amount"))
        with self._desk.transaction(_("Add a flat fee")) as transaction:
            require_open(transaction, request.from_on)
            usable(transaction, Household, request.household_id, _("family"))
            usable(transaction, TaxCode, request.tax_code_id, _("tax code"))
            names_a_record(transaction, Placement, request.placement_id, _("placement"))
            require_student(transaction, request.household_id, request.student_id)
            fee = FlatFee(
                household_id=request.household_id,
                placement_id=request.placement_id,
                student_id=request.student_id,
                amount=request.amount,
                tax_code_id=request.tax_code_id,
                from_on=request.from_on,
                until_on=request.until_on,
                included=request.included,
            )
            transaction.add(fee)
            transaction.flush()
            return fee.id

    def end_flat_fee(self, flat_fee_id: int, until_on: date | None) -> None:
        """Let a flat fee end on a day, or go on without end.

        Months that were charged are corrected at once: what was billed is taken back
        on the next document.

        Raises:
            MissingRecordError: There is none.
            EndBeforeStartError: It would end before it began.
            PeriodLockedError: Days of a locked period would change.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("End a flat fee")) as transaction:
            fee = fetch(transaction, FlatFee, flat_fee_id, "flat fee")
            day = timedelta(days=1)
            if until_on is not None and until_on < fee.from_on - day:
                raise EndBeforeStartError(fee.from_on)
            changed = min(end for end in (until_on, fee.until_on, date.max) if end)
            if changed < date.max:
                require_open(transaction, changed + day)
            fee.until_on = until_on
            transaction.flush()
            bring_up_to(transaction, fee.id, fee.from_on - day)
            for session_id in _sessions_after(transaction, fee, changed):
                settle(transaction, self._desk, session_id)

    def flat_fees(self, household_id: int | None = None) -> tuple[FlatFeeRow, ...]:
        """List flat fees as agreed.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            query = select(FlatFee).order_by(FlatFee.household_id, FlatFee.id)
            if household_id is not None:
                query = query.where(FlatFee.household_id == household_id)
            return tuple(
                FlatFeeRow(
                    flat_fee_id=row.id,
                    household_id=row.household_id,
                    student_id=row.student_id,
                    placement_id=row.placement_id,
                    amount=row.amount,
                    included=row.included,
                    from_on=row.from_on,
                    until_on=row.until_on,
                )
                for row in snapshot.scalars(query)
            )


def _sessions_after(transaction: Transaction, fee: FlatFee, on: date) -> Sequence[int]:
    """List the household's sessions after a day that the fee covered or now covers."""
    if on == date.max:
        return ()
    query = (
        select(Session.id)
        .join(Attendance, Attendance.session_id == Session.id)
        .join(Student, Student.id == Attendance.student_id)
        .where(
            Student.household_id == fee.household_id,
            Session.starts_at >= day_span(on, zone(transaction)).end,
        )
        .distinct()
        .order_by(Session.id)
    )
    return transaction.scalars(query).all()
