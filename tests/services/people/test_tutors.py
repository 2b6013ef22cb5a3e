"""Tutors, what they teach and their papers are kept; each sees only the own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.models.faults import ChangedMeanwhileError
from app.models.payroll import PayLine
from app.models.values.entries import DatesError, LocaleError, NumberError
from app.models.values.payroll import PayKind
from app.models.values.people import TravelMeans
from app.models.values.schedule import PlaceKind
from app.services.catalog import Catalog
from app.services.desk import Desk, OfficeOnlyError
from app.services.people import Tutors
from app.services.people.errors import (
    NotArchivedError,
    OpenBalanceError,
    StillPlannedError,
)
from app.services.people.tutor_errors import LevelsError, SubjectTwiceError
from app.services.people.tutor_requests import (
    AddDocument,
    AddTutor,
    ChangeTutor,
    SetTeaches,
    Teaches,
)
from app.services.rights import NotYoursError
from tests.factories import Make
from tests.services.conftest import tutor_desk


@pytest.fixture
def tutors(desk: Desk) -> Tutors:
    return Tutors(desk)


def test_keeps_a_tutor_with_every_column(tutors: Tutors, make: Make) -> None:
    maths = make.subject()
    added = tutors.add_tutor(
        AddTutor(
            "Anna Łasz",
            means=TravelMeans.BICYCLE,
            gap_minutes=15,
            weekly_limit_minutes=1200,
            languages=("en", "de", "en"),
            place_kinds=(PlaceKind.HOME, PlaceKind.ONLINE),
            holiday_percent=Decimal("12.07"),
            teaches=(Teaches(maths),),
        )
    )
    row = tutors.tutor(added)
    assert (row.name, row.means, row.gap_minutes) == ("Anna Łasz", "bicycle", 15)
    assert row.languages == ("de", "en")
    assert row.place_kinds == (PlaceKind.HOME, PlaceKind.ONLINE)
    assert row.holiday_percent == Decimal("12.07")
    assert row.teaches == (Teaches(maths),)
    assert tutors.tutors() == (row,)


def test_refuses_a_tutor_that_cannot_be(tutors: Tutors) -> None:
    for request, error in (
        (AddTutor("A", holiday_percent=Decimal(101)), NumberError),
        (AddTutor("A", gap_minutes=-5), NumberError),
        (AddTutor("A", weekly_limit_minutes=99_999), NumberError),
        (AddTutor("A", languages=("English",)), LocaleError),
    ):
        with pytest.raises(error):
            tutors.add_tutor(request)
    assert tutors.tutors(with_archived=True) == ()


def test_a_stale_change_overwrites_nothing(tutors: Tutors) -> None:
    tutor = tutors.add_tutor(AddTutor("Anna"))
    tutors.change_tutor(ChangeTutor(tutor, 1, phone="0123"))
    with pytest.raises(ChangedMeanwhileError):
        tutors.change_tutor(ChangeTutor(tutor, 1, phone="0456"))
    assert tutors.tutor(tutor).phone == "0123"


def test_sets_what_is_taught(tutors: Tutors, desk: Desk) -> None:
    catalog = Catalog(desk)
    maths, art = catalog.add_subject("Maths"), catalog.add_subject("Art")
    easy, hard = catalog.add_level("Easy", 1), catalog.add_level("Hard", 2)
    tutor = tutors.add_tutor(AddTutor("Anna", teaches=(Teaches(maths),)))
    wider = (Teaches(maths), Teaches(art, easy, hard))
    tutors.set_teaches(SetTeaches(tutor, wider, former=(Teaches(maths),)))
    assert set(tutors.tutor(tutor).teaches) == set(wider)
    with pytest.raises(ChangedMeanwhileError):
        tutors.set_teaches(SetTeaches(tutor, (), former=(Teaches(maths),)))
    with pytest.raises(SubjectTwiceError):
        tutors.set_teaches(SetTeaches(tutor, (Teaches(art), Teaches(art, easy))))
    with pytest.raises(LevelsError):
        tutors.set_teaches(SetTeaches(tutor, (Teaches(art, hard, easy),)))
    tutors.set_teaches(SetTeaches(tutor, (Teaches(art, easy),)))
    assert tutors.tutor(tutor).teaches == (Teaches(art, easy),)


def test_is_not_archived_with_sessions_or_unpaid_work(
    tutors: Tutors, make: Make, desk: Desk
) -> None:
    busy, owed, free = (tutors.add_tutor(AddTutor(name)) for name in "ABC")
    make.session(datetime(2026, 3, 2, 15, tzinfo=UTC), tutors=[busy])
    make.save(
        PayLine(
            tutor_id=owed,
            kind=PayKind.OTHER_WORK,
            service_on=date(2026, 3, 1),
            amount=2500,
            made_at=desk.now(),
        )
    )
    with pytest.raises(StillPlannedError):
        tutors.archive_tutor(busy)
    with pytest.raises(OpenBalanceError):
        tutors.archive_tutor(owed)
    tutors.archive_tutor(free)
    assert [row.name for row in tutors.tutors()] == ["A", "B"]
    tutors.bring_tutor_back(free)
    with pytest.raises(NotArchivedError):
        tutors.bring_tutor_back(free)


def test_keeps_papers_with_their_expiry(tutors: Tutors) -> None:
    tutor = tutors.add_tutor(AddTutor("Anna"))
    issued, expires = date(2024, 1, 1), date(2027, 1, 1)
    paper = tutors.add_document(
        AddDocument(tutor, "police check", issued, expires, for_minors=True)
    )
    (row,) = tutors.documents(tutor)
    assert (row.document_id, row.expires_on, row.for_minors) == (paper, expires, True)
    with pytest.raises(DatesError):
        tutors.add_document(AddDocument(tutor, "visa", expires, issued))
    tutors.archive_document(paper)
    assert tutors.documents(tutor) == ()


def test_a_tutor_sees_only_the_own_record(tutors: Tutors, desk: Desk) -> None:
    own = tutors.add_tutor(AddTutor("Anna", account="DE02"))
    other = tutors.add_tutor(AddTutor("Bea"))
    theirs = Tutors(tutor_desk(desk, own))
    assert [row.tutor_id for row in theirs.tutors()] == [own]
    assert theirs.tutor(own).account == "DE02"
    for ask in (theirs.tutor, theirs.documents):
        with pytest.raises(NotYoursError):
            ask(other)
    with pytest.raises(OfficeOnlyError):
        theirs.change_tutor(ChangeTutor(own, 1, name="Queen"))
