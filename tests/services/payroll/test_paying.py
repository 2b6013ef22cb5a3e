"""A session pays what its outcome says, and never edits what was paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.models.payroll import PayLine, PayPremium, PayRate
from app.models.scheduling import Attendance
from app.models.values.billing import MoneyOutcome, PriceBasis, Reason
from app.models.values.payroll import DistanceUnit, PayKind, PayLevel, PayPer
from app.models.values.policies import LateCancel, NoShow, OfficeCancel
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.desk import MissingRecordError, profile
from app.services.payroll.pay_rates import PayRates
from app.services.payroll.requests import PayRunOf, SetMileageRate, SetPay
from app.services.payroll.runs import PayRuns
from tests.services.payroll.scene import NOVEMBER, Scene, at

S, A, M = SessionStatus, AttendanceState, MoneyOutcome
Outcome = tuple[SessionStatus, MoneyOutcome | None]


def test_pays_the_tutors_own_minutes(scene: Scene) -> None:
    session = scene.book(at(10), minutes=90)
    settled = scene.close(session, minutes=90, students={scene.maya: 60})
    [line] = scene.lines(session)
    assert settled.paid == line.amount == 4050
    assert (line.kind, line.minutes, line.rate) == (PayKind.SESSION, 90, 2700)
    assert (line.rate_source, line.rate_per) == ("tutor", "hour")
    assert line.live_key == f"s{session}/t{scene.anna}/session/"
    assert line.service_on == date(2026, 11, 10)
    assert not settled.reasons


def test_rounds_a_time_line_once(scene: Scene) -> None:
    scene.make.save(_own_rate(scene, amount=2500, valid_from=date(2026, 1, 1)))
    session = scene.book(at(10), minutes=20)
    assert scene.close(session).paid == 833


def test_an_open_session_pays_nothing_with_its_reason(scene: Scene) -> None:
    session = scene.book(at(10))
    settled = scene.settle(session)
    assert (settled.paid, settled.reasons) == (0, {scene.anna: Reason.NOT_CLOSED})
    assert not scene.all_lines()


def test_a_session_that_is_not_there_is_refused(scene: Scene) -> None:
    with pytest.raises(MissingRecordError):
        scene.settle(999)


OUTCOMES = [
    (S.NO_SHOW, None, PayKind.NO_SHOW, 1350),
    (S.CANCELLED_LATE, None, PayKind.LATE_CANCEL, 1080),
    (S.CANCELLED_BY_OFFICE, None, PayKind.LATE_CANCEL, 540),
    (S.CANCELLED_BY_TUTOR, None, Reason.CANCELLED_BY_TUTOR, 0),
    (S.CANCELLED_IN_TIME, None, Reason.CANCELLED_IN_TIME, 0),
    (S.HELD, M.NEITHER, Reason.WAIVED, 0),
    (S.HELD, M.CHARGED_ONLY, Reason.WAIVED, 0),
    (S.HELD, M.PAID_ONLY, PayKind.SESSION, 2700),
    (S.NO_SHOW, M.NEITHER, Reason.WAIVED, 0),
    (S.NO_SHOW, M.MAKE_UP, PayKind.NO_SHOW, 1350),
    (S.NO_SHOW, M.PAID_ONLY, PayKind.NO_SHOW, 1350),
    (S.CANCELLED_IN_TIME, M.PAID_ONLY, PayKind.LATE_CANCEL, 2700),
    (S.CANCELLED_IN_TIME, M.CHARGED_AND_PAID, PayKind.LATE_CANCEL, 2700),
    (S.CANCELLED_BY_TUTOR, M.MAKE_UP, Reason.CANCELLED_BY_TUTOR, 0),
]


@pytest.mark.parametrize(("status", "money", "expected", "amount"), OUTCOMES)
def test_every_outcome_pays_by_its_rule(
    scene: Scene,
    status: SessionStatus,
    money: MoneyOutcome | None,
    expected: PayKind | Reason,
    amount: int,
) -> None:
    scene.rule(NoShow(pay=Decimal(50)))
    scene.rule(LateCancel(pay=Decimal(40)))
    scene.rule(OfficeCancel(pay=Decimal(20)))
    session = scene.book(at(10), minutes=60)
    if status.is_cancelled:
        scene.cancel(session, status)
    settled = scene.close(session, status=status, money=money)
    assert settled.paid == amount
    if isinstance(expected, Reason):
        assert settled.reasons == {scene.anna: expected}
        assert not scene.lines(session)
    else:
        [line] = scene.lines(session)
        assert line.kind is expected
        assert not settled.reasons


@pytest.mark.parametrize("status", [S.NO_SHOW, S.CANCELLED_LATE])
def test_a_policy_of_nothing_gives_a_reason(
    scene: Scene, status: SessionStatus
) -> None:
    scene.rule(NoShow(pay=Decimal(0)))
    scene.rule(LateCancel(pay=Decimal(0)))
    session = scene.book(at(10))
    assert scene.close(session, status=status).reasons == {
        scene.anna: Reason.ZERO_PRICE
    }
    settled = scene.close(session, status=status, money=M.PAID_ONLY)
    assert settled.paid == 2700


def test_a_missed_group_is_paid_for_those_not_cancelled_in_time(scene: Scene) -> None:
    scene.make.save(
        _own_rate(
            scene, amount=2000, per_extra_student=300, valid_from=date(2026, 1, 1)
        )
    )
    students = [scene.maya, scene.make.student(), scene.make.student()]
    session = scene.book(at(10), students=students)
    scene.cancel(session, S.CANCELLED_IN_TIME, students[:1])
    scene.cancel(session, S.CANCELLED_LATE, students[1:])
    [line] = scene.lines(session)
    assert (line.rate, line.amount, line.minutes) == (2300, 2300, 60)


def test_a_group_is_paid_by_those_who_came(scene: Scene) -> None:
    scene.make.save(
        _own_rate(
            scene,
            amount=2000,
            tiers={"2": 2400, "3": 2600},
            per_extra_student=100,
            valid_from=date(2026, 1, 1),
        )
    )
    students = [scene.maya, scene.make.student(), scene.make.student()]
    session = scene.book(at(10), students=students)
    scene.close(session, students={students[0]: A.ABSENT})
    [line] = scene.lines(session)
    assert (line.kind, line.rate, line.amount) == (PayKind.SESSION, 2500, 2500)


def test_every_tutor_is_paid_by_own_minutes_and_rate(scene: Scene) -> None:
    paul = scene.make.tutor("Paul", rate=2000)
    idle = scene.make.tutor("Idle", rate=9000)
    session = scene.book(at(10), tutors=[scene.anna, paul, idle])
    settled = scene.close(session, tutors={scene.anna: 60, paul: 30, idle: 0})
    assert {line.tutor_id: line.amount for line in scene.lines(session)} == {
        scene.anna: 2700,
        paul: 1000,
    }
    assert settled.reasons == {idle: Reason.ZERO_PRICE}


def test_student_hours_add_up_before_they_are_rounded(scene: Scene) -> None:
    scene.make.save(
        _own_rate(
            scene, per=PayPer.STUDENT_HOUR, amount=1000, valid_from=date(2026, 1, 1)
        )
    )
    other = scene.make.student()
    session = scene.book(at(10), students=[scene.maya, other])
    scene.close(session, minutes=60, students={scene.maya: 50, other: 51})
    [line] = scene.lines(session)
    assert (line.minutes, line.worked_minutes, line.amount) == (101, 60, 1683)


def test_a_session_rate_pays_once_and_a_minimum_holds(scene: Scene) -> None:
    scene.make.save(
        _own_rate(scene, per=PayPer.SESSION, amount=3100, valid_from=date(2026, 1, 1))
    )
    session = scene.book(at(10), minutes=90)
    assert scene.close(session).paid == 3100
    scene.make.save(
        _own_rate(scene, amount=1000, minimum=2500, valid_from=date(2026, 1, 1))
    )
    assert scene.settle(session).paid == 2500
    assert "25.00" in scene.lines(session)[0].reason


def test_minutes_are_rounded_up_to_the_offerings_step_for_pay(scene: Scene) -> None:
    maths = scene.make.offering(pay_step_minutes=15)
    session = scene.book(at(10), offering=maths)
    scene.close(session, minutes=61)
    assert scene.lines(session)[0].minutes == 75


@pytest.mark.parametrize(("basis", "paid"), [("net", 2880), ("gross", 2400)])
def test_a_percentage_is_of_the_price_without_tax(
    scene: Scene, basis: str, paid: int
) -> None:
    with scene.make.transaction() as transaction:
        profile(transaction).prices = PriceBasis(basis)
    maths = scene.make.offering(price=4800, tax_code_id=scene.make.tax_code("20"))
    scene.make.save(
        _own_rate(
            scene, per=PayPer.PERCENT, percent=Decimal(60), valid_from=date(2026, 1, 1)
        )
    )
    session = scene.book(at(10), offering=maths)
    assert scene.close(session).paid == paid
    [line] = scene.lines(session)
    assert (line.percent, line.rate, line.minutes) == (Decimal(60), None, 60)
    assert "48" not in line.reason, "a tutor never sees a household's price"


def test_a_percentage_of_a_missed_session_is_of_the_planned_price(scene: Scene) -> None:
    scene.rule(LateCancel(pay=Decimal(50)))
    scene.rule(OfficeCancel(pay=Decimal(25)))
    scene.make.save(
        _own_rate(
            scene, per=PayPer.PERCENT, percent=Decimal(50), valid_from=date(2026, 1, 1)
        )
    )
    late, by_office = scene.book(at(10), minutes=90), scene.book(at(11), minutes=90)
    assert scene.cancel(late, S.CANCELLED_LATE).paid == 1800
    assert scene.cancel(by_office, S.CANCELLED_BY_OFFICE).paid == 900


def test_a_price_in_another_currency_is_no_price_for_pay(scene: Scene) -> None:
    scene.make.save(
        _own_rate(
            scene, per=PayPer.PERCENT, percent=Decimal(50), valid_from=date(2026, 1, 1)
        )
    )
    household = scene.make.household(currency="USD")
    scene.make.payer(household)
    student = scene.make.student(household=household)
    session = scene.book(at(10), students=[student])
    settled = scene.close(session)
    assert (settled.paid, settled.reasons, scene.lines(session)) == (0, {}, [])
    preview = PayRuns(scene.desk).preview(PayRunOf(*NOVEMBER, NOVEMBER[1]))
    assert [(one.kind, one.is_blocking) for one in preview.exceptions] == [
        ("no_price", True)
    ]


def test_preparation_is_paid_where_it_has_a_rate(scene: Scene) -> None:
    maths = scene.make.offering(preparation_minutes=20)
    session = scene.book(at(10), offering=maths)
    scene.close(session)
    assert scene.amounts(session) == {PayKind.SESSION: 2700}
    scene.make.save(
        PayRate(
            level=PayLevel.OFFICE,
            kind=PayKind.PREPARATION,
            per=PayPer.HOUR,
            amount=1500,
        )
    )
    scene.settle(session)
    assert scene.amounts(session) == {PayKind.SESSION: 2700, PayKind.PREPARATION: 500}
    scene.cancel(session, S.CANCELLED_LATE)
    assert scene.amounts(session) == {PayKind.LATE_CANCEL: 2700}


def test_premiums_by_time_add_to_the_pay(scene: Scene) -> None:
    scene.make.save(PayPremium(name="Tuesday", weekdays=[1], percent=Decimal(10)))
    scene.make.save(PayPremium(name="Evening", start_minute=1020, amount=300))
    tuesday, evening = scene.book(at(10)), scene.book(at(11, 18))
    assert scene.close(tuesday).paid == 2970
    assert scene.close(evening).paid == 3000
    assert "Tuesday" in scene.lines(tuesday)[0].reason


def test_a_session_without_a_rate_waits_for_one(scene: Scene) -> None:
    paul = scene.make.tutor("Paul")
    session = scene.book(at(10), tutors=[paul])
    settled = scene.close(session)
    assert (settled.paid, settled.reasons, scene.lines()) == (0, {}, [])
    PayRates(scene.desk).set_pay(
        SetPay(PayLevel.TUTOR, tutor_id=paul, per=PayPer.HOUR, amount=2000)
    )
    assert scene.amounts(session) == {PayKind.SESSION: 2000}


def test_mileage_and_expenses_are_lines_of_their_own(scene: Scene) -> None:
    rate = SetMileageRate(Decimal("0.70"), DistanceUnit.MILE, date(2026, 1, 1))
    PayRates(scene.desk).set_mileage_rate(rate)
    session = scene.book(at(10))
    claim = scene.claim_miles(session, "12.4", date(2026, 11, 10))
    expense = scene.claim_expense(session, 1250)
    waiting = scene.claim_expense(session, 900, is_approved=False)
    assert scene.close(session).paid == 2700 + 868 + 1250
    claims = {line.claim: line for line in scene.lines(session)}
    assert set(claims) == {"", f"mileage:{claim}", f"expense:{expense}"}
    assert claims[f"mileage:{claim}"].distance == Decimal("12.4")
    assert claims[f"mileage:{claim}"].distance_rate == Decimal("0.70")
    assert waiting


def test_an_equal_close_out_changes_nothing(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session)
    before = _content(scene.all_lines())
    scene.close(session)
    scene.settle(session)
    assert _content(scene.all_lines()) == before


def test_a_correction_replaces_what_is_not_locked(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session, minutes=90)
    scene.close(session, minutes=60)
    old, new = scene.all_lines()
    assert (old.amount, old.live_key) == (4050, None)
    assert old.replaced_at is not None
    assert (new.amount, new.successor_of_id) == (2700, old.id)


def test_a_correction_reverses_what_is_locked(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session, minutes=90)
    scene.pay()
    scene.close(session, minutes=60)
    old, reversal, new = scene.all_lines()
    assert (old.live_key, old.replaced_at) == (None, None)
    assert (reversal.reverses_id, reversal.amount) == (old.id, -4050)
    assert (reversal.minutes, reversal.live_key) == (-90, None)
    assert (new.successor_of_id, new.amount) == (old.id, 2700)
    scene.settle(session)
    assert len(scene.all_lines()) == 3


def test_another_outcome_follows_the_line_of_the_former(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session)
    scene.close(session, status=S.NO_SHOW)
    old, new = scene.all_lines()
    assert (new.kind, new.successor_of_id) == (PayKind.NO_SHOW, old.id)


def test_a_restored_session_gets_its_pay_back(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session)
    scene.cancel(session, S.CANCELLED_BY_TUTOR)
    assert not scene.lines(session)
    with scene.make.transaction() as transaction:
        for seat in transaction.scalars(select(Attendance)):
            seat.state = A.EXPECTED
    assert scene.close(session).paid == 2700


def _own_rate(scene: Scene, **more: object) -> PayRate:
    values = {"level": PayLevel.TUTOR, "tutor_id": scene.anna, "per": PayPer.HOUR}
    return PayRate(**{**values, **more})  # type: ignore[arg-type]


def _content(lines: list[PayLine]) -> list[tuple[object, ...]]:
    return [(line.id, line.version, line.amount, line.live_key) for line in lines]
