"""Weekly series: previewed, booked, extended and called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlalchemy import select

from app.models.agreements import Lot, Package
from app.models.catalog import Closure, Term
from app.models.database import Database
from app.models.scheduling import (
    Series,
    SeriesException,
)
from app.models.values.billing import BillingModel, LotUnit
from app.models.values.people import Trust
from app.models.values.schedule import (
    EditScope,
    SessionStatus,
    wall_clock,
)
from app.services.desk import MissingRecordError, OfficeOnlyError
from app.services.scheduling.errors import (
    ClashError,
    EmptySeriesError,
    ExtendBackwardsError,
    FixedSessionError,
    NoSeriesError,
    SeriesEndError,
    SeriesRuleError,
    TrustError,
)
from app.services.scheduling.requests import (
    CancelSeries,
    ClashKind,
    CourseTerms,
    ExtendSeries,
    OnClash,
    Untouched,
)
from app.services.series import SeriesBook
from tests.services.scheduling.conftest import Scene, statements_of, wall
from tests.services.series.steps import (
    BERLIN,
    HOUR,
    START,
    WEEK,
    asked,
    book,
    closed,
    edit,
    starts,
)


def test_every_weekday_of_the_rule_gets_its_date(scene: Scene) -> None:
    book(scene, weekdays=(3, 1), every_weeks=2, until_on=date(2026, 11, 19))
    assert starts(scene) == [
        "03 Nov 16:00",
        "05 Nov 16:00",
        "17 Nov 16:00",
        "19 Nov 16:00",
    ]
    with scene.desk.snapshot() as snapshot:
        series = snapshot.scalars(select(Series)).one()
        assert (series.weekdays, series.every_weeks) == ([1, 3], 2)
        assert (series.start_minute, series.until_on) == (960, date(2026, 11, 19))


def test_a_term_ends_a_series(scene: Scene) -> None:
    term = scene.make.save(
        Term(name="Autumn", from_on=date(2026, 9, 1), until_on=date(2026, 11, 17))
    )
    assert len(book(scene, term_id=term).session_ids) == 3


def test_a_package_ends_a_series_when_it_is_used_up(scene: Scene) -> None:
    household = scene.make.household(model=BillingModel.PACKAGE)
    scene.make.payer(household)
    ida = scene.make.student("Ida", household)
    package = scene.make.save(
        Package(name="Ten", units=600, price=1, tax_code_id=scene.make.tax_code())
    )
    scene.make.save(
        Lot(
            package_id=package,
            household_id=household,
            bought_on=date(2026, 11, 1),
            unit=LotUnit.MINUTES,
            granted=150,
            price=1,
        )
    )
    booked = book(scene, student_ids=(ida,), until_package_used=True)
    assert len(booked.session_ids) == 2
    with pytest.raises(SeriesRuleError, match="does not cover its first date"):
        book(scene, student_ids=(ida,), until_package_used=True, start=START + HOUR)
    with pytest.raises(SeriesRuleError, match="billed by package"):
        book(scene, until_package_used=True, start=START + HOUR)


def test_count_counts_closures_too(scene: Scene) -> None:
    on = date(2026, 11, 10)
    scene.make.save(Closure(name="Bridge day", from_on=on, until_on=on))
    booked = book(scene)
    assert starts(scene) == ["03 Nov 16:00", "17 Nov 16:00", "24 Nov 16:00"]
    (skipped,) = booked.skipped
    assert skipped.slot_on == on
    assert skipped.why == "The office is closed on Tue 10 Nov 2026 (Bridge day)."
    with scene.desk.snapshot() as snapshot:
        assert snapshot.scalars(select(SeriesException.reason)).one() == skipped.why


def test_the_preview_lists_every_date_with_its_clash(scene: Scene) -> None:
    on = date(2026, 11, 10)
    scene.make.save(Closure(name="Bridge day", from_on=on, until_on=on))
    scene.book(START + WEEK * 2, student_ids=(scene.ben,))
    dates = SeriesBook(scene.desk).preview(asked(scene))
    assert [one.slot_on.day for one in dates] == [3, 10, 17, 24]
    assert [[clash.kind for clash in one.clashes] for one in dates] == [
        [],
        [ClashKind.CLOSED],
        [ClashKind.TUTOR],
        [],
    ]
    assert dates[1].on_closure != ""
    assert starts(scene) == ["17 Nov 16:00"]


def test_one_clash_refuses_all_or_is_skipped(scene: Scene) -> None:
    scene.book(START + WEEK, student_ids=(scene.ben,))
    with pytest.raises(ClashError, match="Anna already teaches Ben Okafor"):
        book(scene)
    assert len(starts(scene)) == 1
    booked = book(scene, on_clash=OnClash.SKIP)
    assert len(booked.session_ids) == 3
    assert booked.skipped[0].why.startswith("Anna already teaches Ben Okafor")


def test_clashes_are_forced_with_a_reason(scene: Scene) -> None:
    scene.book(START + WEEK, student_ids=(scene.ben,))
    reason = {"override_reason": "Exams"}
    with pytest.raises(ClashError):
        book(scene, on_clash=OnClash.FORCE)
    booked = book(scene, on_clash=OnClash.FORCE, **reason)
    kept = [scene.stored(one).override_reason for one in booked.session_ids]
    assert kept == ["", "Exams", "", ""]


def test_single_dates_are_skipped_forced_or_held_at_another_time(scene: Scene) -> None:
    scene.book(START + WEEK, student_ids=(scene.ben,))
    chosen: dict[date, OnClash | datetime] = {
        date(2026, 11, 3): OnClash.SKIP,
        date(2026, 11, 10): START + WEEK + HOUR,
    }
    booked = book(scene, by_date=chosen)
    assert starts(scene) == [
        "10 Nov 16:00",
        "10 Nov 17:00",
        "17 Nov 16:00",
        "24 Nov 16:00",
    ]
    moved = scene.stored(booked.session_ids[0])
    assert moved.changed_fields == ["start"]
    assert wall_clock(moved.slot_at, BERLIN) == START + WEEK  # type: ignore[arg-type]
    on = date(2026, 12, 24)
    scene.make.save(Closure(name="Christmas", from_on=on, until_on=on))
    force = {"by_date": {on: OnClash.FORCE}, "override_reason": "Exams"}
    late = book(scene, start=wall("2026-12-24T09:00"), count=1, **force)
    assert scene.stored(late.session_ids[0]).override_reason == "Exams"


def test_what_is_no_series_is_refused(scene: Scene) -> None:
    for ends in ({"count": 2, "until_on": date(2026, 12, 1)}, {"count": None}):
        with pytest.raises(SeriesEndError):
            book(scene, **ends)
    for wrong in (
        {"count": 0},
        {"count": 1001},
        {"every_weeks": 0},
        {"every_weeks": 53},
        {"weekdays": (7,)},
        {"until_on": date(2026, 11, 1)},
        {"until_on": date(2099, 1, 1)},
    ):
        with pytest.raises(SeriesRuleError):
            book(scene, **wrong)
    with pytest.raises(EmptySeriesError):
        book(scene, count=1, by_date={START.date(): OnClash.SKIP})
    assert starts(scene) == []


def test_a_date_in_the_spring_gap_is_named_or_skipped(scene: Scene) -> None:
    start = wall("2027-03-21T02:30")
    dates = SeriesBook(scene.desk).preview(asked(scene, start=start, count=3))
    assert "does not exist" in dates[1].problem
    with pytest.raises(SeriesRuleError, match="does not exist"):
        book(scene, start=start, count=3)
    booked = book(scene, start=start, count=3, on_clash=OnClash.SKIP)
    assert len(booked.session_ids) == 2
    assert "does not exist" in booked.skipped[0].why
    with pytest.raises(SeriesRuleError, match="none of its dates"):
        book(scene, start=wall("2027-03-28T02:30"), count=1)


def test_a_series_of_forty_takes_no_more_statements_than_one_of_two(
    scene: Scene, database: Database
) -> None:
    counts: list[int] = []
    for number, count in enumerate((2, 40)):
        with statements_of(database) as said:
            book(scene, count=count, start=START + HOUR * 2 * number)
        counts.append(len(said))
    assert counts[1] <= counts[0] + 1 <= 30


def test_extending_follows_the_latest_form_and_only_adds(scene: Scene) -> None:
    booked = book(scene, every_weeks=2, count=2)
    edit(scene, booked.session_ids[1], EditScope.LATER, start=wall("2026-11-18T17:00"))
    on = date(2026, 12, 16)
    scene.make.save(Closure(name="Fair", from_on=on, until_on=on))
    more = SeriesBook(scene.desk).extend(
        ExtendSeries(booked.series_id, date(2027, 1, 1))
    )
    assert starts(scene) == [
        "03 Nov 16:00",
        "18 Nov 17:00",
        "02 Dec 17:00",
        "30 Dec 17:00",
    ]
    assert [one.slot_on for one in more.skipped] == [on]
    with pytest.raises(ExtendBackwardsError):
        SeriesBook(scene.desk).extend(ExtendSeries(booked.series_id, date(2027, 1, 1)))
    with pytest.raises(MissingRecordError):
        SeriesBook(scene.desk).extend(ExtendSeries(99, date(2027, 1, 1)))


def test_an_extension_that_clashes_adds_nothing_or_skips(scene: Scene) -> None:
    booked = book(scene, count=1)
    scene.book(START + WEEK * 2, student_ids=(scene.ben,))
    request = ExtendSeries(booked.series_id, date(2026, 11, 24))
    with pytest.raises(ClashError):
        SeriesBook(scene.desk).extend(request)
    assert len(starts(scene)) == 2
    skip = replace(request, on_clash=OnClash.SKIP)
    assert len(SeriesBook(scene.desk).extend(skip).session_ids) == 2


def test_the_office_calls_off_later_ones(scene: Scene) -> None:
    ids = book(scene).session_ids
    closed(scene, ids[2])
    done = SeriesBook(scene.desk).cancel_series(CancelSeries(ids[1], EditScope.LATER))
    assert done.changed_ids == (ids[1], ids[3])
    assert done.untouched == (Untouched(ids[2], "it is closed out"),)
    assert scene.stored(ids[3]).status is SessionStatus.CANCELLED_BY_OFFICE
    assert starts(scene) == ["03 Nov 16:00", "17 Nov 16:00"]
    scene.book(START + WEEK)
    with pytest.raises(FixedSessionError):
        SeriesBook(scene.desk).cancel_series(CancelSeries(ids[2], EditScope.THIS))
    alone = scene.book(START + WEEK * 9).session_id
    with pytest.raises(NoSeriesError):
        SeriesBook(scene.desk).cancel_series(CancelSeries(alone, EditScope.ALL))
    with pytest.raises(NoSeriesError):
        edit(scene, alone, EditScope.LATER, minutes=30)
    with pytest.raises(OfficeOnlyError):
        SeriesBook(scene.as_tutor(scene.anna)).cancel_series(
            CancelSeries(ids[0], EditScope.ALL)
        )


def test_a_tutor_books_a_series_within_the_placement(scene: Scene) -> None:
    own = SeriesBook(scene.as_tutor(scene.anna))
    placement = scene.make.placement(
        scene.anna, [scene.maya], scene.maths, who_books=Trust.TUTOR_PROPOSES
    )
    booked = own.book_series(asked(scene, placement_id=placement))
    assert scene.stored(booked.session_ids[0]).status is SessionStatus.TENTATIVE
    with pytest.raises(TrustError):
        own.book_series(asked(scene, start=START + HOUR))
    with pytest.raises(OfficeOnlyError):
        own.book_series(asked(scene, course=CourseTerms("Exam course", 4)))
