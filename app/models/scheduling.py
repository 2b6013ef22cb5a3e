"""The timetable: placements, series, sessions and who takes part in them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import BIG, Model, word
from app.models.types import JsonText
from app.models.values.billing import BillingModel
from app.models.values.people import Trust
from app.models.values.schedule import (
    AttendanceState,
    CancelledBy,
    EnrolmentState,
    PlacementState,
    SessionStatus,
    TutorPart,
)


class Placement(Model):
    """A tutor matched with students for an offering, and who books."""

    __tablename__ = "placement"

    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"), index=True)
    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"))
    state: Mapped[PlacementState] = word(PlacementState, default=PlacementState.ACTIVE)
    who_books: Mapped[Trust] = word(Trust, default=Trust.OFFICE_BOOKS)
    model: Mapped[BillingModel | None] = word(BillingModel, default=None)
    contract_id: Mapped[int | None] = mapped_column(
        ForeignKey("contract.id"), default=None
    )
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), default=None)
    weekly_minutes: Mapped[int | None] = mapped_column(default=None)
    total_minutes: Mapped[int | None] = mapped_column(default=None)
    from_on: Mapped[date | None] = mapped_column(default=None)
    until_on: Mapped[date | None] = mapped_column(default=None)
    made_at: Mapped[datetime]
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class PlacementStudent(Model):
    """A student of a placement."""

    __tablename__ = "placement_student"
    __table_args__ = (UniqueConstraint("placement_id", "student_id"),)

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)


class Series(Model):
    """A rule in wall-clock time whose dates are real sessions; also a course.

    The columns hold the series' latest form, by which it is extended.

    Attributes:
        weekdays: 0 is Monday, in order.
        start_minute: wall-clock minutes after midnight.
        course_name: set where the series is a course that students enrol in.
        course_amount: minor units per student, whole course or one session.
        is_whole_price: the course is charged at once instead of by session.
    """

    __tablename__ = "series"

    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"))
    placement_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement.id"), default=None
    )
    contract_id: Mapped[int | None] = mapped_column(
        ForeignKey("contract.id"), default=None
    )
    every_weeks: Mapped[int] = mapped_column(default=1)
    weekdays: Mapped[Any] = mapped_column(JsonText)
    start_minute: Mapped[int]
    minutes: Mapped[int]
    from_on: Mapped[date]
    until_on: Mapped[date | None] = mapped_column(default=None)
    count: Mapped[int | None] = mapped_column(default=None)
    term_id: Mapped[int | None] = mapped_column(ForeignKey("term.id"), default=None)
    tutor_ids: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    student_ids: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), default=None)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), default=None)
    course_name: Mapped[str] = mapped_column(default="")
    seats: Mapped[int | None] = mapped_column(default=None)
    course_amount: Mapped[int | None] = mapped_column(default=None)
    is_whole_price: Mapped[bool] = mapped_column(default=False)
    archived_at: Mapped[datetime | None] = mapped_column(default=None)


class Session(Model):
    """One tutoring session on the timetable.

    Attributes:
        slot_at: the series' own slot of this session, wherever it was moved to.
        changed_fields: what was changed by hand on this one of a series.
        notice_minutes: between cancelling and the planned start.
        override_reason: why an administrator booked it in spite of a clash.
        make_up_of_id: the missed session whose make-up credit this one uses.
        entered_late_minutes: how long after its end it was entered, if it was.
    """

    __tablename__ = "session"
    __table_args__ = (Index(None, "starts_at", "status"),)

    offering_id: Mapped[int] = mapped_column(ForeignKey("offering.id"), index=True)
    series_id: Mapped[int | None] = mapped_column(
        ForeignKey("series.id"), index=True, default=None
    )
    slot_at: Mapped[datetime | None] = mapped_column(default=None)
    changed_fields: Mapped[Any] = mapped_column(JsonText, default_factory=list)
    placement_id: Mapped[int | None] = mapped_column(
        ForeignKey("placement.id"), index=True, default=None
    )
    contract_id: Mapped[int | None] = mapped_column(
        ForeignKey("contract.id"), index=True, default=None
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), default=None)
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("room.id"), index=True, default=None
    )
    status: Mapped[SessionStatus] = word(SessionStatus, default=SessionStatus.PLANNED)
    cancelled_at: Mapped[datetime | None] = mapped_column(default=None)
    cancelled_by: Mapped[CancelledBy | None] = word(CancelledBy, default=None)
    cancel_note: Mapped[str] = mapped_column(default="")
    notice_minutes: Mapped[int | None] = mapped_column(default=None)
    override_reason: Mapped[str] = mapped_column(default="")
    is_trial: Mapped[bool] = mapped_column(default=False)
    make_up_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("session.id"), index=True, default=None
    )
    entered_late_minutes: Mapped[int | None] = mapped_column(default=None)
    made_at: Mapped[datetime | None] = mapped_column(default=None)


class SeriesException(Model):
    """A date of a series' rule that has no session: skipped, with the reason."""

    __tablename__ = "series_exception"
    __table_args__ = (UniqueConstraint("series_id", "slot_at"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    slot_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(default="")


class SessionTutor(Model):
    """A tutor's part in a session; actual times go to pay."""

    __tablename__ = "session_tutor"
    __table_args__ = (
        UniqueConstraint("session_id", "tutor_id"),
        Index(None, "tutor_id", "session_id"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    tutor_id: Mapped[int] = mapped_column(ForeignKey("tutor.id"))
    position: Mapped[int] = mapped_column(default=0)
    part: Mapped[TutorPart] = word(TutorPart, default=TutorPart.MAIN)
    actual_starts_at: Mapped[datetime | None] = mapped_column(default=None)
    actual_minutes: Mapped[int | None] = mapped_column(default=None)
    pay_reason: Mapped[str] = mapped_column(default="")


class Attendance(Model):
    """A student's place in a session; actual minutes go to the charge.

    Attributes:
        state_at: when the student cancelled, or the close-out said so.
        subject_minutes: minutes by subject id, where the time was split.
        charge_reason: why there is no charge (a Reason), or empty.
        waived_reason: why a late cancellation is not charged.
        is_credited: the charge was credited for good and is not made again.
    """

    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("session_id", "student_id"),
        Index(None, "student_id", "session_id"),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("session.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[AttendanceState] = word(
        AttendanceState, default=AttendanceState.EXPECTED
    )
    state_at: Mapped[datetime | None] = mapped_column(default=None)
    state_by: Mapped[str] = mapped_column(default="")
    notice_minutes: Mapped[int | None] = mapped_column(default=None)
    actual_minutes: Mapped[int | None] = mapped_column(default=None)
    subject_minutes: Mapped[Any] = mapped_column(JsonText, default_factory=dict)
    charge_reason: Mapped[str] = mapped_column(default="")
    waived_reason: Mapped[str] = mapped_column(default="")
    is_credited: Mapped[bool] = mapped_column(default=False)


class Enrolment(Model):
    """A student's place in a course, or on its waiting list in order of time."""

    __tablename__ = "enrolment"
    __table_args__ = (Index(None, "series_id", "state"),)

    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    state: Mapped[EnrolmentState] = word(EnrolmentState)
    from_on: Mapped[date]
    until_on: Mapped[date | None] = mapped_column(default=None)
    made_at: Mapped[datetime]


# The guard of double booking. A row is one resource's planned time in a session that
# is not cancelled, packed into whole numbers: resource << 28 | minutes since 1970
# (see values/occupancy.py). The database itself refuses two rows that overlap: a
# trigger on SQLite, an SP-GiST exclusion constraint on PostgreSQL. It is derived from
# the sessions, so it has no history of its own. Sessions booked in spite of a clash
# stand apart in ``occupancy_override``, which has no guard.
occupancy = Table(
    "occupancy",
    Model.metadata,
    Column("starts", BIG, primary_key=True, autoincrement=False),
    Column("ends", BigInteger, nullable=False),
    Column("session_id", ForeignKey("session.id"), nullable=False, index=True),
)
occupancy_override = Table(
    "occupancy_override",
    Model.metadata,
    Column("starts", BigInteger, primary_key=True, autoincrement=False),
    Column("session_id", ForeignKey("session.id"), primary_key=True, index=True),
    Column("ends", BigInteger, nullable=False),
)
