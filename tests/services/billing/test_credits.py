"""Credit notes: whole and by line, for good and to be billed again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.models.agreements import Discount
from app.models.billing import Charge
from app.models.catalog import Price
from app.models.office import OfficeProfile
from app.models.values.billing import (
    DocumentKind,
    InvoiceStatus,
    PriceBasis,
    PriceLevel,
    PricePer,
)
from app.models.values.entries import EmptyError
from app.models.values.schedule import SessionStatus
from app.services.billing.credits import Credits
from app.services.billing.errors import (
    CreditedBeforeError,
    NotAnInvoiceError,
    NotCreditableError,
    NotOnInvoiceError,
    OtherRequestError,
)
from app.services.billing.numbering import NumberBook, SetSeries
from app.services.billing.requests import CreditInvoice
from app.services.documents import values
from tests.services.billing.books import DECEMBER, Books


def invoice_of(books: Books, *days: int, minutes: int = 60) -> tuple[int, list[int]]:
    """Hold sessions, bill them, and give the invoice and the sessions."""
    sessions = [books.held(day, minutes=minutes) for day in days]
    [invoice] = books.run().document_ids
    return invoice, sessions


def test_a_rebilled_line_comes_back_on_the_next_invoice(books: Books) -> None:
    invoice, [first, _second] = invoice_of(books, 10, 17)
    note = books.credit(invoice, session_ids=(first,), rebill=True).document_id
    assert (books.document(note).total, books.open(invoice)) == (4800, 4800)
    assert books.waiting() == [4800]
    [again] = books.run(DECEMBER).document_ids
    assert [line.session_id for line in books.lines(again)] == [first]
    assert (books.owes(), books.waiting()) == (9600, [])


def test_a_line_credited_for_good_is_not_charged_again(books: Books) -> None:
    invoice, [session] = invoice_of(books, 10)
    books.credit(invoice)
    assert books.reasons(session) == ["credited"]
    assert (books.owes(), books.waiting()) == (0, [])
    books.settle(session)
    assert books.waiting() == []
    assert books.run(DECEMBER).document_ids == ()
    [row] = [row for row in books.ledger.documents() if row.document_id == invoice]
    assert row.status is InvoiceStatus.CREDITED


def test_a_credit_note_names_the_invoice_it_takes_back(books: Books) -> None:
    invoice, _sessions = invoice_of(books, 10)
    note = books.credit(invoice).document_id
    printed = books.ledger.document(note)
    assert isinstance(printed, values.CreditNote)
    assert printed.original == books.document(invoice).number
    assert printed.original_issued == date(2026, 11, 30)
    assert (printed.reason, printed.total) == ("A mistake", 4800)
    [group] = printed.groups
    assert [line.amount for line in group.lines] == [4800]
    assert [(entry.amount) for entry in printed.use] == [4800]


def test_what_exceeds_the_open_amount_stays_on_account(books: Books) -> None:
    invoice, _sessions = invoice_of(books, 10)
    books.receive(3000)
    note = books.credit(invoice).document_id
    assert (books.open(invoice), books.owes()) == (0, -3000)
    printed = books.ledger.document(note)
    assert isinstance(printed, values.CreditNote)
    assert [entry.amount for entry in printed.use] == [1800, 3000]


def test_a_line_is_taken_back_once(books: Books) -> None:
    invoice, [first, second] = invoice_of(books, 10, 17)
    books.credit(invoice, session_ids=(first,))
    with pytest.raises(CreditedBeforeError):
        books.credit(invoice, session_ids=(first, second))
    rest = books.credit(invoice).document_id
    assert [line.session_id for line in books.lines(rest)] == [second]
    with pytest.raises(CreditedBeforeError):
        books.credit(invoice)
    assert books.open(invoice) == 0


def test_lines_of_other_documents_cannot_be_named(books: Books) -> None:
    invoice, _sessions = invoice_of(books, 10)
    other = books.held(11)
    with pytest.raises(NotOnInvoiceError):
        books.credit(invoice, session_ids=(other,))
    with pytest.raises(NotOnInvoiceError):
        books.credit(invoice, line_ids=(10**6,))
    note = books.credit(invoice).document_id
    with pytest.raises(NotAnInvoiceError):
        books.credit(note)
    with pytest.raises(EmptyError):
        Credits(books.desk).credit(
            CreditInvoice(invoice, date(2026, 12, 1), " ", "no reason")
        )


def test_the_same_request_credits_once(books: Books) -> None:
    invoice, _sessions = invoice_of(books, 10)
    credits_ = Credits(books.desk)
    asked = CreditInvoice(invoice, date(2026, 12, 1), "A mistake", "click")
    assert credits_.credit(asked) == credits_.credit(asked)
    with pytest.raises(OtherRequestError):
        credits_.credit(replace(asked, rebill=True))
    assert len(books.totals()) == 2


def test_discounts_are_given_back_in_proportion(books: Books) -> None:
    books.make.save(
        Discount(household_id=books.household, name="Loyal", percent=Decimal(10)),
        Discount(
            household_id=books.household, name="Pair", on_document=True, amount=1001
        ),
    )
    invoice, [first, _second] = invoice_of(books, 10, 17)
    row = books.document(invoice)
    assert (row.net, row.total) == (8640 - 1001, 8640 - 1001)
    note = books.credit(invoice, session_ids=(first,)).document_id
    assert books.document(note).total == 4320 - 501
    rest = books.credit(invoice).document_id
    assert books.document(rest).total == 4320 - 500
    assert (books.open(invoice), books.owes()) == (0, 0)


def test_a_correction_gives_the_discount_of_the_document_back(books: Books) -> None:
    books.make.save(
        Discount(
            household_id=books.household,
            name="Loyal",
            on_document=True,
            percent=Decimal(10),
        )
    )
    _first, [session] = invoice_of(books, 10, minutes=90)
    books.close(session, {books.student: 60})
    books.held(17)
    [second] = books.run(DECEMBER).document_ids
    row = books.document(second)
    assert row.total == (4800 + 4800 - 960) - (7200 - 720)
    assert "Discount on what is taken back" in str(row.face)


def test_a_waiting_correction_is_used_by_the_credit(books: Books) -> None:
    """The session was closed shorter, but not billed again, when it is credited."""
    invoice, [session] = invoice_of(books, 10, minutes=90)
    books.close(session, {books.student: 60})
    books.credit(invoice)
    assert (books.owes(), books.waiting()) == (0, [])
    assert books.reasons(session) == ["credited"]


def test_a_whole_credit_lets_corrections_on_it_wait_again(books: Books) -> None:
    first, [session] = invoice_of(books, 10, minutes=90)
    books.close(session, {books.student: 60})
    later = books.held(17)
    [second] = books.run(DECEMBER).document_ids
    assert books.document(second).total == 4800 + 4800 - 7200
    back = next(line for line in books.lines(second) if line.amount < 0)
    with pytest.raises(NotCreditableError):
        books.credit(second, date(2026, 12, 31), line_ids=(back.id,))
    note = books.credit(second, date(2026, 12, 31), rebill=True).document_id
    assert books.document(note).total == 2400
    assert sorted(books.waiting()) == [-7200, 4800, 4800]
    [again] = books.run(DECEMBER).document_ids
    assert books.document(again).total == 2400
    assert {line.session_id for line in books.lines(again)} == {session, later}
    assert (books.open(first), books.owes()) == (7200, 9600)


def test_correct_and_reissue_is_one_step(books: Books) -> None:
    invoice, [session] = invoice_of(books, 10, minutes=90)
    asked = CreditInvoice(invoice, date(2026, 12, 1), "Too long", "click")

    def close_again() -> None:
        books.close(session, {books.student: 60})

    done = Credits(books.desk).correct_and_reissue(asked, close_again)
    [again] = done.document_ids
    assert books.document(done.credit_note_id).total == 7200
    assert (books.document(again).total, books.owes()) == (4800, 4800)
    assert Credits(books.desk).correct_and_reissue(asked, close_again) == done
    assert len(books.totals()) == 3


def test_credit_notes_have_numbers_of_their_own_series(books: Books) -> None:
    invoice, _sessions = invoice_of(books, 10)
    NumberBook(books.desk).set_series(SetSeries(DocumentKind.CREDIT_NOTE, "CN-"))
    note = books.credit(invoice).document_id
    assert books.document(note).number == "CN-0001"


def test_every_row_and_its_reversals_add_up(books: Books) -> None:
    invoice, [session] = invoice_of(books, 10, minutes=90)
    books.credit(invoice, rebill=True)
    books.close(session, {books.student: 45})
    books.run(DECEMBER)
    with books.desk.snapshot() as snapshot:
        amounts = snapshot.scalars(
            select(Charge.amount).where(
                Charge.session_id == session, Charge.replaced_at.is_(None)
            )
        ).all()
    assert sum(amounts) == 3600


def taxed(books: Books, amount: int, *days: int, **office: Any) -> int:  # noqa: ANN401
    """Bill sessions of a price each, taxed by 20 percent."""
    with books.desk.transaction("how prices are stated") as transaction:
        row = transaction.scalars(select(OfficeProfile)).one()
        for name, value in office.items():
            setattr(row, name, value)
    offering = books.make.offering("Piano", tax_code_id=books.make.tax_code("20"))
    books.make.save(
        Price(
            level=PriceLevel.OFFERING,
            offering_id=offering,
            per=PricePer.SESSION,
            amount=amount,
        )
    )
    for day in days:
        books.held(day, offering=offering)
    [invoice] = books.run().document_ids
    return invoice


def taxes_given_back(books: Books, invoice: int) -> list[int]:
    """Credit an invoice line by line, and give each note's tax."""
    found = []
    for line in books.lines(invoice):
        note = books.credit(invoice, line_ids=(line.id,)).document_id
        found.append(books.document(note).tax)
    return found


