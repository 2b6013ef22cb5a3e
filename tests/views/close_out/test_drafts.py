"""Drafts are written down and read back whole, and become the right request."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from app.models.values.actors import Actor, Role
from app.models.values.billing import MoneyOutcome
from app.models.values.payroll import DistanceUnit
from app.models.values.schedule import (
    AttendanceState,
    CloseOutState,
    SessionStatus,
)
from app.services.closing.requests import (
    ClaimExpense,
    ClaimMileage,
    Outcome,
    SetHomework,
    TouchSkill,
)
from app.services.closing.results import (
    MileageProposal,
    Report,
    StudentReport,
    TutorReport,
)
from app.views.close_out.drafts import (
    Draft,
    Said,
    distance,
    family_note,
    load,
    prompts_of,
    request_of,
)
from app.views.close_out.keeping import DraftBook
from app.views.state import State

START = datetime(2026, 3, 3, 16)  # noqa: DTZ001  wall clock
FULL = Draft(
    outcome=Outcome.OTHER_TIMES,
    start=time(16, 10),
    minutes=50,
    students={4: Said(AttendanceState.PRESENT, 40), 5: Said(AttendanceState.ABSENT)},
    tutors={7: 30},
    prompts=("Fractions", "", "Decimals"),
    internal="Tired",
    copy_note=True,
    homework="Page 3",
    due_on=date(2026, 3, 10),
    mileage={6: "12.4"},
    expenses=(("Copies", 250),),
    skills="Fractions, Decimals",
    money=MoneyOutcome.NEITHER,
    money_reason="First time",
)
OFFICE, ANNA = Actor("Olga", Role.OWNER), Actor("Anna", Role.TUTOR, 6)


def report() -> Report:
    students = tuple(
        StudentReport(number, name, AttendanceState.EXPECTED, 60, None, {})
        for number, name in ((4, "Maya"), (5, "Ben"))
    )
    tutors = tuple(
        TutorReport(number, name, 60, None, None)
        for number, name in ((6, "Anna"), (7, "Bob"))
    )
    nothing: tuple[()] = ()
    return Report(
        3,
        SessionStatus.PLANNED,
        CloseOutState.OPEN,
        "",
        None,
        "",
        None,
        "",
        students,
        tutors,
        nothing,
        nothing,
        nothing,
        nothing,
        nothing,
    )


def test_a_draft_is_read_back_as_it_was_written() -> None:
    assert load(FULL.dump()) == FULL
    assert load(Draft().dump()) == Draft()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"outcome": "as_planned"}'])
def test_what_cannot_be_read_is_an_empty_draft(text: str) -> None:
    assert load(text) == Draft()


def test_a_draft_says_everything_in_its_request() -> None:
    request = request_of(FULL, report(), (), START)
    assert request.start == datetime(2026, 3, 3, 16, 10)  # noqa: DTZ001
    assert request.minutes == 50
    assert [each.student_id for each in request.students] == [4, 5]
    assert request.tutor_minutes == {7: 30}
    assert request.progress_note == "Did: Fractions\nNext: Decimals"
    assert request.homework == (SetHomework(None, "Page 3", date(2026, 3, 10)),)
    assert request.skills == (TouchSkill(4, "Fractions"), TouchSkill(4, "Decimals"))
    assert request.mileage == (ClaimMileage(6, Decimal("12.4")),)
    assert request.expenses == (ClaimExpense(6, "Copies", 250),)
    assert request.money is MoneyOutcome.NEITHER


def test_a_proposed_distance_is_claimed_unless_it_is_taken_out() -> None:
    way = MileageProposal(6, Decimal("8.5"), DistanceUnit.KILOMETRE, 1, 2)
    claim = ClaimMileage(6, Decimal("8.5"), DistanceUnit.KILOMETRE, 1, 2)
    assert request_of(Draft(), report(), (way,), START).mileage == (claim,)
    without = Draft(mileage={6: ""})
    assert request_of(without, report(), (way,), START).mileage == ()
    called_off = Draft().choose(Outcome.CANCELLED_LATE)
    assert request_of(called_off, report(), (way,), START).mileage == ()


def test_another_outcome_drops_what_goes_against_it_and_no_words() -> None:
    missed = FULL.choose(Outcome.NO_SHOW)
    assert (missed.start, missed.minutes, missed.students) == (None, None, {})
    assert missed.prompts == FULL.prompts
    assert missed.money is None
    planned = FULL.choose(Outcome.AS_PLANNED)
    assert planned.students == FULL.students
    assert planned.minutes is None


def test_a_note_is_taken_apart_as_it_was_joined() -> None:
    prompts = ("Fractions\nand more", "Explains", "")
    assert prompts_of(family_note(prompts)) == prompts
    assert prompts_of("Just a line") == ("Just a line", "", "")


@pytest.mark.parametrize(
    ("typed", "found"),
    [("12.4", Decimal("12.4")), ("12,4", Decimal("12.4")), ("0", None), ("x", None)],
)
def test_distances_are_read_with_comma_and_point(
    typed: str, found: Decimal | None
) -> None:
    assert distance(typed) == found


def test_drafts_are_kept_for_each_person_alone(state: State) -> None:
    book = DraftBook(state, ANNA)
    book.keep(3, FULL)
    book.keep(4, Draft(internal="Later"))
    book.drop(4)
    assert DraftBook(state, ANNA).drafts == {3: FULL}
    assert DraftBook(state, OFFICE).drafts == {}


def test_expenses_are_those_of_the_tutor_at_the_desk() -> None:
    request = request_of(FULL, report(), (), START, claimant=7)
    assert request.expenses
    assert {one.tutor_id for one in request.expenses} == {7}  # type: ignore[union-attr]
