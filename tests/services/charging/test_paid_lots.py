"""A lot that may be used when paid waits until its invoices are paid."""

from __future__ import annotations

from datetime import date

from app.models.billing import Allocation, Charge, WriteOff
from app.models.values.billing import ChargeKind, DocumentKind
from app.services.charging.paid_lots import lot_source, paid_lots
from tests.services.charging.lots import buy
from tests.services.charging.papers import put_on_document
from tests.services.charging.story import Story, at

DAY = date(2026, 11, 1)


def charge(story: Story, lot: int) -> int:
    row = Charge(
        source=lot_source(lot),
        payer_id=story.payer,
        kind=ChargeKind.PACKAGE,
        service_on=DAY,
        tax_code_id=story.make.tax_code("0"),
        amount=10_000,
        made_at=at(1),
        live_key=f"{lot_source(lot)}//p{story.payer}/package",
    )
    return story.make.save(row)


def invoice(story: Story, charge_id: int) -> int:
    return put_on_document(story, DocumentKind.INVOICE, [charge_id])


def pay(story: Story, document: int, amount: int) -> None:
    story.make.save(Allocation(invoice_id=document, amount=amount, made_at=at(2)))


def is_paid(story: Story, lot: int) -> bool:
    with story.desk.snapshot() as snapshot:
        return lot in paid_lots(snapshot, [lot])


def test_a_lot_is_paid_when_its_invoice_is(story: Story) -> None:
    lot = buy(story, usable_when_paid=True)
    document = invoice(story, charge(story, lot))
    assert not is_paid(story, lot)
    pay(story, document, 6000)
    assert not is_paid(story, lot)
    story.make.save(
        WriteOff(
            invoice_id=document, amount=4000, written_on=DAY, reason="-", made_at=at(2)
        )
    )
    assert is_paid(story, lot)


def test_a_lot_not_yet_invoiced_is_not_paid_and_a_free_one_is(story: Story) -> None:
    lot, free = buy(story), buy(story)
    charge(story, lot)
    assert not is_paid(story, lot)
    assert is_paid(story, free)


def test_a_session_draws_from_it_only_then(story: Story) -> None:
    lot = buy(story, usable_when_paid=True)
    document = invoice(story, charge(story, lot))
    assert story.close(story.book(at(3))).charged == 4800
    pay(story, document, 10_000)
    assert story.close(story.book(at(10))).charged == 0
