"""An issued invoice for a session, for tutors who are paid when it is paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from app.models.billing import (
    Allocation,
    Charge,
    Document,
    DocumentLine,
    NumberSeries,
    Payment,
)
from app.models.catalog import Offering
from app.models.database import Transaction
from app.models.people import Payer
from app.models.values.billing import (
    ChargeKind,
    DocumentKind,
    PriceBasis,
    TaxRounding,
)
from tests.services.payroll.scene import Scene

AMOUNT = 4800
ON = date(2026, 11, 30)


def invoice_session(scene: Scene, session_id: int) -> int:
    """Charge a session on an issued invoice of 48.00, and give the invoice."""
    with scene.make.transaction() as transaction:
        payer = transaction.scalars(select(Payer)).first()
        assert payer is not None
        document = _document(transaction, scene, payer)
        line = DocumentLine(
            document_id=document.id,
            position=1,
            kind=ChargeKind.SESSION,
            service_on=ON,
            amount=AMOUNT,
            tax_rate=Decimal(0),
        )
        transaction.add(line)
        transaction.flush()
        transaction.add(
            Charge(
                session_id=session_id,
                payer_id=payer.id,
                kind=ChargeKind.SESSION,
                service_on=ON,
                tax_code_id=transaction.get_one(Offering, scene.maths).tax_code_id,
                amount=AMOUNT,
                made_at=scene.clock.now(),
                live_key=f"s{session_id}",
                line_id=line.id,
            )
        )
        return document.id


def _document(transaction: Transaction, scene: Scene, payer: Payer) -> Document:
    series = NumberSeries(kind=DocumentKind.INVOICE)
    transaction.add(series)
    transaction.flush()
    document = Document(
        kind=DocumentKind.INVOICE,
        number_series_id=series.id,
        sequence=1,
        number="1",
        household_id=payer.household_id,
        payer_id=payer.id,
        issued_on=ON,
        issued_at=scene.clock.now(),
        currency="GBP",
        prices=PriceBasis.NET,
        tax_rounding=TaxRounding.DOCUMENT,
        net=AMOUNT,
        tax=0,
        total=AMOUNT,
        face={},
        chain="",
    )
    transaction.add(document)
    transaction.flush()
    return document


def allocate(scene: Scene, invoice_id: int, amount: int) -> None:
    """Set a payment against an invoice."""
    with scene.make.transaction() as transaction:
        invoice = transaction.get_one(Document, invoice_id)
        payment = Payment(
            payer_id=invoice.payer_id,
            received_on=ON,
            amount=amount,
            currency="GBP",
            made_at=scene.clock.now(),
            chain="",
        )
        transaction.add(payment)
        transaction.flush()
        transaction.add(
            Allocation(
                invoice_id=invoice_id,
                payment_id=payment.id,
                amount=amount,
                made_at=scene.clock.now(),
            )
        )
