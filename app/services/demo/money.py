"""Bills, collects and pays the sample office's months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.models.values.billing import DocumentKind
from app.services.billing.ledger import DocumentRow, FindDocuments
from app.services.billing.requests import CreditInvoice, ReceivePayment, StartRun
from app.services.office import Office
from app.services.payroll.requests import StartPayRun


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the sample office, and the day on which it is billed and paid."""

    from_on: date
    until_on: date
    on: date

    @property
    def key(self) -> str:
        """Name the month in the keys of requests."""
        return f"{self.from_on:%Y-%m}"


def months_before(today: date) -> tuple[Month, Month]:
    """Give the month before the last one, and the last one."""
    this = today.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    former = (last - timedelta(days=1)).replace(day=1)
    return (
        Month(former, last - timedelta(days=1), last),
        Month(last, this - timedelta(days=1), this),
    )


def bill_month(office: Office, month: Month) -> None:
    """Issue a month's invoices."""
    key = f"sample-bill-{month.key}"
    office.invoices.run(StartRun(month.from_on, month.until_on, month.on, key))


def pay_month(office: Office, month: Month) -> None:
    """Make, approve and pay a month's pay run."""
    key = f"sample-pay-{month.key}"
    done = office.pay_runs.run(
        StartPayRun(month.from_on, month.until_on, month.on, key)
    )
    if done.pay_run_id is not None:
        office.pay_runs.mark_paid(done.pay_run_id, month.on)


def collect(office: Office, month: Month, random: Random, until_on: date) -> None:
    """Let most families pay a month's invoices by a day; some pay half, or later."""
    for invoice in _invoices(office, month):
        chance = random.random()
        paid_on = month.on + timedelta(days=random.randint(1, 12))
        if chance > 0.9 or paid_on > until_on:  # noqa: PLR2004  one in ten is late
            continue
        amount = invoice.open
        if chance > 0.84:  # noqa: PLR2004  a few pay half
            amount //= 2
        if amount > 0:
            office.payments.receive(
                ReceivePayment(
                    invoice.payer_id,
                    amount,
                    paid_on,
                    f"sample-payment-{invoice.document_id}",
                    method="transfer",
                    to=(invoice.document_id,),
                )
            )


def take_one_back(office: Office, month: Month, on: date) -> None:
    """Credit one line of an invoice that was wrong, and bill it again."""
    invoice = next((row for row in _invoices(office, month) if row.open > 0), None)
    if invoice is not None:
        office.credits.credit(
            CreditInvoice(
                invoice.document_id,
                on,
                "The name of the child was wrong",
                f"sample-credit-{invoice.document_id}",
                rebill=True,
            )
        )


def _invoices(office: Office, month: Month) -> list[DocumentRow]:
    wanted = FindDocuments(
        kind=DocumentKind.INVOICE, from_on=month.on, until_on=month.on
    )
    found = office.ledger.documents(wanted)
    return sorted(found, key=lambda row: row.document_id)
