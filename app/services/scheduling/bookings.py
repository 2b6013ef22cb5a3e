"""Booking single sessions, moving them, confirming them, and finding a substitute."""

from __future__ import annotations

from sqlalchemy import select

from app.models.database import Snapshot, Transaction
from app.models.scheduling import Session, SessionTutor
from app.models.values.schedule import EditScope, SessionStatus, TutorPart
from app.services.desk import Desk, fetch, zone
from app.services.scheduling import clashes as checks
from app.services.scheduling import facts as known
from app.services.scheduling.editing import check as check_edit
from app.services.scheduling.editing import edit
from app.services.scheduling.errors import NotTentativeError, NotTheirSessionError
from app.services.scheduling.facts import Draft, Facts
from app.services.scheduling.permits import must_propose, settle_clashes
from app.services.scheduling.reach import require_own_booking
from app.services.scheduling.requests import (
    Booked,
    BookSession,
    Clash,
    Edited,
    EditSeries,
    MoveSession,
    Substitute,
)
from app.services.scheduling.sentences import when_text
from app.services.scheduling.standing_in import StandIn, stand_ins
from app.services.scheduling.validating import (
    check_agreements,
    check_people,
    check_where,
    span_of,
)
from app.services.scheduling.writing import (
    Common,
    NewSession,
    insert_sessions,
    write_terms,
)
from app.text import _


class Bookings:
    """Books and changes single sessions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def check(self, request: BookSession) -> tuple[Clash, ...]:
        """List what a booking would run into, without booking.

        Raises:
            InputError: The request cannot be a session.
            MissingRecordError: Somebody or something in it is not there.
            ArchivedError: Somebody or something in it is archived.
            NotYoursError: A tutor asked about others.
        """
        with self._desk.snapshot() as snapshot:
            facts, draft = _prepared(snapshot, self._desk, request)
            return checks.find(self._desk, facts, [draft])[0]

    def check_change(self, request: EditSeries) -> tuple[Clash, ...]:
        """List what moving or changing sessions would run into, without doing it.

        Raises:
            MissingRecordError: The session is not there.
            NothingToChangeError: The request names no change.
            FixedSessionError: It is closed out, invoiced, paid or cancelled.
            ClockGapError: The clock change of spring leaves the new start out.
        """
        with self._desk.snapshot() as snapshot:
            return check_edit(snapshot, self._desk, request)

    def book(self, request: BookSession) -> Booked:
        """Book one session; a trusted tutor's proposal waits to be confirmed.

        Raises:
            InputError: The request cannot be a session.
            MissingRecordError: Somebody or something in it is not there.
            ArchivedError: Somebody or something in it is archived.
            ClashError: A hard clash without a reason, or a soft one not accepted.
            NotYoursError: A tutor named others.
            OfficeOnlyError: A tutor set a price or pay, or booked a trial.
            TrustError: The office has not left this to the tutor.
            PlacementLimitError: It goes beyond what was agreed for the placement.
            TimeTakenError: Another desk was faster.
        """
        if request.price is not None or request.pay is not None:
            self._desk.require_office()
        with self._desk.transaction(_("Booked a session")) as transaction:
            return book_step(transaction, self._desk, request)

    def move(self, request: MoveSession) -> Edited:
        """Move one session, whether or not it is one of a series.

        Raises:
            FixedSessionError: It is closed out, invoiced, paid or cancelled.
            ClashError: The new time clashes.
            TimeTakenError: Another desk was faster.
        """
        change = EditSeries(
            request.session_id,
            EditScope.THIS,
            start=request.start,
            minutes=request.minutes,
            room_id=request.room_id,
            place_id=request.place_id,
            accept_soft=request.accept_soft,
            override_reason=request.override_reason,
        )
        with self._desk.transaction(_("Moved a session")) as transaction:
            return edit(transaction, self._desk, change)

    def confirm(self, session_id: int) -> None:
        """Make a tentative session a planned one.

        Raises:
            NotTentativeError: It does not wait for that.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Confirmed a session")) as transaction:
            confirm_step(transaction, session_id)

    def substitute(self, request: Substitute) -> Edited:
        """Let another tutor hold a session in place of one of its own.

        Raises:
            NotTheirSessionError: The tutor to be replaced does not hold it.
            FixedSessionError: It is closed out, invoiced, paid or cancelled.
            ClashError: The other tutor cannot at that time.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Found a substitute")) as transaction:
            return substitute_step(transaction, self._desk, request)

    def stand_ins(self, session_id: int, for_tutor_id: int) -> tuple[StandIn, ...]:
        """List who could hold a session in place of one of its tutors, best first.

        Raises:
            MissingRecordError: There is no such session.
            FixedSessionError: It is closed out, invoiced, paid or cancelled.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return stand_ins(snapshot, self._desk, session_id, for_tutor_id)


