"""What is done to several sessions at once: one step, and one step back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import TypeAlias

from app.models.database import Transaction
from app.models.scheduling import Session
from app.models.values.schedule import CancelledBy, wall_clock
from app.services.closing.cancelling import cancel_steps
from app.services.closing.requests import CancelSession
from app.services.desk import Desk, fetch, zone
from app.services.scheduling.bookings import (
    book_step,
    confirm_step,
    substitute_step,
)
from app.services.scheduling.editing import edit
from app.services.scheduling.requests import (
    Booked,
    BookSession,
    Edited,
    EditSeries,
    Substitute,
)
from app.text import _

STAYS = timedelta(0)
WayOut: TypeAlias = Substitute | EditSeries | CancelSession


class Together:
    """Changes, confirms, calls off and copies several sessions, all or none."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def change(self, requests: Sequence[EditSeries]) -> tuple[Edited, ...]:
        """Change several sessions at once.

        Those that go the same way may go to each other's former times; two that
        change places clash.

        Raises:
            FixedSessionError: One is closed out, invoiced, paid or cancelled.
            ClashError: One would clash.
            TimeTakenError: Another desk was faster.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Changed several sessions")) as transaction:
            ordered = _in_order(transaction, requests)
            return tuple(edit(transaction, self._desk, one) for one in ordered)

    def confirm(self, session_ids: Collection[int]) -> None:
        """Make several tentative sessions planned ones.

        Raises:
            NotTentativeError: One does not wait for that.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Confirmed several sessions")) as transaction:
            for session_id in session_ids:
                confirm_step(transaction, session_id)

    def cancel(self, session_ids: Collection[int], by: CancelledBy) -> None:
        """Call several sessions off; those that are off already stay so.

        Raises:
            MissingRecordError: One of the sessions is not there.
            PeriodLockedError: The day of one lies in a locked period.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Cancelled several sessions")) as transaction:
            cancel_steps(transaction, self._desk, session_ids, by, transaction.at)

    def resolve(self, ways: Sequence[WayOut]) -> None:
        """Cancel, move and hand on sessions that cannot be as planned: all or none.

        Raises:
            NotTheirSessionError: A tutor to be replaced does not hold the session.
            FixedSessionError: One is closed out, invoiced, paid or cancelled.
            ClashError: One would clash.
            PeriodLockedError: The day of one lies in a locked period.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Settled the sessions concerned")) as transaction:
            for way in ways:
                if isinstance(way, CancelSession):
                    off, at = [way.session_id], transaction.at
                    cancel_steps(transaction, self._desk, off, way.by, at)
            moves = [way for way in ways if isinstance(way, EditSeries)]
            for move in _in_order(transaction, moves):
                edit(transaction, self._desk, move)
            for way in ways:
                if isinstance(way, Substitute):
                    substitute_step(transaction, self._desk, way)

    def book(self, requests: Sequence[BookSession]) -> tuple[Booked, ...]:
        """Book several single sessions.

        Raises:
            InputError: One request cannot be a session.
            ClashError: One would clash, with others or among themselves.
            TimeTakenError: Another desk was faster.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Booked several sessions")) as transaction:
            return tuple(book_step(transaction, self._desk, one) for one in requests)


def _in_order(
    transaction: Transaction, requests: Sequence[EditSeries]
) -> list[EditSeries]:
    """Begin with those that make room: going later the last, going earlier the first.

    So a session never meets one that is still to move out of its way.
    """
    here = zone(transaction)
    later: list[tuple[float, EditSeries]] = []
    others: list[tuple[float, EditSeries]] = []
    for request in requests:
        session = fetch(transaction, Session, request.session_id, "session")
        now = wall_clock(session.starts_at, here)
        goes = (request.start - now) if request.start is not None else STAYS
        place = session.starts_at.timestamp()
        if goes > STAYS:
            later.append((-place, request))
        else:
            others.append((place, request))
    later.sort(key=_first)
    others.sort(key=_first)
    return [request for _place, request in (*later, *others)]


def _first(pair: tuple[float, EditSeries]) -> float:
    return pair[0]
