"""Discounts: agreed with families, taken off when documents are issued."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from app.models.agreements import Discount
from app.models.catalog import Offering
from app.models.people import Household
from app.models.values import entries
from app.services.billing.errors import DiscountTermsError
from app.services.billing.terms import AddDiscount, DiscountRow
from app.services.desk import Desk, fetch
from app.services.records import names_a_record, usable
from app.text import _


class Discounts:
    """Keeps the discounts of families."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def add_discount(self, request: AddDiscount) -> int:
        """Agree a discount, which documents take off from then on; give its id.

        Raises:
            DiscountTermsError: Neither or both of percentage and amount are given.
            EmptyError: It has no name.
            DatesError: It ends before it begins.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        entries.in_order(request.valid_from, request.valid_until)
        if (request.percent is None) == (request.amount is None):
            raise DiscountTermsError
        if request.percent is not None:
            entries.percent(request.percent, _("discount"))
        if (request.percent or Decimal(request.amount or 0)) <= 0:
            raise DiscountTermsError
        if request.amount is not None:
            entries.amount(request.amount, _("discount"))
        with self._desk.transaction(_("Add a discount")) as transaction:
            usable(transaction, Household, request.household_id, _("family"))
            names_a_record(transaction, Offering, request.offering_id, _("offering"))
            discount = Discount(
                household_id=request.household_id,
                offering_id=request.offering_id,
                name=entries.named(request.name, _("discount's name")),
                on_document=request.on_document,
                percent=request.percent,
                amount=request.amount,
                valid_from=request.valid_from,
                valid_until=request.valid_until,
            )
            transaction.add(discount)
            transaction.flush()
            return discount.id

    def end_discount(self, discount_id: int, until_on: date) -> None:
        """Let a discount hold up to a day, for the last time.

        Raises:
            MissingRecordError: There is none.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("End a discount")) as transaction:
            discount = fetch(transaction, Discount, discount_id, "discount")
            discount.valid_until = until_on

    def discounts(self, household_id: int) -> tuple[DiscountRow, ...]:
        """List a family's discounts in the order in which they were agreed.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            query = select(Discount).where(Discount.household_id == household_id)
            return tuple(
                DiscountRow(
                    discount_id=row.id,
                    household_id=row.household_id,
                    name=row.name,
                    percent=row.percent,
                    amount=row.amount,
                    on_document=row.on_document,
                    offering_id=row.offering_id,
                    valid_from=row.valid_from,
                    valid_until=row.valid_until,
                )
                for row in snapshot.scalars(query.order_by(Discount.id))
            )
