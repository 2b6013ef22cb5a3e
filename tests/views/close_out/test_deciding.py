"""What waits for a review or an approval is decided on the page, one or several."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.models.values.policies import Approval
from app.models.values.schedule import CloseOutState
from app.services.closing.requests import CloseSession
from tests.services.closing.world import START, World
from tests.views.close_out.conftest import OpenPage, Seen

KEY = Qt.Key


@pytest.fixture
def closed(world: World) -> list[int]:
    """Three sessions of days before, closed out, which the office looks through."""
    world.policy(Approval(review=True))
    days = [world.session(START - timedelta(days=day)) for day in (3, 2, 1)]
    world.close_outs().close_many([CloseSession(each) for each in days])
    world.clock.advance(days=3)
    return days


def states(seen: Seen, sessions: list[int]) -> list[str]:
    return [seen.office.close_outs.report(each).state.value for each in sessions]


def heads(seen: Seen) -> dict[str, int]:
    """Give the titles of the list with their numbers."""
    return {row.head: row.count for row in seen.page.rows.rows if not row.session_id}


def test_one_is_reviewed_by_its_button_then_approved_by_key(
    show: OpenPage, closed: list[int]
) -> None:
    seen = show()
    assert heads(seen) == {"To review": 3}
    seen.page.rows.choose(closed[0])
    banner = seen.page.form.decision
    assert banner.button is not None
    assert (banner.isHidden(), banner.button.text()) == (False, "Review")
    banner.button.click()
    assert states(seen, closed) == ["reviewed", "closed", "closed"]
    assert seen.words[-1].can_undo
    assert heads(seen) == {"To review": 2, "To approve": 1}
    assert "Reviewed by Olga" in banner.accessibleName()
    assert banner.button.text() == "Approve"
    seen.page.rows.choose(closed[0])
    QTest.keyClick(seen.page.rows, KEY.Key_A)
    assert states(seen, closed) == ["approved", "closed", "closed"]
    assert heads(seen) == {"To review": 2}
    assert banner.accessibleName() == "Approved by Olga."
    assert banner.button.isHidden()


def test_several_are_reviewed_and_approved_together(
    show: OpenPage, closed: list[int]
) -> None:
    seen = show()
    seen.page.rows._choose(set(closed))
    view = seen.page.parts.decisions
    assert seen.page.parts.centre.shows(view)
    assert view.review.text() == "Review 3 sessions"
    assert not view.approve.isEnabled()
    QTest.keyClick(seen.page.rows, KEY.Key_R)
    assert states(seen, closed) == ["reviewed"] * 3
    seen.page.rows._choose(set(closed))
    view.approve.click()
    assert states(seen, closed) == ["approved"] * 3
    assert [word.sentence for word in seen.words] == [
        "Reviewed: 3 sessions.",
        "Approved: 3 sessions.",
    ]
    assert [one.action for one in seen.office.journal.undoable()[:2]] == [
        "Approve close-outs",
        "Review close-outs",
    ]


@pytest.mark.usefixtures("closed")
def test_keys_of_decisions_leave_open_sessions_alone(
    show: OpenPage, world: World
) -> None:
    waiting = world.session(START)
    seen = show()
    assert seen.page.rows.chosen() == [waiting]
    for key in (KEY.Key_R, KEY.Key_A):
        QTest.keyClick(seen.page.rows, key)
    assert seen.words == []
    report = seen.office.close_outs.report(waiting)
    assert report.state is CloseOutState.OPEN
    assert seen.page.form.decision.isHidden()


def test_a_refusal_is_told_over_the_page(
    show: OpenPage, closed: list[int], world: World
) -> None:
    seen = show()
    seen.page.rows.choose(closed[0])
    world.policy(Approval(pay=True))
    QTest.keyClick(seen.page.rows, KEY.Key_R)
    assert "needs no review" in seen.page.notice.text
    assert states(seen, closed) == ["closed"] * 3


def test_a_tutor_decides_nothing(
    show: OpenPage, closed: list[int], world: World
) -> None:
    seen = show(world.anna)
    seen.page.one.open(closed[0])
    banner = seen.page.form.decision
    assert not banner.isHidden()
    assert banner.button is not None
    assert banner.button.isHidden()
    assert heads(seen) == {}
    QTest.keyClick(seen.page, KEY.Key_R)
    assert states(seen, closed) == ["closed"] * 3
