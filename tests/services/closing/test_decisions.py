"""What the office decided about a session stays until the office decides otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.values.billing import MoneyOutcome
from app.models.values.schedule import CloseOutState
from app.services.closing.requests import (
    CloseSession,
    Outcome,
    WaiveCharge,
)
from tests.services.closing.world import START, World

FREE, PAID = MoneyOutcome.NEITHER, MoneyOutcome.PAID_ONLY


def decision(world: World, session: int) -> tuple[MoneyOutcome | None, str]:
    """Give the other effect in money that was decided, and why."""
    report = world.close_outs().report(session)
    return report.money, report.money_reason


def missed(world: World) -> int:
    """Make a session to which nobody came, and which costs nothing all the same."""
    session = world.session()
    request = CloseSession(session, Outcome.NO_SHOW, money=PAID, money_reason="Snow")
    world.close_outs().close(request)
    assert world.charges(session) == []
    return session


@pytest.mark.parametrize(
    "more",
    [
        {"internal_note": "The bus did not come."},
        {"outcome": Outcome.NO_SHOW},
        {"outcome": Outcome.OTHER_TIMES, "minutes": 45},
        {"outcome": Outcome.AS_PLANNED},
    ],
)
def test_another_effect_stays_where_it_is_not_named(
    world: World, more: dict[str, object]
) -> None:
    session = missed(world)
    again = CloseSession(session, **more)  # type: ignore[arg-type]
    assert world.close_outs().preview(again).outcome is PAID
    world.close_outs().close(again)
    assert decision(world, session) == (PAID, "Snow")
    assert world.charges(session) == []
    assert len(world.pay(session)) == 1


def test_another_effect_is_replaced_by_name(world: World) -> None:
    session = missed(world)
    again = CloseSession(session, money=FREE, money_reason="Nobody came at all")
    world.close_outs().close(again)
    assert decision(world, session) == (FREE, "Nobody came at all")
    assert (world.charges(session), world.pay(session)) == ([], [])


def test_another_effect_is_withdrawn_by_name(world: World) -> None:
    session = missed(world)
    world.close_outs().close(CloseSession(session, money=None))
    assert decision(world, session) == (None, "")
    assert world.charges(session) == [4800]


def test_naming_the_policys_own_effect_withdraws_it_too(world: World) -> None:
    session = missed(world)
    own = MoneyOutcome.CHARGED_AND_PAID
    world.close_outs().close(CloseSession(session, money=own))
    assert decision(world, session) == (None, "")
    assert world.charges(session) == [4800]


def test_another_effect_stays_in_a_step_over_several(world: World) -> None:
    session, other = missed(world), world.session(START - timedelta(hours=3))
    done = world.close_outs().close_many([CloseSession(session), CloseSession(other)])
    assert done.left_out == ()
    assert decision(world, session) == (PAID, "Snow")
    assert decision(world, other) == (None, "")


def test_a_waiver_stays_with_its_state_and_falls_with_it(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    world.close_outs().close(CloseSession(session, Outcome.NO_SHOW))
    world.cancellations().waive(WaiveCharge(session, "Fever", world.ben))
    again = CloseSession(session, internal_note="Ben rang in the evening.")
    world.close_outs().close(again)
    assert world.place(session, world.ben).waived_reason == "Fever"
    assert world.charges(session) == [4800]
    came = CloseSession(session, Outcome.AS_PLANNED)
    world.close_outs().close(came)
    assert world.place(session, world.ben).waived_reason == ""
    world.close_outs().close(CloseSession(session, Outcome.NO_SHOW))
    assert sorted(world.charges(session)) == [4800, 4800]


def test_an_approval_falls_with_what_it_was_given_for(world: World) -> None:
    session = missed(world)
    world.close_outs().approve([session])
    world.close_outs().close(CloseSession(session, internal_note="A note more"))
    report = world.close_outs().report(session)
    assert (report.state, report.approved_by) == (CloseOutState.CLOSED, "")
    assert decision(world, session) == (PAID, "Snow")
