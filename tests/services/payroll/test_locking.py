"""Pay runs go through their states, can be stopped, sealed and taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Table, select, update

from app.models.billing import Run
from app.models.payroll import PayLine, PayRun, PayStatement
from app.models.values.payroll import (
    PayRunState,
)
from app.services.billing.locks import LockPeriod, Locks, PeriodLockedError
from app.services.checking.completeness import check_pay
from app.services.checking.counting import check_taken_back
from app.services.checking.ledger import check_statements
from app.services.payroll import steps
from app.services.payroll.chains import broken_statements
from app.services.payroll.entries import PayEntries
from app.services.payroll.errors import (
    LaterRunError,
    RunStateError,
)
from app.services.payroll.freezing import freeze_tutor
from app.services.payroll.requests import (
    AddAdjustment,
    AddDeduction,
    StartPayRun,
)
from app.services.payroll.runs import PayRuns
from tests.services.payroll.scene import DECEMBER, NOVEMBER, Scene, at


def test_the_states_come_in_turn(scene: Scene) -> None:
    scene.close(scene.book(at(10)))
    runs = PayRuns(scene.desk)
    run_id = runs.start(scene.request(key="slow"))
    assert run_id is not None
    assert runs.start(scene.request(key="slow")) == run_id
    with pytest.raises(RunStateError):
        runs.approve(run_id)
    runs.check(run_id)
    with pytest.raises(RunStateError):
        runs.check(run_id)
    with pytest.raises(RunStateError):
        runs.mark_paid(run_id, DECEMBER[0])
    done = runs.approve(run_id)
    assert [row.gross for row in done.statements] == [2700]
    runs.mark_paid(run_id, DECEMBER[0])
    [row] = runs.runs()
    assert (row.state, row.gross, row.statements) == (PayRunState.PAID, 2700, 1)
    with pytest.raises(RunStateError):
        runs.cancel_unpaid(run_id)


def test_an_open_run_can_be_dropped_and_leaves_nothing(scene: Scene) -> None:
    scene.close(scene.book(at(10)))
    runs = PayRuns(scene.desk)
    run_id = runs.start(scene.request())
    assert run_id is not None
    runs.cancel_unpaid(run_id)
    assert runs.runs() == ()
    assert [row.gross for row in scene.pay().statements] == [2700]


def test_a_run_from_which_everything_was_taken_is_gone(scene: Scene) -> None:
    scene.close(scene.book(at(10)))
    runs = PayRuns(scene.desk)
    run_id = runs.start(scene.request(key="slow"))
    assert run_id is not None
    scene.pay()
    runs.check(run_id)
    assert runs.approve(run_id).pay_run_id is None
    assert len(runs.runs()) == 1


@pytest.mark.parametrize("frozen", [0, 1, 2])
def test_a_stopped_run_is_completed_by_the_same_request(
    scene: Scene, frozen: int
) -> None:
    request = _stop_after(scene, frozen)
    done = PayRuns(scene.desk).run(request)
    assert [row.tutor for row in done.statements] == ["Anna Berg", "Paul"]
    assert not [line for line in scene.lines() if line.statement_id is None]
    assert len(scene.statements()) == 2


@pytest.mark.parametrize("frozen", [0, 1, 2])
def test_a_stopped_run_is_completed_by_the_next_one(scene: Scene, frozen: int) -> None:
    _stop_after(scene, frozen)
    again = scene.pay()
    assert again.pay_run_id is None
    [run] = PayRuns(scene.desk).runs()
    assert (run.state, run.statements, run.gross) == (PayRunState.APPROVED, 2, 4700)


def test_cancelling_takes_everything_back_and_the_next_run_pays_it(
    scene: Scene,
) -> None:
    entries = PayEntries(scene.desk)
    entries.add_deduction(AddDeduction(scene.anna, "Advance", 500, NOVEMBER[0]))
    _adjust(scene, scene.anna, 1000)
    session = scene.book(at(10))
    scene.close(session, minutes=90)
    first = scene.pay()
    assert first.pay_run_id is not None
    PayRuns(scene.desk).cancel_unpaid(first.pay_run_id)
    assert [row.is_cancelled for row in PayRuns(scene.desk).runs()] == [True, True]
    assert sum(row.net for row in scene.statements()) == 0
    with scene.desk.snapshot() as snapshot:
        assert not list(check_statements(snapshot))
    scene.close(session, minutes=60)
    [row] = scene.pay().statements
    assert (row.gross, row.deducted) == (2700 + 1000, 500)
    with pytest.raises(RunStateError):
        PayRuns(scene.desk).cancel_unpaid(first.pay_run_id)


def test_cancelling_keeps_a_correction_that_the_run_had_taken(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session, minutes=90)
    scene.pay()
    scene.close(session, minutes=60)
    second = scene.pay(DECEMBER)
    assert second.pay_run_id is not None
    PayRuns(scene.desk).cancel_unpaid(second.pay_run_id)
    assert [row.gross for row in scene.pay(DECEMBER).statements] == [-1350]
    assert sum(row.gross for row in scene.statements()) == 2700
    require_sound(scene)


def test_a_correction_put_off_is_still_told_as_one(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session, minutes=90)
    scene.pay()
    scene.close(session, minutes=60)
    runs = PayRuns(scene.desk)
    for _time in range(2):
        second = scene.pay(DECEMBER)
        assert second.pay_run_id is not None
        runs.cancel_unpaid(second.pay_run_id)
        require_sound(scene)
    scene.pay(DECEMBER)
    face = scene.statements()[-1].face
    shown = [(each["amount"], each["taught_minutes"]) for each in face["sessions"]]
    assert shown == [(-4050, 90), (2700, 60)]
    details = [(each["amount"], each["detail"]) for each in face["earnings"]]
    assert details == [
        (2700, "1 session, from before the period: 10 Nov 2026"),
        (-4050, "1 session, corrections of 10 Nov 2026"),
    ]
    scene.close(session, minutes=30)
    require_sound(scene)


def test_a_run_is_cancelled_after_the_run_that_corrected_it(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session, minutes=90)
    first = scene.pay()
    scene.close(session, minutes=60)
    second = scene.pay(DECEMBER)
    assert first.pay_run_id is not None
    assert second.pay_run_id is not None
    runs = PayRuns(scene.desk)
    runs.cancel_unpaid(second.pay_run_id)
    runs.cancel_unpaid(first.pay_run_id)
    require_sound(scene)
    assert [row.gross for row in scene.pay(DECEMBER).statements] == [2700]


def test_what_takes_a_correction_back_names_the_day_it_was_for(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session, minutes=90)
    scene.pay()
    scene.clock.set(2026, 12, 2, 9)
    Locks(scene.desk).lock(LockPeriod(until=DECEMBER[0]))
    scene.close(session, minutes=60)
    second = scene.pay(DECEMBER)
    assert second.pay_run_id is not None
    PayRuns(scene.desk).cancel_unpaid(second.pay_run_id)
    earnings = scene.statements()[-1].face["earnings"]
    told = {each["detail"] for each in earnings}
    assert told == {"2 sessions, corrections of 10 Nov 2026"}


def test_cancelling_after_a_correction_pays_the_corrected_amount(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session, minutes=90)
    first = scene.pay()
    scene.close(session, minutes=60)
    assert first.pay_run_id is not None
    PayRuns(scene.desk).cancel_unpaid(first.pay_run_id)
    assert [row.gross for row in scene.pay().statements] == [2700]


def test_a_run_that_a_later_one_corrects_cannot_be_cancelled(scene: Scene) -> None:
    session = scene.book(at(10))
    scene.close(session, minutes=90)
    first = scene.pay()
    scene.close(session, minutes=60)
    scene.pay(DECEMBER)
    assert first.pay_run_id is not None
    with pytest.raises(LaterRunError):
        PayRuns(scene.desk).cancel_unpaid(first.pay_run_id)
    assert not any(row.is_cancelled for row in PayRuns(scene.desk).runs())


def test_the_seals_notice_every_change(scene: Scene) -> None:
    scene.close(scene.book(at(10)))
    scene.close(scene.book(at(17)))
    scene.pay()
    scene.close(scene.book(at(1, month=12)))
    scene.pay(DECEMBER)
    assert _broken(scene) == []
    first, second = scene.statements()
    for table, column, change, broken in (
        (PayStatement, PayStatement.id, {"net": 1}, first),
        (PayLine, PayLine.statement_id, {"amount": 1}, second),
        (PayLine, PayLine.statement_id, {"reason": "x"}, first),
    ):
        changed = table.__table__
        assert isinstance(changed, Table)
        with scene.make.transaction() as transaction:
            transaction.connection().execute(
                update(changed).where(column == broken.id).values(**change)
            )
            transaction.flush()
            assert broken.id in {row.id for row in broken_statements(transaction)}
            transaction.rollback()
            transaction.connection(execution_options={"writes": True})
    assert _broken(scene) == []


def require_sound(scene: Scene) -> None:
    """Make sure that the office's own checks of pay find no error."""
    with scene.desk.snapshot() as snapshot:
        for check in (check_taken_back, check_statements, check_pay):
            found = list(check(snapshot))
            assert [one.message for one in found if one.is_error] == []


