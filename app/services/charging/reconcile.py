"""Brings the charges that stand to what ought to stand now.

A charge that is still right is kept. Another one is replaced while it lies on no
document; afterwards a reversal takes it back. In a locked period a reversal takes it
back in any case, and what is added bears a day of the open period; only what a run
charges for the first time keeps its own, so that the run of its month bills it. What
follows names what it follows. So doing it twice changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from app.models.billing import Charge
from app.models.database import Transaction
from app.services.charging.facts import ChargeContent, Draft
from app.services.charging.wording import both
from app.services.open_days import OpenDays, open_days

_OF_SESSIONS = (
    select(Charge)
    .where(
        Charge.live_key.is_not(None),
        Charge.source == "",
        Charge.session_id.in_(bindparam("ids", expanding=True)),
    )
    .order_by(Charge.id)
)


@dataclass(frozen=True, slots=True)
class Origin:
    """What makes charges: a session's close-out, or a source such as ``enrolment:3``.

    Attributes:
        session_id: the session that the charges are for, if there is one.
        source: empty for a session's own charges.
        period: the month of a flat fee as ``2026-11``, else empty.
    """

    session_id: int | None = None
    source: str = ""
    period: str = ""

    def key(self, draft: Draft) -> str:
        """Name the one place that a live charge of this kind has."""
        where = f"s{self.session_id}/{draft.student_id or 0}"
        if self.source:
            where = f"{self.source}/{self.period}"
        return f"{where}/p{draft.payer_id}/{draft.kind.value}"


@dataclass(frozen=True, slots=True)
class _Step:
    """When charges are brought to what ought to stand, and which days are open."""

    now: datetime
    open: OpenDays

    def must_stand(self, row: Charge) -> bool:
        """Say whether only a reversal may end a charge: billed, or of a locked day."""
        return row.line_id is not None or self.open.is_locked(row.service_on)


@dataclass(frozen=True, slots=True)
class Due:
    """The charges that ought to stand now of one origin.

    Attributes:
        is_first: nothing was charged before, so that a run bills it by its own day.
    """

    origin: Origin
    drafts: Iterable[Draft]
    is_first: bool = False


def reconcile(transaction: Transaction, now: datetime, due: Due) -> None:
    """Keep, replace, reverse and add charges until the drafts are what stands.

    Args:
        transaction: the change that this is a step of.
        now: when it happens, in UTC.
        due: all that ought to stand now of one origin, whose live charges alone are
            touched; drafts of one key are put together.
    """
    _bring(transaction, now, [(due, _live(transaction, due.origin))])


def reconcile_sessions(
    transaction: Transaction,
    now: datetime,
    drafts: Mapping[int, Iterable[Draft]],
    *,
    by_run: bool = False,
) -> None:
    """Do the same for the own charges of several sessions at once, by session.

    Args:
        transaction: the change that this is a step of.
        now: when it happens, in UTC.
        drafts: what ought to stand now, by session.
        by_run: an invoice run charges what it is about to bill.
    """
    known = _ever_charged(transaction, drafts) if by_run else drafts.keys()
    live: dict[int | None, list[Charge]] = defaultdict(list)
    for row in transaction.scalars(_OF_SESSIONS, {"ids": list(drafts)}):
        live[row.session_id].append(row)
    _bring(
        transaction,
        now,
        [
            (Due(Origin(session_id), some, session_id not in known), live[session_id])
            for session_id, some in drafts.items()
        ],
    )


def _ever_charged(
    transaction: Transaction, session_ids: Iterable[int]
) -> Collection[int | None]:
    """Name the sessions that were charged before, even if nothing stands now."""
    return set(
        transaction.scalars(
            select(Charge.session_id).where(
                Charge.session_id.in_(list(session_ids)),
                Charge.source == "",
                Charge.replaced_at.is_(None),
            )
        )
    ) - {None}


def _bring(
    transaction: Transaction,
    now: datetime,
    dues: Sequence[tuple[Due, Sequence[Charge]]],
) -> None:
    step = _Step(now, open_days(transaction))
    rows = [row for due, live in dues for row in _brought(due, live, step)]
    transaction.flush()  # frees the live keys before their successors take them
    transaction.insert_all(Charge, rows)


def _brought(due: Due, live: Sequence[Charge], step: _Step) -> list[dict[str, Any]]:
    """End what no longer holds of one origin, and give the rows that come instead."""
    wanted = _by_key(due.origin, due.drafts)
    ended: list[Charge] = []
    for row in live:
        if is_same(row, wanted.get(row.live_key or "")):
            del wanted[row.live_key or ""]
        else:
            ended.append(row)
    follows = _followed(wanted, ended)
    stands = [row for row in ended if step.must_stand(row)]
    reversals = [_reversal(row, step) for row in stands]
    for row in ended:
        row.live_key = None
        if row not in stands:
            row.replaced_at = step.now
    added = [
        _row(due, draft, step, key, follows.get(key)) for key, draft in wanted.items()
    ]
    return [*reversals, *added]


def is_same(row: Charge, draft: Draft | None) -> bool:
    """Say whether a charge is what it ought to be.

    Its words count only while it lies on no document.
    """
    if draft is None or content_of(row) != draft.content:
        return False
    words = (row.reason, row.rate_source)
    return row.line_id is not None or words == (draft.reason, draft.rate_source)


def content_of(row: Charge) -> ChargeContent:
    """Give what makes a charge the same money for the same thing."""
    return (
        row.original_on or row.service_on,
        row.student_id,
        row.payer_id,
        row.kind,
        row.minutes,
        row.rate,
        row.percent,
        row.tax_code_id,
        row.amount,
    )


def _live(transaction: Transaction, origin: Origin) -> Sequence[Charge]:
    query = (
        select(Charge)
        .where(Charge.live_key.is_not(None), Charge.source == origin.source)
        .order_by(Charge.id)
    )
    if origin.session_id is not None:
        return transaction.scalars(
            query.where(Charge.session_id == origin.session_id)
        ).all()
    return transaction.scalars(
        query.where(
            Charge.session_id.is_(None),
            Charge.period == origin.period,
        )
    ).all()


def _by_key(origin: Origin, drafts: Iterable[Draft]) -> dict[str, Draft]:
    wanted: dict[str, Draft] = {}
    for draft in drafts:
        key = origin.key(draft)
        wanted[key] = _sum(wanted[key], draft) if key in wanted else draft
    return {key: draft for key, draft in wanted.items() if draft.amount}


def _sum(first: Draft, second: Draft) -> Draft:
    return replace(
        first,
        amount=first.amount + second.amount,
        minutes=(first.minutes or 0) + (second.minutes or 0),
        reason=both(first.reason, second.reason),
    )


def _followed(wanted: dict[str, Draft], ended: Sequence[Charge]) -> dict[str, int]:
    """Name for each new charge the ended one that it follows, if there is one."""
    free = list(ended)
    follows: dict[str, int] = {}
    for exactly in (True, False):
        for key, draft in wanted.items():
            if key in follows:
                continue
            for row in free:
                is_key = row.live_key == key
                is_like = (row.student_id, row.payer_id) == (
                    draft.student_id,
                    draft.payer_id,
                )
                if is_key if exactly else is_like:
                    follows[key] = row.id
                    free.remove(row)
                    break
    return follows


def _row(
    due: Due, draft: Draft, step: _Step, key: str, follows: int | None
) -> dict[str, Any]:
    own = {"service_on": draft.service_on, "original_on": None}
    return {
        "session_id": due.origin.session_id,
        "source": due.origin.source,
        "period": due.origin.period,
        **(own if due.is_first else step.open.days(draft.service_on)),
        "student_id": draft.student_id,
        "payer_id": draft.payer_id,
        "kind": draft.kind,
        "minutes": draft.minutes,
        "rate": draft.rate,
        "rate_per": draft.rate_per,
        "rate_source": draft.rate_source,
        "percent": draft.percent,
        "tax_code_id": draft.tax_code_id,
        "amount": draft.amount,
        "reason": draft.reason,
        "made_at": step.now,
        "successor_of_id": follows,
        "live_key": key,
    }


def _reversal(row: Charge, step: _Step) -> dict[str, Any]:
    return {
        "session_id": row.session_id,
        "source": row.source,
        "period": row.period,
        **step.open.days(row.service_on, row.original_on),
        "student_id": row.student_id,
        "payer_id": row.payer_id,
        "kind": row.kind,
        "minutes": None if row.minutes is None else -row.minutes,
        "rate": row.rate,
        "rate_per": row.rate_per,
        "rate_source": row.rate_source,
        "percent": row.percent,
        "tax_code_id": row.tax_code_id,
        "amount": -row.amount,
        "reason": row.reason,
        "made_at": step.now,
        "reverses_id": row.id,
    }
