"""Books the dates of a series, all in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.models.database import Transaction
from app.models.scheduling import SeriesException
from app.models.values.schedule import SessionStatus
from app.services.desk import Desk
from app.services.scheduling import clashes as checks
from app.services.scheduling.edits import Field
from app.services.scheduling.errors import EmptySeriesError, SeriesRuleError
from app.services.scheduling.facts import Draft, Facts
from app.services.scheduling.permits import must_propose, settle_clashes
from app.services.scheduling.requests import OnClash, SeriesBooked, Skipped
from app.services.scheduling.writing import Common, NewSession, insert_sessions
from app.services.series.planning import Date
from app.text import _


@dataclass(frozen=True, slots=True)
class Choices:
    """What becomes of dates that clash or lie on a closure."""

    on_clash: OnClash = OnClash.REFUSE
    on_closure: OnClash = OnClash.SKIP
    accept_soft: bool = False
    override_reason: str = ""
    is_tentative: bool = False


@dataclass(frozen=True, slots=True)
class Chosen:
    """The dates to be booked, and those that are not, with the reason."""

    booked: tuple[Date, ...]
    skipped: tuple[tuple[Date, str], ...]


def choose(dates: Sequence[Date], choices: Choices) -> Chosen:
    """Tell which dates are booked; what is refused is found out later.

    Raises:
        SeriesRuleError: A date is no time at all, and it is not left out.
        EmptySeriesError: No date is left.
    """
    booked: list[Date] = []
    skipped: list[tuple[Date, str]] = []
    for one in dates:
        why = _why_skipped(one, choices)
        if why:
            skipped.append((one, why))
        elif one.draft is None:
            raise SeriesRuleError(one.problem)
        else:
            booked.append(one)
    if not booked:
        raise EmptySeriesError
    return Chosen(tuple(booked), tuple(skipped))


def _why_skipped(one: Date, choices: Choices) -> str:
    if one.is_left_out:
        return _("It was left out by choice.")
    if one.draft is None:
        return one.problem if choices.on_clash is OnClash.SKIP else ""
    if one.is_forced:
        return ""
    if one.closed and choices.on_closure is OnClash.SKIP:
        return one.closed
    stopping = checks.hard(one.clashes)
    if stopping and choices.on_clash is OnClash.SKIP:
        return stopping[0].sentence
    return ""


def write_dates(
    transaction: Transaction,
    desk: Desk,
    facts: Facts,
    chosen: Chosen,
    choices: Choices,
    series_id: int,
    contract_id: int | None,
) -> SeriesBooked:
    """Insert the sessions of the chosen dates, and note the ones left out.

    Raises:
        ClashError: A hard clash without a reason, or a soft one not accepted.
        TimeTakenError: At the end of the transaction's block, when another desk was
            faster.
    """
    pairs = [(one, one.draft) for one in chosen.booked if one.draft is not None]
    is_proposal = must_propose(transaction, desk, [draft for _one, draft in pairs])
    reason = settle_clashes(
        desk,
        [clash for one in chosen.booked for clash in one.clashes],
        accept_soft=choices.accept_soft,
        override_reason=choices.override_reason,
    )
    is_tentative = choices.is_tentative or is_proposal
    status = SessionStatus.TENTATIVE if is_tentative else SessionStatus.PLANNED
    common = Common(status, transaction.at, series_id, contract_id)
    new = [_new(one, draft, reason) for one, draft in pairs]
    ids = insert_sessions(transaction, facts, new, common)
    _note_skipped(transaction, chosen, series_id)
    skipped = tuple(Skipped(one.slot_on, why) for one, why in chosen.skipped)
    return SeriesBooked(series_id, tuple(ids), skipped)


def _new(one: Date, draft: Draft, reason: str) -> NewSession:
    return NewSession(
        draft,
        one.slot_at,
        reason if checks.hard(one.clashes) else "",
        (Field.START.value,) if one.is_moved else (),
    )


def _note_skipped(transaction: Transaction, chosen: Chosen, series_id: int) -> None:
    transaction.insert_all(
        SeriesException,
        [
            {"series_id": series_id, "slot_at": one.slot_at, "reason": why}
            for one, why in chosen.skipped
        ],
    )