def _adjust(scene: Scene, tutor: int, amount: int) -> None:
    request = AddAdjustment(tutor, date(2026, 11, 20), amount, "bonus")
    PayEntries(scene.desk).add_adjustment(request)


def _stop_after(scene: Scene, frozen: int) -> StartPayRun:
    """Start a run and stop it after some statements, as if the program was killed."""
    paul = scene.make.tutor("Paul", rate=2000)
    scene.close(scene.book(at(10), tutors=[scene.anna, paul]))
    request = scene.request(key="stopped")
    run_id = steps.start(scene.desk, request, in_one_go=True)
    for tutor_id in (scene.anna, paul)[:frozen]:
        with scene.desk.transaction("freeze") as transaction:
            run = transaction.get_one(PayRun, run_id)
            assert freeze_tutor(transaction, run, tutor_id, scene.clock.now())
    with scene.desk.snapshot() as snapshot:
        assert not snapshot.scalars(select(Run)).one().done_at
        assert len(list(snapshot.scalars(select(PayStatement)))) == frozen
    return request


def _broken(scene: Scene) -> list[int]:
    with scene.desk.snapshot() as snapshot:
        return [row.id for row in broken_statements(snapshot)]


def test_a_pay_run_bears_no_locked_day(scene: Scene) -> None:
    scene.close(scene.book(at(10)))
    runs = PayRuns(scene.desk)
    Locks(scene.desk).lock(LockPeriod(until=DECEMBER[0]))
    for ask in (runs.run, runs.start):
        with pytest.raises(PeriodLockedError, match=r"30 Nov 2026 .* 01 Dec 2026 is"):
            ask(scene.request())
    assert runs.runs() == ()
    done = runs.run(replace(scene.request(), on=DECEMBER[0]))
    assert done.pay_run_id is not None
    with pytest.raises(PeriodLockedError):
        runs.mark_paid(done.pay_run_id, NOVEMBER[1])
    runs.mark_paid(done.pay_run_id, DECEMBER[0])


