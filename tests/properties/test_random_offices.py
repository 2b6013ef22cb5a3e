"""Whatever happens in whatever order, in whatever office, everything stays right."""

from __future__ import annotations

import os
import random
import sys
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, run_state_machine_as_test

from app.services.closing.requests import CloseSession
from app.services.scheduling.requests import OnClash
from tests.properties.billing_steps import BillingSteps
from tests.properties.closing_steps import ClosingSteps
from tests.properties.grounds import FileGround, Ground, Score, ServerGround
from tests.properties.office_steps import OfficeSteps
from tests.properties.payroll_steps import PayrollSteps
from tests.properties.plans import Plan, plans
from tests.properties.timetable_steps import (
    Days,
    Length,
    Minute,
    Number,
    TimetableSteps,
)
from tests.servers import PostgresServer

SEED = "CHALKBOOK_SEED"


Booking = st.tuples(Number, Number, Number, Number, Days, Minute, Length)
Stage = st.sampled_from(("booked", "closed", "billed", "paid"))


class RandomOffice(
    TimetableSteps, ClosingSteps, BillingSteps, PayrollSteps, OfficeSteps
):
    """An office in which everything can happen."""

    @initialize(
        plan=plans(),
        bookings=st.lists(Booking, min_size=3, max_size=7),
        weeks=st.sampled_from((0, 3)),
        stage=Stage,
    )
    def open_the_office(
        self,
        plan: Plan,
        bookings: list[tuple[int, int, int, int, int, int, int]],
        weeks: int,
        stage: str,
    ) -> None:
        """Found the office and bring it so far that much can happen at once."""
        self.found_office(plan)
        for booking in bookings:
            self.book(*booking, "", "")
        if weeks:
            self.book_series(*bookings[0], weeks, False, OnClash.SKIP, False)
        if stage == "booked":
            return
        for session in self.sessions(lambda row: row.ends_at <= self.clock.now()):
            request = CloseSession(session.id)
            close = partial(self.office.close_outs.close, request)
            self.take_with_money("close as planned", close, session.id)
        if stage == "billed":
            self.bill(0, None, again=False)
        elif stage == "paid":
            self.pay(0, None, again=False)


def play(played_on: Ground, offices: int, steps: int) -> Score:
    """Play random offices, and tell what was played.

    A run of one's own tells its seed; CHALKBOOK_SEED plays it again.
    """

    class Playing(RandomOffice):
        ground = played_on
        score = Score()

    wanted = settings(
        max_examples=offices,
        stateful_step_count=steps,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    if not wanted.derandomize:
        number = int(os.environ.get(SEED, random.randrange(2**32)))  # noqa: S311
        sys.stdout.write(f"{SEED}={number}\n")
        seed(number)(Playing)
    try:
        run_state_machine_as_test(Playing, settings=wanted)
    finally:
        sys.stdout.write(Playing.score.report())
    return Playing.score


@pytest.fixture
def file_ground(sqlite_template: Path, tmp_path: Path) -> FileGround:
    """Offices in files of their own."""
    return FileGround(sqlite_template, tmp_path)


@pytest.fixture
def server_ground(
    postgres_server: PostgresServer, postgres_template: str, worker_id: str
) -> ServerGround:
    """Offices in the tests' PostgreSQL server."""
    return ServerGround(postgres_server, postgres_template, f"random_{worker_id}")


@pytest.mark.timeout(900)
def test_random_offices_in_files_stay_right(file_ground: FileGround) -> None:
    assert play(file_ground, 25, 30).played > 0


@pytest.mark.postgres
@pytest.mark.timeout(900)
def test_random_offices_on_postgresql_stay_right(server_ground: ServerGround) -> None:
    assert play(server_ground, 8, 25).played > 0


@pytest.mark.long
@pytest.mark.timeout(24 * 3600)
def test_many_random_offices_in_files_stay_right(file_ground: FileGround) -> None:
    score = play(file_ground, 400, 60)
    assert score.done.total() > score.played // 3


@pytest.mark.long
@pytest.mark.postgres
@pytest.mark.timeout(24 * 3600)
def test_many_random_offices_on_postgresql_stay_right(
    server_ground: ServerGround,
) -> None:
    score = play(server_ground, 100, 60)
    assert score.done.total() > score.played // 3
