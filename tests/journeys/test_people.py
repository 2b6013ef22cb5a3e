"""Journeys of families and tutors: taken up, away, found again."""

from __future__ import annotations

from datetime import date, timedelta

from pytest_bdd import parsers, scenarios, then, when

from app.models.values.schedule import TimeSpan
from app.services.people.tutor_requests import TutorRow
from app.views.journal.page import JournalPage
from tests.journeys import books
from tests.journeys.desk import Desk

scenarios("features/people.feature")


def tutor(desk: Desk, name: str) -> TutorRow:
    """Give a tutor by name."""
    return next(row for row in desk.office.tutors.tutors() if row.name == name)


@when(parsers.parse('finds "{text}" by the palette'))
def _(desk: Desk, text: str) -> None:
    desk.find_by_palette(text)


@then(
    parsers.parse("{student} belongs to the {family}, for whom {payer} pays"),
)
def _(desk: Desk, student: str, family: str, payer: str) -> None:
    office = desk.office
    [row] = [one for one in office.households.students() if one.name == student]
    detail = office.households.household(row.household_id)
    assert detail.row.name == family
    assert [one.name for one in detail.payers] == [payer]


@then(
    parsers.parse(
        "{name} is free on Mondays from 09:00 to 13:00, earns 31.00 an hour "
        "and has a paper until {day}"
    ),
)
def _(desk: Desk, name: str, day: str) -> None:
    office, row = desk.office, tutor(desk, name)
    [kept] = office.availability.week(tutor_id=row.tutor_id)
    assert (kept.weekday, kept.start, kept.end) == (0, 9 * 60, 13 * 60)
    rates = office.pay_rates.rates(row.tutor_id)
    assert [one.amount for one in rates] == [3100]
    papers = office.tutors.documents(row.tutor_id)
    assert [one.expires_on for one in papers] == [date.fromisoformat(day)]


@then(
    parsers.parse(
        "{name} is away for {days:d} days and still has {count:d} sessions in them"
    )
)
def _(desk: Desk, name: str, days: int, count: int) -> None:
    office, row = desk.office, tutor(desk, name)
    [leave] = office.availability.exceptions(books.YEAR, row.tutor_id)
    assert leave.ends_at - leave.starts_at == timedelta(days=days)
    span = TimeSpan(leave.starts_at, leave.ends_at)
    assert len(office.timetable.sessions_in(span, [row.tutor_id])) == count


@then("only changes of that record are listed")
def _(desk: Desk) -> None:
    page = desk.window.page
    assert isinstance(page, JournalPage)
    desk.sees("All 1")
    here = desk.window.here
    entries = desk.office.journal.entries(here.kind, here.id)
    assert {one.step for one in entries} == {one.step for one in page.table.model.rows}
