"""Small steps with series that several tests take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.closing import CloseOut
from app.models.scheduling import (
    Session,
)
from app.models.values.schedule import (
    CloseOutState,
    EditScope,
    SessionStatus,
    wall_clock,
)
from app.services.scheduling.requests import (
    BookSeries,
    EditSeries,
    SeriesBooked,
)
from app.services.series import SeriesBook
from tests.services.scheduling.conftest import Scene, wall

START = wall("2026-11-03T16:00")
BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)


def asked(scene: Scene, **more: Any) -> BookSeries:  # noqa: ANN401
    plain = {
        "offering_id": scene.maths,
        "tutor_ids": (scene.anna,),
        "student_ids": (scene.maya,),
        "start": START,
        "minutes": 60,
    }
    if not more.keys() & {"until_on", "count", "term_id", "until_package_used"}:
        plain["count"] = 4
    return BookSeries(**{**plain, **more})


def book(scene: Scene, **more: Any) -> SeriesBooked:  # noqa: ANN401
    return SeriesBook(scene.desk).book_series(asked(scene, **more))


def edit(scene: Scene, session_id: int, scope: EditScope, **more: Any) -> Any:  # noqa: ANN401
    return SeriesBook(scene.desk).edit(EditSeries(session_id, scope, **more))


def starts(scene: Scene) -> list[str]:
    """List when sessions are that are not cancelled, on the wall clock."""
    with scene.desk.snapshot() as snapshot:
        rows = snapshot.scalars(select(Session).order_by(Session.starts_at)).all()
        return [
            f"{wall_clock(row.starts_at, BERLIN):%d %b %H:%M}"
            for row in rows
            if not row.status.is_cancelled
        ]


def closed(scene: Scene, session_id: int) -> None:
    with scene.make.transaction() as transaction:
        transaction.get_one(Session, session_id).status = SessionStatus.HELD
        transaction.add(
            CloseOut(
                session_id=session_id,
                state=CloseOutState.CLOSED,
                closed_by="Anna",
                closed_at=scene.desk.now(),
            )
        )
