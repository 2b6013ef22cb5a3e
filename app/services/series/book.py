"""Weekly series: looked at before booking, booked, changed, extended, called off."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.models.database import Transaction
from app.models.scheduling import Enrolment, Series, Session
from app.models.values.schedule import (
    CancelledBy,
    EditScope,
    EnrolmentState,
)
from app.services.charging.courses import settle_enrolment
from app.services.closing.cancelling import cancel_steps
from app.services.desk import Desk, fetch, zone
from app.services.scheduling.editing import edit, present, sessions_of
from app.services.scheduling.editing import preview as preview_edit
from app.services.scheduling.edits import Present, in_scope
from app.services.scheduling.errors import FixedSessionError, NoSeriesError
from app.services.scheduling.expansion import minute_of
from app.services.scheduling.fixed import why_fixed
from app.services.scheduling.requests import (
    BookSeries,
    CancelSeries,
    Edited,
    EditPreview,
    EditSeries,
    ExtendSeries,
    PlannedDate,
    SeriesBooked,
    Untouched,
)
from app.services.scheduling.sentences import when_text
from app.services.series.booking import Choices, choose, write_dates
from app.services.series.extending import extend
from app.services.series.planning import Plan, plan
from app.services.series.resetting import reset
from app.text import _


class SeriesBook:
    """Books weekly series, changes them and calls them off."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self, request: BookSeries) -> tuple[PlannedDate, ...]:
        """List every date of a series with what it runs into, without booking.

        Raises:
            InputError: The request cannot be a series.
            MissingRecordError: Somebody or something in it is not there.
        """
        with self._desk.snapshot() as snapshot:
            return tuple(
                PlannedDate(
                    one.slot_on, one.start, one.clashes, one.closed, one.problem
                )
                for one in plan(snapshot, self._desk, request).dates
            )

    def book_series(self, request: BookSeries) -> SeriesBooked:
        """Book all dates of a series, or none.

        Raises:
            InputError: The request cannot be a series.
            MissingRecordError: Somebody or something in it is not there.
            ClashError: A date clashes, and clashing ones are not to be left out.
            EmptySeriesError: No date can be booked.
            TrustError: The office has not left this to the tutor.
            TimeTakenError: Another desk was faster.
        """
        if request.course is not None:
            self._desk.require_office()
        choices = Choices(
            request.on_clash,
            request.on_closure,
            request.accept_soft,
            request.override_reason,
            request.is_tentative,
        )
        with self._desk.transaction(_("Booked a series")) as transaction:
            planned = plan(transaction, self._desk, request)
            chosen = choose(planned.dates, choices)
            series = _series(request, planned)
            transaction.add(series)
            transaction.flush()
            booked = write_dates(
                transaction,
                self._desk,
                planned.facts,
                chosen,
                choices,
                series.id,
                request.contract_id,
            )
            _enrol_first(transaction, self._desk, series, request)
            return booked

    def edit(self, request: EditSeries) -> Edited:
        """Change one session, it and later ones, or all of a series.

        Raises:
            NoSeriesError: The session belongs to no series.
            NothingToChangeError: The request names no change.
            FixedSessionError: Only this one was meant, and it may not change.
            ClashError: A date clashes, and clashing ones are not to stay.
            TimeTakenError: Another desk was faster.
        """
        with self._desk.transaction(_("Changed a series")) as transaction:
            return edit(transaction, self._desk, request)

    def reset(self, session_id: int, override_reason: str = "") -> Edited:
        """Take back what was changed by hand on one session of a series.

        Raises:
            NoSeriesError: It belongs to no series.
            NothingToChangeError: Nothing was changed by hand.
            FixedSessionError: It is closed out, invoiced, paid or cancelled.
            ClashError: The slot is taken.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Reset a session to its series")) as transaction:
            return reset(transaction, self._desk, session_id, override_reason)

    def preview_edit(self, request: EditSeries) -> EditPreview:
        """Count what an edit would change, keep and leave for its clashes.

        Raises:
            NoSeriesError: The session belongs to no series.
            NothingToChangeError: The request names no change.
            FixedSessionError: Only this one was meant, and it may not change.
        """
        with self._desk.snapshot() as snapshot:
            return preview_edit(snapshot, self._desk, request)

    def extend(self, request: ExtendSeries) -> SeriesBooked:
        """Add dates to a series by its latest form; closures are left out.

        Raises:
            MissingRecordError: There is no such series.
            ExtendBackwardsError: The day adds nothing.
            ClashError: A new date clashes.
            TimeTakenError: Another desk was faster.
        """
        with self._desk.transaction(_("Extended a series")) as transaction:
            return extend(transaction, self._desk, request)

    def cancel_series(self, request: CancelSeries) -> Edited:
        """Call off sessions of a series on the office's side.

        Raises:
            NoSeriesError: The session belongs to no series, and more was meant.
            FixedSessionError: Only this one was meant, and it may not change.
            PeriodLockedError: The day of one lies in a locked period.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Called off a series")) as transaction:
            session = fetch(transaction, Session, request.session_id, "session")
            if request.scope is not EditScope.THIS and session.series_id is None:
                raise NoSeriesError
            here = zone(transaction)
            sessions = sessions_of(transaction, session, request.scope)
            presents = present(transaction, sessions, here)
            every = list(presents.values())
            meant = in_scope(every, presents[session.id], request.scope)
            fixed = why_fixed(transaction, [one.session_id for one in meant])
            if request.scope is EditScope.THIS and session.id in fixed:
                when = when_text(session.starts_at, here)
                raise FixedSessionError(when, fixed[session.id])
            ids = [one.session_id for one in meant if one.session_id not in fixed]
            by = CancelledBy.OFFICE
            cancel_steps(transaction, self._desk, ids, by, transaction.at)
            return Edited(tuple(ids), _named(meant, fixed))


def _series(request: BookSeries, planned: Plan) -> Series:
    place_id = request.place_id
    if place_id is None and request.room_id is not None:
        place_id = planned.facts.rooms[request.room_id].place_id
    course = request.course
    series = Series(
        offering_id=request.offering_id,
        placement_id=request.placement_id,
        contract_id=request.contract_id,
        every_weeks=planned.rule.every_weeks,
        weekdays=list(planned.rule.weekdays),
        start_minute=minute_of(request.start),
        minutes=request.minutes,
        from_on=planned.rule.from_on,
        until_on=planned.until_on,
        count=request.count,
        term_id=request.term_id,
        tutor_ids=list(request.tutor_ids),
        student_ids=list(request.student_ids),
        place_id=place_id,
        room_id=request.room_id,
    )
    if course is not None:
        series.course_name, series.seats = course.name, course.seats
        series.course_amount = course.amount
        series.is_whole_price = course.is_whole_price
    return series


def _enrol_first(
    transaction: Transaction, desk: Desk, series: Series, request: BookSeries
) -> None:
    if request.course is None:
        return
    for student_id in request.student_ids:
        enrolment = Enrolment(
            series_id=series.id,
            student_id=student_id,
            state=EnrolmentState.BOOKED,
            from_on=series.from_on,
            made_at=transaction.at,
        )
        transaction.add(enrolment)
        transaction.flush()
        settle_enrolment(transaction, desk, enrolment.id)


def _named(
    meant: Collection[Present], fixed: Mapping[int, str]
) -> tuple[Untouched, ...]:
    return tuple(
        Untouched(one.session_id, fixed[one.session_id])
        for one in meant
        if one.session_id in fixed
    )
