"""Closures and terms are kept, and a closure names the sessions it hits."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.models.values.entries import DatesError, EmptyError
from app.services.concerned import EVERY_OFFER
from app.services.days import AddClosure, AddTerm, Days
from app.services.desk import Desk, OfficeOnlyError
from tests.factories import Make
from tests.services.conftest import tutor_desk

TENTH = date(2026, 4, 10)


@pytest.fixture
def days(desk: Desk) -> Days:
    return Days(desk)


def test_a_closure_names_the_sessions_of_its_local_days(days: Days, make: Make) -> None:
    # midnight in London is 23:00 of the day before in UTC
    hit = [
        make.session(datetime(2026, 4, day, hour, tzinfo=UTC))
        for day, hour in ((9, 23), (10, 12))
    ]
    make.session(datetime(2026, 4, 9, 21, tzinfo=UTC))
    make.session(datetime(2026, 4, 10, 23, tzinfo=UTC))
    added = days.add_closure(AddClosure("Good Friday", TENTH, TENTH))
    assert [one.session_id for one in added.concerned] == hit
    assert {one.offers for one in added.concerned} == {EVERY_OFFER}


def test_a_closure_is_listed_until_it_is_taken_back(days: Days) -> None:
    added = days.add_closure(AddClosure("Easter", TENTH, date(2026, 4, 13), "ENG"))
    (row,) = days.closures(date(2026, 4, 13), date(2026, 4, 20))
    assert (row.name, row.region) == ("Easter", "ENG")
    assert days.closures(date(2026, 4, 14)) == ()
    assert days.closures(until_on=date(2026, 4, 9)) == ()
    days.archive_closure(added.closure_id)
    assert days.closures() == ()


def test_a_term_is_listed_until_it_is_archived(days: Days) -> None:
    term = days.add_term(AddTerm("Summer", TENTH, date(2026, 7, 20)))
    assert [row.days_id for row in days.terms()] == [term]
    days.archive_term(term)
    assert days.terms() == ()


def test_refuses_what_cannot_be(days: Days, desk: Desk) -> None:
    with pytest.raises(DatesError):
        days.add_closure(AddClosure("Odd", TENTH, date(2026, 4, 9)))
    with pytest.raises(EmptyError):
        days.add_term(AddTerm(" ", TENTH, TENTH))
    with pytest.raises(OfficeOnlyError):
        Days(tutor_desk(desk, 1)).add_closure(AddClosure("Mine", TENTH, TENTH))
