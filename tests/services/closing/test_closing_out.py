"""Closing out keeps what happened, and closing again corrects it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from app.models.billing import Charge
from app.models.catalog import TravelTime
from app.models.closing import Expense
from app.models.office import JournalEntry
from app.models.values.actors import Actor, Role
from app.models.values.billing import MoneyOutcome
from app.models.values.payroll import DistanceUnit
from app.models.values.policies import ClaimsApproved
from app.models.values.schedule import (
    AttendanceState,
    CancelledBy,
    CloseOutState,
    SessionStatus,
)
from app.services.billing.locks import LockPeriod, Locks, PeriodLockedError
from app.services.closing import errors
from app.services.closing.requests import (
    CancelSession,
    ClaimExpense,
    ClaimMileage,
    CloseSession,
    Outcome,
    SetHomework,
    StudentNote,
    StudentOutcome,
    TouchSkill,
)
from app.services.desk import MissingRecordError, OfficeOnlyError
from tests.services.closing.world import BOOKS, OFFICE, START, World

PRESENT, ABSENT = AttendanceState.PRESENT, AttendanceState.ABSENT


def wall(day: int, hour: int, minute: int) -> datetime:
    """Give a time of March on the office's clock."""
    return datetime(2026, 3, day, hour, minute)  # noqa: DTZ001


def test_actual_times_stand_beside_the_planned_ones(world: World) -> None:
    session = world.session()
    request = CloseSession(
        session, Outcome.OTHER_TIMES, start=wall(3, 16, 10), minutes=70
    )
    world.close_outs().close(request)
    told = world.close_outs().report(session)
    assert told.tutors[0].actual_starts_at == START + timedelta(minutes=10)
    assert (told.tutors[0].planned_minutes, told.tutors[0].actual_minutes) == (60, 70)
    assert (told.students[0].planned_minutes, told.students[0].actual_minutes) == (
        60,
        70,
    )
    assert world.read(session).starts_at == START


def test_additional_tutors_have_minutes_of_their_own(world: World) -> None:
    bob = world.make.tutor("Bob", rate=3000)
    session = world.session(tutors=[world.anna, bob], minutes=90)
    world.close_outs().close(CloseSession(session, tutor_minutes={bob: 30}))
    assert world.pay(session) == [4050, 1500]
    assert world.charges(session) == [7200]


def test_everybody_absent_is_a_no_show(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    away = tuple(StudentOutcome(who, ABSENT) for who in (world.maya, world.ben))
    world.close_outs().close(CloseSession(session, students=away))
    assert world.status(session) is SessionStatus.NO_SHOW


def test_a_close_out_can_say_that_a_student_cancelled(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    in_time = StudentOutcome(world.ben, AttendanceState.CANCELLED_IN_TIME)
    world.close_outs().close(CloseSession(session, students=(in_time,)))
    assert world.reasons(session) == ["", "cancelled_in_time", ""]
    assert world.occupied(session) == 2


@pytest.mark.parametrize("outcome", [each for each in Outcome if each.is_cancellation])
def test_every_cancellation_is_an_outcome_too(world: World, outcome: Outcome) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, outcome))
    assert world.status(session).value == outcome.value
    assert world.occupied(session) == 0
    assert world.close_outs().open_close_outs() == ()


def test_a_student_who_had_cancelled_keeps_that_unless_the_report_says_otherwise(
    world: World,
) -> None:
    session = world.session(students=[world.maya, world.ben])
    early = START - timedelta(days=2)
    household = CancelledBy.HOUSEHOLD
    world.cancellations().cancel(CancelSession(session, household, early, world.ben))
    world.close_outs().close(CloseSession(session))
    assert world.states(session) == [PRESENT, AttendanceState.CANCELLED_IN_TIME]
    came = StudentOutcome(world.ben)
    world.close_outs().close(CloseSession(session, students=(came,)))
    assert world.states(session) == [PRESENT, PRESENT]
    assert world.occupied(session) == 3


def test_a_cancelled_session_is_not_closed_as_planned(world: World) -> None:
    session = world.session()
    early = START - timedelta(days=2)
    world.cancellations().cancel(CancelSession(session, CancelledBy.HOUSEHOLD, early))
    with pytest.raises(errors.CalledOffError):
        world.close_outs().close(CloseSession(session))


