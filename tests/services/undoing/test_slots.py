"""A session put back is checked only where it takes more than before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from app.services.undoing.slots import Slot, slots
from tests.services.closing.world import START, World

SLOT = Slot(START, START + timedelta(hours=1), 1, 1, frozenset({1}), frozenset({1, 2}))


def test_less_fits_and_more_does_not() -> None:
    assert SLOT.fits_in(SLOT)
    assert replace(SLOT, students=frozenset({1})).fits_in(SLOT)
    assert not SLOT.fits_in(None)
    assert not replace(SLOT, students=frozenset({1, 2, 3})).fits_in(SLOT)
    assert not replace(SLOT, tutors=frozenset({2})).fits_in(SLOT)
    assert not replace(SLOT, room_id=2).fits_in(SLOT)
    assert not replace(SLOT, ends_at=START + timedelta(hours=2)).fits_in(SLOT)


def test_sessions_take_time_until_they_are_cancelled(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    with world.make.transaction() as transaction:
        taken = slots(transaction, [session, session + 99])
    assert list(taken) == [session]
    assert taken[session].students == {world.maya, world.ben}
