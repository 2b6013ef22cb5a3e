"""Whatever happens in whatever order, the books add up after every step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.models.agreements import Discount
from app.models.billing import (
    Charge,
    Document,
    DocumentLine,
    NumberSeries,
    Payment,
    WriteOff,
)
from app.models.database import Snapshot
from app.models.values.billing import DocumentKind
from app.models.values.errors import RuleError
from app.services.billing.accounts import credit_of, open_invoices
from app.services.billing.chains import broken_documents, broken_payments
from app.services.billing.payments import Payments
from app.services.billing.requests import (
    RefundPayment,
    ReversePayment,
    UseCredit,
    WriteOffInvoice,
)
from tests.services.billing.books import DECEMBER, Books
from tests.services.charging.story import at

ON = DECEMBER[1]
hours = count(1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("hold"), st.integers(1, 120)),
        st.tuples(st.just("correct"), st.integers(0, 120)),
        st.tuples(st.just("bill"), st.just(0)),
        st.tuples(st.just("credit"), st.integers(0, 3)),
        st.tuples(st.just("credit a line"), st.integers(0, 3)),
        st.tuples(st.just("receive"), st.integers(1, 20000)),
        st.tuples(st.just("reverse"), st.integers(0, 9)),
        st.tuples(st.just("refund"), st.integers(1, 5000)),
        st.tuples(st.just("use"), st.just(0)),
        st.tuples(st.just("write off"), st.integers(0, 3)),
        st.tuples(st.just("discount"), st.integers(1, 60)),
    ),
    min_size=4,
    max_size=14,
)


class Family:
    """A new family whose sessions and money are moved about."""

    def __init__(self, books: Books, rate: str) -> None:
        household = books.make.household("Random")
        payer = books.make.payer(household)
        student = books.make.student("Rand", household)
        tax = books.make.tax_code(rate)
        offering = books.make.offering("Random", price=4801, tax_code_id=tax)
        self.books = replace(
            books,
            household=household,
            payer=payer,
            student=student,
            offering=offering,
            tutor=books.make.tutor(),
        )
        self.sessions: list[int] = []

    def take(self, step: str, number: int) -> None:
        """Do one step; what goes against a rule is refused and changes nothing."""
        moves: dict[str, Callable[[int], object]] = {
            "hold": self.hold,
            "correct": self.correct,
            "bill": lambda _number: self.bill(),
            "credit": self.credit,
            "credit a line": self.credit_line,
            "receive": lambda amount: self.books.receive(amount, on=ON),
            "reverse": self.reverse,
            "refund": self.refund,
            "use": lambda _number: self.use(),
            "write off": self.write_off,
            "discount": self.discount,
        }
        with suppress(RuleError):
            moves[step](number)

    def hold(self, minutes: int) -> None:
        hour = next(hours)
        session = self.books.book(at(1 + hour // 24 % 28, hour % 24))
        self.sessions.append(session)
        self.books.close(session, {self.books.student: minutes})

    def correct(self, minutes: int) -> None:
        if self.sessions:
            session = self.sessions[minutes % len(self.sessions)]
            self.books.close(session, {self.books.student: minutes or None})

    def bill(self) -> None:
        self.books.run(DECEMBER, ON, household_ids=(self.books.household,))

    def invoices(self) -> list[int]:
        with self.books.desk.snapshot() as snapshot:
            return list(
                snapshot.scalars(
                    select(Document.id).where(
                        Document.payer_id == self.books.payer,
                        Document.kind == DocumentKind.INVOICE,
                    )
                )
            )

    def credit(self, number: int) -> None:
        invoices = self.invoices()
        if invoices:
            invoice = invoices[number % len(invoices)]
            self.books.credit(invoice, ON, rebill=bool(number % 2))

    def credit_line(self, number: int) -> None:
        invoices = self.invoices()
        if invoices:
            invoice = invoices[number % len(invoices)]
            lines = [each for each in self.books.lines(invoice) if each.charge_id]
            line = lines[number % len(lines)]
            rebill = bool(number % 2)
            self.books.credit(invoice, ON, line_ids=(line.id,), rebill=rebill)

    def reverse(self, number: int) -> None:
        payments = [
            row for row in self.books.rows(Payment) if row.payer_id == self.books.payer
        ]
        if payments:
            payment = payments[number % len(payments)].id
            request = ReversePayment(payment, ON, "It bounced.", self.books.key())
            Payments(self.books.desk).reverse_payment(request)

    def refund(self, amount: int) -> None:
        request = RefundPayment(self.books.payer, amount, ON, self.books.key())
        Payments(self.books.desk).refund(request)

    def use(self) -> None:
        request = UseCredit(self.books.payer, ON, self.books.key())
        Payments(self.books.desk).use_credit(request)

    def write_off(self, number: int) -> None:
        invoices = self.invoices()
        if invoices:
            invoice = invoices[number % len(invoices)]
            request = WriteOffInvoice(invoice, ON, "Hopeless.", self.books.key())
            Payments(self.books.desk).write_off(request)

    def discount(self, number: int) -> None:
        self.books.make.save(
            Discount(
                household_id=self.books.household,
                name="Some",
                on_document=bool(number % 2),
                amount=number * 7,
            )
        )

    def check(self) -> None:
        """Add everything up."""
        with self.books.desk.snapshot() as snapshot:
            documents = snapshot.scalars(
                select(Document).where(Document.payer_id == self.books.payer)
            ).all()
            self.check_sums(snapshot, documents)
            self.check_sessions(snapshot)
            sign = {DocumentKind.INVOICE: 1, DocumentKind.CREDIT_NOTE: -1}
            paid = snapshot.scalar(
                select(func.coalesce(func.sum(Payment.amount), 0)).where(
                    Payment.payer_id == self.books.payer
                )
            )
            given_up = snapshot.scalar(
                select(func.coalesce(func.sum(WriteOff.amount), 0)).where(
                    WriteOff.invoice_id.in_([each.id for each in documents])
                )
            )
            balance = sum(sign[each.kind] * each.total for each in documents)
            balance -= (paid or 0) + (given_up or 0)
            left = open_invoices(snapshot, self.books.payer)
            credit = credit_of(snapshot, self.books.payer)
            assert balance == sum(each.open for each in left) - credit.on_account
            assert sum(each.rest for each in credit.sources) == max(
                0, credit.on_account
            )
        assert self.books.owes() == balance

    def check_sums(self, snapshot: Snapshot, documents: Sequence[Document]) -> None:
        """Add up the lines of documents."""
        for document in documents:
            lines = snapshot.scalars(
                select(DocumentLine).where(DocumentLine.document_id == document.id)
            ).all()
            assert sum(line.amount for line in lines) == document.net
            assert document.net + document.tax == document.total >= 0

    def check_sessions(self, snapshot: Snapshot) -> None:
        """Add up what each session made: rows, reversals and successors."""
        for session in self.sessions:
            rows = snapshot.scalars(
                select(Charge).where(
                    Charge.session_id == session, Charge.replaced_at.is_(None)
                )
            ).all()
            live = [row.amount for row in rows if row.live_key is not None]
            assert sum(row.amount for row in rows) == sum(live)
            assert len(live) <= 1


def check_all(books: Books) -> None:
    """Look at numbers and seals of the whole office."""
    with books.desk.snapshot() as snapshot:
        for series in snapshot.scalars(select(NumberSeries)):
            numbers = snapshot.scalars(
                select(Document.sequence)
                .where(Document.number_series_id == series.id)
                .order_by(Document.sequence)
            ).all()
            assert list(numbers) == list(range(1, series.next_number))
        assert not list(broken_documents(snapshot))
        assert not list(broken_payments(snapshot))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=steps, rate=st.sampled_from(["0", "7.7", "20"]))
def test_the_books_add_up_after_every_step(
    books: Books, moves: list[tuple[str, int]], rate: str
) -> None:
    family = Family(books, rate)
    for step, number in moves:
        family.take(step, number)
        family.check()
    check_all(books)
