"""Several desks bill at the same time: every number once, every charge once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from app.models.billing import Charge, Document, DocumentLine
from app.models.database import Database
from app.models.values.actors import COMMAND_LINE
from app.services.billing.requests import StartRun
from app.services.billing.runs import InvoiceRuns
from app.services.desk import Desk
from tests.fakes import FakeClock
from tests.services.billing.books import NOVEMBER, Books

DESKS, FAMILIES = 4, 6


def test_desks_that_bill_at_once_share_the_work(
    books: Books, database: Database, clock: FakeClock
) -> None:
    for number in range(FAMILIES):
        household = books.make.household(f"Family {number}")
        books.make.payer(household)
        student = books.make.student(household=household)
        books.held(1 + number, students=[student], tutors=[books.make.tutor()])

    def bill(number: int) -> int:
        own = Database(database.url.render_as_string(hide_password=False))
        try:
            runs = InvoiceRuns(Desk(own, clock, COMMAND_LINE))
            done = runs.run(StartRun(*NOVEMBER, NOVEMBER[1], f"desk {number % 3}"))
            return len(done.document_ids)
        finally:
            own.close()

    with ThreadPoolExecutor(DESKS) as pool:
        issued = list(pool.map(bill, range(DESKS)))
    # Two of the four asked the same request, so they tell of the same documents.
    assert sum(issued[:3]) == FAMILIES
    assert issued[3] == issued[0]
    with books.desk.snapshot() as snapshot:
        numbers = snapshot.scalars(select(Document.sequence)).all()
        assert sorted(numbers) == list(range(1, FAMILIES + 1))
        assert snapshot.scalar(select(func.count(DocumentLine.id))) == FAMILIES
        free = select(func.count(Charge.id)).where(Charge.line_id.is_(None))
        assert snapshot.scalar(free) == 0
