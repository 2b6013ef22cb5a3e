"""One session of a series goes back to how the series has it."""

from __future__ import annotations

import pytest

from app.models.values.schedule import EditScope
from app.services.scheduling.errors import (
    ClashError,
    NoSeriesError,
    NothingToChangeError,
)
from app.services.scheduling.requests import BookSeries, EditSeries
from app.services.series.book import SeriesBook
from tests.services.scheduling.conftest import Scene, wall

AT = wall("2026-11-24T17:30")


def changed(scene: Scene) -> tuple[SeriesBook, int]:
    """Book a series, and change its second session in all that can be changed."""
    book = SeriesBook(scene.desk)
    request = BookSeries(scene.maths, (scene.anna,), (scene.maya,), AT, 60, count=3)
    number = book.book_series(request).session_ids[1]
    room = scene.make.room()
    book.edit(
        EditSeries(
            number,
            EditScope.THIS,
            start=wall("2026-12-02T10:00"),
            minutes=90,
            tutor_ids=(scene.paul,),
            room_id=room,
        )
    )
    return book, number


def test_time_tutor_length_and_room_are_the_series_again(scene: Scene) -> None:
    book, number = changed(scene)
    book.reset(number)
    session = scene.stored(number)
    assert session.starts_at == session.slot_at
    assert (session.ends_at - session.starts_at).total_seconds() == 3600
    assert session.room_id is None
    assert session.changed_fields == []
    assert scene.tutors(number) == {scene.anna}


def test_a_later_edit_of_the_series_takes_it_along_again(scene: Scene) -> None:
    book, number = changed(scene)
    book.reset(number)
    book.edit(EditSeries(number, EditScope.ALL, minutes=45))
    session = scene.stored(number)
    assert (session.ends_at - session.starts_at).total_seconds() == 45 * 60


def test_a_taken_slot_needs_a_reason(scene: Scene) -> None:
    book, number = changed(scene)
    scene.book(wall("2026-12-01T17:30"))
    with pytest.raises(ClashError):
        book.reset(number)
    book.reset(number, "Two rooms")
    assert scene.stored(number).override_reason == "Two rooms"


def test_there_must_be_a_series_and_something_to_take_back(scene: Scene) -> None:
    book, number = changed(scene)
    book.reset(number)
    with pytest.raises(NothingToChangeError):
        book.reset(number)
    alone = scene.book(wall("2026-11-25T09:00")).session_id
    with pytest.raises(NoSeriesError):
        book.reset(alone)
