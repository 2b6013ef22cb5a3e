"""Lines say what they are a part of, what they take back and what they replace."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from app.models.people import PayerShare
from app.models.scheduling import Session, SessionTutor
from app.services.documents import values
from app.services.documents.content import Table
from app.services.documents.invoice import invoice_content
from app.services.documents.locale import locale_for
from tests.services.billing.books import DECEMBER, Books
from tests.services.charging.story import at


def shared(books: Books) -> None:
    """Let two payers share what the family costs, 60 to 40."""
    second = books.make.payer(books.household, "Anders", position=1)
    for position, (payer, percent) in enumerate(((books.payer, 60), (second, 40))):
        share = PayerShare(
            payer_id=payer, household_id=books.household, position=position
        )
        share.percent = Decimal(percent)
        books.make.save(share)


def issued(books: Books, document_id: int) -> values.Invoice | values.CreditNote:
    return books.ledger.document(document_id)


def notes(printed: values.Invoice) -> list[str]:
    """List what stands under the lines of an invoice."""
    content = invoice_content(printed, locale_for("en-GB"))
    [table] = [part for part in content.parts if isinstance(part, Table)]
    return [row.note for group in table.groups for row in group.rows]


def test_a_shared_line_says_what_it_is_a_part_of(books: Books) -> None:
    shared(books)
    books.held(10)
    first, second = books.run().document_ids
    for document_id, text in (
        (first, "Your share: 60\xa0% of 48.00"),
        (second, "Your share: 40\xa0% of 48.00"),
    ):
        printed = issued(books, document_id)
        assert isinstance(printed, values.Invoice)
        assert notes(printed) == [text]


def test_a_line_of_one_payer_has_no_share(books: Books) -> None:
    books.held(10)
    [document_id] = books.run().document_ids
    printed = issued(books, document_id)
    assert isinstance(printed, values.Invoice)
    assert notes(printed) == [""]


def corrected(books: Books) -> values.CreditNote:
    """Bill an hour and a half, find that it was an hour later and shorter."""
    session = books.held(10, minutes=90)
    books.run()
    with books.desk.transaction("began later") as transaction:
        row = transaction.get_one(Session, session)
        part = transaction.scalars(
            select(SessionTutor).where(SessionTutor.session_id == session)
        ).one()
        part.actual_starts_at = row.starts_at + timedelta(minutes=30)
    books.close(session, {books.student: 60})
    [document_id] = books.run(DECEMBER).document_ids
    printed = issued(books, document_id)
    assert isinstance(printed, values.CreditNote)
    return printed


def test_what_is_taken_back_shows_the_times_that_were_charged(books: Books) -> None:
    printed = corrected(books)
    assert [group.subject for group in printed.groups] == [
        "Taken back",
        "Charged instead",
    ]
    [back], [instead] = (group.lines for group in printed.groups)
    assert (f"{back.start:%H:%M}", f"{back.end:%H:%M}") == ("16:00", "17:30")
    assert (f"{instead.start:%H:%M}", f"{instead.end:%H:%M}") == ("16:30", "17:30")
    assert (back.amount, instead.amount, printed.total) == (7200, -4800, 2400)
    assert (back.note, instead.note) == ("from INV-0001", "instead of INV-0001")
    assert back.text == instead.text == "Maths with Anna"


def test_a_late_line_widens_the_period(books: Books) -> None:
    books.held(10)
    books.run()
    books.held(17)
    [document_id] = books.run(DECEMBER).document_ids
    printed = issued(books, document_id)
    assert isinstance(printed, values.Invoice)
    assert (printed.first_day, printed.last_day) == (date(2026, 11, 17),) * 2


def test_a_line_billed_anew_says_what_it_replaces(books: Books) -> None:
    session = books.held(10)
    books.held(17)
    [invoice] = books.run().document_ids
    books.credit(invoice, session_ids=(session,), rebill=True)
    december = books.book(at(2, month=12))
    books.close(december)
    [again] = books.run(DECEMBER).document_ids
    printed = issued(books, again)
    assert isinstance(printed, values.Invoice)
    assert printed.replaces == "INV-0001"
    assert (printed.first_day, printed.last_day) == (
        date(2026, 11, 10),
        date(2026, 12, 31),
    )