@pytest.mark.parametrize(
    ("amount", "taxes"), [(1002, [200, 200, 201]), (1003, [201, 201, 200])]
)
def test_line_by_line_the_whole_tax_is_given_back(
    books: Books, amount: int, taxes: list[int]
) -> None:
    invoice = taxed(books, amount, 3, 10, 17)
    assert taxes_given_back(books, invoice) == taxes
    assert sum(taxes) == books.document(invoice).tax
    assert (books.open(invoice), books.owes()) == (0, 0)


def test_no_more_tax_than_charged_is_given_back(books: Books) -> None:
    """Five times 3 cents carry 3 cents of tax, each alone would carry 1."""
    invoice = taxed(books, 3, 3, 4, 10, 11, 17)
    assert taxes_given_back(books, invoice) == [1, 1, 1, 0, 0]
    assert (books.open(invoice), books.owes()) == (0, 0)


def test_gross_prices_give_back_their_net_to_the_cent(books: Books) -> None:
    invoice = taxed(books, 1003, 3, 10, 17, prices=PriceBasis.GROSS)
    row = books.document(invoice)
    assert (row.net, row.tax, row.total) == (2507, 502, 3009)
    assert taxes_given_back(books, invoice) == [167, 167, 168]
    assert (books.open(invoice), books.owes()) == (0, 0)


def test_what_a_correction_gave_back_is_not_given_back_again(books: Books) -> None:
    """One of three lines went to the next invoice with 2.01 of tax."""
    invoice = taxed(books, 1003, 3, 10, 17)
    first, second, third = books.lines(invoice)
    books.held(24)
    books.call_off(first.session_id or 0, SessionStatus.CANCELLED_BY_OFFICE)
    books.run(DECEMBER)
    one = books.credit(invoice, date(2026, 12, 31), line_ids=(second.id,))
    two = books.credit(invoice, date(2026, 12, 31), line_ids=(third.id,))
    taxes = [books.document(each.document_id).tax for each in (one, two)]
    assert taxes == [201, 200]


def test_a_preview_tells_the_total_and_issues_nothing(books: Books) -> None:
    invoice = taxed(books, 1003, 3, 10, 17)
    first = books.lines(invoice)[0].id
    request = CreditInvoice(
        invoice, date(2026, 12, 1), "A mistake", "preview", line_ids=(first,)
    )
    credits_ = Credits(books.desk)
    told = credits_.preview(request)
    assert len(books.ledger.documents()) == 1
    assert told == books.document(credits_.credit(request).document_id).total
    assert told > 1003
