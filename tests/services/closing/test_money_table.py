"""What a session charges and pays, case by case as the office's rules say it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from app.models.catalog import Price
from app.models.values.billing import MoneyOutcome, PriceLevel, PricePer
from app.models.values.policies import LateCancel, MakeUp, NoShow, OfficeCancel
from app.models.values.schedule import AttendanceState, CancelledBy, SessionStatus
from app.services.closing.requests import (
    CancelSession,
    CloseSession,
    Outcome,
    StudentOutcome,
    WaiveCharge,
)
from tests.services.closing.world import START, World

ABSENT = AttendanceState.ABSENT
HOUSEHOLD = CancelledBy.HOUSEHOLD


def halves(world: World) -> None:
    world.policy(LateCancel(Decimal(24), charge=Decimal(50), pay=Decimal(40)))
    world.policy(NoShow(charge=Decimal(75), pay=Decimal(60)))
    world.policy(OfficeCancel(pay=Decimal(20)))


def test_a_held_session_costs_and_pays_by_rate_and_minutes(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session))
    assert (world.charges(session), world.pay(session)) == ([4800], [2700])
    assert world.status(session) is SessionStatus.HELD


def test_student_and_tutor_have_lengths_of_their_own(world: World) -> None:
    session = world.session(minutes=90)
    left_early = StudentOutcome(world.maya, minutes=60)
    world.close_outs().close(CloseSession(session, students=(left_early,)))
    assert (world.charges(session), world.pay(session)) == ([4800], [4050])


def test_students_follow_the_main_tutors_length(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, Outcome.OTHER_TIMES, minutes=75))
    assert (world.charges(session), world.pay(session)) == ([6000], [3375])


def test_a_no_show_costs_and_pays_the_policys_percent(world: World) -> None:
    halves(world)
    session = world.session()
    world.close_outs().close(CloseSession(session, Outcome.NO_SHOW))
    assert (world.charges(session), world.pay(session)) == ([3600], [1620])
    assert world.status(session) is SessionStatus.NO_SHOW


def test_an_absent_student_of_a_group_pays_and_the_tutor_is_paid_as_held(
    world: World,
) -> None:
    halves(world)
    session = world.session(students=[world.maya, world.ben])
    away = StudentOutcome(world.ben, ABSENT)
    world.close_outs().close(CloseSession(session, students=(away,)))
    assert (world.charges(session), world.pay(session)) == ([4800, 3600], [2700])
    assert world.status(session) is SessionStatus.HELD


def test_one_of_a_group_who_cancels_in_time_costs_nothing(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    early = START - timedelta(days=2)
    cancel = CancelSession(session, HOUSEHOLD, early, student_id=world.ben)
    world.cancellations().cancel(cancel)
    world.close_outs().close(CloseSession(session))
    assert (world.charges(session), world.pay(session)) == ([4800], [2700])
    assert world.reasons(session) == ["", "cancelled_in_time", ""]


def test_one_of_a_group_who_cancels_late_costs_the_policys_percent(
    world: World,
) -> None:
    halves(world)
    session = world.session(students=[world.maya, world.ben])
    late = START - timedelta(hours=2)
    world.cancellations().cancel(CancelSession(session, HOUSEHOLD, late, world.ben))
    world.close_outs().close(CloseSession(session))
    assert (world.charges(session), world.pay(session)) == ([2400, 4800], [2700])


def test_cancelling_in_time_costs_and_pays_nothing(world: World) -> None:
    session = world.session()
    early = START - timedelta(days=2)
    done = world.cancellations().cancel(CancelSession(session, HOUSEHOLD, early))
    assert (done.charged, done.paid, done.notice_minutes) == (0, 0, 2 * 24 * 60)
    assert world.reasons(session) == ["cancelled_in_time", "cancelled_in_time"]


def test_cancelling_late_costs_and_pays_the_policys_percent(world: World) -> None:
    halves(world)
    session = world.session()
    late = START - timedelta(hours=23)
    done = world.cancellations().cancel(CancelSession(session, HOUSEHOLD, late))
    assert (done.charged, done.paid) == (2400, 1080)
    assert done.status is SessionStatus.CANCELLED_LATE


def test_the_office_cancels_and_the_family_never_pays(world: World) -> None:
    halves(world)
    session = world.session()
    late = START - timedelta(hours=1)
    done = world.cancellations().cancel(
        CancelSession(session, CancelledBy.OFFICE, late)
    )
    assert (done.charged, done.paid) == (0, 540)
    assert world.reasons(session) == ["cancelled_by_office", ""]


def test_the_tutor_cancels_and_nobody_pays(world: World) -> None:
    halves(world)
    session = world.session()
    late = START - timedelta(hours=1)
    done = world.cancellations().cancel(CancelSession(session, CancelledBy.TUTOR, late))
    assert (done.charged, done.paid) == (0, 0)
    assert world.reasons(session) == ["cancelled_by_tutor", "cancelled_by_tutor"]


def test_a_waived_cancellation_costs_nothing_and_pays_all_the_same(
    world: World,
) -> None:
    session = world.session()
    late = START - timedelta(hours=1)
    waived = CancelSession(session, HOUSEHOLD, late, waive_reason="Grandmother died")
    done = world.cancellations().cancel(waived)
    assert (done.charged, done.paid) == (0, 2700)
    assert world.reasons(session) == ["waived", ""]


def test_a_no_show_is_waived_afterwards(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, Outcome.NO_SHOW))
    done = world.cancellations().waive(WaiveCharge(session, "The bell was broken"))
    assert (done.charged, done.paid) == (0, 2700)


def test_a_late_cancellation_is_made_up_where_the_policy_says_so(world: World) -> None:
    world.policy(MakeUp(instead_of_charge=True))
    missed, second = world.session(), START + timedelta(hours=3)
    late = START - timedelta(hours=1)
    world.cancellations().cancel(CancelSession(missed, HOUSEHOLD, late))
    made_up = world.session(second, make_up_of_id=missed)
    world.close_outs().close(CloseSession(made_up))
    assert world.reasons(missed)[0] == world.reasons(made_up)[0] == "make_up"
    assert world.pay(made_up) == [2700]


def test_a_trial_costs_nothing_and_pays_by_rate(world: World) -> None:
    session = world.session(is_trial=True)
    done = world.close_outs().close(CloseSession(session))
    assert (done.charged, done.paid) == (0, 2700)
    assert done.reasons == {world.maya: "trial"}


def test_a_restored_session_costs_what_it_cost_before(world: World) -> None:
    session = world.session()
    level, per = PriceLevel.SESSION, PricePer.HOUR
    world.make.save(Price(level=level, session_id=session, per=per, amount=5200))
    yesterday = START - timedelta(days=1)
    world.cancellations().cancel(CancelSession(session, CancelledBy.TUTOR, yesterday))
    world.cancellations().restore(session)
    assert world.status(session) is SessionStatus.PLANNED
    world.close_outs().close(CloseSession(session))
    assert (world.charges(session), world.pay(session)) == ([5200], [2700])


def test_another_money_effect_stands_with_its_reason(world: World) -> None:
    expected = {
        MoneyOutcome.CHARGED_ONLY: ([4800], []),
        MoneyOutcome.PAID_ONLY: ([], [2700]),
        MoneyOutcome.NEITHER: ([], []),
        MoneyOutcome.MAKE_UP: ([], [2700]),
    }
    for day, (money, amounts) in enumerate(expected.items()):
        session = world.session(START - timedelta(days=day))
        world.close_outs().close(
            CloseSession(session, money=money, money_reason="As agreed")
        )
        assert (world.charges(session), world.pay(session)) == amounts, money
        close_out = world.close_out(session)
        assert close_out is not None
        assert (close_out.money, close_out.money_reason) == (money, "As agreed")


def test_the_policys_own_money_effect_is_none_of_its_own(world: World) -> None:
    session = world.session()
    plain = CloseSession(session, money=MoneyOutcome.CHARGED_AND_PAID)
    world.close_outs().close(plain)
    close_out = world.close_out(session)
    assert close_out is not None
    assert close_out.money is None
