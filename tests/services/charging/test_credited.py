"""What was credited for good stays away while it would be the same."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.models.billing import Charge
from app.models.scheduling import Attendance
from app.models.values.billing import DocumentKind
from app.models.values.schedule import SessionStatus
from app.services.charging.credited import credited_for_good
from app.services.charging.settling import settle
from tests.services.charging.papers import put_on_document
from tests.services.charging.story import Story, at

IN_TIME = SessionStatus.CANCELLED_IN_TIME


def invoiced(story: Story, minutes: int = 60) -> int:
    session = story.book(at(10), minutes=minutes)
    story.close(session, {story.student: minutes})
    issue(story, DocumentKind.INVOICE)
    return session


def issue(story: Story, kind: DocumentKind, *, in_run: bool = False) -> None:
    """Put what waits on a document."""
    with story.desk.snapshot() as snapshot:
        waiting = snapshot.scalars(
            select(Charge.id).where(
                Charge.line_id.is_(None), Charge.replaced_at.is_(None)
            )
        ).all()
    put_on_document(story, kind, waiting, in_run=in_run)


def credit(story: Story, session: int) -> None:
    """Take back what was invoiced, on a credit note of its own, for good."""
    with story.desk.transaction("take back") as transaction:
        for row in story.live(transaction, session):
            row.live_key = None
            if row.line_id is None:
                row.replaced_at = story.desk.now()
                continue
            names = ["session_id", "student_id", "payer_id", "kind", "made_at"]
            names += ["service_on", "tax_code_id"]
            same = {name: getattr(row, name) for name in names}
            back = {"reverses_id": row.id, "amount": -row.amount}
            transaction.flush()
            transaction.insert_all(Charge, [{**same, **back}])
        for seat in story.seats(transaction, session):
            seat.is_credited = True
    issue(story, DocumentKind.CREDIT_NOTE)
    story.settle(session)


def test_it_is_not_charged_again(story: Story) -> None:
    session = invoiced(story)
    credit(story, session)
    assert (story.charges(session), story.reasons(session)) == ([], ["credited"])
    assert story.close(session).charged == 0
    story.call_off(session, IN_TIME)
    story.restore(session)
    assert story.close(session).charged == 0


def test_something_else_is_charged_anew(story: Story) -> None:
    session = invoiced(story)
    credit(story, session)
    assert story.close(session, {story.student: 90}).charged == 7200
    assert story.reasons(session) == [""]
    assert not story.rows(Attendance)[0].is_credited
    issue(story, DocumentKind.INVOICE)
    story.call_off(session, IN_TIME)
    issue(story, DocumentKind.CREDIT_NOTE, in_run=True)
    assert story.close(session, {story.student: 90}).charged == 7200


def test_a_waiting_correction_goes_with_the_invoice_that_is_credited(
    story: Story,
) -> None:
    session = invoiced(story, minutes=90)
    story.close(session)
    assert story.charges(session) == [4800]
    credit(story, session)
    assert (story.charges(session), story.reasons(session)) == ([], ["credited"])


@pytest.mark.parametrize(
    ("kind", "in_run", "amounts"),
    [
        (DocumentKind.CREDIT_NOTE, False, [4800]),
        (DocumentKind.CREDIT_NOTE, True, []),
        (DocumentKind.INVOICE, False, []),
    ],
)
def test_only_a_credit_note_that_was_asked_for_is_for_good(
    story: Story,
    kind: DocumentKind,
    in_run: bool,  # noqa: FBT001  a row of the table
    amounts: list[int],
) -> None:
    session = invoiced(story)
    story.call_off(session, IN_TIME)
    issue(story, kind, in_run=in_run)
    with story.desk.snapshot() as snapshot:
        found = credited_for_good(snapshot, story.rows(Charge))
    assert [content[-1] for content in found] == amounts


def test_what_was_billed_anew_is_not_credited(story: Story) -> None:
    session = invoiced(story)
    story.call_off(session, IN_TIME)
    issue(story, DocumentKind.CREDIT_NOTE)
    assert story.close(session).charged == 4800
    with story.desk.transaction("look") as transaction:
        assert settle(transaction, story.desk, session).charged == 4800
        assert not credited_for_good(transaction, story.rows(Charge))
