"""Invoice runs: what is issued, to whom, in what order, and once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.models.catalog import Price
from app.models.closing import CloseOut
from app.models.people import Household, PayerShare
from app.models.values.actors import Actor, Role
from app.models.values.billing import BillingModel, DocumentKind, PriceLevel, PricePer
from app.models.values.entries import DatesError
from app.models.values.policies import Approval
from app.models.values.schedule import CloseOutState
from app.services.billing.errors import (
    IssueDateError,
    OtherRequestError,
)
from app.services.billing.requests import InvoiceRunOf, StartRun, Trouble
from app.services.billing.runs import InvoiceRuns
from app.services.desk import OfficeOnlyError, profile
from app.services.documents import values
from tests.services.billing.books import DECEMBER, NOVEMBER, Books
from tests.services.charging.story import at


def test_a_run_bills_what_waits_and_a_second_one_nothing(books: Books) -> None:
    books.held(4)
    books.held(11, minutes=75)
    done = books.run()
    assert books.totals() == [("INV-0001", 10800)]
    assert books.waiting() == []
    again = books.run()
    assert (len(done.document_ids), again.document_ids) == (1, ())


def test_the_same_request_gives_the_same_result(books: Books) -> None:
    books.held(4)
    done = books.run(request_key="one click")
    books.held(11)
    assert books.run(request_key="one click") == done
    with pytest.raises(OtherRequestError):
        books.run(DECEMBER, request_key="one click")
    assert len(books.totals()) == 1


def test_what_came_since_is_billed_by_the_next_run(books: Books) -> None:
    books.held(4)
    books.run()
    books.held(5)
    books.run()
    assert books.totals() == [("INV-0001", 4800), ("INV-0002", 4800)]


def test_a_correction_below_zero_becomes_a_credit_note(books: Books) -> None:
    session = books.held(10, minutes=90)
    [invoice] = books.run().document_ids
    books.close(session, {books.student: 60})
    [note] = books.run(DECEMBER).document_ids
    document = books.document(note)
    assert (document.kind, document.total) == (DocumentKind.CREDIT_NOTE, 2400)
    assert [line.amount for line in books.lines(note)] == [7200, -4800]
    assert [line.minutes for line in books.lines(note)] == [90, -60]
    assert (books.open(invoice), books.owes()) == (4800, 4800)
    assert document.original_id == invoice


def test_corrections_that_cancel_each_other_wait(books: Books) -> None:
    session = books.held(10, minutes=90)
    books.run()
    books.close(session, {books.student: 60})
    books.close(session, {books.student: 90})
    assert books.run(DECEMBER).document_ids == ()
    assert books.waiting() == [-7200, 7200]
    kinds = [each.kind for each in books.preview(DECEMBER).exceptions]
    assert Trouble.SUMS_TO_NOTHING in kinds
    books.held(17)
    [invoice] = books.run(DECEMBER).document_ids
    assert books.document(invoice).total == 4800
    assert books.waiting() == []


def test_documents_come_by_household_and_payer(books: Books) -> None:
    other = books.make.household("abel")
    second = books.make.payer(other, "Second", position=1)
    first = books.make.payer(other, "First", position=0)
    ben = books.make.student("Ben", other)
    books.held(4)
    books.held(5, students=[ben])
    books.make.save(*_halves(first, second, other))
    books.held(6, students=[ben])
    done = books.run()
    payers = [books.document(each).payer_id for each in done.document_ids]
    assert payers == [first, second, books.payer]


def _halves(*ids: int) -> list[PayerShare]:
    *payers, household = ids
    return [
        PayerShare(
            household_id=household, payer_id=payer, position=at, percent=Decimal(50)
        )
        for at, payer in enumerate(payers)
    ]


def test_lines_come_by_student_date_and_time(books: Books) -> None:
    erik = books.make.student("Erik", books.household)
    books.held(11)
    books.held(6, students=[erik])
    early = books.book(at(4, 9))
    books.held(4)
    books.close(early)
    [invoice] = books.run().document_ids
    printed = books.ledger.document(invoice)
    assert [
        (
            group.student,
            [(line.day.day, line.start and line.start.hour) for line in group.lines],
        )
        for group in printed.groups
    ] == [("Erik", [(6, 16)]), ("Maya", [(4, 9), (4, 16), (11, 16)])]


def test_an_issue_date_before_the_last_one_is_refused(books: Books) -> None:
    books.held(4)
    books.run()
    books.held(5)
    with pytest.raises(IssueDateError):
        books.run(on=date(2026, 11, 29))
    assert len(books.totals()) == 1


def test_a_period_that_ends_before_it_begins_is_refused(books: Books) -> None:
    with pytest.raises(DatesError):
        books.run((NOVEMBER[1], NOVEMBER[0]))


def test_a_tutor_may_not_bill(books: Books) -> None:
    books.desk = books.desk.sat_at_by(Actor("anna", Role.TUTOR, books.tutor))
    with pytest.raises(OfficeOnlyError):
        books.run()


def test_a_run_that_was_stopped_goes_on(books: Books) -> None:
    """A run stands between payers when it stops; the same request completes it."""
    other = books.make.household("Zimmer")
    books.make.payer(other)
    books.held(4)
    books.held(5, students=[books.make.student("Ben", other)])
    request = StartRun(*NOVEMBER, NOVEMBER[1], "stopped")
    runs = InvoiceRuns(books.desk)
    run_id, done = runs._start(request)
    assert done is None
    runs._issue(request.of(), run_id, books.payer)
    assert len(books.totals()) == 1
    books.held(6)  # comes too late for this run
    finished = runs.run(request)
    assert finished.run_id == run_id
    assert len(finished.document_ids) == len(books.totals()) == 2
    assert runs.run(request) == finished
    assert books.waiting() == [4800]


def test_a_payer_without_address_is_held_back(books: Books) -> None:
    other = books.make.household("Zimmer")
    payer = books.make.payer(other, "Nowhere", address="")
    books.held(4)
    books.held(5, students=[books.make.student("Ben", other)])
    done = books.run()
    assert len(done.document_ids) == 1
    assert [(each.kind, each.payer_id) for each in done.held_back] == [
        (Trouble.NO_ADDRESS, payer)
    ]
    assert books.run(request_key="k").held_back == done.held_back
    assert books.run(request_key="k").held_back == done.held_back
    assert books.waiting() == [4800]


def test_a_payer_does_not_hold_the_other_one_back(books: Books) -> None:
    lost = books.make.payer(books.household, "Lost", address=" ", position=1)
    books.make.save(*_halves(books.payer, lost, books.household))
    books.held(4)
    done = books.run()
    assert [books.document(each).payer_id for each in done.document_ids] == [
        books.payer
    ]
    assert [each.payer_id for each in done.held_back] == [lost]


def test_a_household_without_a_rate_is_held_back_until_it_has_one(
    books: Books,
) -> None:
    free = books.make.offering("Chess")
    session = books.held(4, offering=free)
    books.held(5)
    done = books.run()
    assert (done.document_ids, done.held_back[0].session_id) == ((), session)
    books.make.save(
        Price(
            level=PriceLevel.OFFERING,
            offering_id=free,
            per=PricePer.SESSION,
            amount=1000,
        )
    )
    [invoice] = books.run().document_ids
    assert books.document(invoice).total == 5800


def test_exceptions_come_before_anything_is_issued(books: Books) -> None:
    books.book(at(3))
    books.held(4)
    books.run((date(2026, 11, 1), date(2026, 11, 5)), on=date(2026, 11, 5))
    books.held(11)
    books.held(12)
    kinds = {each.kind for each in books.preview().exceptions}
    assert kinds == {
        Trouble.NOT_CLOSED,
        Trouble.NO_EMAIL,
        Trouble.BIG_CHANGE,
        Trouble.OFFICE_DATA,
    }
    assert len(books.totals()) == 1


def test_a_preview_shows_the_document_and_changes_nothing(books: Books) -> None:
    books.held(4)
    [draft] = books.preview().drafts
    assert (draft.total, draft.payer_id) == (4800, books.payer)
    assert [line.amount for line in draft.lines] == [4800]
    assert books.totals() == []
    assert books.waiting() == [4800]


def test_charges_wait_for_approval_where_the_policy_asks(books: Books) -> None:
    books.set_policy(Approval(invoices=True))
    session = books.held(4)
    books.make.save(
        CloseOut(
            session_id=session,
            state=CloseOutState.CLOSED,
            closed_by="anna",
            closed_at=at(4),
        )
    )
    assert books.run().document_ids == ()
    assert [each.kind for each in books.preview().exceptions][-1] is (
        Trouble.NOT_APPROVED
    )
    with books.desk.transaction("approve") as transaction:
        [row] = transaction.scalars(select(CloseOut))
        row.state = CloseOutState.APPROVED
    assert len(books.run().document_ids) == 1


def test_credit_on_account_is_used_at_issue_if_the_office_says_so(
    books: Books,
) -> None:
    with books.desk.transaction("set up") as transaction:
        profile(transaction).credit_on_issue = True
    books.receive(3000, on=date(2026, 11, 2))
    books.held(4)
    [invoice] = books.run().document_ids
    assert books.open(invoice) == 1800
    printed = books.ledger.document(invoice)
    assert isinstance(printed, values.Invoice)
    assert [(entry.label, entry.amount) for entry in printed.settled] == [
        ("Payment of 02 Nov 2026", -3000)
    ]
    assert printed.open == 1800


def test_tax_is_on_the_sum_of_a_rate(books: Books) -> None:
    standard = books.make.tax_code("20")
    offering = books.make.offering("Piano", tax_code_id=standard)
    books.make.save(
        Price(
            level=PriceLevel.OFFERING,
            offering_id=offering,
            per=PricePer.SESSION,
            amount=1003,
        )
    )
    for day in (3, 10, 17):
        books.held(day, offering=offering)
    [invoice] = books.run().document_ids
    row = books.document(invoice)
    assert (row.net, row.tax, row.total) == (3009, 602, 3611)


def test_an_advance_household_is_charged_before(books: Books) -> None:
    with books.desk.transaction("pay ahead") as transaction:
        transaction.get_one(Household, books.household).model = BillingModel.ADVANCE
    session = books.book(at(10))
    books.book(at(17))
    first = (date(2026, 11, 1), date(2026, 11, 30))
    assert books.preview(first).drafts[0].total == 9600
    assert books.waiting() == []
    [invoice] = books.run(first, on=date(2026, 11, 30)).document_ids
    assert books.document(invoice).total == 9600
    books.close(session, {books.student: 30})
    [note] = books.run(DECEMBER).document_ids
    assert books.document(note).total == 2400


def test_chosen_payers_are_charged_ahead_as_the_preview_said(books: Books) -> None:
    other = books.make.household("Berg", model=BillingModel.ADVANCE)
    books.make.payer(other)
    with books.desk.transaction("pay ahead") as transaction:
        transaction.get_one(Household, books.household).model = BillingModel.ADVANCE
    books.book(at(10))
    books.book(at(11), students=[books.make.student("Ida", other)])
    chosen = (books.payer,)
    of = InvoiceRunOf(*NOVEMBER, NOVEMBER[1], payer_ids=chosen)
    drafts = InvoiceRuns(books.desk).preview(of).drafts
    [invoice] = books.run(payer_ids=chosen).document_ids
    assert [each.total for each in drafts] == [books.document(invoice).total] == [4800]
    assert books.waiting() == []
