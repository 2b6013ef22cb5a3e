"""Money on account is used from the oldest, for what has been due longest."""

from __future__ import annotations

from datetime import date, timedelta

from app.models.billing import Document
from app.services.billing.accounts import credit_of, open_invoices
from app.services.billing.payments import Payments
from app.services.billing.requests import RefundPayment
from tests.services.billing.books import DECEMBER, Books


def test_credit_lies_where_it_came_from_oldest_first(books: Books) -> None:
    late = books.receive(500, date(2026, 12, 9)).payment_id
    early = books.receive(300, date(2026, 12, 2)).payment_id
    Payments(books.desk).refund(
        RefundPayment(books.payer, 100, date(2026, 12, 10), books.key())
    )
    with books.desk.snapshot() as snapshot:
        credit = credit_of(snapshot, books.payer)
    assert [(each.payment_id, each.rest) for each in credit.sources] == [
        (early, 200),
        (late, 500),
    ]


def test_open_invoices_come_by_due_date_whatever_their_number(books: Books) -> None:
    books.held(4)
    [first] = books.run().document_ids
    books.held(11)
    [second] = books.run(DECEMBER).document_ids
    with books.make.transaction() as transaction:
        due = transaction.get_one(Document, second).due_on
        assert due is not None
        transaction.get_one(Document, first).due_on = due + timedelta(days=1)
    with books.desk.snapshot() as snapshot:
        listed = [each.document_id for each in open_invoices(snapshot, books.payer)]
    assert listed == [second, first]
