"""Payments: what they settle, what stays on account, and taking them back."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.billing import Allocation, Payment, WriteOff
from app.models.values.billing import InvoiceStatus
from app.models.values.entries import EmptyError
from app.services.billing.errors import (
    NotAnInvoiceError,
    NotOpenError,
    NotPositiveError,
    OtherCurrencyError,
    OtherPayerError,
    OtherRequestError,
    ReversedBeforeError,
    TooMuchError,
)
from app.services.billing.payments import Payments
from app.services.billing.requests import (
    RefundPayment,
    ReversePayment,
    UseCredit,
    WriteOffInvoice,
)
from app.services.desk import MissingRecordError
from tests.services.billing.books import DECEMBER, Books

LATER = date(2026, 12, 10)


@pytest.fixture
def invoices(books: Books) -> list[int]:
    """Three invoices of 48.00, due on the 14th, 28th and, the last one, the 20th."""
    ids: list[int] = []
    for day, on in ((3, 3), (10, 17), (17, 17)):
        books.held(day)
        period = (date(2026, 11, 1), date(2026, 11, day))
        ids += books.run(period, on=date(2026, 11, on)).document_ids
    return ids


def test_the_oldest_due_date_is_settled_first(
    books: Books, invoices: list[int]
) -> None:
    first, second, third = invoices
    received = books.receive(6000)
    assert [(each.invoice_id, each.amount) for each in received.allocations] == [
        (first, 4800),
        (second, 1200),
    ]
    assert [books.open(each) for each in invoices] == [0, 3600, 4800]
    assert (received.on_account, books.owes()) == (0, 8400)
    assert third == invoices[2]


def test_named_invoices_are_settled_in_the_order_named(
    books: Books, invoices: list[int]
) -> None:
    first, second, third = invoices
    books.receive(6000, to=(third, (first, 1000)))
    assert [books.open(each) for each in invoices] == [3800, 4800, 0]
    assert second


def test_what_is_paid_too_much_stays_on_account(
    books: Books, invoices: list[int]
) -> None:
    received = books.receive(20000)
    assert (received.on_account, books.owes()) == (5600, -5600)
    assert [books.open(each) for each in invoices] == [0, 0, 0]


def test_credit_on_account_is_used_when_asked(
    books: Books, invoices: list[int]
) -> None:
    first, second, _third = invoices
    books.receive(6000, to=(first,))
    payments = Payments(books.desk)
    used = payments.use_credit(UseCredit(books.payer, LATER, "use"))
    assert [(each.invoice_id, each.amount) for each in used] == [(second, 1200)]
    assert payments.use_credit(UseCredit(books.payer, LATER, "use")) == used
    assert books.open(second) == 3600


def test_the_same_request_records_once(books: Books, invoices: list[int]) -> None:
    one = books.receive(4800, request_key="click")
    assert books.receive(4800, request_key="click") == one
    with pytest.raises(OtherRequestError):
        books.receive(4900, request_key="click")
    assert (len(books.rows(Payment)), books.owes()) == (1, 9600)
    assert invoices


def test_a_reversed_payment_opens_its_invoices_again(
    books: Books, invoices: list[int]
) -> None:
    received = books.receive(6000)
    payments = Payments(books.desk)
    request = ReversePayment(received.payment_id, LATER, "It bounced", "back")
    payments.reverse_payment(request)
    payments.reverse_payment(request)
    assert [books.open(each) for each in invoices] == [4800, 4800, 4800]
    assert books.owes() == 14400
    with pytest.raises(ReversedBeforeError):
        payments.reverse_payment(
            ReversePayment(received.payment_id, LATER, "Once more", "again")
        )


def test_a_refund_comes_out_of_the_credit_on_account(
    books: Books, invoices: list[int]
) -> None:
    books.receive(16000)
    payments = Payments(books.desk)
    with pytest.raises(TooMuchError):
        payments.refund(RefundPayment(books.payer, 1601, LATER, "too much"))
    refunded = payments.refund(RefundPayment(books.payer, 1000, LATER, "back"))
    assert (refunded.on_account, books.owes()) == (600, -600)
    books.held(24)
    [invoice] = books.run(DECEMBER).document_ids
    [used] = payments.use_credit(UseCredit(books.payer, LATER, "rest"))
    assert (used.invoice_id, used.amount, books.owes()) == (invoice, 600, 4200)
    assert invoices


def test_a_payment_that_bounces_after_its_refund_is_made_good_first(
    books: Books,
) -> None:
    received = books.receive(5000)
    payments = Payments(books.desk)
    payments.refund(RefundPayment(books.payer, 5000, LATER, "back"))
    payments.reverse_payment(
        ReversePayment(received.payment_id, LATER, "It bounced", "bounced")
    )
    assert books.owes() == 5000
    books.held(4)
    [invoice] = books.run().document_ids
    again = books.receive(6000)
    assert (again.on_account, books.open(invoice), books.owes()) == (0, 3800, 3800)


def test_a_written_off_rest_is_not_owed_any_more(
    books: Books, invoices: list[int]
) -> None:
    first = invoices[0]
    payments = Payments(books.desk)
    books.receive(4000)
    request = WriteOffInvoice(first, LATER, "Moved away", "off")
    assert payments.write_off(request) == payments.write_off(request) == 800
    assert (books.open(first), books.owes(), len(books.rows(WriteOff))) == (0, 9600, 1)
    [row] = [row for row in books.ledger.documents() if row.document_id == first]
    assert row.status is InvoiceStatus.WRITTEN_OFF
    with pytest.raises(NotOpenError):
        payments.write_off(WriteOffInvoice(first, LATER, "Again", "again"))
    with pytest.raises(TooMuchError):
        payments.write_off(WriteOffInvoice(invoices[1], LATER, "More", "x", 4801))


def test_what_makes_no_sense_is_refused(books: Books, invoices: list[int]) -> None:
    first, second, _third = invoices
    other = books.make.payer(books.make.household())
    note = books.credit(second, on=LATER).document_id
    for refusal, more in (
        (NotPositiveError, {"amount": 0}),
        (NotPositiveError, {"amount": -5}),
        (OtherCurrencyError, {"amount": 5, "currency": "JPY"}),
        (OtherPayerError, {"amount": 5, "payer": other, "to": (first,)}),
        (NotAnInvoiceError, {"amount": 5, "to": (note,)}),
        (NotOpenError, {"amount": 5, "to": (second,)}),
        (TooMuchError, {"amount": 9000, "to": ((first, 4801),)}),
        (TooMuchError, {"amount": 5, "to": ((first, 6),)}),
        (NotOpenError, {"amount": 9600, "to": ((first, 4800), (first, 10))}),
        (MissingRecordError, {"amount": 5, "payer": 10**6}),
    ):
        with pytest.raises(refusal):
            books.receive(**more)
    with pytest.raises(EmptyError):
        Payments(books.desk).write_off(WriteOffInvoice(first, LATER, "", "k"))
    assert not books.rows(Payment)
    assert all(row.credit_note_id for row in books.rows(Allocation))
