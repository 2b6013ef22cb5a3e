"""A window remembers for its person, and what is about records for one office alone."""

from __future__ import annotations

import json
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from app.models.values.actors import Actor, Role
from app.services.search.index import HitKind
from app.views.calendar.left import LeftPanel
from app.views.close_out.drafts import Draft, load
from app.views.close_out.keeping import DraftBook
from app.views.invoices.running import period as billing
from app.views.payroll.running import wizard as paying
from app.views.shell.remembering import Used
from app.views.state import State
from app.views.tables.columns import Column
from app.views.tables.remembered import Placed, read_columns
from app.views.tables.saved import SavedViews
from app.views.tools import Link, Place, Tools

COLUMNS: list[Column[str]] = [Column("day", "Day", str)]
OWNER = Actor("Rose", Role.OWNER)


def test_drafts_and_records_of_one_office_are_not_shown_in_another(
    state: State,
) -> None:
    state.enter("one")
    book = DraftBook(state, OWNER)
    book.keep(7, Draft(internal="of office one"))
    Used(state, "Rose").see(Link(Place.STUDENTS, HitKind.STUDENT, 7))
    state.enter("two")
    assert DraftBook(state, OWNER).drafts == {}
    assert Used(state, "Rose").records() == []
    state.enter("one")
    assert DraftBook(state, OWNER).drafts == {7: Draft(internal="of office one")}
    assert Used(state, "Rose").records() == [(HitKind.STUDENT, 7)]


@pytest.mark.parametrize(
    "name", [paying.TICKS, paying.KEPT, billing.KEPT, "calendar.hidden_tutors"]
)
def test_lists_of_records_belong_to_one_office(state: State, name: str) -> None:
    state.enter("one")
    state.keep_texts(name, ["1", "2"])
    state.enter("two")
    assert state.texts(name) == ()


def test_habits_go_with_the_person_to_every_office(state: State) -> None:
    state.enter("one")
    state.keep("density", "compact")
    state.enter("two")
    assert state.text("density") == "compact"


RUBBISH = ["", "²", "-1", "9" * 5000, "nan", "1e999", "\x00", "[" * 100_000, "{}", "12"]


@pytest.mark.parametrize("text", RUBBISH)
def test_rubbish_is_as_good_as_nothing(state: State, text: str) -> None:
    state.keep("name", text)
    assert state.number("name", 1.5, 1, 2) == 1.5
    assert set(state.numbers("name")) <= {12}
    assert state.days("name") == ()
    assert load(text) == Draft()
    assert read_columns([f"day {text} +"], COLUMNS) in {
        (Placed("day"),),
        (Placed("day", 12),),
    }
    state.keep_texts("palette/Rose/records", [f"student {text}"])
    state.keep_texts("palette/Rose/commands", [f"{text} Quit"])
    state.keep_texts("tables/days/views", [text])
    used = Used(state, "Rose")
    assert used.records() in ([], [(HitKind.STUDENT, 12)])
    assert dict(used.counts()) in ({}, {"Quit": 12})
    assert SavedViews(state, "days").all == ()
    state.keep("close_out/drafts/office/sessions", text)
    assert set(DraftBook(state, OWNER).drafts) <= {12}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("prompts", [1, 2, 3]),
        ("minutes", "long"),
        ("minutes", 10**30),
        ("students", []),
        ("tutors", {"²": 3}),
        ("internal", None),
        ("expenses", [["tea", 1.5]]),
        ("start", "25:99"),
        ("due_on", 7),
    ],
)
def test_a_draft_with_a_spoiled_field_is_empty(name: str, value: object) -> None:
    plain = json.loads(Draft(internal="kept").dump())
    assert load(json.dumps(plain)) == Draft(internal="kept")
    assert load(json.dumps({**plain, name: value})) == Draft()


def test_spoiled_days_and_ticks_open_the_wizards_with_the_last_month(
    tools: Tools, qtbot: QtBot
) -> None:
    for name in (paying.KEPT, billing.KEPT):
        tools.state.keep_texts(name, ["2026-02-30", "yesterday"])
    tools.state.keep_texts(paying.TICKS, ["2026-02-01/2026-02-28", "²", "x", "3"])
    tools.state.keep("appearance/text", "1e300")
    tools.state.keep_texts("calendar.hidden_tutors", ["²", "7"])
    asked = billing.PeriodPage(tools)
    qtbot.addWidget(asked)
    asked.propose()
    assert asked.of is not None
    wizard = paying.PayWizard(tools)
    qtbot.addWidget(wizard)
    wizard.begin(())
    assert wizard.from_on.day is not None
    assert tools.state.numbers(paying.TICKS) == (3,)
    panel = LeftPanel(tools.formats, tools.state, date(2026, 3, 4))
    qtbot.addWidget(panel)
    assert panel.shown().choice.hidden_tutors == {7}
