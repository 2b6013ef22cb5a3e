"""The palette's answers stand in groups, what is ahead before what is over."""

from __future__ import annotations

from datetime import timedelta

from app.services.search import HitKind
from app.views.shell.answers import Answer, grouped
from app.views.shell.main_window import MainWindow
from app.views.shell.palette_line import Caption
from tests.services.closing.world import START, World
from tests.views.stage import Stage

DAY = timedelta(days=1)


def test_answers_stand_by_group_that_of_the_best_first() -> None:
    answers = [
        Answer("Maya", "", group="People"),
        Answer("Tuesday", "", group="Sessions"),
        Answer("Mayer", "", group="People"),
    ]
    assert [one.name for one in grouped(answers)] == ["Maya", "Mayer", "Tuesday"]


def test_todays_and_coming_sessions_stand_before_old_ones(
    stage: Stage, world: World
) -> None:
    starts = [START + step * DAY for step in (-14, -7, -1, 0, 7, 14)]
    for start in starts:
        world.session(start)
    stage.clock.time = START + timedelta(hours=2)
    hits = stage.tools().office.search.find("Maya", 20)
    found = [one.starts_at for one in hits if one.kind is HitKind.SESSION]
    old, ahead = starts[:3], starts[3:]
    assert found == [*ahead, *reversed(old)]


def test_groups_are_named_over_their_answers(window: MainWindow) -> None:
    window.open_palette("an")
    box = window.palette_box
    box.search()
    assert box.captions[0] == "People"
    assert box.captions[-1] == "Commands"
    assert len(set(box.captions)) == len(box.captions)
    groups = [one.group for one in box.answers]
    assert list(dict.fromkeys(groups)) == list(box.captions)
    shown = [one for one in box.findChildren(Caption) if one.isVisible()]
    assert len(shown) == len(box.captions)
    assert box.grab().size() == box.size()
    person = next(one for one in box.answers if one.group == "People")
    assert person.link is not None
    window.go(person.link)
    window.open_palette()
    assert box.captions == ("Recent", "Commands")


def test_all_of_it_is_seen_in_the_smallest_window(window: MainWindow) -> None:
    window.resize(window.minimumSize())
    window.open_palette("an")
    box = window.palette_box
    box.search()
    assert len(box.answers) > 5
    assert box.y() >= 0
    assert box.y() + box.height() <= window.height()
