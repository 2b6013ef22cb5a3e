"""What is entered by hand is paid, explained and taken back like the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.models.closing import Expense
from app.models.payroll import PayRate
from app.models.people import Tutor
from app.models.values.payroll import (
    DistanceUnit,
    Engagement,
    PayKind,
    PayLevel,
    PayPer,
)
from app.services.billing.locks import LockPeriod, Locks, PeriodLockedError
from app.services.desk import OfficeOnlyError
from app.services.payroll.deciding import DecideMileage
from app.services.payroll.entries import PayEntries
from app.services.payroll.errors import (
    ClaimWithdrawnError,
    EmployeesOnlyError,
    MadeBySessionError,
    NoPayRateError,
    NotLiveError,
    OtherPayError,
    PayEntryError,
)
from app.services.payroll.lines import LinesOf, PayLines
from app.services.payroll.pay_rates import PayRates
from app.services.payroll.requests import (
    AddAdjustment,
    AddDeduction,
    AddOtherWork,
    SetMileageRate,
)
from tests.services.payroll.scene import Scene, at

ON = date(2026, 11, 12)


@pytest.fixture
def entries(scene: Scene) -> PayEntries:
    return PayEntries(scene.desk)


def test_other_work_is_paid_by_its_rate_or_an_amount(
    scene: Scene, entries: PayEntries
) -> None:
    meeting = AddOtherWork(scene.anna, ON, 40, "Staff meeting")
    with pytest.raises(NoPayRateError):
        entries.add_other_work(meeting)
    entries.add_other_work(replace(meeting, amount=999))
    scene.make.save(
        PayRate(
            level=PayLevel.OFFICE, kind=PayKind.OTHER_WORK, per=PayPer.HOUR, amount=1500
        )
    )
    entries.add_other_work(meeting)
    assert [(line.amount, line.rate) for line in scene.lines()] == [
        (999, None),
        (1000, 1500),
    ]
    [row] = scene.pay().statements
    assert (row.gross, row.minutes) == (1999, 80)


def test_what_says_too_little_is_refused(scene: Scene, entries: PayEntries) -> None:
    work = AddOtherWork(scene.anna, ON, 40, "Meeting", amount=1)
    adjustment = AddAdjustment(scene.anna, ON, 1, "Bonus")
    deduction = AddDeduction(scene.anna, "Card", 1, ON)
    refused: list[Callable[[], object]] = [
        lambda: entries.add_other_work(replace(work, reason="  ")),
        lambda: entries.add_other_work(replace(work, minutes=0)),
        lambda: entries.add_other_work(replace(work, amount=-1)),
        lambda: entries.add_other_work(replace(work, kind=PayKind.SESSION)),
        lambda: entries.add_adjustment(replace(adjustment, reason="")),
        lambda: entries.add_adjustment(replace(adjustment, amount=0)),
        lambda: entries.add_deduction(replace(deduction, purpose="")),
        lambda: entries.add_deduction(replace(deduction, amount=0)),
        lambda: entries.add_deduction(replace(deduction, until_on=date(2026, 1, 1))),
        lambda: entries.approve_expense(1, -1),
        lambda: entries.ask(1, " "),
        lambda: entries.answer(1, " "),
    ]
    for ask in refused:
        with pytest.raises(PayEntryError):
            ask()
    assert not scene.all_lines()


def test_a_locked_period_takes_no_entry(scene: Scene, entries: PayEntries) -> None:
    Locks(scene.desk).lock(LockPeriod(until=date(2026, 11, 13)))
    with pytest.raises(PeriodLockedError):
        entries.add_adjustment(AddAdjustment(scene.anna, ON, 1, "Bonus"))


def test_in_a_locked_period_nothing_is_withdrawn_nor_deducted(
    scene: Scene, entries: PayEntries
) -> None:
    bonus = entries.add_adjustment(AddAdjustment(scene.anna, ON, 500, "Bonus"))
    Locks(scene.desk).lock(LockPeriod(until=date(2026, 11, 13)))
    with pytest.raises(PeriodLockedError):
        entries.withdraw(bonus)
    with pytest.raises(PeriodLockedError):
        entries.add_deduction(AddDeduction(scene.anna, "Card", 1, ON))
    Locks(scene.desk).unlock()
    entries.withdraw(bonus)
    entries.add_deduction(AddDeduction(scene.anna, "Card", 1, ON))


def test_claims_of_a_locked_period_are_paid_in_the_open_one(
    scene: Scene, entries: PayEntries
) -> None:
    rate = SetMileageRate(Decimal("0.45"), DistanceUnit.MILE, date(2026, 1, 1))
    PayRates(scene.desk).set_mileage_rate(rate)
    session = scene.book(at(10))
    claim = scene.claim_expense(session, 1250, is_approved=False)
    way = scene.claim_miles(session, "20", at(10).date(), approved=None)
    scene.close(session)
    scene.clock.set(2026, 12, 2, 9)
    Locks(scene.desk).lock(LockPeriod(until=date(2026, 12, 1)))
    entries.approve_expense(claim)
    entries.decide([DecideMileage(way)])
    claimed = [(one.service_on, one.original_on) for one in scene.lines()][1:]
    assert claimed == [(date(2026, 12, 2), at(10).date())] * 2
    entries.approve_expense(claim, 1000)
    assert scene.amounts()[PayKind.EXPENSE] == 1000


def test_an_entry_is_taken_back_or_reversed(scene: Scene, entries: PayEntries) -> None:
    first = entries.add_adjustment(AddAdjustment(scene.anna, ON, 500, "Bonus"))
    entries.withdraw(first)
    with pytest.raises(NotLiveError):
        entries.withdraw(first)
    second = entries.add_adjustment(AddAdjustment(scene.anna, ON, 700, "Bonus"))
    assert [row.gross for row in scene.pay().statements] == [700]
    entries.withdraw(second)
    assert [row.gross for row in scene.pay().statements] == [-700]
    scene.close(scene.book(at(10)))
    [line] = [one for one in scene.lines() if one.session_id]
    with pytest.raises(MadeBySessionError):
        entries.withdraw(line.id)


def test_a_contractor_has_no_deductions(scene: Scene, entries: PayEntries) -> None:
    with scene.make.transaction() as transaction:
        transaction.get_one(Tutor, scene.anna).engagement = Engagement.CONTRACTOR
    with pytest.raises(EmployeesOnlyError):
        entries.add_deduction(AddDeduction(scene.anna, "Card", 1, ON))


def test_a_fixed_deduction_ends(scene: Scene, entries: PayEntries) -> None:
    fixed = AddDeduction(scene.anna, "Card", 100, date(2026, 10, 1), is_fixed=True)
    entries.end_deduction(entries.add_deduction(fixed), date(2026, 10, 31))
    scene.close(scene.book(at(10)))
    assert [row.deducted for row in scene.pay().statements] == [0]


def test_an_expense_is_paid_once_it_is_approved(
    scene: Scene, entries: PayEntries
) -> None:
    session = scene.book(at(10))
    claim = scene.claim_expense(session, 1250, is_approved=False)
    scene.close(session)
    [waiting] = PayLines(scene.desk).waiting_expenses()
    assert (waiting.expense_id, waiting.amount) == (claim, 1250)
    assert PayKind.EXPENSE not in scene.amounts()
    entries.approve_expense(claim, 1000)
    assert scene.amounts()[PayKind.EXPENSE] == 1000
    entries.approve_expense(claim)
    assert scene.amounts()[PayKind.EXPENSE] == 1250
    entries.approve_expense(claim, 0)
    assert PayKind.EXPENSE not in scene.amounts()
    with scene.make.transaction() as transaction:
        transaction.get_one(Expense, claim).withdrawn_at = scene.clock.now()
    with pytest.raises(ClaimWithdrawnError):
        entries.approve_expense(claim)


def test_a_tutor_asks_about_own_lines_and_the_office_answers(scene: Scene) -> None:
    paul = scene.make.tutor("Paul", rate=2000)
    scene.close(scene.book(at(10), tutors=[scene.anna, paul]))
    own, other = scene.lines()
    tutors = PayEntries(scene.tutors_desk())
    question = tutors.ask(own.id, "Was it not 90 minutes?")
    with pytest.raises(OtherPayError):
        tutors.ask(other.id, "What does Paul get?")
    with pytest.raises(OfficeOnlyError):
        tutors.answer(question, "Yes")
    PayEntries(scene.desk).answer(question, "No, 60.")
    lists = PayLines(scene.tutors_desk())
    assert lists.questions(scene.anna) == ()
    [row] = lists.questions(scene.anna, only_open=False)
    assert (row.line_id, row.answer, row.asked_by) == (own.id, "No, 60.", "Anna")
    with pytest.raises(OtherPayError):
        lists.questions()


def test_lines_are_listed_to_whom_they_belong(scene: Scene) -> None:
    paul = scene.make.tutor("Paul", rate=2000)
    session = scene.book(at(10), tutors=[scene.anna, paul])
    scene.close(session, minutes=30)
    scene.close(session)
    lists = PayLines(scene.tutors_desk())
    [line] = lists.lines(LinesOf(tutor_id=scene.anna))
    assert (line.amount, line.rate_source, line.is_reversal) == (2700, "tutor", False)
    for asked in (LinesOf(), LinesOf(tutor_id=paul)):
        with pytest.raises(OtherPayError):
            lists.lines(asked)
    office = PayLines(scene.desk)
    assert len(office.lines(LinesOf(only_unpaid=True))) == 2
    scene.pay()
    assert office.lines(LinesOf(only_unpaid=True)) == ()
    assert len(office.lines(LinesOf(session_id=session, from_on=ON))) == 0
    assert len(office.lines(LinesOf(session_id=session, until_on=ON))) == 2


def test_only_the_office_enters_pay(scene: Scene) -> None:
    tutors = PayEntries(scene.tutors_desk())
    refused: list[Callable[[], object]] = [
        lambda: tutors.add_adjustment(AddAdjustment(scene.anna, ON, 1, "Bonus")),
        lambda: tutors.add_other_work(AddOtherWork(scene.anna, ON, 1, "Work")),
        lambda: tutors.add_deduction(AddDeduction(scene.anna, "Card", 1, ON)),
        lambda: tutors.end_deduction(1, ON),
        lambda: tutors.approve_expense(1),
        lambda: tutors.approve_mileage(1),
        lambda: tutors.withdraw(1),
        PayLines(scene.tutors_desk()).waiting_expenses,
        PayLines(scene.tutors_desk()).waiting_mileage,
    ]
    for ask in refused:
        with pytest.raises(OfficeOnlyError):
            ask()
