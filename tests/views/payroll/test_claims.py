"""Claims of tutors above the limits wait in payroll until the office decides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.values.actors import Actor, Role
from app.models.values.payroll import DistanceUnit
from app.services.closing.requests import ClaimExpense, ClaimMileage, CloseSession
from app.services.payroll.requests import SetMileageRate
from app.views.payroll.claim_form import ClaimDialog, DistanceField
from app.views.payroll.claims import claimed
from app.views.payroll.page import PayrollPage
from app.views.payroll.running.exceptions import ExceptionRow
from app.views.tools import Link, Place
from app.views.widgets.buttons import Button
from tests.services.closing.world import World
from tests.views.hands import Hands
from tests.views.stage import Seen, Stage

MILE = SetMileageRate(Decimal("0.50"), DistanceUnit.MILE, date(2020, 1, 1))
LARGE, FAR = 60_00, Decimal("120.5")


@pytest.fixture
def session(world: World, stage: Stage) -> int:
    """A session for which Anna claims an atlas and a long way."""
    stage.tools().office.pay_rates.set_mileage_rate(MILE)
    session = world.session()
    world.close_outs(Actor("Anna", Role.TUTOR, world.anna)).close(
        CloseSession(
            session,
            expenses=(ClaimExpense(world.anna, "Atlas", LARGE),),
            mileage=(ClaimMileage(world.anna, FAR, DistanceUnit.MILE),),
        )
    )
    assert world.pay(session) == [2700]
    return session


@pytest.fixture
def seen(session: int, stage: Stage) -> Seen[PayrollPage]:
    """The page of payroll while both wait."""
    assert session
    tools = stage.tools()
    page = stage.put(PayrollPage(tools))
    page.refresh()
    return Seen(page, tools.office)


def the_dialog(page: PayrollPage) -> ClaimDialog:
    """Give the window that is open now."""
    return next(one for one in page.findChildren(ClaimDialog) if one.isVisible())


def test_the_page_says_that_claims_wait_and_both_are_approved_at_once(
    seen: Seen[PayrollPage], world: World, session: int
) -> None:
    page, hands = seen.page, Hands()
    assert "2 claims" in page.waiting.accessibleName()
    assert page.waiting.button is not None
    hands.click(page.waiting.button)
    claims = page.claims
    shown = [claimed(row, page.tools.formats) for row in claims.table.model.rows]
    assert len(shown) == 2
    assert "60.00" in shown[0]
    assert shown[1].startswith("120.5")
    claims.table.grid.selectAll()
    hands.click(claims.approving)
    assert world.pay(session) == [2700, LARGE, 6025]
    assert not claims.table.model.rows
    assert seen.words[-1].can_undo
    assert not page.waiting.isVisible()


def test_a_decision_is_taken_back_by_undo(
    seen: Seen[PayrollPage], world: World, session: int
) -> None:
    page = seen.page
    page.decide.trigger()
    page.claims.table.grid.selectAll()
    page.claims.approving.click()
    last, *_others = seen.office.journal.undoable()
    seen.office.journal.undo(last.step)
    page.claims.reload()
    assert world.pay(session) == [2700]
    assert len(page.claims.table.model.rows) == 2


def test_a_claim_is_refused_and_the_other_waits_on(
    seen: Seen[PayrollPage], world: World, session: int
) -> None:
    claims = seen.page.claims
    seen.page.show_claims()
    first = claims.table.current()
    assert first is not None
    QTest.keyClick(claims.table.grid, Qt.Key.Key_Delete)
    assert world.pay(session) == [2700]
    (left,) = claims.table.model.rows
    assert left.key != first.key


def test_another_amount_and_another_distance_are_paid(
    seen: Seen[PayrollPage], world: World, session: int
) -> None:
    page = seen.page
    page.show_claims()
    page.claims.changing.click()
    form = the_dialog(page)
    form.field.selectAll()
    QTest.keyClicks(form.field, "45")
    form.submit()
    assert world.pay(session) == [2700, 4500]
    page.claims.changing.click()
    form = the_dialog(page)
    for wrong in ("", "ten", "-1", "10.125", "9999"):
        form.field.setText(wrong)
        form.field.textEdited.emit(wrong)
        form.submit()
        assert form.isVisible()
    form.field.setText("100")
    form.field.textEdited.emit("100")
    form.submit()
    assert sorted(world.pay(session)) == [2700, 4500, 5000]


def test_the_run_leads_to_the_claims_and_back(
    seen: Seen[PayrollPage], world: World
) -> None:
    page = seen.page
    page.start_run()
    page.wizard.from_on.show_day(date(2026, 3, 1))
    page.wizard.until_on.show_day(date(2026, 3, 31))
    page.wizard.footer.on.click()
    rows = page.wizard.check.findChildren(ExceptionRow)
    row = next(each for each in rows if "expense" in each.accessibleName())
    Hands().click(row.findChildren(Button)[-1])
    (link,) = seen.links
    assert link == Link(Place.PAYROLL, "claims", world.anna)
    page.show_link(link)
    assert page.claims.isVisible()
    page.claims.back.click()
    assert page.wizard.isVisible()


def test_a_claim_opens_its_session(seen: Seen[PayrollPage], session: int) -> None:
    claims = seen.page.claims
    seen.page.show_claims()
    claims.table.opened.emit(claims.table.model.rows[0])
    assert seen.links == [Link(Place.CLOSE_OUT, "session", session)]


def test_a_decision_of_somebody_else_is_told(
    seen: Seen[PayrollPage], world: World, session: int
) -> None:
    claims = seen.page.claims
    seen.page.show_claims()
    world.close_outs().close(CloseSession(session, expenses=(), mileage=()))
    claims.approve()
    assert "withdrawn by a correction" in seen.words[-1].sentence
    assert not seen.words[-1].can_undo


def test_distances_are_stepped_within_their_bounds() -> None:
    field = DistanceField(Decimal("0.5"))
    assert field.stepped(field.value, -1) == 0
    assert field.stepped(Decimal(2000), 1) == 2000
    assert field.read("12,4") == Decimal("12.4")
    assert field.written(Decimal("12.40")) == "12.4"