def test_a_run_of_a_locked_day_is_taken_back_on_an_open_one(scene: Scene) -> None:
    scene.close(scene.book(at(10)))
    run_id = scene.pay().pay_run_id
    assert run_id is not None
    scene.clock.set(2026, 12, 3, 9)
    Locks(scene.desk).lock(LockPeriod(until=DECEMBER[0]))
    PayRuns(scene.desk).cancel_unpaid(run_id)
    with scene.desk.snapshot() as snapshot:
        days = list(snapshot.scalars(select(PayRun.on).order_by(PayRun.id)))
    assert days == [NOVEMBER[1], date(2026, 12, 3)]
    assert [row.net for row in scene.statements()] == [2700, -2700]
    assert _broken(scene) == []


def test_a_run_whose_day_was_locked_meanwhile_is_not_approved(scene: Scene) -> None:
    scene.close(scene.book(at(10)))
    runs = PayRuns(scene.desk)
    run_id = runs.start(scene.request())
    assert run_id is not None
    runs.check(run_id)
    Locks(scene.desk).lock(LockPeriod(until=DECEMBER[0]))
    with pytest.raises(PeriodLockedError, match="Cancel this run"):
        runs.approve(run_id)
    runs.cancel_unpaid(run_id)
    done = runs.run(replace(scene.request(), on=DECEMBER[0]))
    assert [row.gross for row in done.statements] == [2700]