def substitute_step(
    transaction: Transaction, desk: Desk, request: Substitute
) -> Edited:
    """Let another tutor hold a session inside a step of somebody else's.

    Raises:
        NotTheirSessionError: The tutor to be replaced does not hold it.
        FixedSessionError: It is closed out, invoiced, paid or cancelled.
        ClashError: The other tutor cannot at that time.
    """
    fetch(transaction, Session, request.session_id, "session")
    draft = checks.drafts_of(transaction, [request.session_id])[request.session_id]
    if request.for_tutor_id not in draft.tutor_ids:
        names = known.tutors(transaction, [request.for_tutor_id])
        raise NotTheirSessionError(names[request.for_tutor_id].name)
    change = EditSeries(
        request.session_id,
        EditScope.THIS,
        tutor_ids=tuple(
            request.tutor_id if one == request.for_tutor_id else one
            for one in draft.tutor_ids
        ),
        accept_soft=request.accept_soft,
        override_reason=request.override_reason,
    )
    edited = edit(transaction, desk, change)
    _name_substitute(transaction, request)
    return edited


def book_step(transaction: Transaction, desk: Desk, request: BookSession) -> Booked:
    """Book one session inside a step of somebody else's.

    Raises:
        ClashError: A hard clash without a reason, or a soft one not accepted.
    """
    facts, draft = _prepared(transaction, desk, request)
    is_proposal = must_propose(transaction, desk, [draft])
    found = checks.find(desk, facts, [draft])[0]
    reason = settle_clashes(
        desk,
        found,
        accept_soft=request.accept_soft,
        override_reason=request.override_reason,
    )
    is_tentative = request.is_tentative or is_proposal
    common = Common(
        SessionStatus.TENTATIVE if is_tentative else SessionStatus.PLANNED,
        transaction.at,
        contract_id=request.contract_id,
        is_trial=request.is_trial,
        make_up_of_id=request.make_up_of_id,
    )
    new = [NewSession(draft, override_reason=reason)]
    session_id = insert_sessions(transaction, facts, new, common)[0]
    write_terms(transaction, session_id, request.price, request.pay)
    return Booked(session_id, checks.soft(found))


def confirm_step(transaction: Transaction, session_id: int) -> None:
    """Make a tentative session a planned one inside a step of somebody else's.

    Raises:
        NotTentativeError: It does not wait for that.
    """
    session = fetch(transaction, Session, session_id, "session")
    if session.status is not SessionStatus.TENTATIVE:
        when = when_text(session.starts_at, zone(transaction))
        raise NotTentativeError(when)
    session.status = SessionStatus.PLANNED


def _prepared(
    work: Snapshot | Transaction, desk: Desk, request: BookSession
) -> tuple[Facts, Draft]:
    require_own_booking(work, desk.actor, request)
    starts_at, ends_at = span_of(request.start, request.minutes, zone(work))
    draft = Draft(
        starts_at,
        ends_at,
        request.offering_id,
        request.tutor_ids,
        request.student_ids,
        request.place_id,
        request.room_id,
        request.placement_id,
    )
    facts = known.load(work, [draft], desk.at(work))
    check_people(facts, request.tutor_ids, request.student_ids)
    check_where(work, facts, draft)
    check_agreements(
        work, request.placement_id, request.contract_id, request.make_up_of_id
    )
    return facts, known.placed(draft, facts.rooms)


def _name_substitute(transaction: Transaction, request: Substitute) -> None:
    part = transaction.scalars(
        select(SessionTutor).where(
            SessionTutor.session_id == request.session_id,
            SessionTutor.tutor_id == request.tutor_id,
        )
    ).one()
    part.part = TutorPart.SUBSTITUTE
