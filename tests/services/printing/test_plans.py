"""Schedules on paper: whose they are, what stands where, and who may have them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from app.models.scheduling import Attendance
from app.models.values.schedule import AttendanceState
from app.services.desk import MissingRecordError, OfficeOnlyError
from app.services.documents.rendering import Job, plain_text, render
from app.services.documents.values import Schedule
from app.services.payroll.errors import OtherWeekError
from app.services.printing.plans import Schedules
from app.services.profile import OfficeSettings
from tests.services.documents.reading import text
from tests.services.scheduling.conftest import Scene, desk, scene, wall

__all__ = ["desk", "scene"]
TUESDAY = date(2026, 11, 24)
AT = wall("2026-11-24T16:00")
DAY = timedelta(days=1)


def plan_of(job: Job) -> Schedule:
    assert isinstance(job.value, Schedule)
    return job.value


def said(plan: Schedule) -> list[tuple[str, str, str]]:
    """Give column, title and details of every slot."""
    return [
        (plan.columns[slot.column][0], slot.title, slot.detail) for slot in plan.slots
    ]


def test_a_tutors_week_has_the_days_as_columns(scene: Scene) -> None:
    room = scene.make.room(name="Attic")
    scene.book(AT, room_id=room)
    scene.book(AT + DAY, tutor_ids=(scene.paul,), student_ids=(scene.ben,))
    job = Schedules(scene.desk).week(scene.anna, TUESDAY - DAY)
    plan = plan_of(job)
    assert plan.title == "Anna"
    assert said(plan) == [("Tue", "Maya Lindqvist", "Maths · Attic")]
    assert plan.total == "1.00 h · 1 session"
    assert "Maya Lindqvist" in text(render(job))


def test_a_day_has_the_tutors_who_teach_as_columns(scene: Scene) -> None:
    scene.book(AT, tutor_ids=(scene.paul,))
    scene.book(AT, student_ids=(scene.ben,))
    scene.book(AT + DAY)
    scene.make.tutor("Aaron")
    plan = plan_of(Schedules(scene.desk).day(TUESDAY))
    assert [name for name, _addition in plan.columns] == ["Anna", "Paul"]
    assert {(one[0], one[1]) for one in said(plan)} == {
        ("Anna", "Ben Okafor"),
        ("Paul", "Maya Lindqvist"),
    }
    assert not plan.as_list


def test_a_session_of_two_tutors_stands_under_both(scene: Scene) -> None:
    scene.book(AT, tutor_ids=(scene.paul, scene.anna))
    plan = plan_of(Schedules(scene.desk).day(TUESDAY))
    assert [one[0] for one in said(plan)] == ["Paul", "Anna"]
    assert plan.total == "1.00 h · 1 session"


def test_a_students_month_lists_its_days_in_order(scene: Scene) -> None:
    scene.book(AT + DAY)
    scene.book(AT)
    scene.book(AT, tutor_ids=(scene.paul,), student_ids=(scene.ben,))
    scene.book(wall("2026-12-01T10:00"))
    job = Schedules(scene.desk).month(scene.maya, TUESDAY)
    plan = plan_of(job)
    assert plan.title == "Maya Lindqvist"
    assert plan.as_list
    assert [one[0][:6] for one in said(plan)] == ["Tue 24", "Wed 25"]
    assert all("Anna" in one[2] for one in said(plan))
    assert "Tue 24" in plain_text(job)
    with pytest.raises(MissingRecordError):
        Schedules(scene.desk).month(999, TUESDAY)


def test_a_rooms_sheet_has_first_names_only(scene: Scene) -> None:
    room, other = scene.make.room(name="Attic"), scene.make.room(name="Cellar")
    scene.book(AT, room_id=room)
    scene.book(AT, room_id=other, tutor_ids=(scene.paul,), student_ids=(scene.ben,))
    job = Schedules(scene.desk).room(room, TUESDAY)
    assert [one[:2] for one in said(plan_of(job))] == [("Attic", "Maya")]
    found = text(render(job))
    assert "Maya" in found
    assert "Lindqvist" not in found
    assert "Ben" not in found
    with pytest.raises(MissingRecordError):
        Schedules(scene.desk).room(999, TUESDAY)


def test_an_agenda_has_every_session_of_its_days(scene: Scene) -> None:
    for number in range(3):
        scene.book(AT + number * DAY)
    plan = plan_of(Schedules(scene.desk).agenda(TUESDAY, TUESDAY + DAY))
    assert len(plan.slots) == len(plan.columns) == 2


def test_who_called_off_a_place_is_not_on_the_sheet(scene: Scene) -> None:
    booked = scene.book(AT, student_ids=(scene.maya, scene.ben)).session_id
    with scene.make.transaction() as transaction:
        for seat in transaction.scalars(select(Attendance)).all():
            if (seat.session_id, seat.student_id) == (booked, scene.ben):
                seat.state = AttendanceState.CANCELLED_IN_TIME
    plan = plan_of(Schedules(scene.desk).day(TUESDAY))
    assert [one[1] for one in said(plan)] == ["Maya Lindqvist"]


def test_a_tutor_is_given_own_sessions_only(scene: Scene) -> None:
    scene.book(AT)
    scene.book(AT, tutor_ids=(scene.paul,), student_ids=(scene.ben,))
    service = Schedules(scene.as_tutor(scene.anna))
    assert [one[1] for one in said(plan_of(service.day(TUESDAY)))] == ["Maya Lindqvist"]
    agenda = plan_of(service.agenda(TUESDAY, TUESDAY))
    assert [one[1] for one in said(agenda)] == ["Maya Lindqvist"]
    assert plan_of(service.week(scene.anna, TUESDAY - DAY)).slots
    with pytest.raises(OtherWeekError):
        service.week(scene.paul, TUESDAY - DAY)
    with pytest.raises(OfficeOnlyError):
        service.month(scene.maya, TUESDAY)
    with pytest.raises(OfficeOnlyError):
        service.room(1, TUESDAY)


def test_every_sheet_bears_the_offices_logo(scene: Scene, tmp_path: Path) -> None:
    room = scene.make.room(name="Attic")
    scene.book(AT, room_id=room)
    service = Schedules(scene.desk)
    file = tmp_path / "logo.png"
    Image.new("RGB", (120, 60), "navy").save(file)
    OfficeSettings(scene.desk).set_logo(file)
    sheets = (
        service.week(scene.anna, TUESDAY - DAY),
        service.day(TUESDAY),
        service.month(scene.maya, TUESDAY),
        service.room(room, TUESDAY),
        service.agenda(TUESDAY, TUESDAY + DAY),
    )
    kept = OfficeSettings(scene.desk).logo()
    assert kept
    assert {job.letterhead.logo for job in sheets} == {kept}
