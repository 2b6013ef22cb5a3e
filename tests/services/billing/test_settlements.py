"""What settled an invoice, which numbers come next, and drafts as they will look."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from app.models.values.billing import DocumentKind
from app.services.billing.numbering import NumberBook
from app.services.billing.payments import Payments
from app.services.billing.requests import (
    InvoiceRunOf,
    ReversePayment,
    StartRun,
    WriteOffInvoice,
)
from app.services.billing.runs import InvoiceRuns
from app.services.billing.settlements import SettledBy
from app.services.documents import values
from app.services.printing.previews import Previews
from tests.services.billing.books import NOVEMBER, Books


@dataclass
class Impatient:
    """Somebody who stops a run after some documents."""

    most: int
    heard: list[tuple[int, int]] = field(default_factory=list)

    def goes_on(self, done: int, count: int, name: str) -> bool:
        """Stop when enough are out."""
        assert name
        self.heard.append((done, count))
        return done < self.most


def test_payments_credits_and_write_offs_are_told_in_order(books: Books) -> None:
    books.held(4)
    (invoice,) = books.run().document_ids
    books.receive(1000, date(2026, 12, 5), method="transfer")
    payments = Payments(books.desk)
    payments.write_off(
        WriteOffInvoice(invoice, date(2026, 12, 9), "Moved", books.key(), 300)
    )
    paid, given_up = books.ledger.settlements(invoice)
    assert (paid.by, paid.amount, paid.text) == (SettledBy.PAYMENT, 1000, "transfer")
    assert (given_up.by, given_up.amount) == (SettledBy.WRITE_OFF, 300)
    assert not paid.is_undone


def test_a_bounced_payment_is_told_with_its_way_back(books: Books) -> None:
    books.held(4)
    (invoice,) = books.run().document_ids
    received = books.receive(4800)
    request = ReversePayment(
        received.payment_id, date(2026, 12, 7), "Bounced", books.key()
    )
    Payments(books.desk).reverse_payment(request)
    settled = books.ledger.settlements(invoice)
    assert [each.amount for each in settled] == [4800, -4800]
    assert all(each.is_undone for each in settled)
    assert settled[1].on == date(2026, 12, 7)


def test_the_next_numbers_are_told_and_not_taken(books: Books) -> None:
    book = NumberBook(books.desk)
    on = NOVEMBER[1]
    told = book.upcoming(DocumentKind.INVOICE, on, 2)
    assert told == ("INV-0001", "INV-0002")
    books.held(4)
    books.run()
    assert books.totals()[0][0] == told[0]
    assert book.upcoming(DocumentKind.INVOICE, on, 1) == told[1:]


def test_a_draft_looks_as_it_will_but_for_its_number(books: Books) -> None:
    books.held(4)
    of = InvoiceRunOf(*NOVEMBER, NOVEMBER[1])
    job = Previews(books.desk).draft(of, books.payer)
    assert job is not None
    assert isinstance(job.value, values.Invoice)
    assert books.totals() == []
    (draft,) = InvoiceRuns(books.desk).drafts(of)
    books.run()
    assert books.totals() == [("INV-0001", job.value.total)]
    assert draft.total == job.value.total
    assert "INV" not in job.value.number
    assert Previews(books.desk).draft(of, books.payer) is None


def test_a_watched_run_stops_with_whole_documents_and_goes_on(books: Books) -> None:
    books.held(4)
    request = StartRun(*NOVEMBER, NOVEMBER[1], "one click")
    runs = InvoiceRuns(books.desk)
    stopped = runs.run(request, Impatient(0))
    assert (stopped.document_ids, stopped.left) == ((), 1)
    watch = Impatient(9)
    done = runs.run(request, watch)
    assert (len(done.document_ids), done.left) == (1, 0)
    assert watch.heard == [(0, 1)]
    assert len(books.totals()) == 1
