"""Pay runs pay once, can be stopped anywhere, and freeze what they pay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.models.catalog import Price
from app.models.payroll import PayLine
from app.models.values.billing import PriceLevel, PricePer
from app.models.values.payroll import (
    Engagement,
    HolidayBasis,
    PayKind,
    PayLevel,
    PayPer,
)
from app.models.values.policies import Approval, PayWhenPaid
from app.models.values.schedule import CloseOutState
from app.services.billing.errors import OtherRequestError
from app.services.catalog.offerings import Catalog
from app.services.catalog.requests import SetPrice
from app.services.desk import OfficeOnlyError
from app.services.payroll.book import PayBook
from app.services.payroll.entries import PayEntries
from app.services.payroll.errors import (
    OtherPayError,
    PeriodError,
)
from app.services.payroll.pay_rates import PayRates
from app.services.payroll.requests import (
    AddAdjustment,
    AddDeduction,
    PayRunOf,
    SetPay,
    StartPayRun,
)
from app.services.payroll.runs import PayRuns
from tests.services.payroll.invoices import allocate, invoice_session
from tests.services.payroll.scene import DECEMBER, NOVEMBER, Scene, at

PERIOD = PayRunOf(*NOVEMBER, NOVEMBER[1])


def test_pays_every_line_up_to_the_periods_end(scene: Scene) -> None:
    for day, month in ((10, 11), (17, 11), (1, 12)):
        scene.close(scene.book(at(day, month=month)))
    done = scene.pay()
    [row] = done.statements
    assert (row.gross, row.net, row.minutes) == (5400, 5400, 120)
    assert (row.number, row.tutor, row.currency) == (
        "PAY-2026-11-001",
        "Anna Berg",
        "GBP",
    )
    assert [line.amount for line in scene.lines() if line.statement_id is None] == [
        2700
    ]


def test_running_twice_pays_nothing_twice_and_makes_no_second_run(
    scene: Scene,
) -> None:
    scene.close(scene.book(at(10)))
    first = scene.pay(key="one")
    assert scene.pay(key="one") == first
    again = scene.pay(key="two")
    assert (again.pay_run_id, again.statements) == (None, ())
    assert scene.pay(key="two") == again
    assert len(PayRuns(scene.desk).runs()) == 1


def test_a_key_with_other_content_is_refused(scene: Scene) -> None:
    scene.close(scene.book(at(10)))
    scene.pay(key="one")
    with pytest.raises(OtherRequestError):
        scene.pay(DECEMBER, key="one")


def test_a_period_that_ends_before_it_starts_is_refused(scene: Scene) -> None:
    wrong = replace(PERIOD, until_on=date(2026, 10, 1))
    with pytest.raises(PeriodError):
        PayRuns(scene.desk).preview(wrong)
    with pytest.raises(PeriodError):
        PayRuns(scene.desk).run(
            StartPayRun(date(2026, 2, 2), date(2026, 1, 1), date(2026, 2, 2), "k")
        )


def test_a_correction_comes_with_the_next_run_and_may_be_negative(
    scene: Scene,
) -> None:
    session = scene.book(at(10))
    scene.close(session, minutes=90)
    scene.pay()
    scene.close(session, minutes=60)
    preview = PayRuns(scene.desk).preview(PayRunOf(*DECEMBER, DECEMBER[1]))
    assert [one.kind for one in preview.exceptions] == ["negative"]
    [draft] = preview.statements
    assert (draft.gross, draft.late, draft.former_net) == (-1350, 2, 4050)
    [row] = scene.pay(DECEMBER).statements
    assert (row.gross, row.minutes) == (-1350, -30)
    document = PayRuns(scene.desk).document(row.statement_id)
    assert [earning.amount for earning in document.earnings] == [2700, -4050]
    assert "10 Nov 2026" in document.earnings[0].detail


def test_only_the_tutors_asked_for_are_paid(scene: Scene) -> None:
    paul = scene.make.tutor("Paul", rate=2000)
    scene.close(scene.book(at(10), tutors=[scene.anna, paul]))
    request = replace(scene.request(), tutor_ids=(paul,))
    done = PayRuns(scene.desk).run(request)
    assert [row.tutor for row in done.statements] == ["Paul"]
    assert [row.tutor for row in scene.pay().statements] == ["Anna Berg"]


def test_a_missing_rate_holds_only_that_tutor_back(scene: Scene) -> None:
    paul = scene.make.tutor("Paul")
    scene.close(scene.book(at(10)))
    scene.close(scene.book(at(11), tutors=[paul]))
    [found] = [
        one for one in PayRuns(scene.desk).preview(PERIOD).exceptions if one.is_blocking
    ]
    assert (found.kind, found.tutor_id) == ("no_rate", paul)
    for name in ("Paul", "Maths", "11 Nov 2026"):
        assert name in found.sentence
    done = scene.pay()
    assert [row.tutor for row in done.statements] == ["Anna Berg"]
    assert done.held_back == (paul,)
    assert done.reasons == (found,)
    alone = scene.pay()
    assert (alone.pay_run_id, alone.held_back) == (None, (paul,))
    PayRates(scene.desk).set_pay(
        SetPay(PayLevel.TUTOR, tutor_id=paul, per=PayPer.HOUR, amount=2000)
    )
    assert [row.gross for row in scene.pay().statements] == [2000]


def without_prices(scene: Scene) -> None:
    """Pay Anna half of a price that does not exist, for an hour."""
    PayRates(scene.desk).set_pay(
        SetPay(
            PayLevel.TUTOR,
            tutor_id=scene.anna,
            per=PayPer.PERCENT,
            percent=Decimal(50),
            valid_from=date(2026, 1, 1),
        )
    )
    with scene.make.transaction() as transaction:
        for price in transaction.scalars(select(Price)):
            transaction.delete(price)
    scene.close(scene.book(at(10)))


def test_a_preview_pays_what_got_its_rate_meanwhile_and_keeps_nothing(
    scene: Scene,
) -> None:
    without_prices(scene)
    runs, book = PayRuns(scene.desk), PayBook(scene.desk)
    assert [one.kind for one in runs.preview(PERIOD).exceptions] == ["no_price"]
    scene.make.save(
        Price(
            level=PriceLevel.OFFERING,
            per=PricePer.HOUR,
            amount=4800,
            offering_id=scene.maths,
        )
    )
    preview = runs.preview(PERIOD)
    assert [(one.tutor, one.gross) for one in preview.statements] == [
        ("Anna Berg", 2400)
    ]
    assert preview.exceptions == ()
    assert [row.gross for row in book.preview(PERIOD).rows] == [2400]
    assert book.explain_draft(PERIOD, scene.anna).gross == 2400
    assert scene.lines() == []
    done = scene.pay()
    assert [row.gross for row in done.statements] == [2400]
    assert done.reasons == ()


def test_a_price_pays_the_percentage_that_waited_for_it(scene: Scene) -> None:
    without_prices(scene)
    assert scene.lines() == []
    Catalog(scene.desk).set_price(
        SetPrice(PriceLevel.OFFERING, 4800, offering_id=scene.maths, per=PricePer.HOUR)
    )
    assert [line.amount for line in scene.lines()] == [2400]


def test_the_preview_names_what_to_look_at(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.claim_miles(session, "5", date(2026, 11, 10))
    scene.claim_expense(session, 500, is_approved=False)
    scene.close(session, minutes=180)
    scene.close(scene.book(at(10, 18)))
    scene.book(at(12))
    PayEntries(scene.desk).ask(scene.lines(session)[0].id, "Why?")
    preview = PayRuns(scene.desk).preview(PERIOD)
    assert [one.kind for one in preview.exceptions] == [
        "no_mileage_rate",
        "not_closed",
        "expense_waits",
        "question",
        "overlap",
    ]
    assert not any(one.is_blocking for one in preview.exceptions)
    assert [(one.tutor, one.gross, one.lines) for one in preview.statements] == [
        ("Anna Berg", 10800, 2)
    ]


def test_pay_waits_for_approval_where_the_policy_asks(scene: Scene) -> None:
    scene.rule(Approval(pay=True))
    session = scene.book(at(10))
    scene.close(session)
    preview = PayRuns(scene.desk).preview(PERIOD)
    assert [one.kind for one in preview.exceptions] == ["not_approved"]
    assert scene.pay().pay_run_id is None
    scene.close(session, state=CloseOutState.APPROVED)
    assert [row.gross for row in scene.pay().statements] == [2700]


def test_pay_waits_for_the_familys_money_where_the_policy_asks(scene: Scene) -> None:
    scene.rule(PayWhenPaid(yes=True))
    free, charged = scene.book(at(10)), scene.book(at(11))
    scene.close(free)
    scene.close(charged)
    invoice = invoice_session(scene, charged)
    preview = PayRuns(scene.desk).preview(PERIOD)
    assert [one.kind for one in preview.exceptions] == ["not_paid_for"]
    assert [row.gross for row in scene.pay().statements] == [2700]
    allocate(scene, invoice, 4800)
    assert [row.gross for row in scene.pay().statements] == [2700]


def test_holiday_is_earned_on_pay_for_time_and_shown_apart(scene: Scene) -> None:
    paul = scene.make.tutor("Paul", rate=18750, holiday_percent=Decimal("12.07"))
    session = scene.book(at(10), tutors=[paul])
    scene.close(session)
    _adjust(scene, paul, 1000)
    [draft] = PayRuns(scene.desk).preview(PERIOD).statements
    [row] = scene.pay().statements
    assert row.gross == draft.gross == 18750 + 2263 + 1000
    document = PayRuns(scene.desk).document(row.statement_id)
    [holiday] = [one for one in document.earnings if one.label == "Holiday pay"]
    assert (holiday.amount, holiday.detail) == (2263, "12.07 % of 187.50")


def test_holiday_can_be_earned_in_hours(scene: Scene) -> None:
    paul = scene.make.tutor(
        "Paul",
        rate=3000,
        holiday_percent=Decimal("12.07"),
        holiday_basis=HolidayBasis.HOURS,
    )
    scene.close(scene.book(at(10), tutors=[paul], minutes=600))
    scene.pay()
    [line] = [one for one in scene.lines() if one.kind is PayKind.HOLIDAY]
    assert (line.minutes, line.amount) == (72, 3600)


def test_a_contractor_earns_no_holiday(scene: Scene) -> None:
    paul = scene.make.tutor(
        "Paul",
        rate=3000,
        holiday_percent=Decimal(10),
        engagement=Engagement.CONTRACTOR,
    )
    scene.close(scene.book(at(10), tutors=[paul]))
    assert [row.gross for row in scene.pay().statements] == [3000]


def test_deductions_are_taken_once_and_fixed_ones_every_period(scene: Scene) -> None:
    entries = PayEntries(scene.desk)
    entries.add_deduction(
        AddDeduction(scene.anna, "Travel card", 300, NOVEMBER[0], is_fixed=True)
    )
    entries.add_deduction(AddDeduction(scene.anna, "Advance", 500, date(2026, 11, 20)))
    scene.close(scene.book(at(10)))
    [row] = scene.pay().statements
    assert (row.gross, row.deducted, row.net) == (2700, 800, 1900)
    scene.close(scene.book(at(11)))
    [row] = scene.pay().statements
    assert row.deducted == 0, "the same period takes them once"
    scene.clock.set(2026, 12, 31, 18)
    scene.close(scene.book(at(1, month=12)))
    [row] = scene.pay(DECEMBER).statements
    assert row.deducted == 300
    document = PayRuns(scene.desk).document(row.statement_id)
    assert [(one.purpose, one.fixed) for one in document.deductions] == [
        ("Travel card", True)
    ]


def test_a_tutor_sees_the_own_pay_only(scene: Scene) -> None:
    paul = scene.make.tutor("Paul", rate=2000)
    scene.close(scene.book(at(10), tutors=[scene.anna, paul]))
    done = scene.pay()
    assert done.pay_run_id is not None
    own, other = done.statements
    tutors = PayRuns(scene.tutors_desk())
    assert tutors.statements() == (own,)
    assert tutors.document(own.statement_id).gross == 2700
    for refused in (
        lambda: tutors.document(other.statement_id),
        lambda: tutors.statements(tutor_id=paul),
    ):
        with pytest.raises(OtherPayError):
            refused()
    for office_only in (
        lambda: tutors.preview(PERIOD),
        lambda: tutors.run(scene.request()),
        lambda: tutors.start(scene.request()),
        lambda: tutors.csv(done.pay_run_id or 0),
        tutors.runs,
    ):
        with pytest.raises(OfficeOnlyError):
            office_only()


def test_sums_of_statements_are_sums_of_locked_lines(scene: Scene) -> None:
    for day in (3, 10, 17):
        scene.close(scene.book(at(day)), minutes=50 + day)
    scene.pay()
    with scene.desk.snapshot() as snapshot:
        locked = snapshot.scalars(
            select(PayLine).where(PayLine.statement_id.is_not(None))
        )
        total = sum(line.amount for line in locked)
    assert total == sum(row.gross for row in scene.statements()) == 8100


def _adjust(scene: Scene, tutor: int, amount: int) -> None:
    request = AddAdjustment(tutor, date(2026, 11, 20), amount, "bonus")
    PayEntries(scene.desk).add_adjustment(request)
