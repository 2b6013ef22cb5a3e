"""The open form follows what others change, and loses nothing that is typed."""

from __future__ import annotations

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.models.values.schedule import AttendanceState, EditScope
from app.services.scheduling.requests import EditSeries
from app.views.close_out.drafts import Draft, Said
from tests.services.closing.world import World
from tests.views.close_out.conftest import OpenPage


def test_what_changes_elsewhere_is_shown_beside_what_is_typed(
    show: OpenPage, world: World, qtbot: QtBot
) -> None:
    session = world.session()
    bob = world.make.tutor("Bob", rate=2000)
    seen = show()
    form = seen.page.form
    form.note.fields[0].setFocus()
    QTest.keyClicks(form.note.fields[0], "Fractions")
    assert form.attendance.tutors == []
    both = EditSeries(
        session, EditScope.THIS, tutor_ids=(world.anna, bob), accept_soft=True
    )
    seen.office.series.edit(both)
    qtbot.waitUntil(lambda: len(form.attendance.tutors) == 1, timeout=2000)
    assert form.attendance.tutors[0].tutor_id == bob
    assert form.note.fields[0].toPlainText() == "Fractions"
    assert form.note.fields[0].hasFocus()
    assert form.draft.prompts[0] == "Fractions"


def test_a_draft_keeps_what_was_entered_and_takes_the_rest() -> None:
    former = Draft(internal="Old", homework="Sheet 1")
    mine = Draft(internal="Old", homework="Sheet 2")
    fresh = Draft(internal="New", homework="Sheet 1")
    assert mine.over(former, fresh) == Draft(internal="New", homework="Sheet 2")


def test_a_draft_says_nothing_of_people_who_left() -> None:
    away = Said(AttendanceState.ABSENT)
    draft = Draft(students={1: away, 2: away}, tutors={3: 30}, mileage={3: "4", 4: ""})
    left = draft.of({1}, {4})
    assert left == Draft(students={1: away}, mileage={4: ""})
