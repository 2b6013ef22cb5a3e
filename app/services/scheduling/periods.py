"""Everything a calendar shows of a stretch of time, read at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from sqlalchemy import select

from app.models.billing import Charge, Document, DocumentLine
from app.models.catalog import Closure, Offering
from app.models.closing import Note
from app.models.database import Snapshot, Transaction
from app.models.people import Household, Payer, Tutor, TutorException
from app.models.values.people import ExceptionKind, TravelMeans
from app.models.values.schedule import TimeSpan, local_date
from app.services.availability.loading import TutorTimes, load_free
from app.services.desk import zone
from app.services.places.travel import TravelTable
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.occupancy import in_batches


@dataclass(frozen=True, slots=True)
class Mark:
    """What a session's block shows besides its card.

    Attributes:
        invoice: the number of the document that it lies on; empty if none.
        has_note: somebody wrote a note about it.
        before: minutes that its offering keeps free before it.
        after: minutes that its offering keeps free after it.
        travel: minutes of the main tutor's way to it from the session before.
        charge: what is charged for it so far, in minor units; for the office only.
        currency: of the charge; empty if nothing is charged, or in several.
    """

    invoice: str = ""
    has_note: bool = False
    before: int = 0
    after: int = 0
    travel: int = 0
    charge: int = 0
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    """A tutor's leave or extra time."""

    tutor_id: int
    span: TimeSpan
    reason: str
    is_extra: bool


@dataclass(frozen=True, slots=True)
class Closed:
    """Days on which the office is closed; ``until_on`` is the last."""

    name: str
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time as a calendar shows it.

    Attributes:
        cards: earliest first.
        marks: by session id.
        times: when tutors can, by tutor id.
    """

    span: TimeSpan
    cards: tuple[SessionCard, ...]
    marks: Mapping[int, Mark]
    times: Mapping[int, TutorTimes]
    away: tuple[Away, ...]
    closed: tuple[Closed, ...]


def period_of(
    work: Snapshot | Transaction,
    span: TimeSpan,
    cards: tuple[SessionCard, ...],
    tutor_ids: Collection[int],
    *,
    with_money: bool,
) -> Period:
    """Read what belongs to some cards and tutors of a span."""
    return Period(
        span,
        cards,
        _marks(work, cards, with_money=with_money),
        load_free(work, tutor_ids, span),
        _away(work, span, tutor_ids),
        _closed(work, span),
    )


def working_tutors(work: Snapshot | Transaction) -> list[int]:
    """List the tutors who are not archived."""
    return list(work.scalars(select(Tutor.id).where(Tutor.archived_at.is_(None))))


@dataclass(slots=True)
class _Charged:
    invoice: str = ""
    amount: int = 0
    currencies: set[str] = field(default_factory=set)

    @property
    def currency(self) -> str:
        return "".join(self.currencies) if len(self.currencies) == 1 else ""


def _marks(
    work: Snapshot | Transaction, cards: Sequence[SessionCard], *, with_money: bool
) -> dict[int, Mark]:
    ids = [card.session_id for card in cards]
    charged, noted = _charged(work, ids), _noted(work, ids)
    nothing = _Charged()
    travel = _travel(work, cards)
    buffers = {
        row_id: (before, after)
        for row_id, before, after in work.execute(
            select(Offering.id, Offering.buffer_before, Offering.buffer_after)
        )
    }
    found: dict[int, Mark] = {}
    for card in cards:
        money = charged.get(card.session_id, nothing)
        found[card.session_id] = Mark(
            money.invoice,
            card.session_id in noted,
            *buffers[card.offering_id],
            travel.get(card.session_id, 0),
            money.amount if with_money and money.currency else 0,
            money.currency if with_money else "",
        )
    return found


def _charged(work: Snapshot | Transaction, ids: Collection[int]) -> dict[int, _Charged]:
    """Add up what is charged for each session, and name its latest document."""
    found: dict[int, _Charged] = defaultdict(_Charged)
    for some in in_batches(ids):
        rows = work.execute(
            select(
                Charge.session_id, Charge.amount, Household.currency, Document.number
            )
            .join(Payer, Payer.id == Charge.payer_id)
            .join(Household, Household.id == Payer.household_id)
            .outerjoin(DocumentLine, DocumentLine.id == Charge.line_id)
            .outerjoin(Document, Document.id == DocumentLine.document_id)
            .where(Charge.session_id.in_(some), Charge.live_key.is_not(None))
            .order_by(Charge.id)
        )
        for session_id, amount, currency, number in rows:
            one = found[session_id or 0]
            one.amount += amount
            one.currencies.add(currency)
            one.invoice = number or one.invoice
    return found


def _noted(work: Snapshot | Transaction, ids: Collection[int]) -> set[int]:
    found: set[int] = set()
    for some in in_batches(ids):
        query = select(Note.session_id).where(Note.session_id.in_(some)).distinct()
        found |= set(work.scalars(query))
    return found


def _travel(
    work: Snapshot | Transaction, cards: Sequence[SessionCard]
) -> dict[int, int]:
    """Give the minutes of the way from the session before, on the same day."""
    if len({card.place_id for card in cards} - {None}) <= 1:
        return {}
    here, table, means = zone(work), TravelTable.load(work), _means(work)
    held: dict[tuple[int, date], list[SessionCard]] = defaultdict(list)
    for card in cards:
        if card.tutors and not card.status.is_cancelled:
            day = local_date(card.starts_at, here)
            held[card.tutors[0][0], day].append(card)
    found: dict[int, int] = {}
    for (tutor_id, _day), day_cards in held.items():
        for former, later in pairwise(day_cards):
            if former.place_id and later.place_id:
                found[later.session_id] = table.minutes(
                    former.place_id, later.place_id, *means[tutor_id]
                )
    return found


def _means(
    work: Snapshot | Transaction,
) -> dict[int, tuple[TravelMeans, int | None]]:
    rows = work.execute(select(Tutor.id, Tutor.means, Tutor.speed_kmh))
    return {row_id: (means, speed) for row_id, means, speed in rows}


def _away(
    work: Snapshot | Transaction, span: TimeSpan, tutor_ids: Collection[int]
) -> tuple[Away, ...]:
    rows = work.execute(
        select(
            TutorException.tutor_id,
            TutorException.starts_at,
            TutorException.ends_at,
            TutorException.reason,
            TutorException.kind,
        )
        .where(
            TutorException.tutor_id.in_(tutor_ids),
            TutorException.starts_at < span.end,
            TutorException.ends_at > span.start,
            TutorException.archived_at.is_(None),
        )
        .order_by(TutorException.starts_at, TutorException.id)
    )
    return tuple(
        Away(tutor_id, TimeSpan(start, end), reason, kind is ExceptionKind.EXTRA)
        for tutor_id, start, end, reason, kind in rows
    )


def _closed(work: Snapshot | Transaction, span: TimeSpan) -> tuple[Closed, ...]:
    here = zone(work)
    rows = work.execute(
        select(Closure.name, Closure.from_on, Closure.until_on)
        .where(
            Closure.from_on <= local_date(span.end, here),
            Closure.until_on >= local_date(span.start, here),
            Closure.archived_at.is_(None),
        )
        .order_by(Closure.from_on, Closure.id)
    )
    return tuple(Closed(*row) for row in rows)
