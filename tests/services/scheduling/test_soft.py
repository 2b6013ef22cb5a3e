"""Soft clashes: somebody may accept them, and unknown is never silent."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.models.catalog import Term
from app.models.office import OfficeProfile
from app.models.values.schedule import Unknown, WeekWindow
from app.services.availability import Availabilities, SetWeek
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.errors import ClashError
from app.services.scheduling.requests import Clash, ClashKind
from app.services.scheduling.soft import week_of
from tests.fakes import FakeClock
from tests.services.scheduling.conftest import Scene, wall

AT = wall("2026-11-24T17:30")
HOUR = timedelta(hours=1)


def check(scene: Scene, start: datetime = AT, **more: Any) -> tuple[Clash, ...]:  # noqa: ANN401
    return Bookings(scene.desk).check(scene.request(start, **more))


def kinds(clashes: tuple[Clash, ...]) -> list[ClashKind]:
    assert not any(clash.is_hard for clash in clashes)
    return [clash.kind for clash in clashes]


def treat_unknown(scene: Scene, how: Unknown) -> None:
    with scene.make.transaction() as transaction:
        transaction.get_one(OfficeProfile, 1).unknown_availability = how


def test_unknown_availability_follows_the_offices_setting(scene: Scene) -> None:
    assert check(scene) == ()
    treat_unknown(scene, Unknown.ASK)
    (asked,) = check(scene)
    assert asked.kind is ClashKind.AVAILABILITY_UNKNOWN
    assert asked.sentence == (
        "It is not known whether Anna is available 17:30-18:30 on Tue 24 Nov 2026."
    )
    treat_unknown(scene, Unknown.NEVER)
    (never,) = check(scene)
    assert never.kind is ClashKind.OUTSIDE_AVAILABILITY
    assert "has given no times" in never.sentence


def test_a_tutors_week_is_kept_on_the_wall_clock(scene: Scene) -> None:
    week = (WeekWindow(1, 15 * 60, 18 * 60), WeekWindow(1, 18 * 60, 19 * 60))
    Availabilities(scene.desk).set_week(SetWeek(week, tutor_id=scene.anna))
    for start in ("2026-11-24T15:00", "2026-11-24T18:00", "2026-07-21T17:30"):
        assert check(scene, wall(start)) == ()
    for start in ("2026-11-24T14:59", "2026-11-24T18:01", "2026-11-25T16:00"):
        assert kinds(check(scene, wall(start))) == [ClashKind.OUTSIDE_AVAILABILITY]


def test_a_students_week_counts_where_it_is_known(scene: Scene) -> None:
    week = (WeekWindow(1, 15 * 60, 18 * 60),)
    Availabilities(scene.desk).set_week(SetWeek(week, student_id=scene.maya))
    (clash,) = check(scene)
    assert clash.sentence == (
        "Maya Lindqvist is not available 17:30-18:30 on Tue 24 Nov 2026."
    )
    assert check(scene, AT - HOUR) == ()


def test_days_between_terms_are_holidays(scene: Scene) -> None:
    for name, first, last in (
        ("Autumn", date(2026, 9, 1), date(2026, 12, 18)),
        ("Spring", date(2027, 1, 11), date(2027, 3, 26)),
    ):
        scene.make.save(Term(name=name, from_on=first, until_on=last))
    (clash,) = check(scene, wall("2026-12-22T10:00"))
    assert clash.kind is ClashKind.HOLIDAY
    assert clash.sentence == (
        "Tue 22 Dec 2026 is a holiday, between Autumn and Spring."
    )
    for day in ("2026-12-18T10:00", "2027-01-11T10:00", "2027-05-01T10:00"):
        assert check(scene, wall(day)) == ()


def test_a_week_over_the_tutors_limit_is_asked_about(scene: Scene) -> None:
    hanna = scene.make.tutor("Hanna", weekly_limit_minutes=120)
    with_hanna: dict[str, Any] = {"tutor_ids": (hanna,)}
    scene.book(AT, **with_hanna)
    sunday = scene.book(AT + timedelta(days=5), **with_hanna)
    (clash,) = check(scene, AT - HOUR, minutes=15, **with_hanna)
    assert clash.kind is ClashKind.WEEKLY_LIMIT
    assert clash.sentence == (
        "Hanna would teach 135 minutes in the week of Mon 23 Nov 2026, and 120 are "
        "agreed."
    )
    assert check(scene, AT + timedelta(days=6), **with_hanna) == ()
    assert sunday.soft == ()
    assert week_of(date(2026, 11, 29), 6) == date(2026, 11, 29)


def test_short_notice_counts_from_now_to_the_start(
    scene: Scene, clock: FakeClock
) -> None:
    soon = scene.make.offering("Soon", notice_hours=24)
    clock.set(2026, 11, 23, 16, 30)  # 17:30 in Berlin
    assert check(scene, AT, offering_id=soon) == ()
    clock.advance(minutes=1)
    assert kinds(check(scene, AT, offering_id=soon)) == [ClashKind.SHORT_NOTICE]
    clock.set(2026, 11, 25, 12)
    assert check(scene, AT, offering_id=soon) == ()


def test_soft_clashes_stop_until_they_are_accepted(scene: Scene) -> None:
    treat_unknown(scene, Unknown.ASK)
    with pytest.raises(ClashError, match="not known whether Anna"):
        scene.book(AT)
    booked = scene.book(AT, accept_soft=True)
    assert kinds(booked.soft) == [ClashKind.AVAILABILITY_UNKNOWN]
    assert scene.stored(booked.session_id).override_reason == ""
