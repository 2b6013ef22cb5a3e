"""Plays the series cases of the shared folder through the services."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.models.catalog import Closure, Room
from app.models.closing import CloseOut
from app.models.people import Tutor
from app.models.scheduling import Session, SessionTutor
from app.models.values.errors import OfficeError
from app.models.values.schedule import (
    CloseOutState,
    EditScope,
    SessionStatus,
    Unknown,
    instant,
    wall_clock,
)
from app.models.values.unchanged import UNCHANGED
from app.services.desk import Desk
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.requests import (
    BookSeries,
    BookSession,
    CancelSeries,
    EditSeries,
    ExtendSeries,
    OnClash,
)
from app.services.series import SeriesBook
from tests.factories import Make

CASES = Path(__file__).parents[4] / "shared" / "cases"
FILES = sorted(CASES.glob("s*.json"))
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

pytestmark = pytest.mark.skipif(not FILES, reason="the shared cases are not here")


class Player:
    """Plays the steps of one case."""

    def __init__(self, case: dict[str, Any], make: Make, desk: Desk) -> None:
        self.make, self.desk = make, desk
        self.zone = ZoneInfo(case["office"]["zone"])
        make.office(zone=self.zone.key, unknown_availability=Unknown.ALWAYS)
        self.offering = make.offering("Lesson", group_size=10)
        self.people: dict[str, int] = {}
        self.series: dict[str, int] = {}
        for closure in case["office"].get("closures", []):
            first, last = (date.fromisoformat(closure[key]) for key in ("from", "to"))
            make.save(Closure(name=closure["name"], from_on=first, until_on=last))

    def named(self, kind: str, name: str | None) -> int | None:
        """Give the id of somebody or something, made when first named."""
        if name is None:
            return None
        if name not in self.people:
            self.people[name] = getattr(self.make, kind)(name=name)
        return self.people[name]

    def who(self, step: dict[str, Any]) -> dict[str, Any]:
        """Read tutor, students and room of a step."""
        return {
            "offering_id": self.offering,
            "tutor_ids": (self.named("tutor", step["tutor"]),),
            "student_ids": tuple(
                self.named("student", one) for one in step["students"]
            ),
            "start": datetime.fromisoformat(step["start"]),
            "minutes": step["minutes"],
            "room_id": self.named("room", step.get("room")),
        }

    def book(self, step: dict[str, Any]) -> None:
        """Book a single session."""
        Bookings(self.desk).book(BookSession(**self.who(step)))

    def book_series(self, step: dict[str, Any]) -> None:
        """Book a series."""
        repeat = step["repeat"]
        until = repeat.get("until")
        booked = SeriesBook(self.desk).book_series(
            BookSeries(
                **self.who(step),
                every_weeks=repeat.get("every_weeks", 1),
                weekdays=tuple(DAYS.index(day) for day in repeat.get("days", ())),
                until_on=date.fromisoformat(until) if until else None,
                count=repeat.get("count"),
                on_clash=OnClash(step.get("on_clash", "refuse")),
                on_closure=OnClash(step.get("on_closure", "skip")),
            )
        )
        self.series[step["series"]] = booked.series_id

    def at(self, step: dict[str, Any]) -> int:
        """Find the session that is now at a time."""
        starts_at = instant(datetime.fromisoformat(step["at"]), self.zone)
        with self.desk.snapshot() as snapshot:
            return snapshot.scalars(
                select(Session.id).where(
                    Session.series_id == self.series[step["series"]],
                    Session.starts_at == starts_at,
                )
            ).one()

    def edit(self, step: dict[str, Any]) -> None:
        """Change sessions of a series."""
        new = step["set"]
        start, tutor = new.get("start"), self.named("tutor", new.get("tutor"))
        SeriesBook(self.desk).edit(
            EditSeries(
                self.at(step),
                EditScope(step["scope"]),
                start=datetime.fromisoformat(start) if start else None,
                minutes=new.get("minutes"),
                tutor_ids=None if tutor is None else (tutor,),
                room_id=self.named("room", new["room"]) if "room" in new else UNCHANGED,
                include_changed=step.get("include_changed", False),
                on_clash=OnClash(step.get("on_clash", "refuse")),
            )
        )

    def cancel_series(self, step: dict[str, Any]) -> None:
        """Call off sessions of a series."""
        request = CancelSeries(self.at(step), EditScope(step["scope"]))
        SeriesBook(self.desk).cancel_series(request)

    def extend(self, step: dict[str, Any]) -> None:
        """Add dates to a series."""
        until = date.fromisoformat(step["until"])
        SeriesBook(self.desk).extend(ExtendSeries(self.series[step["series"]], until))

    def close(self, step: dict[str, Any]) -> None:
        """Close a session out as planned; here only what a series looks at."""
        session_id = self.at(step)
        with self.make.transaction() as transaction:
            session = transaction.get_one(Session, session_id)
            session.status = SessionStatus.HELD
            transaction.add(
                CloseOut(
                    session_id=session_id,
                    state=CloseOutState.CLOSED,
                    closed_by="anna",
                    closed_at=session.ends_at,
                )
            )

    def sessions(self) -> list[dict[str, Any]]:
        """List every session that is not cancelled, by start."""
        with self.desk.snapshot() as snapshot:
            rooms = dict(snapshot.execute(select(Room.id, Room.name)).all())
            tutors = dict(
                snapshot.execute(
                    select(SessionTutor.session_id, SessionTutor.tutor_id)
                ).all()
            )
            names = dict(snapshot.execute(select(Tutor.id, Tutor.name)).all())
            rows = snapshot.scalars(select(Session).order_by(Session.starts_at)).all()
        length = timedelta(minutes=1)
        return [
            {
                "start": f"{wall_clock(row.starts_at, self.zone):%Y-%m-%dT%H:%M}",
                "minutes": (row.ends_at - row.starts_at) // length,
                "tutor": names[tutors[row.id]],
                "room": rooms.get(row.room_id or 0),
                "status": row.status.value,
            }
            for row in rows
            if not row.status.is_cancelled
        ]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_case_comes_out_as_it_must(file: Path, make: Make, desk: Desk) -> None:
    case = json.loads(file.read_text())
    player = Player(case, make, desk)
    *steps, last = case["steps"]
    for step in steps:
        getattr(player, step["do"])(step)
    if case["expect"].get("refused"):
        before = player.sessions()
        with pytest.raises(OfficeError):
            getattr(player, last["do"])(last)
        assert player.sessions() == before
    else:
        getattr(player, last["do"])(last)
    wanted = case["expect"]["sessions"]
    found = [
        {key: session[key] for key in one}
        for one, session in zip(wanted, player.sessions(), strict=True)
    ]
    assert found == wanted
