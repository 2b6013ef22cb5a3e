"""The ledger: statuses, accounts, statements, ages, and the frozen papers."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.people import Household, Payer
from app.models.values.actors import Actor, Role
from app.models.values.billing import DocumentKind, InvoiceStatus
from app.services.billing.ledger import FindDocuments, Ledger
from app.services.billing.payments import Payments
from app.services.billing.requests import (
    RefundPayment,
    ReversePayment,
    WriteOffInvoice,
)
from app.services.desk import MissingRecordError, OfficeOnlyError, profile
from app.services.documents import values
from app.services.documents.codes import structured_reference
from tests.fakes import FakeClock
from tests.services.billing.books import DECEMBER, Books


def test_statuses_follow_the_money_and_the_clock(
    books: Books, clock: FakeClock
) -> None:
    books.held(4)
    [invoice] = books.run().document_ids

    def status() -> InvoiceStatus:
        return books.ledger.documents()[0].status

    assert status() is InvoiceStatus.ISSUED
    books.receive(1000)
    assert status() is InvoiceStatus.PART_PAID
    clock.set(2026, 12, 14, 12)
    assert status() is InvoiceStatus.PART_PAID
    clock.set(2026, 12, 15, 12)
    assert status() is InvoiceStatus.OVERDUE
    books.receive(3800)
    assert status() is InvoiceStatus.PAID
    assert books.open(invoice) == 0


def test_documents_are_found_by_what_they_are(books: Books) -> None:
    books.held(4)
    [invoice] = books.run().document_ids
    note = books.credit(invoice).document_id
    books.held(11)
    done = books.run(DECEMBER)
    [last] = done.document_ids

    def ids(**wanted: object) -> list[int]:
        found = books.ledger.documents(FindDocuments(**wanted))  # type: ignore[arg-type]
        return [row.document_id for row in found]

    assert ids() == [last, note, invoice]
    assert ids(kind=DocumentKind.CREDIT_NOTE) == [note]
    assert ids(run_id=done.run_id) == [last]
    assert ids(status=InvoiceStatus.CREDITED) == [invoice]
    assert ids(from_on=date(2026, 12, 1), until_on=date(2026, 12, 2)) == [note]
    assert ids(before=note) == [invoice]
    assert ids(limit=1) == [last]
    assert ids(payer_id=books.payer, household_id=books.household) == ids()
    assert ids(payer_id=10**6) == []


def test_an_account_shows_every_movement(books: Books) -> None:
    books.held(4)
    books.held(5)
    [invoice] = books.run().document_ids
    books.receive(10000)
    payments = Payments(books.desk)
    payments.refund(RefundPayment(books.payer, 400, date(2026, 12, 6), "back"))
    [session] = [line.session_id for line in books.lines(invoice)][:1]
    books.credit(invoice, date(2026, 12, 7), session_ids=(session,))
    books.held(17)
    [second] = books.run(DECEMBER).document_ids
    payments.write_off(WriteOffInvoice(second, date(2027, 1, 2), "Moved", "off"))
    account = books.ledger.account(books.payer)
    assert [(each.charge, each.payment, each.balance) for each in account] == [
        (9600, 0, 9600),
        (0, 10000, -400),
        (400, 0, 0),
        (0, 4800, -4800),
        (4800, 0, 0),
        (0, 4800, -4800),
    ]
    assert account[-1].balance == books.owes()


def test_a_statement_brings_the_past_forward(books: Books, clock: FakeClock) -> None:
    books.held(4)
    books.run()
    books.receive(1000)
    books.held(11)
    books.run(DECEMBER)
    clock.set(2027, 3, 1)
    statement = books.ledger.statement_of_account(
        books.payer, date(2026, 12, 10), date(2026, 12, 31)
    )
    assert (statement.brought_forward, statement.balance) == (3800, 8600)
    assert [posting.charge for posting in statement.postings] == [4800]
    assert statement.overdue == 3800
    assert [entry.amount for entry in statement.ages] == [4800, 3800, 0, 0, 0]
    books.receive(8600, on=date(2027, 1, 5))
    again = books.ledger.statement_of_account(
        books.payer, date(2026, 12, 10), date(2026, 12, 31)
    )
    assert again == statement
    with pytest.raises(MissingRecordError):
        books.ledger.statement_of_account(10**6, *DECEMBER)


def test_ages_add_up_to_the_balance(books: Books, clock: FakeClock) -> None:
    books.held(4)
    books.run()
    books.receive(6000)
    books.held(11)
    books.run(DECEMBER)
    clock.set(2027, 2, 20)
    [row] = books.ledger.ageing()
    assert row.ages == (0, 0, 4800, 0, 0)
    assert (row.on_account, row.balance) == (1200, 3600)


def test_a_statement_stays_what_it_was_when_a_payment_bounces_later(
    books: Books,
) -> None:
    books.held(4)
    books.run()
    paid = books.receive(4800, date(2026, 12, 5))

    def ages(until: date) -> tuple[list[int], int]:
        found = books.ledger.statement_of_account(books.payer, date(2026, 11, 1), until)
        return [each.amount for each in found.ages], found.balance

    before = ages(date(2026, 12, 10))
    Payments(books.desk).reverse_payment(
        ReversePayment(paid.payment_id, date(2027, 1, 20), "Bounced", books.key())
    )
    assert ages(date(2026, 12, 10)) == before
    for day in (date(2026, 12, 4), date(2027, 1, 19), date(2027, 1, 20)):
        amounts, balance = ages(day)
        assert sum(amounts) == balance
    assert ages(date(2027, 1, 20))[1] == 4800


def test_a_paper_is_made_from_the_frozen_data_alone(books: Books) -> None:
    books.held(4)
    with books.desk.transaction("letterhead") as transaction:
        office = profile(transaction)
        office.iban, office.payee = "DE02120300000000202051", "Chalk Street"
        office.payment_rows = [["Sort code", "12-34-56"]]
    [invoice] = books.run().document_ids
    before = books.ledger.document(invoice)
    head = books.ledger.letterhead(invoice)
    with books.desk.transaction("change everything") as transaction:
        profile(transaction).name = "Another Name"
        transaction.get_one(Household, books.household).name = "Renamed"
        transaction.get_one(Payer, books.payer).address = "Elsewhere"
    books.receive(4800)
    assert books.ledger.document(invoice) == before
    assert books.ledger.letterhead(invoice) == head
    assert isinstance(before, values.Invoice)
    assert before.transfer == values.Transfer(
        payee="Chalk Street",
        rows=(("Sort code", "12-34-56"),),
        reference="INV-0001",
        iban="DE02120300000000202051",
    )
    assert head.mark == "C"
    [group] = before.groups
    [line] = group.lines
    assert (group.student, group.subject) == ("Maya", "Maths")
    assert (line.text, line.minutes, line.rate) == ("Anna", 60, 4800)
    assert (before.subtotal, before.total, before.open) == (4800, 4800, 4800)


def test_a_transfer_in_euros_bears_a_structured_reference(books: Books) -> None:
    books.held(4)
    with books.desk.transaction("move to Berlin") as transaction:
        office = profile(transaction)
        office.iban, office.payee = "DE02120300000000202051", "Chalk Street"
        transaction.get_one(Household, books.household).currency = "EUR"
    [document_id] = books.run().document_ids
    invoice = books.ledger.document(document_id)
    assert isinstance(invoice, values.Invoice)
    assert invoice.transfer is not None
    assert invoice.transfer.reference == structured_reference("INV-0001") != ""


def test_a_tutor_sees_no_money_of_families(books: Books) -> None:
    tutor = Ledger(books.desk.sat_at_by(Actor("anna", Role.TUTOR, books.tutor)))
    for look in (tutor.documents, tutor.balances, tutor.ageing):
        with pytest.raises(OfficeOnlyError):
            look()
    with pytest.raises(OfficeOnlyError):
        tutor.account(books.payer)
