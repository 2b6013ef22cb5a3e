"""The harness itself: it names what it does not know, and sees what is wrong."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from _pytest.outcomes import Failed

from app.models.database import Database
from app.services.desk import Desk
from tests.fakes import FakeClock
from tests.golden.comparing import differences
from tests.golden.names import ADMINISTRATOR
from tests.golden.reading import FOLDER, case_files, read_case, read_plain
from tests.golden.series_story import SeriesStory
from tests.golden.story import Story
from tests.golden.strict import CaseError
from tests.golden.test_cases import compare_sessions, play_series, play_story

BOOK: dict[str, Any] = {
    "do": "book",
    "session": "a",
    "offering": "maths",
    "tutors": ["anna"],
    "students": ["maya"],
    "start": "2026-11-10T16:00",
}
STORY: dict[str, Any] = {
    "title": "One session",
    "steps": [
        BOOK,
        {"do": "close", "session": "a", "minutes": 75},
        {"do": "bill", "from": "2026-11-01", "to": "2026-11-30", "on": "2026-11-30"},
        {"do": "pay_run", "from": "2026-11-01", "to": "2026-11-30", "on": "2026-11-30"},
    ],
    "expect": {
        "invoices": [
            {
                "payer": "lindqvist",
                "total": "60.00",
                "lines": [{"session": "a", "minutes": 75, "amount": "60.00"}],
            }
        ],
        "statements": [
            {"tutor": "anna", "total": "33.75", "lines": [{"kind": "session"}]}
        ],
        "reasons": {},
        "waiting": [],
        "unpaid": [],
        "balances": {"lindqvist": "60.00"},
        "package_left": {},
    },
}
SERIES: dict[str, Any] = {
    "kind": "series",
    "title": "Two dates",
    "steps": [
        {
            "do": "book_series",
            "series": "s",
            "tutor": "anna",
            "students": ["maya"],
            "start": "2026-11-03T16:00",
            "minutes": 60,
            "repeat": {"count": 2},
        }
    ],
    "expect": {
        "sessions": [{"start": "2026-11-03T16:00"}, {"start": "2026-11-10T16:00"}]
    },
}
REFUSED = {"expect": {"refused": True}}
MISPLACED: list[list[dict[str, Any]]] = [
    [],
    [{"minutes": 60}],
    [{"start": "2026-11-03T16:00"}, {"start": "2026-11-03T16:00"}],
    [{"minutes": 60}, {"minutes": 61}],
    [{"room": None}, {"room": "r1"}],
    [{"tutor": "anna"}, {"tutor": "paul"}],
    [{}, {"status": "held"}],
    [{}, {}, {}],
]
Change = tuple[tuple[str | int, ...], object]
UNKNOWN: list[tuple[tuple[str | int, ...], object, str]] = [
    (("colour",), "red", "case: “colour” is no key"),
    (("first_day",), "2026-11-01", "case: “first_day” is no key"),
    (("kind",), "poem", "case: “poem” is no kind"),
    (("steps",), [], "steps are a list"),
    (("steps", 0), "book", "case.steps[0]: a step is an object"),
    (("steps", 0, "do"), "sing", "case.steps[0]: “sing” is no step"),
    (("steps", 0, "room"), "r1", "case.steps[0]: “room” is no key"),
    (("steps", 0, "start"), "2026-11-10", "case.steps[0].start: "),
    (("steps", 0, "start"), "2026-02-30T16:00", "case.steps[0].start: "),
    (("steps", 0, "tutors"), "anna", "case.steps[0].tutors: “anna” is no list"),
    (("steps", 1, "minutes"), "75", "case.steps[1].minutes: “75” is not a whole"),
    (("steps", 1, "minutes"), True, "case.steps[1].minutes: True is not a whole"),
    (("steps", 1, "students"), {"maya": "ill"}, "steps[1].students.maya: “ill”"),
    (("office",), {"colour": "red"}, "case.office: “colour” is no key"),
    (("office",), {"prices": "round"}, "case.office.prices: “round” is none of"),
    (("policies",), {"late_cancel": {"hours": 24}}, "late_cancel: “hours” is no"),
    (("offerings",), {"maths": {"price": {"amount": 48}}}, "price.amount: 48 is no"),
    (("offerings",), {"maths": {"price": {"per": "month"}}}, "price.per: “month”"),
    (("offerings",), {"maths": {"price": {"tiers": {"x": "1"}}}}, "“x” is no whole"),
    (("tutors",), {"anna": {"pay": {"amount": "27,00"}}}, "“27,00” is no amount"),
    (("households",), {"lindqvist": {"pets": []}}, "lindqvist: “pets” is no key"),
    (("expect", "profit"), "1.00", "case.expect: “profit” is no key"),
    (("expect", "invoices", 0, "sum"), "60.00", "invoices[0]: “sum” is no key"),
    (("expect", "invoices", 0, "total"), 60, "invoices[0].total: 60 is no amount"),
    (("expect", "waiting"), [{"kind": "lesson"}], "waiting[0].kind: “lesson”"),
    (("expect", "reasons"), {"a": "weather"}, "reasons.a: “weather” is none of"),
]
WRONG: list[Change] = [
    (("expect", "invoices", 0, "payer"), "maya"),
    (("expect", "invoices", 0, "total"), "60.01"),
    (("expect", "invoices", 0, "lines", 0, "minutes"), 60),
    (("expect", "invoices", 0, "lines"), [{"session": "a"}, {"session": "a"}]),
    (("expect", "invoices"), []),
    (("expect", "invoices"), [{}, {}]),
    (("expect", "credits"), [{}]),
    (("expect", "statements", 0, "total"), "33.74"),
    (("expect", "statements", 0, "lines", 0, "kind"), "no_show"),
    (("expect", "reasons"), {"a": "not_closed"}),
    (("expect", "waiting"), [{"session": "a"}]),
    (("expect", "unpaid"), [{"session": "a"}]),
    (("expect", "balances"), {}),
    (("expect", "package_left"), {"maya": 60}),
]
NOWHERE: list[Change] = [
    (("steps", 0, "offering"), "chess"),
    (("steps", 0, "tutors"), ["paul"]),
    (("steps", 0, "as"), "paul"),
    (("steps", 1, "session"), "b"),
    (("expect", "reasons"), {"a/ben": "waived"}),
]


def changed(data: dict[str, Any], change: Change) -> Any:  # noqa: ANN401  any JSON
    path, value = change
    found = deepcopy(data)
    place: Any = found
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return found


def play(data: dict[str, Any], database: Database, clock: FakeClock) -> None:
    desk = Desk(database, clock, ADMINISTRATOR, "golden")
    case = read_plain(data, "case")
    if isinstance(case, SeriesStory):
        play_series(case, desk, clock)
    else:
        play_story(case, desk, clock)


@pytest.mark.parametrize(("path", "value", "words"), UNKNOWN)
def test_what_the_format_does_not_know_is_named(
    path: tuple[str | int, ...], value: object, words: str
) -> None:
    with pytest.raises(CaseError, match=re.escape(words)):
        read_plain(changed(STORY, (path, value)), "case")


@pytest.mark.parametrize("key", ["title", "steps", "expect"])
def test_what_is_missing_is_named(key: str) -> None:
    rest = {name: value for name, value in STORY.items() if name != key}
    with pytest.raises(CaseError, match=f"“{key}” is missing"):
        read_plain(rest, "case")


def test_a_step_without_a_needed_field_is_named() -> None:
    with pytest.raises(CaseError, match=r"case\.steps\[1\]: “session” is missing"):
        read_plain(changed(STORY, (("steps", 1), {"do": "close"})), "case")


def test_a_key_given_twice_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "twice.json"
    path.write_text(json.dumps(STORY).replace('"title"', '"title": "", "title"'))
    with pytest.raises(CaseError, match="given twice"):
        read_case(path)


def test_what_is_left_out_has_the_usual_terms() -> None:
    story = read_plain(STORY, "case")
    assert isinstance(story, Story)
    assert (story.office.currency, story.office.zone) == ("EUR", "Europe/Berlin")
    assert story.offerings["maths"].price.amount == "48.00"
    assert story.tutors["anna"].pay.amount == "27.00"
    assert story.households["lindqvist"].students == ("maya", "erik")
    assert story.policies.late_cancel.notice_hours == 24
    assert f"{story.first_day}" == "2026-11-01"


def test_another_folder_is_collected_without_matching_cases(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    with pytest.raises(CaseError, match="no cases"):
        case_files()
    for name, data in (("b", STORY), ("a", SERIES), ("m", {"kind": "matching"})):
        (tmp_path / f"{name}.json").write_text(json.dumps(data))
    assert [path.stem for path in case_files()] == ["a", "b"]


@pytest.mark.parametrize("data", [STORY, SERIES], ids=["story", "series"])
def test_what_is_right_comes_out(
    data: dict[str, Any], database: Database, clock: FakeClock
) -> None:
    play(data, database, clock)


def test_what_is_wrong_is_seen(sqlite_office: Database, clock: FakeClock) -> None:
    desk = Desk(sqlite_office, clock, ADMINISTRATOR, "golden")
    story = read_plain(STORY, "case")
    assert isinstance(story, Story)
    outcome = play_story(story, desk, clock)
    for change in WRONG:
        wrong = read_plain(changed(STORY, change), "case")
        assert isinstance(wrong, Story)
        assert differences(wrong, outcome), change


@pytest.mark.parametrize("change", NOWHERE)
def test_what_is_nowhere_in_the_case_is_named(
    change: Change, sqlite_office: Database, clock: FakeClock
) -> None:
    with pytest.raises(CaseError):
        play(changed(STORY, change), sqlite_office, clock)


@pytest.mark.parametrize("data", [STORY, SERIES], ids=["story", "series"])
def test_a_step_that_should_be_refused_must_be(
    data: dict[str, Any], sqlite_office: Database, clock: FakeClock
) -> None:
    with pytest.raises(Failed):
        play({**data, **REFUSED}, sqlite_office, clock)


def test_sessions_that_do_not_stand_are_seen(
    sqlite_office: Database, clock: FakeClock
) -> None:
    desk = Desk(sqlite_office, clock, ADMINISTRATOR, "golden")
    case = read_plain(SERIES, "case")
    assert isinstance(case, SeriesStory)
    stand = play_series(case, desk, clock)
    for sessions in MISPLACED:
        wrong = read_plain(changed(SERIES, (("expect", "sessions"), sessions)), "case")
        assert isinstance(wrong, SeriesStory)
        with pytest.raises(AssertionError):
            compare_sessions(wrong, stand)
