"""An office that bills: one family, sessions in one line, and every money service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select

from app.models.billing import Charge, Document, DocumentLine
from app.services.billing.credits import Credits
from app.services.billing.ledger import Ledger
from app.services.billing.payments import Payments
from app.services.billing.requests import (
    Credited,
    CreditInvoice,
    InvoiceRunOf,
    Received,
    ReceivePayment,
    RunDone,
    StartRun,
)
from app.services.billing.runs import InvoiceRuns
from tests.services.charging.story import Story, at

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
DECEMBER = (date(2026, 12, 1), date(2026, 12, 31))


@dataclass(slots=True)
class Books(Story):
    """The office of the charging stories, in November 2026, with its books."""

    keys: Any = field(default_factory=count)

    def key(self) -> str:
        """Make the key of a new request."""
        return f"key {next(self.keys)}"

    def held(self, day: int, minutes: int = 60, **more: Any) -> int:  # noqa: ANN401
        """Book a session in November and close it out."""
        session = self.book(at(day), **more)
        students: Sequence[int] = more.get("students", [self.student])
        self.close(session, dict.fromkeys(students, minutes))
        return session

    def run(
        self,
        period: tuple[date, date] = NOVEMBER,
        on: date | None = None,
        **more: Any,  # noqa: ANN401
    ) -> RunDone:
        """Carry out an invoice run, issued on the period's last day unless said."""
        key = more.pop("request_key", None) or self.key()
        runs = InvoiceRuns(self.desk)
        return runs.run(StartRun(*period, on or period[1], key, **more))

    def preview(self, period: tuple[date, date] = NOVEMBER) -> Any:  # noqa: ANN401
        """Look at what a run would do."""
        return InvoiceRuns(self.desk).preview(InvoiceRunOf(*period, period[1]))

    def credit(
        self,
        invoice: int,
        on: date = date(2026, 12, 1),
        **more: Any,  # noqa: ANN401
    ) -> Credited:
        """Take an invoice back."""
        request = CreditInvoice(invoice, on, "A mistake", self.key(), **more)
        return Credits(self.desk).credit(request)

    def receive(
        self,
        amount: int,
        on: date = date(2026, 12, 5),
        **more: Any,  # noqa: ANN401
    ) -> Received:
        """Record a payment of the family."""
        key = more.pop("request_key", None) or self.key()
        payer = more.pop("payer", self.payer)
        return Payments(self.desk).receive(
            ReceivePayment(payer, amount, on, key, **more)
        )

    @property
    def ledger(self) -> Ledger:
        """The ledger."""
        return Ledger(self.desk)

    def document(self, document_id: int) -> Document:
        """Read a document's row."""
        with self.desk.snapshot() as snapshot:
            return snapshot.get_one(Document, document_id)

    def totals(self) -> list[tuple[str, int]]:
        """List number and total of all documents, in the order of issue."""
        return [(row.number, row.total) for row in self.rows(Document)]

    def lines(self, document_id: int) -> list[DocumentLine]:
        """Read a document's lines in order."""
        with self.desk.snapshot() as snapshot:
            query = select(DocumentLine).where(DocumentLine.document_id == document_id)
            return list(snapshot.scalars(query.order_by(DocumentLine.position)))

    def waiting(self) -> list[int]:
        """List the amounts of charges on no document."""
        with self.desk.snapshot() as snapshot:
            return list(
                snapshot.scalars(
                    select(Charge.amount)
                    .where(Charge.line_id.is_(None), Charge.replaced_at.is_(None))
                    .order_by(Charge.id)
                )
            )

    def open(self, document_id: int) -> int:
        """Give what is open on an invoice."""
        return self.ledger.open_amount(document_id)

    def owes(self) -> int:
        """Give the family's balance."""
        return self.ledger.balances().get(self.payer, 0)
