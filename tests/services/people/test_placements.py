"""Placements say who teaches whom; wishes say who would like whom."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.models.faults import ChangedMeanwhileError
from app.models.values.billing import BillingModel, PricePer
from app.models.values.entries import DatesError, NumberError
from app.models.values.people import PreferenceKind, Trust
from app.models.values.schedule import PlacementState
from app.models.values.terms import PriceTerms
from app.services.catalog.offerings import Catalog
from app.services.desk import Desk, OfficeOnlyError
from app.services.people.placement_errors import (
    AlreadyEndedError,
    NoStudentsError,
    StudentTwiceError,
    TooManyStudentsError,
    WishOwnerError,
)
from app.services.people.placements import ChangePlacement, MakePlacement, Placements
from app.services.people.preferences import AddPreference, Preferences
from app.services.records import ArchivedError
from app.services.rights import NotYoursError
from tests.factories import Make
from tests.services.conftest import tutor_desk


@pytest.fixture
def placements(desk: Desk) -> Placements:
    return Placements(desk)


def test_places_students_with_a_tutor(
    placements: Placements, desk: Desk, make: Make
) -> None:
    tutor, offering = make.tutor("Anna"), make.offering("Maths", group_size=2)
    maya, noah = make.student("Maya"), make.student("Noah")
    made = placements.make_placement(
        MakePlacement(
            tutor,
            offering,
            (noah, maya),
            who_books=Trust.TUTOR_BOOKS,
            model=BillingModel.ADVANCE,
            weekly_minutes=120,
            price=PriceTerms(PricePer.HOUR, 3500),
        )
    )
    row = placements.placement(made)
    assert (row.tutor, row.offering, row.students) == (
        "Anna",
        "Maths",
        ("Noah", "Maya"),
    )
    assert (row.state, row.who_books) == (PlacementState.ACTIVE, Trust.TUTOR_BOOKS)
    assert placements.placements(student_id=maya) == (row,)
    assert placements.placements(tutor_id=make.tutor()) == ()
    prices = Catalog(desk).prices(placement_id=made)
    assert [price.amount for price in prices] == [3500]


def test_refuses_a_placement_that_cannot_be(
    placements: Placements, make: Make, desk: Desk
) -> None:
    tutor, offering = make.tutor(), make.offering()
    maya, noah = make.student(), make.student()
    gone = make.tutor(archived_at=desk.now())
    last, first = date(2026, 3, 1), date(2026, 3, 2)
    for request, error in (
        (MakePlacement(tutor, offering, ()), NoStudentsError),
        (MakePlacement(tutor, offering, (maya, maya)), StudentTwiceError),
        (MakePlacement(tutor, offering, (maya, noah)), TooManyStudentsError),
        (MakePlacement(gone, offering, (maya,)), ArchivedError),
        (MakePlacement(tutor, offering, (maya,), weekly_minutes=0), NumberError),
        (
            MakePlacement(tutor, offering, (maya,), from_on=first, until_on=last),
            DatesError,
        ),
    ):
        with pytest.raises(error):
            placements.make_placement(request)
    assert placements.placements() == ()


def test_a_stale_change_overwrites_nothing(placements: Placements, make: Make) -> None:
    made = make.placement()
    placements.change_placement(ChangePlacement(made, 1, weekly_minutes=60))
    with pytest.raises(ChangedMeanwhileError):
        placements.change_placement(ChangePlacement(made, 1, weekly_minutes=90))
    assert placements.placement(made).weekly_minutes == 60


def test_the_end_names_the_sessions_left_over(
    placements: Placements, make: Make
) -> None:
    tutor, student = make.tutor(), make.student()
    made = make.placement(tutor, [student])
    for day, of_it in ((10, made), (17, made), (18, None)):
        make.session(
            datetime(2026, 3, day, 15, tzinfo=UTC),
            tutors=[tutor],
            students=[student],
            placement_id=of_it,
        )
    ended = placements.end_placement(made, on=date(2026, 3, 10))
    assert [one.starts_at.day for one in ended.concerned] == [17]
    assert placements.placements() == ()
    (row,) = placements.placements(with_ended=True)
    assert (row.state, row.until_on) == (PlacementState.ENDED, date(2026, 3, 10))
    with pytest.raises(AlreadyEndedError):
        placements.end_placement(made)


def test_a_tutor_sees_the_own_without_the_money(desk: Desk, make: Make) -> None:
    own, other = make.tutor(), make.tutor()
    mine = make.placement(own, model=BillingModel.ADVANCE)
    foreign = make.placement(other)
    theirs = Placements(tutor_desk(desk, own))
    assert [row.placement_id for row in theirs.placements()] == [mine]
    assert theirs.placement(mine).model is None
    with pytest.raises(NotYoursError):
        theirs.placement(foreign)
    with pytest.raises(NotYoursError):
        theirs.placements(tutor_id=other)
    with pytest.raises(OfficeOnlyError):
        theirs.end_placement(mine)


def test_keeps_wishes_for_the_office_only(desk: Desk, make: Make) -> None:
    wishes = Preferences(desk)
    student, tutor = make.student(), make.tutor()
    kind = PreferenceKind.EXCLUDED
    wish = wishes.add_preference(AddPreference(kind, student, tutor_id=tutor))
    (row,) = wishes.preferences(student_id=student)
    assert (row.kind, row.tutor_id) == (kind, tutor)
    assert wishes.preferences(household_id=99) == ()
    for request in (
        AddPreference(kind, tutor_id=tutor),
        AddPreference(kind, student),
        AddPreference(kind, student, tutor_id=tutor, trait="patient"),
        AddPreference(kind, student, 1, tutor_id=tutor),
    ):
        with pytest.raises(WishOwnerError):
            wishes.add_preference(request)
    wishes.archive_preference(wish)
    assert wishes.preferences() == ()
    with pytest.raises(OfficeOnlyError):
        Preferences(tutor_desk(desk, tutor)).preferences()
