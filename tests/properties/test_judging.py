"""The judges of single steps notice when a step did something else than was asked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.bootstrap import database_url, open_office
from app.models.database import Database
from app.models.values.schedule import CancelledBy, EditScope
from app.services.closing.requests import CancelSession
from app.services.office import Office
from app.services.scheduling.requests import BookSeries, EditSeries
from tests.fakes import FakeClock
from tests.once import once
from tests.properties.audit import audit_faults
from tests.properties.closing_steps import (
    cancelled_rightly,
    closing_moves_nothing,
    undone_wholly,
)
from tests.properties.edit_rules import edits_are_right
from tests.properties.picture import Picture, draw_picture, take_picture
from tests.properties.story import make_story
from tests.properties.tampering import sql_of

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
START = datetime(2026, 4, 6, 15)  # noqa: DTZ001  on the wall clock


@dataclass(frozen=True, slots=True)
class Told:
    """An office that can be asked and looked at."""

    office: Office
    database: Database

    def look(self) -> Picture:
        return take_picture(self.database, AT)

    def look_tampered(self, statement: str) -> Picture:
        """Show the office as it would be with a row changed."""
        with self.database.snapshot() as snapshot:
            snapshot.connection().exec_driver_sql(sql_of(statement))
            return draw_picture(snapshot, AT)

    def book_series(self) -> tuple[int, ...]:
        """Book three weeks of one pupil."""
        picture = self.look()
        request = BookSeries(
            offering_id=picture.rows("offering")[0].id,
            tutor_ids=(picture.rows("tutor")[0].id,),
            student_ids=(picture.rows("student")[0].id,),
            start=START,
            minutes=60,
            count=3,
            accept_soft=True,
        )
        return self.office.series.book_series(request).session_ids


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Told]:
    """A copy of the office in which a little of everything happened."""
    made = once("story.chalkbook", lambda path: make_story(str(path)))
    path = shutil.copyfile(made, tmp_path / "story.chalkbook")
    office = open_office(str(path), clock=FakeClock(AT))
    database = Database(database_url(str(path)))
    yield Told(office, database)
    office.close()
    database.close()


def test_an_edit_that_did_something_else_is_noticed(told: Told) -> None:
    ids = told.book_series()
    before = told.look()
    asked = EditSeries(ids[1], EditScope.LATER, start=START + timedelta(days=8))
    done = told.office.series.edit(replace(asked, accept_soft=True))
    after = told.look()
    assert not list(edits_are_right(before, after, asked, done))
    for other in (
        replace(asked, start=START + timedelta(days=9)),
        replace(asked, minutes=90),
        replace(asked, scope=EditScope.THIS),
        replace(asked, scope=EditScope.ALL),
    ):
        assert list(edits_are_right(before, after, other, done)), other
    unnamed = replace(done, changed_ids=())
    assert list(edits_are_right(before, after, asked, unnamed))


def test_a_cancellation_of_another_side_or_moment_is_noticed(told: Told) -> None:
    ids = told.book_series()
    before = told.look()
    asked = CancelSession(ids[0], CancelledBy.HOUSEHOLD, AT)
    told.office.cancellations.cancel(asked)
    after = told.look()
    assert not list(cancelled_rightly(before, after, asked))
    late = datetime(2026, 4, 6, 12, tzinfo=UTC)
    for other in (replace(asked, by=CancelledBy.TUTOR), replace(asked, at=late)):
        assert list(cancelled_rightly(before, after, other))


def test_a_moved_slot_is_noticed(told: Told) -> None:
    [session_id, *_others] = told.book_series()
    before = told.look()
    moved = told.look_tampered("UPDATE session SET ends_at = ends_at + 60")
    assert not list(closing_moves_nothing(before, before, session_id))
    assert list(closing_moves_nothing(before, moved, session_id))


def test_what_an_undoing_left_is_noticed(told: Told) -> None:
    before = told.look()
    assert not list(undone_wholly(before, told.look()))
    left = told.look_tampered("UPDATE attendance SET state_by = 'Eve'")
    assert list(undone_wholly(before, left))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payment SET amount = amount + 1 WHERE amount > 0",
        "UPDATE document SET tax = tax + 1, total = total + 1 WHERE id = $invoice",
        "UPDATE allocation SET amount = amount - 1 WHERE amount > 1",
        "UPDATE pay_statement SET gross = gross + 1 WHERE id = $statement",
        "UPDATE session SET status = 'planned', starts_at = 0, ends_at = 60",
    ],
)
def test_an_answer_that_differs_from_the_rows_is_noticed(
    told: Told, statement: str
) -> None:
    assert not list(audit_faults(told.office, told.database, told.look()))
    tampered = told.look_tampered(statement)
    assert list(audit_faults(told.office, told.database, tampered))
