"""Whatever happens in whatever order, pay adds up and nothing paid changes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.bootstrap import database_url
from app.models.database import Database
from app.models.payroll import PayLine, PayRun, PayStatement
from app.models.scheduling import Attendance, SessionTutor
from app.models.values.payroll import PayKind, PayLevel, PayPer
from app.models.values.schedule import AttendanceState, SessionStatus
from app.services.checking.ledger import check_statements
from app.services.payroll.chains import broken_statements
from app.services.payroll.entries import PayEntries
from app.services.payroll.errors import LaterRunError
from app.services.payroll.facts import load
from app.services.payroll.pay_rates import PayRates
from app.services.payroll.paying import would_pay
from app.services.payroll.requests import AddDeduction, SetPay
from app.services.payroll.runs import PayRuns
from tests.factories import Make
from tests.fakes import FakeClock
from tests.servers import PostgresServer
from tests.services.payroll.scene import DECEMBER, NOVEMBER, Scene, at, make_scene

_numbers = count(1)
SESSIONS = 3
CANCELLED = [one for one in SessionStatus if one.is_cancelled]
ACTIONS = st.one_of(
    st.tuples(st.just("close"), st.integers(0, SESSIONS - 1), st.integers(1, 180)),
    st.tuples(
        st.just("miss"), st.integers(0, SESSIONS - 1), st.just(SessionStatus.NO_SHOW)
    ),
    st.tuples(
        st.just("cancel"), st.integers(0, SESSIONS - 1), st.sampled_from(CANCELLED)
    ),
    st.tuples(st.just("claim"), st.integers(0, SESSIONS - 1), st.integers(1, 900)),
    st.tuples(st.just("rate"), st.just(0), st.integers(0, 5000)),
    st.tuples(st.just("pay"), st.just(0), st.sampled_from([NOVEMBER, DECEMBER])),
    st.tuples(st.just("deduct"), st.integers(0, 1), st.integers(1, 900)),
    st.tuples(st.just("take back"), st.just(0), st.integers(0, 3)),
)
HAPPENINGS = st.lists(ACTIONS, min_size=1, max_size=8)


@settings(max_examples=40)
@given(happenings=HAPPENINGS)
def test_pay_adds_up_after_every_step(
    sqlite_template: Path, happenings: list[tuple[str, int, object]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "office.chalkbook"
        shutil.copyfile(sqlite_template, path)
        with _scene(str(path)) as (scene, sessions):
            _live(scene, sessions, happenings)


@pytest.mark.postgres
@settings(max_examples=8)
@given(happenings=HAPPENINGS)
def test_pay_adds_up_after_every_step_on_postgresql(
    postgres_server: PostgresServer,
    postgres_template: str,
    worker_id: str,
    happenings: list[tuple[str, int, object]],
) -> None:
    name = f"pay_{worker_id}_{next(_numbers)}"
    address = postgres_server.create(name, postgres_template)
    try:
        with _scene(address) as (scene, sessions):
            _live(scene, sessions, happenings)
    finally:
        postgres_server.drop(name)


@contextmanager
def _scene(address: str) -> Iterator[tuple[Scene, list[int]]]:
    database, clock = Database(database_url(address)), FakeClock()
    try:
        scene = make_scene(database, clock, Make(database, clock))
        paul = scene.make.tutor("Paul", rate=1999, address="2 Low Street")
        pair = [scene.maya, scene.make.student("Erik Lind")]
        yield (
            scene,
            [
                scene.book(at(10)),
                scene.book(at(11), tutors=[scene.anna, paul], students=pair),
                scene.book(at(12), minutes=75, students=pair),
            ],
        )
    finally:
        database.close()


def _live(
    scene: Scene, sessions: list[int], happenings: list[tuple[str, int, object]]
) -> None:
    for happening in happenings:
        _happen(scene, sessions, happening)
        _check(scene, sessions)
    scene.pay(DECEMBER)
    _check(scene, sessions)
    with scene.desk.snapshot() as snapshot:
        lines = list(snapshot.scalars(select(PayLine)))
        paid = snapshot.scalars(select(PayStatement.gross))
        assert sum(paid) == sum(line.amount for line in lines if line.live_key)
        assert all(line.statement_id for line in lines if not line.replaced_at)


def _happen(
    scene: Scene, sessions: list[int], happening: tuple[str, int, object]
) -> None:
    verb, place, what = happening
    if verb == "close":
        assert isinstance(what, int)
        _restore(scene, sessions[place])
        scene.close(sessions[place], minutes=what)
    elif verb == "miss":
        _restore(scene, sessions[place])
        scene.close(sessions[place], status=SessionStatus.NO_SHOW)
    elif verb == "cancel":
        assert isinstance(what, SessionStatus)
        _restore(scene, sessions[place])
        scene.cancel(sessions[place], what)
    elif verb == "claim":
        assert isinstance(what, int)
        scene.claim_expense(sessions[place], what)
        scene.settle(sessions[place])
    elif verb == "rate":
        assert isinstance(what, int)
        request = SetPay(
            PayLevel.TUTOR, tutor_id=scene.anna, per=PayPer.HOUR, amount=what
        )
        PayRates(scene.desk).set_pay(request)
    elif verb == "deduct":
        assert isinstance(what, int)
        request_ = AddDeduction(
            scene.anna, "Card", what, NOVEMBER[0], is_fixed=bool(place)
        )
        PayEntries(scene.desk).add_deduction(request_)
    elif verb == "pay":
        assert what in {NOVEMBER, DECEMBER}
        scene.pay(NOVEMBER if what == NOVEMBER else DECEMBER)
    else:
        assert isinstance(what, int)
        _take_back(scene, what)


def _take_back(scene: Scene, place: int) -> None:
    with scene.desk.snapshot() as snapshot:
        runs = snapshot.scalars(
            select(PayRun.id).where(PayRun.cancelled_at.is_(None)).order_by(PayRun.id)
        ).all()
    if place < len(runs):
        try:
            PayRuns(scene.desk).cancel_unpaid(runs[place])
        except LaterRunError:
            return


def _restore(scene: Scene, session_id: int) -> None:
    with scene.make.transaction() as transaction:
        for seat in transaction.scalars(
            select(Attendance).where(Attendance.session_id == session_id)
        ):
            seat.state = AttendanceState.EXPECTED


def _check(scene: Scene, sessions: list[int]) -> None:
    before = _state(scene)
    frozen = [line for line in before if line[-1] is not None]
    for session_id in sessions:
        _check_session(scene, session_id)
    if all(_is_settled(scene, session_id) for session_id in sessions):
        for session_id in sessions:
            scene.settle(session_id)
        assert _state(scene) == before
    with scene.desk.snapshot() as snapshot:
        assert not list(broken_statements(snapshot))
        assert not list(check_statements(snapshot))
        gross = sum(snapshot.scalars(select(PayStatement.gross)))
    assert gross == sum(line[1] for line in frozen if isinstance(line[1], int))


def _check_session(scene: Scene, session_id: int) -> None:
    """A row, its reversals and successors say what the live rows say, or a reason."""
    with scene.desk.snapshot() as snapshot:
        rows = snapshot.scalars(
            select(PayLine).where(
                PayLine.session_id == session_id, PayLine.replaced_at.is_(None)
            )
        ).all()
        live = [row for row in rows if row.live_key is not None]
        assert sum(row.amount for row in rows) == sum(row.amount for row in live)
        paid = {row.tutor_id for row in live if row.kind is not PayKind.EXPENSE}
        for part in snapshot.scalars(
            select(SessionTutor).where(SessionTutor.session_id == session_id)
        ):
            if any(row.live_key or row.replaced_at for row in rows):
                assert (part.tutor_id in paid) != bool(part.pay_reason)


def _is_settled(scene: Scene, session_id: int) -> bool:
    """Say whether no rate was set after the session was settled."""
    with scene.desk.snapshot() as snapshot:
        would = would_pay(snapshot, load(snapshot, session_id))
        live = snapshot.scalars(
            select(PayLine.amount).where(
                PayLine.session_id == session_id, PayLine.live_key.is_not(None)
            )
        )
        return would.paid == sum(live)


def _state(scene: Scene) -> list[tuple[object, ...]]:
    return [
        (line.id, line.amount, line.live_key, line.version, line.statement_id)
        for line in scene.all_lines()
    ]