def test_a_cancelled_session_is_closed_as_another_cancellation(world: World) -> None:
    session = world.session()
    early = START - timedelta(days=2)
    world.cancellations().cancel(CancelSession(session, CancelledBy.HOUSEHOLD, early))
    world.close_outs().close(CloseSession(session, Outcome.CANCELLED_LATE))
    assert world.charges(session) == [4800]


def test_notes_homework_and_skills_are_kept_and_replaced(world: World) -> None:
    session = world.session(students=[world.maya, world.ben])
    first = CloseSession(
        session,
        progress_note="Fractions went well",
        internal_note="Ben was tired",
        copy_note=True,
        notes=(StudentNote(world.ben, "Needs glasses?", is_internal=True),),
        homework=(SetHomework(None, "Page 12", date(2026, 3, 10)),),
        skills=(TouchSkill(world.maya, "fractions", 4),),
    )
    world.close_outs().close(first)
    told = world.close_outs().report(session)
    family = [(n.student_id, n.text) for n in told.notes if not n.is_internal]
    text = "Fractions went well"
    assert family == [(None, text), (world.maya, text), (world.ben, text)]
    inside = [(n.student_id, n.text) for n in told.notes if n.is_internal]
    assert inside == [(None, "Ben was tired"), (world.ben, "Needs glasses?")]
    assert {h.student_id for h in told.homework} == {world.maya, world.ben}
    assert [(s.skill, s.step) for s in told.skills] == [("fractions", 4)]
    world.close_outs().close(CloseSession(session, progress_note="Better"))
    told = world.close_outs().report(session)
    assert [note.text for note in told.notes] == ["Better"]
    assert (told.homework, told.skills) == ((), ())


def test_closing_again_the_same_way_keeps_the_same_notes(world: World) -> None:
    session = world.session()
    request = CloseSession(
        session,
        progress_note="Well done",
        homework=(SetHomework(world.maya, "Page 3"),),
        expenses=(ClaimExpense(world.anna, "Book", 1250),),
    )
    world.close_outs().close(request)
    before = world.close_outs().report(session)
    world.close_outs().close(request)
    after = world.close_outs().report(session)
    assert (before.homework, before.expenses) == (after.homework, after.expenses)


def test_the_latest_notes_of_a_student_come_first(world: World) -> None:
    for day in range(3):
        session = world.session(START - timedelta(days=day))
        notes = (StudentNote(world.maya, f"Day {day}"),)
        homework = (SetHomework(world.maya, f"Page {day}"),)
        world.close_outs().close(CloseSession(session, notes=notes, homework=homework))
    told = world.close_outs().latest_notes(world.maya, 2)
    assert [note.text for note in told.notes] == ["Day 0", "Day 1"]
    assert [each.text for each in told.homework] == ["Page 0", "Page 1"]
    other = Actor("Bob", Role.TUTOR, world.make.tutor("Bob"))
    assert world.close_outs(other).latest_notes(world.maya).notes == ()


def test_minutes_are_split_over_subjects(world: World) -> None:
    algebra, geometry = world.make.subject("Algebra"), world.make.subject("Geometry")
    session = world.session()
    split = {algebra: 40, geometry: 20}
    both = StudentOutcome(world.maya, subject_minutes=split)
    world.close_outs().close(CloseSession(session, students=(both,)))
    told = world.close_outs().report(session)
    assert told.students[0].subject_minutes == split


def test_claims_are_paid_and_a_correction_replaces_them(world: World) -> None:
    session = world.session()
    book, pens = (
        ClaimExpense(world.anna, "Book", 1250),
        ClaimExpense(world.anna, "Pens", 300),
    )
    world.close_outs().close(CloseSession(session, expenses=(book,)))
    assert world.pay(session) == [2700, 1250]
    world.close_outs().close(CloseSession(session, expenses=(pens,)))
    assert world.pay(session) == [2700, 300]
    world.close_outs().close(CloseSession(session))
    assert world.pay(session) == [2700]
    with world.database.snapshot() as snapshot:
        claims = snapshot.scalars(select(Expense).order_by(Expense.id)).all()
    assert [claim.what for claim in claims] == ["Book", "Pens"]
    assert all(claim.withdrawn_at is not None for claim in claims)


