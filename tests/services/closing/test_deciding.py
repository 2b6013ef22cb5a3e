"""Close-outs are reviewed where the office asks, approved, and taken back by undo."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.models.values.actors import Actor, Role
from app.models.values.policies import Approval
from app.models.values.schedule import CloseOutState
from app.services.closing import errors
from app.services.closing.requests import CloseSession
from app.services.desk import OfficeOnlyError
from app.services.journal import Journal
from tests.services.closing.world import START, World

CLOSED, REVIEWED, APPROVED = (
    CloseOutState.CLOSED,
    CloseOutState.REVIEWED,
    CloseOutState.APPROVED,
)


def closed(world: World, number: int = 3) -> list[int]:
    """Make sessions that are closed out, the newest first."""
    sessions = [world.session(START - timedelta(days=day)) for day in range(number)]
    world.close_outs().close_many([CloseSession(each) for each in sessions])
    return sessions


def state(world: World, session: int) -> CloseOutState:
    return world.close_outs().report(session).state


def waiting(world: World) -> dict[int, CloseOutState | None]:
    return {one.session_id: one.waits_for for one in world.close_outs().undecided()}


def test_several_are_reviewed_as_one_step_of_the_journal(world: World) -> None:
    world.policy(Approval(review=True))
    sessions = closed(world)
    world.close_outs().review(sessions)
    told = world.close_outs().report(sessions[0])
    assert (told.state, told.reviewed_by) == (REVIEWED, "Olga")
    assert {state(world, each) for each in sessions} == {REVIEWED}
    journal = Journal(world.desk())
    assert [one.action for one in journal.steps()[:2]] == [
        "Review close-outs",
        "Close out several sessions",
    ]


def test_an_approval_comes_after_the_review_where_the_policy_asks(world: World) -> None:
    world.policy(Approval(pay=True, review=True))
    session, other = closed(world, 2)
    world.close_outs().review([session])
    with pytest.raises(errors.NotReviewedError, match="02 Mar 2026, 16:00"):
        world.close_outs().approve([session, other])
    assert state(world, session) is REVIEWED
    world.close_outs().approve([session])
    told = world.close_outs().report(session)
    assert (told.state, told.reviewed_by, told.approved_by) == (
        APPROVED,
        "Olga",
        "Olga",
    )
    world.close_outs().review([session])
    assert state(world, session) is APPROVED


def test_nothing_is_reviewed_where_no_policy_asks(world: World) -> None:
    world.policy(Approval(pay=True))
    [session] = closed(world, 1)
    with pytest.raises(errors.ReviewNotAskedError, match="needs no review"):
        world.close_outs().review([session])
    world.close_outs().approve([session])
    assert state(world, session) is APPROVED


def test_one_family_that_asks_makes_a_shared_session_wait(world: World) -> None:
    other = world.make.household("Careful")
    careful = world.make.student("Cleo", other)
    world.policy(Approval(review=True), "household", other)
    alone = world.session(START - timedelta(days=1))
    shared = world.session(students=[world.maya, careful])
    for each in (alone, shared):
        world.close_outs().close(CloseSession(each))
    assert waiting(world) == {shared: REVIEWED}
    with pytest.raises(errors.ReviewNotAskedError):
        world.close_outs().review([alone])
    world.close_outs().review([shared])
    assert waiting(world) == {shared: APPROVED}


def test_what_waits_is_listed_until_it_is_approved(world: World) -> None:
    newer, older = closed(world, 2)
    assert waiting(world) == {}
    world.policy(Approval(invoices=True, review=True))
    world.close_outs().review([older])
    assert next(iter(waiting(world))) == older
    assert (waiting(world)[older], waiting(world)[newer]) == (APPROVED, REVIEWED)
    assert world.close_outs().report(newer).waits_for is REVIEWED
    world.close_outs().approve([older])
    assert older not in waiting(world)


def test_a_review_falls_with_what_it_was_given_for(world: World) -> None:
    world.policy(Approval(review=True))
    [session] = closed(world, 1)
    world.close_outs().review([session])
    world.close_outs().close(CloseSession(session, minutes=30))
    told = world.close_outs().report(session)
    assert (told.state, told.reviewed_by) == (CLOSED, "")


def test_a_review_is_undone(world: World) -> None:
    world.policy(Approval(review=True))
    [session] = closed(world, 1)
    world.close_outs().review([session])
    journal = Journal(world.desk())
    journal.undo(journal.undoable()[0].step)
    told = world.close_outs().report(session)
    assert (told.state, told.reviewed_by, told.waits_for) == (CLOSED, "", REVIEWED)


def test_only_the_office_reviews_and_only_what_is_closed_out(world: World) -> None:
    world.policy(Approval(review=True))
    open_one = world.session()
    with pytest.raises(errors.NotClosedError):
        world.close_outs().review([open_one])
    tutor = world.close_outs(world.tutor_desk().actor)
    with pytest.raises(OfficeOnlyError):
        tutor.review([open_one])
    with pytest.raises(OfficeOnlyError):
        tutor.undecided()


def test_a_tutor_does_not_close_over_a_review(world: World) -> None:
    world.policy(Approval(review=True))
    [session] = closed(world, 1)
    world.close_outs().review([session])
    with pytest.raises(errors.OfficeDecidedError):
        world.close_outs(Actor("Anna", Role.TUTOR, world.anna)).close(
            CloseSession(session, minutes=30)
        )
