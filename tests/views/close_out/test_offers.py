"""What a missed session may cost is offered with the policy's answer first."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.models.values.billing import MoneyOutcome
from app.models.values.policies import MakeUp
from app.services.closing.requests import Outcome
from app.views.close_out.words import (
    EFFECTS,
    MISSED_EFFECTS,
    OFFICE_ONLY,
    effects_of,
    outcome_word,
)
from app.views.widgets.inputs import ComboBox
from tests.services.closing.world import World
from tests.views.close_out.conftest import OpenPage, Seen

KEY = Qt.Key


def offered(seen: Seen, qtbot: QtBot) -> list[str]:
    """List what can become of the money once the policy's effect is worked out."""
    effect = seen.page.parts.money.exception.effect
    assert effect.isVisible()
    qtbot.waitUntil(partial(_is_proposed, effect), timeout=5000)
    return [effect.itemText(place) for place in range(effect.count())]


def _is_proposed(effect: ComboBox) -> bool:
    return effect.itemText(0).startswith("Policy: ")


def test_a_cancellation_offers_its_effects_with_the_policys_first(
    show: OpenPage, world: World, qtbot: QtBot
) -> None:
    session = world.session()
    seen = show()
    QTest.keyClick(seen.page.rows, KEY.Key_4)
    first, *others = offered(seen, qtbot)
    assert first == "Policy: Charge, and pay the tutor"
    assert others == [words for words, _effect in MISSED_EFFECTS]
    money = seen.page.parts.money
    money.exception.effect.choose(MoneyOutcome.NEITHER.value)
    assert money.exception.reason.isVisible()
    money.exception.reason.setText("Ill, as agreed")
    money.exception.reason.textEdited.emit("Ill, as agreed")
    seen.page.save()
    assert world.charges(session) == []
    assert world.pay(session) == []
    assert seen.office.close_outs.report(session).money is MoneyOutcome.NEITHER


def test_a_make_up_credit_is_proposed_where_the_policy_gives_one(
    show: OpenPage, world: World, qtbot: QtBot
) -> None:
    world.policy(MakeUp(instead_of_charge=True))
    session = world.session()
    seen = show()
    QTest.keyClick(seen.page.rows, KEY.Key_4)
    assert offered(seen, qtbot)[0] == "Policy: Give a make-up credit"
    seen.page.save()
    assert world.charges(session) == []


def test_a_held_session_hides_its_exceptions_until_they_are_wanted(
    show: OpenPage, world: World
) -> None:
    assert world.session()
    seen = show()
    assert not seen.page.parts.money.exception.isVisible()
    assert effects_of(Outcome.AS_PLANNED) is EFFECTS
    assert effects_of(Outcome.NO_SHOW) is MISSED_EFFECTS


@pytest.mark.parametrize("key", [KEY.Key_5, KEY.Key_7])
def test_a_tutor_is_not_offered_what_only_the_office_may_say(
    show: OpenPage, world: World, key: Qt.Key
) -> None:
    assert world.session(students=[world.maya, world.ben])
    seen = show(world.anna)
    outcomes = seen.page.form.outcomes
    shown = [each for each in Outcome if outcomes._buttons[each].isVisible()]
    assert shown == [
        Outcome.AS_PLANNED,
        Outcome.OTHER_TIMES,
        Outcome.NO_SHOW,
        Outcome.CANCELLED_LATE,
        Outcome.CANCELLED_BY_TUTOR,
    ]
    QTest.keyClick(seen.page.rows, key)
    assert seen.page.form.draft.outcome is Outcome.AS_PLANNED
    kind = seen.page.form.attendance.students[0].kind
    words = [kind.itemText(place) for place in range(kind.count())]
    assert words == ["Late", "By the tutor"]
    assert not seen.page.parts.money.exception.isVisible()
    hidden = [one for one in seen.page.commands()["session"] if not one.isVisible()]
    office = {outcome_word(one) for one in OFFICE_ONLY}
    assert {one.text().replace("&", "") for one in hidden} == office


def test_the_office_is_offered_every_outcome(show: OpenPage, world: World) -> None:
    assert world.session()
    seen = show()
    outcomes = seen.page.form.outcomes
    assert all(outcomes._buttons[each].isVisible() for each in Outcome)
    assert all(outcomes.offers(each) for each in Outcome)
