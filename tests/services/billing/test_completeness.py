"""The proof of completeness: billed, waiting, or with a reason."""

from __future__ import annotations

from app.models.scheduling import Attendance
from app.models.values.billing import Reason
from app.models.values.schedule import SessionStatus
from app.services.billing.completeness import Proof
from tests.services.billing.books import NOVEMBER, Books
from tests.services.charging.story import at


def test_every_place_is_charged_or_says_why(books: Books) -> None:
    books.held(3)
    books.run()
    books.held(4)
    cancelled = books.book(at(5))
    books.call_off(cancelled, SessionStatus.CANCELLED_IN_TIME)
    planned = books.book(at(29))
    proof = Proof(books.desk)
    assert [(each.session_id, each.reason) for each in proof.reasons(*NOVEMBER)] == [
        (cancelled, Reason.CANCELLED_IN_TIME),
        (planned, Reason.NOT_CLOSED),
    ]
    found = proof.completeness(*NOVEMBER)
    assert (found.charged, found.on_documents, found.gaps) == (2, 1, ())
    assert found.reasons == {Reason.NOT_CLOSED: 1, Reason.CANCELLED_IN_TIME: 1}


def test_a_gap_is_found(books: Books) -> None:
    session = books.book(at(5))
    books.call_off(session, SessionStatus.CANCELLED_IN_TIME)
    with books.desk.transaction("damage") as transaction:
        [seat] = books.seats(transaction, session)
        assert isinstance(seat, Attendance)
        seat.charge_reason = ""
    [gap] = Proof(books.desk).completeness(*NOVEMBER).gaps
    assert (gap.session_id, gap.student_id) == (session, books.student)


def test_what_waits_is_listed_with_its_sign(books: Books) -> None:
    session = books.held(3, minutes=90)
    books.run()
    books.close(session, {books.student: 60})
    waiting = Proof(books.desk).waiting()
    assert [(each.amount, each.is_live) for each in waiting] == [
        (-7200, False),
        (4800, True),
    ]
    assert waiting[0].minutes == -90
    assert waiting[0].student == "Maya"