def test_expenses_wait_for_approval_where_the_policy_asks(world: World) -> None:
    world.policy(ClaimsApproved(at_once=False))
    session = world.session()
    book = ClaimExpense(world.anna, "Book", 1250)
    world.close_outs().close(CloseSession(session, expenses=(book,)))
    assert world.pay(session) == [2700]
    assert world.close_outs().report(session).expenses[0].approved is None


def test_mileage_is_proposed_from_the_travel_table(world: World) -> None:
    home, school = world.make.place("Home"), world.make.place("School")
    world.make.save(
        TravelTime(
            from_place_id=school,
            to_place_id=home,
            minutes=20,
            distance=Decimal("12.4"),
        )
    )
    bob = world.make.tutor("Bob", rate=2700, home_place_id=home)
    session = world.session(tutors=[bob], place_id=school)
    (proposed,) = world.close_outs().mileage_proposals(session)
    assert (proposed.tutor_id, proposed.distance) == (bob, Decimal("12.4"))
    assert proposed.unit is DistanceUnit.KILOMETRE
    claim = ClaimMileage(bob, Decimal(13), None, home, school)
    world.close_outs().close(CloseSession(session, mileage=(claim,)))
    (kept,) = world.close_outs().report(session).mileage
    assert (kept.distance, kept.unit) == (Decimal(13), DistanceUnit.KILOMETRE)


def test_a_preview_tells_the_money_and_keeps_nothing(world: World) -> None:
    session = world.session()
    with world.database.snapshot() as snapshot:
        before = len(snapshot.scalars(select(JournalEntry.id)).all())
    effect = world.close_outs().preview(CloseSession(session, minutes=75))
    assert (effect.charged, effect.paid) == (6000, 3375)
    assert effect.status is SessionStatus.HELD
    assert effect.outcome is MoneyOutcome.CHARGED_AND_PAID
    assert world.status(session) is SessionStatus.PLANNED
    with world.database.snapshot() as snapshot:
        assert len(snapshot.scalars(select(JournalEntry.id)).all()) == before
        assert snapshot.scalars(select(Charge.id)).all() == []


def test_a_correction_replaces_what_is_on_no_document(world: World) -> None:
    session = world.session()
    world.close_outs().close(CloseSession(session, minutes=90))
    world.close_outs().close(CloseSession(session, minutes=60))
    assert (world.charges(session), world.pay(session)) == ([4800], [2700])
    with world.database.snapshot() as snapshot:
        rows = snapshot.scalars(select(Charge).order_by(Charge.id)).all()
    assert [(row.amount, row.replaced_at is None) for row in rows] == [
        (7200, False),
        (4800, True),
    ]


def test_several_are_closed_in_one_step_and_problems_are_named(world: World) -> None:
    good, cancelled = world.session(), world.session(START - timedelta(days=1))
    early = START - timedelta(days=4)
    world.cancellations().cancel(CancelSession(cancelled, CancelledBy.OFFICE, early))
    done = world.close_outs().close_many([CloseSession(good), CloseSession(cancelled)])
    assert [each.session_id for each in done.closed] == [good]
    assert [each.session_id for each in done.left_out] == [cancelled]
    assert "restore it first" in done.left_out[0].why


def test_the_office_approves_in_bulk_and_a_correction_asks_again(world: World) -> None:
    sessions = [world.session(START - timedelta(days=day)) for day in range(3)]
    world.close_outs().close_many([CloseSession(each) for each in sessions])
    world.close_outs().approve(sessions)
    told = world.close_outs().report(sessions[0])
    assert (told.state, told.approved_by) == (CloseOutState.APPROVED, "Olga")
    world.close_outs().close(CloseSession(sessions[0], minutes=30))
    assert world.close_outs().report(sessions[0]).state is CloseOutState.CLOSED


def test_only_what_is_closed_is_approved_and_only_by_the_office(world: World) -> None:
    session = world.session()
    with pytest.raises(errors.NotClosedError, match="03 Mar 2026, 16:00"):
        world.close_outs().approve([session])
    with pytest.raises(OfficeOnlyError):
        world.close_outs(world.tutor_desk().actor).approve([session])


def test_a_session_is_closed_from_its_end_and_earlier_by_administrators(
    world: World,
) -> None:
    session = world.session()
    tutor = world.tutor_desk().actor
    world.clock.time = START + timedelta(minutes=59)
    for actor in (tutor, BOOKS):
        with pytest.raises(errors.SessionNotOverError, match="17:00"):
            world.close_outs(actor).close(CloseSession(session))
    world.close_outs(OFFICE).preview(CloseSession(session))
    world.clock.time = START + timedelta(minutes=60)
    world.close_outs(tutor).close(CloseSession(session))


