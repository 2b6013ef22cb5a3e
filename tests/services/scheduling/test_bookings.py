"""Booking, moving, confirming and substituting single sessions."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.models.catalog import Price
from app.models.closing import CloseOut
from app.models.database import Database
from app.models.office import JournalEntry
from app.models.payroll import PayRate
from app.models.scheduling import Session, SessionTutor
from app.models.values.billing import PriceLevel, PricePer
from app.models.values.payroll import PayLevel, PayPer
from app.models.values.schedule import (
    CloseOutState,
    EditScope,
    PlaceKind,
    SessionStatus,
    TutorPart,
)
from app.models.values.terms import PayTerms, PriceTerms
from app.services.desk import MissingRecordError, OfficeOnlyError
from app.services.scheduling.bookings import Bookings
from app.services.scheduling.clashes import check_kept
from app.services.scheduling.editing import edit
from app.services.scheduling.errors import (
    ClashError,
    FixedSessionError,
    NothingToChangeError,
    NotTentativeError,
    NotTheirSessionError,
)
from app.services.scheduling.fixed import why_fixed
from app.services.scheduling.occupancy import sync
from app.services.scheduling.requests import EditSeries, MoveSession, Substitute
from tests.fakes import FakeClock
from tests.services.scheduling.conftest import Scene, statements_of, wall

AT = wall("2026-11-24T17:30")
HOUR = timedelta(hours=1)


def test_a_session_is_booked_with_all_that_was_said(scene: Scene) -> None:
    room = scene.make.room()
    booked = scene.book(
        AT,
        90,
        tutor_ids=(scene.anna, scene.paul),
        room_id=room,
        is_trial=True,
        price=PriceTerms(PricePer.SESSION, 4200, {2: 4000}),
        pay=PayTerms(PayPer.PERCENT, percent=Decimal(60)),
    )
    session = scene.stored(booked.session_id)
    assert (session.status, session.is_trial) == (SessionStatus.PLANNED, True)
    assert f"{session.starts_at:%H:%M}-{session.ends_at:%H:%M}" == "16:30-18:00"
    assert (session.room_id, session.place_id) == (room, 1)
    assert session.entered_late_minutes is None
    with scene.desk.snapshot() as snapshot:
        price = snapshot.scalars(select(Price)).one()
        pay = snapshot.scalars(select(PayRate)).one()
        parts = snapshot.scalars(select(SessionTutor.part)).all()
        entries = snapshot.scalars(
            select(JournalEntry.table_name).where(
                JournalEntry.action == "Booked a session"
            )
        ).all()
    assert (price.level, price.amount, price.tiers) == (
        PriceLevel.SESSION,
        4200,
        {"2": 4000},
    )
    assert (pay.level, pay.percent) == (PayLevel.SESSION, Decimal(60))
    assert parts == [TutorPart.MAIN, TutorPart.ADDITIONAL]
    assert sorted(entries) == [
        "attendance",
        "pay_rate",
        "price",
        "session",
        "session_tutor",
        "session_tutor",
    ]


def test_a_late_entry_is_marked(scene: Scene, clock: FakeClock) -> None:
    clock.set(2026, 11, 24, 18, 0)
    late = scene.stored(scene.book(AT).session_id)
    assert late.entered_late_minutes == 30
    running = scene.stored(scene.book(AT + HOUR).session_id)
    assert running.entered_late_minutes is None


def test_checking_writes_nothing(scene: Scene) -> None:
    assert Bookings(scene.desk).check(scene.request(AT)) == ()
    scene.book(AT)


def test_an_administrators_reason_is_kept(scene: Scene) -> None:
    scene.book(AT)
    asked: dict[str, Any] = {
        "student_ids": (scene.ben,),
        "override_reason": " Exam week ",
    }
    forced = scene.book(AT, **asked)
    assert scene.stored(forced.session_id).override_reason == "Exam week"
    free = scene.book(AT + HOUR, **asked)
    assert scene.stored(free.session_id).override_reason == ""


def test_moving_keeps_what_was_not_said(scene: Scene) -> None:
    room = scene.make.room()
    booked = scene.book(AT, 45, room_id=room)
    edited = Bookings(scene.desk).move(MoveSession(booked.session_id, AT + HOUR * 24))
    assert edited.changed_ids == (booked.session_id,)
    session = scene.stored(booked.session_id)
    assert session.ends_at - session.starts_at == timedelta(minutes=45)
    assert (session.starts_at.day, session.room_id) == (25, room)
    assert session.changed_fields == []
    scene.book(AT, room_id=room)


def test_a_session_may_move_into_its_own_old_time(scene: Scene) -> None:
    booked = scene.book(AT)
    Bookings(scene.desk).move(MoveSession(booked.session_id, AT + HOUR / 2))
    assert scene.stored(booked.session_id).starts_at.minute == 0


def test_a_move_into_anothers_time_changes_nothing(scene: Scene) -> None:
    scene.book(AT + HOUR, student_ids=(scene.ben,))
    booked = scene.book(AT)
    with pytest.raises(ClashError, match="Ben Okafor"):
        Bookings(scene.desk).move(MoveSession(booked.session_id, AT + HOUR / 2))
    assert scene.stored(booked.session_id).starts_at.minute == 30


def test_a_moved_override_is_guarded_again_where_nothing_clashes(scene: Scene) -> None:
    scene.book(AT)
    forced = scene.book(AT, override_reason="Exam week").session_id
    Bookings(scene.desk).move(MoveSession(forced, AT + HOUR * 3))
    assert scene.stored(forced).override_reason == ""
    with pytest.raises(ClashError):
        scene.book(AT + HOUR * 3)


def test_another_place_leaves_the_room(scene: Scene) -> None:
    room = scene.make.room()
    online = scene.make.place(kind=PlaceKind.ONLINE)
    booked = scene.book(AT, room_id=room).session_id
    Bookings(scene.desk).move(MoveSession(booked, AT, place_id=online))
    assert scene.stored(booked).room_id is None
    Bookings(scene.desk).move(MoveSession(booked, AT, room_id=room))
    assert scene.stored(booked).place_id == 1


def test_what_is_over_cannot_move(scene: Scene) -> None:
    booked = scene.book(AT).session_id
    with scene.make.transaction() as transaction:
        transaction.add(
            CloseOut(
                session_id=booked,
                state=CloseOutState.CLOSED,
                closed_by="Anna",
                closed_at=scene.desk.now(),
            )
        )
    with pytest.raises(FixedSessionError, match="17:30 on Tue 24 Nov 2026 cannot"):
        Bookings(scene.desk).move(MoveSession(booked, AT + HOUR))
    cancelled = scene.book(AT + HOUR * 2).session_id
    with scene.make.transaction() as transaction:
        session = transaction.get_one(Session, cancelled)
        session.status = SessionStatus.CANCELLED_BY_TUTOR
        sync(transaction, [cancelled])
    with pytest.raises(FixedSessionError, match="it is cancelled"):
        Bookings(scene.desk).move(MoveSession(cancelled, AT + HOUR))
    with scene.desk.snapshot() as snapshot:
        assert why_fixed(snapshot, [booked, cancelled]) == {
            booked: "it is closed out",
            cancelled: "it is cancelled",
        }


def test_nothing_to_change_is_said(scene: Scene) -> None:
    booked = scene.book(AT).session_id
    with pytest.raises(NothingToChangeError), scene.make.transaction() as transaction:
        edit(transaction, scene.desk, EditSeries(booked, EditScope.THIS))
    with pytest.raises(MissingRecordError):
        Bookings(scene.desk).move(MoveSession(999, AT))


def test_a_proposal_is_confirmed_once(scene: Scene) -> None:
    booked = scene.book(AT, is_tentative=True).session_id
    assert scene.stored(booked).status is SessionStatus.TENTATIVE
    with pytest.raises(ClashError):
        scene.book(AT)
    Bookings(scene.desk).confirm(booked)
    assert scene.stored(booked).status is SessionStatus.PLANNED
    with pytest.raises(NotTentativeError):
        Bookings(scene.desk).confirm(booked)
    with pytest.raises(OfficeOnlyError):
        Bookings(scene.as_tutor(scene.anna)).confirm(booked)


def test_a_substitute_holds_the_session(scene: Scene) -> None:
    booked = scene.book(AT, tutor_ids=(scene.anna,)).session_id
    scene.book(AT, tutor_ids=(scene.paul,), student_ids=(scene.ben,))
    hanna = scene.make.tutor("Hanna")
    bookings = Bookings(scene.desk)
    with pytest.raises(ClashError, match="Paul already teaches Ben"):
        bookings.substitute(Substitute(booked, scene.paul, scene.anna))
    bookings.substitute(Substitute(booked, hanna, scene.anna))
    assert scene.tutors(booked) == {hanna}
    with scene.desk.snapshot() as snapshot:
        parts = select(SessionTutor.part).where(SessionTutor.tutor_id == hanna)
        assert snapshot.scalars(parts).all() == [TutorPart.SUBSTITUTE]
    scene.book(AT, student_ids=(scene.make.student(),))
    with pytest.raises(NotTheirSessionError, match="Paul does not hold"):
        bookings.substitute(Substitute(booked, scene.anna, scene.paul))
    with pytest.raises(OfficeOnlyError):
        Bookings(scene.as_tutor(scene.anna)).substitute(
            Substitute(booked, scene.anna, hanna)
        )


def test_putting_back_is_checked_like_a_booking(scene: Scene) -> None:
    booked = scene.book(AT).session_id
    with scene.make.transaction() as transaction:
        session = transaction.get_one(Session, booked)
        session.status = SessionStatus.CANCELLED_IN_TIME
        sync(transaction, [booked])
        check_kept(transaction, scene.desk, [booked])
    scene.book(AT, student_ids=(scene.ben,))
    with (
        pytest.raises(ClashError, match="Ben Okafor"),
        scene.make.transaction() as transaction,
    ):
        check_kept(transaction, scene.desk, [booked])
    with scene.make.transaction() as now:
        check_kept(now, scene.desk, [])


def test_a_booking_takes_few_statements(scene: Scene, database: Database) -> None:
    room = scene.make.room()
    scene.book(AT)
    with statements_of(database) as said:
        scene.book(AT + HOUR, room_id=room)
    assert len(said) <= 36, "\n".join(text[:90] for text in said)
