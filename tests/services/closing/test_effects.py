"""The money of a session, as far as somebody may see it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.models.billing import Charge
from app.models.office import JournalEntry
from app.models.values.actors import Actor, Role
from app.models.values.billing import ChargeKind, MoneyOutcome
from app.models.values.payroll import PayKind
from app.models.values.schedule import (
    SessionStatus,
)
from app.services.closing import errors
from app.services.closing.effects import effect_of
from app.services.closing.requests import (
    CloseSession,
)
from app.services.closing.results import Earned, Owed
from app.services.closing.sheet import sheet_of
from tests.services.closing.world import World


def test_a_tutor_closes_own_sessions_and_sees_the_own_pay_only(world: World) -> None:
    bob = world.make.tutor("Bob", rate=3000)
    session = world.session(tutors=[world.anna, bob])
    stranger = Actor("Eve", Role.TUTOR, world.make.tutor("Eve"))
    with pytest.raises(errors.NotYourSessionError):
        world.close_outs(stranger).close(CloseSession(session))
    with pytest.raises(errors.NotYourSessionError):
        world.close_outs(stranger).report(session)
    mine = world.close_outs(Actor("Bob", Role.TUTOR, bob))
    effect = mine.preview(CloseSession(session))
    assert (effect.charged, effect.charges, effect.paid) == (None, (), 3000)
    assert mine.close(CloseSession(session)).charged is None


def test_a_session_of_two_currencies_tells_what_each_comes_to(world: World) -> None:
    euros = world.make.household("Weber", currency="EUR")
    world.make.payer(euros)
    lena = world.make.student("Lena", euros)
    session = world.session(students=[world.maya, lena])
    effect = world.close_outs().preview(CloseSession(session))
    owed = {one.currency: one.amount for one in effect.charges}
    assert owed.keys() == {"GBP", "EUR"}
    assert effect.charged_in == owed
    tutors = world.close_outs(world.tutor_desk().actor)
    assert tutors.preview(CloseSession(session)).charged_in == {}


def test_a_preview_tells_the_money_and_keeps_nothing(world: World) -> None:
    session = world.session()
    with world.database.snapshot() as snapshot:
        before = len(snapshot.scalars(select(JournalEntry.id)).all())
    effect = world.close_outs().preview(CloseSession(session, minutes=75))
    assert (effect.charged, effect.paid) == (6000, 3375)
    assert effect.status is SessionStatus.HELD
    assert effect.outcome is MoneyOutcome.CHARGED_AND_PAID
    assert world.status(session) is SessionStatus.PLANNED
    with world.database.snapshot() as snapshot:
        assert len(snapshot.scalars(select(JournalEntry.id)).all()) == before
        assert snapshot.scalars(select(Charge.id)).all() == []


def test_every_charge_and_pay_line_is_listed(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session))
    with world.database.snapshot() as snapshot:
        effect = effect_of(snapshot, world.desk(), sheet_of(snapshot, session))
    assert effect.charges == (
        Owed(1, world.maya, ChargeKind.SESSION, 60, 4800, "GBP", ""),
    )
    assert effect.pay == (Earned(world.anna, PayKind.SESSION, 60, 2700, ""),)