def test_a_tutor_closes_own_sessions_and_sees_the_own_pay_only(world: World) -> None:
    bob = world.make.tutor("Bob", rate=3000)
    session = world.session(tutors=[world.anna, bob])
    stranger = Actor("Eve", Role.TUTOR, world.make.tutor("Eve"))
    with pytest.raises(errors.NotYourSessionError):
        world.close_outs(stranger).close(CloseSession(session))
    with pytest.raises(errors.NotYourSessionError):
        world.close_outs(stranger).report(session)
    mine = world.close_outs(Actor("Bob", Role.TUTOR, bob))
    effect = mine.preview(CloseSession(session))
    assert (effect.charged, effect.charges, effect.paid) == (None, (), 3000)
    assert mine.close(CloseSession(session)).charged is None


def test_other_money_needs_the_right_and_a_reason(world: World) -> None:
    session = world.session()
    free = CloseSession(session, money=MoneyOutcome.PAID_ONLY)
    with pytest.raises(errors.MoneyReasonError):
        world.close_outs().close(free)
    tutor = world.tutor_desk().actor
    named = CloseSession(session, money=MoneyOutcome.PAID_ONLY, money_reason="Why not")
    with pytest.raises(errors.MoneyRightsError):
        world.close_outs(tutor).close(named)
    assert world.status(session) is SessionStatus.PLANNED


def test_a_locked_period_stays_as_it_is(world: World) -> None:
    session = world.session()
    Locks(world.desk()).lock(LockPeriod(until=date(2026, 3, 4)))
    with pytest.raises(PeriodLockedError):
        world.close_outs().close(CloseSession(session))
    with pytest.raises(PeriodLockedError):
        world.cancellations().cancel(
            CancelSession(session, CancelledBy.OFFICE, START - timedelta(days=3))
        )
    with pytest.raises(PeriodLockedError):
        world.cancellations().restore(session)


def test_what_cannot_be_is_refused_with_a_sentence(world: World) -> None:
    maya, anna = world.maya, world.anna
    outcome = StudentOutcome
    cases: list[tuple[type[Exception], dict[str, object]]] = [
        (errors.StrangerError, {"students": (outcome(world.ben),)}),
        (errors.StrangerError, {"tutor_minutes": {anna + 99: 5}}),
        (errors.NamedTwiceError, {"students": (outcome(maya), outcome(maya))}),
        (errors.MinutesError, {"minutes": 0}),
        (errors.MinutesError, {"minutes": 1441}),
        (errors.MinutesError, {"students": (outcome(maya, minutes=-5),)}),
        (
            errors.MinutesOfAbsentError,
            {"students": (outcome(maya, ABSENT, minutes=30),)},
        ),
        (
            errors.OutcomeMismatchError,
            {"outcome": Outcome.NO_SHOW, "students": (outcome(maya),)},
        ),
        (
            errors.OutcomeMismatchError,
            {"students": (outcome(maya, AttendanceState.EXPECTED),)},
        ),
        (
            errors.SubjectMinutesError,
            {"students": (outcome(maya, subject_minutes={1: 59}),)},
        ),
        (
            errors.UnknownSubjectError,
            {"students": (outcome(maya, subject_minutes={99: 60}),)},
        ),
        (errors.StartError, {"start": wall(8, 16, 0)}),
        (errors.EmptyTextError, {"homework": (SetHomework(None, " "),)}),
        (errors.SkillStepError, {"skills": (TouchSkill(maya, "sums", 6),)}),
        (errors.ClaimAmountError, {"expenses": (ClaimExpense(anna, "Book", 0),)}),
        (errors.ClaimAmountError, {"mileage": (ClaimMileage(anna, Decimal(-1)),)}),
        (errors.EmptyTextError, {"expenses": (ClaimExpense(anna, "", 5),)}),
        (MissingRecordError, {"expenses": (ClaimExpense(anna, "Book", 5, 99),)}),
    ]
    session = world.session()
    for error, said in cases:
        with pytest.raises(error):
            world.close_outs().close(
                CloseSession(session, **said)  # type: ignore[arg-type]
            )
        assert world.status(session) is SessionStatus.PLANNED
        assert world.close_out(session) is None
