"""Each rule that random offices are judged by notices who breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url

from app.bootstrap import database_url
from app.models.copying import restore
from app.models.database import Snapshot
from tests.fakes import FakeClock
from tests.once import once
from tests.properties.audit import own_check
from tests.properties.machine import STATE_RULES, state_faults
from tests.properties.picture import draw_picture
from tests.properties.story import make_story
from tests.properties.tampering import FAULTS, STEP_FAULTS, Fault, StepRule, sql_of
from tests.servers import PostgresServer

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def story_sqlite() -> Path:
    """The file of an office in which a little of everything happened."""
    return once("story.chalkbook", lambda path: make_story(str(path)))


@pytest.fixture(scope="session")
def story_postgres(
    postgres_server: PostgresServer, story_sqlite: Path, worker_id: str
) -> str:
    """The address of the same office's PostgreSQL database."""
    address = postgres_server.create(f"story_{worker_id}")
    url = make_url(database_url(address))
    restore(story_sqlite, url, FakeClock().now(), story_sqlite.parent)
    return address


@pytest.fixture(
    scope="session",
    params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)],
)
def story(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The office, once on SQLite and once on PostgreSQL; nobody changes it for good."""
    found = request.getfixturevalue(f"story_{request.param}")
    engine = create_engine(database_url(str(found)))
    yield engine
    engine.dispose()


@contextmanager
def tampered(engine: Engine, sql: str) -> Iterator[Snapshot]:
    """Show the office with rows changed behind the program's back, for a moment."""
    with engine.connect() as connection:
        assert connection.exec_driver_sql(sql).rowcount > 0, "nothing was changed"
        with Snapshot(connection, autoflush=False) as snapshot:
            yield snapshot
        connection.rollback()


def test_nothing_is_wrong_with_the_story(story: Engine) -> None:
    with Snapshot(story) as snapshot:
        assert list(state_faults(draw_picture(snapshot, AT))) == []
        assert list(own_check(snapshot)) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule.__name__)
def test_a_rule_notices_what_breaks_it(story: Engine, fault: Fault) -> None:
    with tampered(story, sql_of(fault.statement)) as snapshot:
        assert list(fault.rule(draw_picture(snapshot, AT)))
        found = list(own_check(snapshot))
    assert any(f"check: {fault.code} " in each for each in found), found


@pytest.mark.parametrize(("rule", "statement"), STEP_FAULTS)
def test_a_rule_of_steps_notices_what_breaks_it(
    story: Engine, rule: StepRule, statement: str
) -> None:
    with Snapshot(story) as snapshot:
        before = draw_picture(snapshot, AT, after=10**9)
    with tampered(story, sql_of(statement)) as snapshot:
        after = draw_picture(snapshot, AT, before.last_entry)
    assert not list(rule(before, before))
    assert list(rule(before, after))


def test_every_rule_is_known_to_notice() -> None:
    assert {fault.rule for fault in FAULTS} == set(STATE_RULES)
