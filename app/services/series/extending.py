"""Adds dates to a series, by its latest form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.models.database import Snapshot, Transaction
from app.models.scheduling import Enrolment, Series, SeriesException, Session
from app.models.values.schedule import EnrolmentState, wall_clock
from app.services.desk import Desk, fetch, zone
from app.services.scheduling import facts as known
from app.services.scheduling.errors import ExtendBackwardsError
from app.services.scheduling.expansion import WeeklyRule, at_minute
from app.services.scheduling.reach import require_own_series
from app.services.scheduling.requests import BookSeries, ExtendSeries, SeriesBooked
from app.services.scheduling.validating import check_people, check_where
from app.services.series.booking import Choices, choose, write_dates
from app.services.series.planning import Date, checked, counted, made


def extend(transaction: Transaction, desk: Desk, request: ExtendSeries) -> SeriesBooked:
    """Add the dates after the series' last one; what exists stays as it is.

    Raises:
        NotYoursError: It is another tutor's.
        MissingRecordError: There is no such series.
        ExtendBackwardsError: The day adds nothing.
        EmptySeriesError: No new date can be booked.
        ClashError: A new date clashes, and clashing ones are not to be left out.
    """
    require_own_series(transaction, desk.actor, request.series_id)
    here = zone(transaction)
    series = fetch(transaction, Series, request.series_id, "series")
    last = _last_slot(transaction, series, here)
    form = _latest(series, request)
    rule = WeeklyRule(series.from_on, tuple(series.weekdays), series.every_weeks)
    days = [day for day in rule.until(request.until_on) if last is None or day > last]
    if not days:
        raise ExtendBackwardsError(last or series.from_on)
    dates = [made(form, day, here) for day in counted(days)]
    if series.course_name:
        dates = _with_students(transaction, series, dates)
    drafts = [one.draft for one in dates if one.draft is not None]
    facts = known.load(transaction, drafts, transaction.at)
    everybody = tuple(facts.students)
    check_people(
        facts, form.tutor_ids, everybody, may_be_empty=bool(series.course_name)
    )
    check_where(transaction, facts, drafts[0])
    choices = Choices(
        request.on_clash,
        accept_soft=request.accept_soft,
        override_reason=request.override_reason,
    )
    chosen = choose(checked(desk, facts, dates), choices)
    series.until_on, series.count, series.term_id = request.until_on, None, None
    return write_dates(
        transaction, desk, facts, chosen, choices, series.id, series.contract_id
    )


def _last_slot(
    work: Snapshot | Transaction, series: Series, here: ZoneInfo
) -> date | None:
    slots = [
        work.scalars(select(func.max(column)).where(owner == series.id)).one()
        for column, owner in (
            (Session.slot_at, Session.series_id),
            (SeriesException.slot_at, SeriesException.series_id),
        )
    ]
    known_slots = [slot for slot in slots if slot is not None]
    return wall_clock(max(known_slots), here).date() if known_slots else None


def _latest(series: Series, request: ExtendSeries) -> BookSeries:
    return BookSeries(
        offering_id=series.offering_id,
        tutor_ids=tuple(series.tutor_ids),
        student_ids=tuple(series.student_ids),
        start=at_minute(series.from_on, series.start_minute),
        minutes=series.minutes,
        every_weeks=series.every_weeks,
        weekdays=tuple(series.weekdays),
        until_on=request.until_on,
        place_id=series.place_id,
        room_id=series.room_id,
        placement_id=series.placement_id,
        contract_id=series.contract_id,
    )


def _with_students(
    work: Snapshot | Transaction, series: Series, dates: Sequence[Date]
) -> list[Date]:
    places = work.execute(
        select(Enrolment.student_id, Enrolment.from_on, Enrolment.until_on)
        .where(
            Enrolment.series_id == series.id, Enrolment.state != EnrolmentState.WAITING
        )
        .order_by(Enrolment.made_at, Enrolment.id)
    ).all()
    found: list[Date] = []
    for one in dates:
        students = tuple(
            student_id
            for student_id, first, last in places
            if first <= one.slot_on <= (last or one.slot_on)
        )
        draft = one.draft and replace(one.draft, student_ids=students)
        found.append(replace(one, draft=draft))
    return found
