"""A contractor's own invoice is named by one statement, and by no other."""

from __future__ import annotations

import pytest

from app.models.people import Tutor
from app.models.values.entries import TooLongError
from app.models.values.payroll import Engagement
from app.services.desk import OfficeOnlyError
from app.services.documents.rendering import plain_text
from app.services.payroll.book import PayBook
from app.services.payroll.entries import PayEntries
from app.services.payroll.errors import ContractorsOnlyError, TheirInvoiceError
from app.services.payroll.invoices import NoteInvoice
from app.services.payroll.runs import PayRuns
from app.services.printing.printing import statement_job
from tests.services.payroll.scene import NOVEMBER, Scene, at


@pytest.fixture
def contractor(scene: Scene) -> int:
    """Anna, who works as a contractor and has a session to be paid."""
    with scene.make.transaction() as transaction:
        transaction.get_one(Tutor, scene.anna).engagement = Engagement.CONTRACTOR
    scene.close(scene.book(at(10)))
    return scene.anna


def note(scene: Scene, number: str) -> None:
    PayEntries(scene.desk).note_invoice(NoteInvoice(scene.anna, number))


def named(scene: Scene) -> list[str]:
    return [statement.their_invoice for statement in scene.statements()]


def test_the_statement_names_the_contractors_invoice(
    scene: Scene, contractor: int
) -> None:
    note(scene, "AB-16")
    note(scene, " AB-17 ")
    [row] = PayBook(scene.desk).preview(scene.request(NOVEMBER).period).rows
    assert (row.tutor_id, row.their_invoice) == (contractor, "AB-17")
    done = scene.pay()
    assert named(scene) == ["AB-17"]
    assert PayBook(scene.desk).table(done.pay_run_id or 0).rows[0].their_invoice == (
        "AB-17"
    )
    with scene.database.snapshot() as snapshot:
        assert "AB-17" in plain_text(statement_job(snapshot, scene.statements()[0]))


@pytest.mark.usefixtures("contractor")
def test_an_empty_number_takes_the_former_away(scene: Scene) -> None:
    note(scene, "AB-16")
    note(scene, "")
    note(scene, "")
    scene.pay()
    assert named(scene) == [""]


@pytest.mark.usefixtures("contractor")
def test_no_invoice_is_named_twice(scene: Scene) -> None:
    note(scene, "AB-16")
    [paid] = scene.pay().statements
    with pytest.raises(TheirInvoiceError, match=paid.number):
        note(scene, "AB-16")
    scene.close(scene.book(at(12)))
    scene.pay(key="more")
    assert named(scene) == ["AB-16", ""]


@pytest.mark.usefixtures("contractor")
@pytest.mark.parametrize("other", ["", "AB-99"])
def test_a_cancelled_run_frees_the_invoice(scene: Scene, other: str) -> None:
    note(scene, "AB-16")
    done = scene.pay()
    if other:
        note(scene, other)
    PayRuns(scene.desk).cancel_unpaid(done.pay_run_id or 0)
    assert named(scene) == ["AB-16", "AB-16"]
    scene.pay(key="again")
    assert named(scene)[2] == (other or "AB-16")
    if other:
        note(scene, "AB-16")


def test_only_contractors_send_invoices_and_only_the_office_notes_them(
    scene: Scene,
) -> None:
    with pytest.raises(ContractorsOnlyError, match="Anna Berg is employed"):
        note(scene, "AB-16")
    with pytest.raises(OfficeOnlyError):
        PayEntries(scene.tutors_desk()).note_invoice(NoteInvoice(scene.anna, "1"))
    with pytest.raises(TooLongError):
        note(scene, "1" * 65)
