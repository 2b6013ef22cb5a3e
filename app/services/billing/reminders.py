"""Reminders: what a payer still owes, late or not, as one letter with one total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.database import Snapshot
from app.models.office import OfficeProfile
from app.models.values.errors import RuleError
from app.services.billing.accounts import OpenInvoice, credit_of, open_invoices
from app.services.billing.faces import text_lines
from app.services.billing.waiting import Receiver, load_receivers
from app.services.desk import MissingRecordError, profile
from app.services.documents import values
from app.services.documents.codes import structured_reference
from app.services.documents.locale import Locale, locale_for
from app.text import _

FRIENDLY, SECOND, FINAL = 1, 2, 3
_SEPA = "EUR"


class NothingOverdueError(RuleError):
    """A payer who is not late was to be reminded."""

    def __init__(self, payer: str) -> None:
        super().__init__(
            _(
                "Nothing that {payer} owes is overdue, so there is nothing to remind "
                "of; wait for the due date."
            ).format(payer=payer)
        )


class PayByError(RuleError):
    """A reminder was to ask for money on a day that has passed."""

    def __init__(self) -> None:
        super().__init__(
            _("The day to pay by lies before the letter's date; choose a later one.")
        )


@dataclass(frozen=True, slots=True)
class RemindPayer:
    """A request for a reminder.

    Attributes:
        on: the letter's date; what was due before it is late.
        pay_by: the last day to pay.
        level: 1 is the friendly one, 2 the second, 3 and more the final one.
    """

    payer_id: int
    on: date
    pay_by: date
    level: int = FRIENDLY


def reminder(snapshot: Snapshot, request: RemindPayer) -> values.Reminder:
    """Gather a payer's open invoices and one total, in the family's language.

    Credit on account is taken off, so nobody is asked for more than is owed.

    Raises:
        MissingRecordError: There is no such payer.
        NothingOverdueError: No invoice is late, or credit covers what is open.
        PayByError: The day to pay by has passed.
    """
    receivers = load_receivers(snapshot, [request.payer_id])
    if not receivers:
        raise MissingRecordError(_("payer"))
    receiver = receivers[0]
    if request.pay_by < request.on:
        raise PayByError
    invoices = _asked_for(snapshot, request)
    credit = max(credit_of(snapshot, request.payer_id).on_account, 0)
    total = sum(each.open for each in invoices) - credit
    if total <= 0 or all(each.due_on >= request.on for each in invoices):
        raise NothingOverdueError(receiver.name)
    office = profile(snapshot)
    locale = locale_for(receiver.language or office.locale)
    taken_off = (values.Entry(locale.t("Credit on account"), -credit),)
    return values.Reminder(
        number="",
        issued=request.on,
        pay_by=request.pay_by,
        level=request.level,
        payer=values.Party(receiver.name, tuple(text_lines(receiver.address))),
        reference=receiver.reference,
        currency=receiver.currency,
        text=_letter(request, locale),
        items=tuple(_item(each, request.on) for each in invoices),
        fees=taken_off if credit else (),
        total=total,
        transfer=_transfer(office, receiver, invoices),
    )


def _asked_for(snapshot: Snapshot, request: RemindPayer) -> list[OpenInvoice]:
    found = open_invoices(snapshot, request.payer_id)
    return [each for each in found if each.issued_on <= request.on]


def _item(invoice: OpenInvoice, on: date) -> values.OpenItem:
    return values.OpenItem(
        number=invoice.number,
        issued=invoice.issued_on,
        due=invoice.due_on,
        days_late=max((on - invoice.due_on).days, 0),
        amount=invoice.total,
        open=invoice.open,
    )


def _letter(request: RemindPayer, locale: Locale) -> str:
    _ = locale.t
    if request.level <= FRIENDLY:
        text = _(
            "Perhaps it slipped your mind: the invoices below are not fully paid yet. "
            "Please pay the total by {day}. If you have paid in the meantime, nothing "
            "more is to be done."
        )
    elif request.level == SECOND:
        text = _(
            "We wrote to you before, and the invoices below are still open. Please pay "
            "the total by {day}, or tell us if something stands in the way."
        )
    else:
        text = _(
            "In spite of our reminders the invoices below are still open. Please pay "
            "the total by {day} at the latest."
        )
    return text.format(day=locale.long_date(request.pay_by))


def _transfer(
    office: OfficeProfile, receiver: Receiver, invoices: list[OpenInvoice]
) -> values.Transfer | None:
    if not (office.iban or office.payment_rows or office.payment_link):
        return None
    reference = ", ".join(each.number for each in invoices)
    if len(invoices) == 1 and receiver.currency == _SEPA and office.iban:
        reference = structured_reference(reference) or reference
    return values.Transfer(
        payee=office.payee or office.name,
        rows=tuple((str(label), str(value)) for label, value in office.payment_rows),
        reference=reference,
        iban=office.iban,
        bic=office.bic,
        link=office.payment_link,
    )
