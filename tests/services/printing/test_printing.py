"""A folder gets the papers of its own period, and only what was approved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.models.billing import Document
from app.models.database import Database
from app.services.payroll.runs import PayRuns
from app.services.printing.printing import PeriodOf, Printing
from tests.factories import Make
from tests.fakes import FakeClock
from tests.services.billing.books import DECEMBER, NOVEMBER, Books
from tests.services.billing.conftest import books
from tests.services.payroll.scene import at, make_scene

__all__ = ["books"]
IN_NOVEMBER = PeriodOf(*NOVEMBER, NOVEMBER[1])
IN_DECEMBER = PeriodOf(*DECEMBER, DECEMBER[1])


def test_an_invoice_goes_to_the_folder_of_its_period(
    books: Books, tmp_path: Path
) -> None:
    books.held(10)
    [invoice] = books.run(NOVEMBER, on=date(2026, 12, 1)).document_ids
    printing = Printing(books.desk)
    assert printing.write_documents(tmp_path / "december", IN_DECEMBER) == ()
    [path] = printing.write_documents(tmp_path / "november", IN_NOVEMBER)
    assert path.name.startswith("INV-0001")
    with books.make.transaction() as transaction:
        document = transaction.get_one(Document, invoice)
        document.from_on = document.until_on = None
    assert printing.write_documents(tmp_path / "none", IN_NOVEMBER) == ()
    [path] = printing.write_documents(tmp_path / "december", IN_DECEMBER)
    assert path.name.startswith("INV-0001")


def test_a_pay_run_that_is_not_approved_is_not_written(
    database: Database, clock: FakeClock, make: Make, tmp_path: Path
) -> None:
    scene = make_scene(database, clock, make)
    scene.close(scene.book(at(10)))
    runs, printing = PayRuns(scene.desk), Printing(scene.desk)
    run_id = runs.start(scene.request())
    assert run_id is not None
    assert printing.write_pay(tmp_path, IN_NOVEMBER) == ()
    runs.check(run_id)
    assert printing.write_pay(tmp_path, IN_NOVEMBER) == ()
    runs.approve(run_id)
    assert len(printing.write_pay(tmp_path, IN_NOVEMBER)) == 2
