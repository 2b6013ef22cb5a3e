"""A database is recognised, made, brought up to date, or left alone with a reason."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata  # noqa: TID251  asked only here
from alembic.migration import MigrationContext  # noqa: TID251
from sqlalchemy import text
from sqlalchemy.engine import make_url

from app.bootstrap import database_url
from app.models import schema
from app.models.base import Model
from app.models.database import make_engine
from app.models.faults import BrokenFileError
from app.models.schema import (
    EmptyOfficeError,
    NewerFileError,
    NoOfficeError,
    NotAnOfficeError,
    upgrade,
)
from tests.fakes import FakeClock
from tests.servers import PostgresServer

NOW = FakeClock().now()


def run(address: str, statement: str) -> None:
    """Change a database behind the program's back."""
    engine = make_engine(make_url(database_url(address)))
    with engine.connect().execution_options(writes=True) as connection:
        connection.execute(text(statement))
        connection.commit()
    engine.dispose()


def test_the_migrations_make_what_the_models_say(address: str) -> None:
    engine = make_engine(make_url(database_url(address)))
    with engine.connect() as connection:
        differences = compare_metadata(
            MigrationContext.configure(connection), Model.metadata
        )
    engine.dispose()
    assert not differences


def test_an_office_that_is_up_to_date_is_left_as_it_is(address: str) -> None:
    done = upgrade(database_url(address), NOW)
    assert (done.before, done.after, done.copy) == (schema.head(), schema.head(), None)


def test_an_office_of_a_newer_program_is_left_alone(address: str) -> None:
    run(address, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(NewerFileError, match="newer version of the program"):
        upgrade(database_url(address), NOW)


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "recipes.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipe (name TEXT)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NotAnOfficeError, match="something other than an office"):
        upgrade(database_url(str(path)), NOW)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.chalkbook"
    path.write_text("Dear tutor, " * 1000)
    with pytest.raises(BrokenFileError, match=r"letter\.chalkbook"):
        upgrade(database_url(str(path)), NOW)
    assert path.read_text() == "Dear tutor, " * 1000


def test_a_file_that_is_not_there_is_made_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "office.chalkbook"
    url = database_url(str(path))
    with pytest.raises(NoOfficeError, match="There is no office file"):
        upgrade(url, NOW, create=False)
    assert not path.exists()
    assert upgrade(url, NOW).before == ""
    assert path.exists()


@pytest.mark.postgres
def test_an_empty_database_is_filled_only_when_asked(
    postgres_server: PostgresServer, worker_id: str
) -> None:
    name = f"empty_{worker_id}"
    url = database_url(postgres_server.create(name))
    with pytest.raises(EmptyOfficeError, match="is empty"):
        upgrade(url, NOW, fill=False)
    assert upgrade(url, NOW).after == schema.head()
    postgres_server.drop(name)
