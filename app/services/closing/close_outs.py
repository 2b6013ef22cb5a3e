"""Closing sessions out: what happened, what it means in money, and approval."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from app.models.database import Transaction
from app.models.values.errors import (
    ConflictError,
    NotFoundError,
    RightsError,
    RuleError,
)
from app.models.values.unchanged import UNCHANGED
from app.services.billing.trying import on_trial
from app.services.closing import deciding, open_list, reading, recent, reopening
from app.services.closing.claims import proposals
from app.services.closing.closing_out import close_all
from app.services.closing.effects import effect_of, effects_of
from app.services.closing.errors import MoneyReasonError, MoneyRightsError
from app.services.closing.freed import still_charged, taken
from app.services.closing.requests import CloseSession
from app.services.closing.results import (
    Closed,
    ClosedMany,
    ClosedOut,
    LeftOut,
    MileageProposal,
    MoneyEffect,
    OpenCloseOut,
    Report,
    Rules,
    StudentNotes,
)
from app.services.closing.rules import rules_of
from app.services.closing.sheet import require_own, sheet_of
from app.services.desk import Desk
from app.services.rights import is_own
from app.text import _

Told = TypeVar("Told")
_PROBLEMS = (RuleError, NotFoundError, ConflictError, RightsError)


class CloseOuts:
    """Closes sessions out and tells which still wait for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self, request: CloseSession) -> MoneyEffect:
        """Tell what a close-out would charge and pay; nothing of it is kept.

        The office may ask about a session that has not begun, too.

        Raises:
            OfficeError: Closing out would be refused with the same sentence.
        """
        settled = self._with_money(request)
        return self._rehearse(partial(self._foreseen, request=settled))

    def close(self, request: CloseSession) -> Closed:
        """Close a session out; closing again corrects the former close-out.

        Raises:
            MissingRecordError: There is no such session.
            NotYourSessionError: A tutor closes somebody else's session.
            SessionNotOverError: It is not over yet.
            SessionNotBegunError: It has not even begun, and was not called off.
            PeriodLockedError: Its day is locked, and this is no correction.
            RightsError: A tutor speaks for another tutor, closes over what the office
                decided, calls off in its name or in time, or wants other money.
            MoneyReasonError: Other money than the policy's without a reason.
            InputError: What the report says cannot be.
            CalledOffError: Everybody had cancelled.
            ClashError: Somebody who had cancelled came after all, against a booking.
        """
        settled = self._with_money(request)
        with self._desk.transaction(_("Close out a session")) as transaction:
            return _closed(self._effect(transaction, settled))

    def close_many(self, requests: Sequence[CloseSession]) -> ClosedMany:
        """Close several sessions out in one step; those with a problem are left out.

        Raises:
            ClashError: Somebody who had cancelled came after all, against a booking.
            UnavailableError: The database failed, which is no session's own problem.
        """
        try:
            closed = self._close_all([self._with_money(each) for each in requests])
        except _PROBLEMS:
            ready, left = self._sorted_out(requests)
            return ClosedMany(self._close_all(ready), left)
        return ClosedMany(closed, ())

    def review(self, session_ids: Sequence[int]) -> None:
        """Say that close-outs were looked through, where the policy asks for it.

        Raises:
            OfficeOnlyError: A tutor asked.
            NotClosedError: One of them has not been closed out.
            ReviewNotAskedError: The policy asks for no review of one of them.
            PeriodLockedError: One was closed out in a period that is locked now.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Review close-outs")) as transaction:
            deciding.review(transaction, self._desk, session_ids)

    def approve(self, session_ids: Sequence[int]) -> None:
        """Approve close-outs, so that what waits for approval goes on.

        Raises:
            OfficeOnlyError: A tutor asked.
            NotClosedError: One of them has not been closed out.
            NotReviewedError: One of them is to be reviewed before.
            PeriodLockedError: One was closed out in a period that is locked now.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Approve close-outs")) as transaction:
            deciding.approve(transaction, self._desk, session_ids)

    def undecided(self) -> tuple[ClosedOut, ...]:
        """List the close-outs that wait for a review or an approval, by start.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return tuple(recent.undecided(snapshot, self._desk))

    def reopen(self, session_id: int) -> None:
        """Open a closed session again, so that it waits for its close-out anew.

        Notes and homework stay; claims of mileage and expenses are withdrawn.

        Raises:
            MissingRecordError: There is no such session.
            NotYourSessionError: It is another tutor's.
            OfficeDecidedError: The office decided about it, and a tutor asked.
            OthersPartError: A tutor asked, and another tutor has a part in it.
            NotClosedError: It has not been closed out.
            PeriodLockedError: Its day lies in a locked period.
            HeldByDocumentError: It is invoiced or paid; only a correction changes it.
            ClashError: It had been called off, and the time is taken now.
        """
        with self._desk.transaction(_("Reopen a session")) as transaction:
            reopening.reopen(transaction, self._desk, session_id)

    def open_close_outs(self, tutor_id: int | None = None) -> tuple[OpenCloseOut, ...]:
        """List every past session not cancelled that nobody has closed out.

        The oldest comes first. A tutor sees the own ones only.

        Raises:
            NotYourSessionError: A tutor asked for another's.
        """
        with self._desk.snapshot() as snapshot:
            return open_list.open_close_outs(snapshot, self._desk, tutor_id)

    def closed_out(self, since: datetime) -> tuple[ClosedOut, ...]:
        """List what was closed out since an instant; a tutor sees the own only."""
        with self._desk.snapshot() as snapshot:
            return tuple(recent.closed_out(snapshot, self._desk, since))

    def rules(self, session_id: int) -> Rules:
        """Tell the office's rules that decide what a session means in money.

        Raises:
            MissingRecordError: There is no such session.
            NotYourSessionError: A tutor asked for another's.
        """
        with self._desk.snapshot() as snapshot:
            sheet = sheet_of(snapshot, session_id)
            require_own(self._desk, sheet)
            return rules_of(snapshot, self._desk, sheet)

    def report(self, session_id: int) -> Report:
        """Give a session's close-out with everything it carries.

        Raises:
            MissingRecordError: There is no such session.
            NotYourSessionError: A tutor asked for another's.
        """
        with self._desk.snapshot() as snapshot:
            return reading.report(snapshot, self._desk, session_id)

    def latest_notes(self, student_id: int, limit: int = 5) -> StudentNotes:
        """Give the latest notes and homework of a student; a tutor's own only."""
        with self._desk.snapshot() as snapshot:
            return reading.latest_notes(snapshot, self._desk, student_id, limit)

    def mileage_proposals(self, session_id: int) -> tuple[MileageProposal, ...]:
        """Propose distances to claim, where the travel table knows the way.

        A tutor is told the own ones only.

        Raises:
            MissingRecordError: There is no such session.
            NotYourSessionError: A tutor asked for another's.
        """
        with self._desk.snapshot() as snapshot:
            sheet = sheet_of(snapshot, session_id)
            require_own(self._desk, sheet)
            found = proposals(snapshot, sheet)
            actor = self._desk.actor
            return tuple(way for way in found if is_own(actor, way.tutor_id))

    def _close_all(self, requests: Sequence[CloseSession]) -> tuple[Closed, ...]:
        with self._desk.transaction(_("Close out several sessions")) as transaction:
            return tuple(
                _closed(effect)
                for sheets in close_all(transaction, self._desk, requests)
                for effect in effects_of(transaction, self._desk, sheets)
            )

    def _sorted_out(
        self, requests: Sequence[CloseSession]
    ) -> tuple[list[CloseSession], tuple[LeftOut, ...]]:
        """Try every close-out alone, and say of each that fails why it does."""
        ready: list[CloseSession] = []
        left: list[LeftOut] = []
        for request in requests:
            try:
                settled = self._with_money(request)
                self._rehearse(partial(self._effect, request=settled))
                ready.append(settled)
            except _PROBLEMS as error:
                left.append(LeftOut(request.session_id, str(error)))
        return ready, tuple(left)

    def _foreseen(self, trial: Transaction, request: CloseSession) -> MoneyEffect:
        before = taken(trial, request.session_id)
        effect = self._effect(trial, request, ahead=True)
        if not self._desk.actor.is_office:
            return effect
        stays = still_charged(trial, request.session_id, before)
        return replace(effect, stays=stays)

    def _effect(
        self, transaction: Transaction, request: CloseSession, *, ahead: bool = False
    ) -> MoneyEffect:
        (sheets,) = close_all(transaction, self._desk, [request], ahead=ahead)
        return effect_of(transaction, self._desk, sheets[0])

    def _with_money(self, request: CloseSession) -> CloseSession:
        """Drop a money effect that is the policy's own, and refuse an unfounded one."""
        if request.money is None or request.money is UNCHANGED:
            return replace(request, money_reason="")
        plain = replace(request, money=None, money_reason="")
        by_policy = self._rehearse(lambda work: self._effect(work, plain, ahead=True))
        if by_policy.outcome is request.money:
            return plain
        if not self._desk.actor.is_office:
            raise MoneyRightsError
        if not request.money_reason.strip():
            raise MoneyReasonError
        return request

    def _rehearse(self, work: Callable[[Transaction], Told]) -> Told:
        """Do something for real and keep nothing of it, so that it tells the truth."""
        told: list[Told] = []
        with on_trial(self._desk) as transaction:
            told.append(work(transaction))
        return told[0]


def _closed(effect: MoneyEffect) -> Closed:
    return Closed(
        session_id=effect.session_id,
        charged=effect.charged,
        currency=effect.currency,
        paid=effect.paid,
        pay_currency=effect.pay_currency,
        reasons=effect.student_reasons,
        lacks=effect.lacks,
    )
