"""A new office needs a name, a zone and a currency; nothing else."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.views.shell.welcome import Choice, Welcome, Wish


@pytest.fixture
def welcome(qtbot: QtBot, _dressed: None) -> Welcome:
    made = Welcome()
    qtbot.addWidget(made)
    return made


def wished(qtbot: QtBot, welcome: Welcome, begin: bool) -> Wish:  # noqa: FBT001
    button = welcome.begin_button if begin else welcome.sample_button
    with qtbot.waitSignal(welcome.wished) as heard:
        button.click()
    wish: Wish = heard.args[0]
    return wish


def test_an_office_begins_with_name_zone_and_currency(
    qtbot: QtBot, welcome: Welcome
) -> None:
    welcome.name.setText("Chalk & Co")
    welcome.currency.setText("gbp")
    welcome.zone.choose("Europe/London")
    wish = wished(qtbot, welcome, begin=True)
    assert wish.choice is Choice.NEW
    assert wish.office is not None
    assert (wish.office.name, wish.office.zone, wish.office.currency) == (
        "Chalk & Co",
        "Europe/London",
        "GBP",
    )


@pytest.mark.parametrize(("name", "currency"), [("", "GBP"), ("Chalk", "P1")])
def test_what_is_missing_is_named_and_nothing_is_wished(
    qtbot: QtBot, welcome: Welcome, name: str, currency: str
) -> None:
    welcome.name.setText(name)
    welcome.currency.setText(currency)
    with qtbot.assertNotEmitted(welcome.wished):
        welcome.begin_button.click()


def test_somebody_may_look_round_first(qtbot: QtBot, welcome: Welcome) -> None:
    assert wished(qtbot, welcome, begin=False) == Wish(Choice.SAMPLE)
