"""Who may book: the office, and tutors as far as the office trusts them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from app.models.agreements import Contract
from app.models.values.actors import Actor, Role
from app.models.values.billing import ContractBasis, PricePer
from app.models.values.people import Trust
from app.models.values.schedule import EditScope, PlacementState, SessionStatus
from app.models.values.terms import PriceTerms
from app.services.desk import OfficeOnlyError
from app.services.rights import NotYoursError
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.errors import (
    ClashError,
    OverrideRightsError,
    PlacementLimitError,
    TrustError,
)
from app.services.scheduling.free_times import FreeTimes
from app.services.scheduling.permits import must_propose, settle_clashes
from app.services.scheduling.requests import (
    Booked,
    BookSeries,
    EditSeries,
    ExtendSeries,
    FindFree,
    MoveSession,
)
from app.services.series.book import SeriesBook
from tests.services.scheduling.conftest import Scene, wall

AT = wall("2026-11-24T17:30")
HOUR = timedelta(hours=1)


def placed(scene: Scene, trust: Trust = Trust.TUTOR_BOOKS, **more: Any) -> int:  # noqa: ANN401
    return scene.make.placement(
        scene.anna, [scene.maya], scene.maths, who_books=trust, **more
    )


def as_anna(scene: Scene, placement: int | None, **more: Any) -> Booked:  # noqa: ANN401
    start = more.pop("start", AT)
    request = scene.request(start, placement_id=placement, **more)
    return Bookings(scene.as_tutor(scene.anna)).book(request)


def test_a_trusted_tutor_books_and_another_proposes(scene: Scene) -> None:
    booked = as_anna(scene, placed(scene))
    assert scene.stored(booked.session_id).status is SessionStatus.PLANNED
    proposed = as_anna(scene, placed(scene, Trust.TUTOR_PROPOSES), start=AT + HOUR)
    assert scene.stored(proposed.session_id).status is SessionStatus.TENTATIVE


def test_what_the_office_books_no_tutor_does(scene: Scene) -> None:
    for placement in (
        placed(scene, Trust.OFFICE_BOOKS),
        None,
        placed(scene, state=PlacementState.ENDED),
    ):
        with pytest.raises(TrustError):
            as_anna(scene, placement)
    others = scene.make.placement(
        scene.paul, [scene.maya], scene.maths, who_books=Trust.TUTOR_BOOKS
    )
    both = (scene.anna, scene.paul)
    with pytest.raises(NotYoursError, match="placements"):
        as_anna(scene, others)
    with pytest.raises(NotYoursError, match="times"):
        as_anna(scene, placed(scene), tutor_ids=both)


def test_a_tutor_books_no_trial_nor_on_terms_of_others(scene: Scene) -> None:
    placement = placed(scene)
    with pytest.raises(OfficeOnlyError):
        as_anna(scene, placement, is_trial=True)
    household = scene.make.household()
    contract = scene.make.save(
        Contract(
            name="Town",
            household_id=household,
            basis=ContractBasis.STUDENT_TIME,
            rate=9900,
        )
    )
    with pytest.raises(NotYoursError, match="contracts"):
        as_anna(scene, placement, contract_id=contract)
    own = scene.make.placement(
        scene.anna,
        [scene.maya],
        scene.maths,
        who_books=Trust.TUTOR_BOOKS,
        contract_id=contract,
    )
    as_anna(scene, own, contract_id=contract)
    strange = scene.book(AT - HOUR * 24, tutor_ids=(scene.paul,)).session_id
    with pytest.raises(NotYoursError, match="sessions"):
        as_anna(scene, placement, make_up_of_id=strange, start=AT + HOUR * 3)
    another = scene.book(AT - HOUR * 48, student_ids=(scene.ben,)).session_id
    with pytest.raises(NotYoursError, match="students"):
        as_anna(scene, placement, make_up_of_id=another, start=AT + HOUR * 3)
    missed = scene.book(AT - HOUR * 72).session_id
    as_anna(scene, placement, make_up_of_id=missed, start=AT + HOUR * 3)


def test_no_answer_tells_a_tutor_of_strangers(scene: Scene) -> None:
    placed(scene)
    desk = scene.as_tutor(scene.anna)
    theirs = scene.book(AT, tutor_ids=(scene.paul,), student_ids=(scene.ben,))
    gone = scene.make.student("Secret Name", archived_at=scene.desk.now())
    asked: list[Callable[[], object]] = []
    for student in (scene.ben, gone, 10**6):
        request = scene.request(AT, student_ids=(student,))
        series = BookSeries(
            scene.maths, (scene.anna,), (student,), AT, 60, count=3, accept_soft=True
        )
        day = datetime(2026, 11, 24, tzinfo=UTC)
        find = FindFree((scene.anna,), (student,), 60, scene.maths, day)
        asked += [
            partial(Bookings(desk).check, request),
            partial(Bookings(desk).book, request),
            partial(SeriesBook(desk).preview, series),
            partial(SeriesBook(desk).book_series, series),
            partial(FreeTimes(desk).next_free, find),
        ]
    for session in (theirs.session_id, 10**6):
        edit = EditSeries(session, EditScope.THIS, minutes=30)
        asked += [
            partial(Bookings(desk).check_change, edit),
            partial(SeriesBook(desk).edit, edit),
            partial(SeriesBook(desk).preview_edit, edit),
            partial(Bookings(desk).move, MoveSession(session, AT)),
        ]
    asked += [
        partial(Bookings(desk).check, scene.request(AT, tutor_ids=(scene.paul,))),
        partial(SeriesBook(desk).extend, ExtendSeries(1, date(2027, 1, 1))),
    ]
    for ask in asked:
        with pytest.raises(NotYoursError):
            ask()


def test_a_tutor_keeps_to_what_was_agreed(scene: Scene) -> None:
    other, place = scene.make.offering(), scene.make.place()
    with pytest.raises(PlacementLimitError, match="own offering"):
        as_anna(scene, placed(scene), offering_id=other)
    scene.make.placement(scene.anna, [scene.ben], scene.maths)
    with pytest.raises(PlacementLimitError, match="own students"):
        as_anna(scene, placed(scene), student_ids=(scene.ben,))
    with pytest.raises(PlacementLimitError, match="own place"):
        as_anna(scene, placed(scene, place_id=place))
    late, early = date(2026, 11, 25), date(2026, 11, 23)
    for placement in (placed(scene, from_on=late), placed(scene, until_on=early)):
        with pytest.raises(PlacementLimitError, match="outside its dates"):
            as_anna(scene, placement)


def test_minutes_a_week_and_in_all_are_kept(scene: Scene) -> None:
    weekly = placed(scene, weekly_minutes=120)
    as_anna(scene, weekly)
    as_anna(scene, weekly, start=AT + HOUR * 2)
    with pytest.raises(PlacementLimitError, match="120 minutes a week"):
        as_anna(scene, weekly, start=AT + HOUR * 24)
    as_anna(scene, weekly, start=AT + HOUR * 24 * 7)
    total = placed(scene, total_minutes=90)
    moved = as_anna(scene, total, start=AT + HOUR * 6).session_id
    with pytest.raises(PlacementLimitError, match="90 minutes in all"):
        as_anna(scene, total, start=AT + HOUR * 48)
    own = Bookings(scene.as_tutor(scene.anna))
    own.move(MoveSession(moved, AT + HOUR * 72, minutes=90))


def test_a_tutor_moves_only_what_may_be_booked(scene: Scene) -> None:
    proposing = placed(scene, Trust.TUTOR_PROPOSES)
    proposed = as_anna(scene, proposing).session_id
    own = Bookings(scene.as_tutor(scene.anna))
    own.move(MoveSession(proposed, AT + HOUR))
    Bookings(scene.desk).confirm(proposed)
    with pytest.raises(TrustError):
        own.move(MoveSession(proposed, AT))
    others = scene.book(AT, tutor_ids=(scene.paul,)).session_id
    with pytest.raises(NotYoursError):
        own.move(MoveSession(others, AT + HOUR * 4))


def test_only_administrators_override(scene: Scene) -> None:
    scene.book(AT)
    keeper = scene.desk.sat_at_by(Actor("Bo", Role.BOOKKEEPER))
    request = scene.request(AT, student_ids=(scene.ben,), override_reason="Exams")
    with pytest.raises(OverrideRightsError):
        Bookings(keeper).book(request)
    owner = scene.desk.sat_at_by(Actor("Olga", Role.OWNER))
    Bookings(owner).book(request)
    with pytest.raises(ClashError):
        Bookings(owner).book(scene.request(AT, override_reason="  "))


def test_prices_are_the_offices(scene: Scene) -> None:
    with pytest.raises(OfficeOnlyError):
        as_anna(scene, placed(scene), price=PriceTerms(PricePer.HOUR, 1))


def test_without_clashes_there_is_nothing_to_settle(scene: Scene) -> None:
    kept = settle_clashes(scene.desk, (), accept_soft=False, override_reason="Because")
    assert kept == ""
    with scene.desk.snapshot() as snapshot:
        assert not must_propose(snapshot, scene.desk, [])
