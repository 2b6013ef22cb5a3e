"""What makes the office's rules ask for something to be done.

Late close-outs (by the policy's working days, the office's closures and its wall
clock), tutors' papers that run out, and invoices past their day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from app.models.billing import Document
from app.models.catalog import Offering
from app.models.closing import CloseOut
from app.models.database import Transaction
from app.models.people import Payer, Tutor, TutorDocument
from app.models.scheduling import Session, SessionTutor
from app.models.values.billing import DocumentKind
from app.models.values.money import plain_amount
from app.models.values.policies import CloseOutDue
from app.models.values.schedule import (
    CloseOutState,
    SessionStatus,
    TutorPart,
    local_date,
    wall_clock,
)
from app.services.billing.accounts import settled_by_invoice
from app.services.closing.due import closed_days, due_at
from app.services.desk import Desk, zone
from app.services.policies import Concern, rule_for
from app.text import _

PAPERS_AHEAD = timedelta(days=30)
_CANCELLED = tuple(status for status in SessionStatus if status.is_cancelled)


@dataclass(frozen=True, slots=True)
class Cause:
    """Something that has to be done, as a rule found it.

    Attributes:
        key: the same for the same cause, whenever it is looked for.
        rule: the rule's name.
    """

    key: str
    rule: str
    what: str
    about_kind: str
    about_id: int
    due_on: date


def causes(transaction: Transaction, desk: Desk) -> Iterator[Cause]:
    """Look for everything that the office's rules ask for now."""
    here = zone(transaction)
    yield from _late_close_outs(transaction, desk.at(transaction), here)
    today = local_date(desk.at(transaction), here)
    yield from _papers(transaction, today)
    yield from _overdue_invoices(transaction, today)


def _late_close_outs(
    transaction: Transaction, now: datetime, here: ZoneInfo
) -> Iterator[Cause]:
    closed = closed_days(transaction)
    known: dict[tuple[date, Concern], CloseOutDue] = {}
    for (
        session_id,
        starts_at,
        ends_at,
        offering_id,
        offering,
        tutor_id,
        tutor,
    ) in _unclosed(transaction, now):
        on = local_date(starts_at, here)
        concern = Concern(tutor_id=tutor_id, offering_id=offering_id)
        if (on, concern) not in known:
            known[on, concern] = rule_for(transaction, CloseOutDue, on, concern)
        due = due_at(ends_at, known[on, concern], closed, here)
        if now <= due:
            continue
        yield Cause(
            key=f"close_out:{session_id}",
            rule="late_close_out",
            what=_("Close-out is late: {offering}, {start}, {tutor}").format(
                offering=offering[:60],
                start=f"{wall_clock(starts_at, here):%d %b %Y %H:%M}",
                tutor=tutor[:60],
            ),
            about_kind="session",
            about_id=session_id,
            due_on=local_date(due, here),
        )


def _unclosed(
    transaction: Transaction, now: datetime
) -> list[tuple[int, datetime, datetime, int, str, int, str]]:
    query = (
        select(
            Session.id,
            Session.starts_at,
            Session.ends_at,
            Session.offering_id,
            Offering.name,
            Tutor.id,
            Tutor.name,
        )
        .join(Offering, Offering.id == Session.offering_id)
        .join(SessionTutor, SessionTutor.session_id == Session.id)
        .join(Tutor, Tutor.id == SessionTutor.tutor_id)
        .outerjoin(CloseOut, CloseOut.session_id == Session.id)
        .where(
            Session.ends_at <= now,
            Session.status.not_in(_CANCELLED),
            SessionTutor.part != TutorPart.ADDITIONAL,
            or_(CloseOut.id.is_(None), CloseOut.state == CloseOutState.OPEN),
        )
        .order_by(Session.starts_at, Session.id, SessionTutor.position.desc())
    )
    rows = transaction.execute(query)
    return list({row[0]: row for row in rows}.values())  # the first tutor's row stays


def _papers(transaction: Transaction, today: date) -> Iterator[Cause]:
    query = (
        select(
            TutorDocument.id,
            TutorDocument.tutor_id,
            TutorDocument.kind,
            TutorDocument.expires_on,
            Tutor.name,
        )
        .join(Tutor, Tutor.id == TutorDocument.tutor_id)
        .where(TutorDocument.archived_at.is_(None), Tutor.archived_at.is_(None))
        .order_by(TutorDocument.id)
    )
    newest: dict[tuple[int, str], tuple[date, int, str]] = {}
    for document_id, tutor_id, kind, expires_on, tutor in transaction.execute(query):
        found = (expires_on or date.max, document_id, tutor)
        key = (tutor_id, kind.casefold())
        newest[key] = max(newest.get(key, found), found)
    for (_tutor_id, kind), (expires_on, document_id, tutor) in newest.items():
        if expires_on > today + PAPERS_AHEAD:
            continue
        yield Cause(
            key=f"paper:{document_id}:{expires_on.isoformat()}",
            rule="expiring_paper",
            what=_("Paper runs out on {day}: {kind} of {tutor}").format(
                day=f"{expires_on:%d %b %Y}", kind=kind[:60], tutor=tutor[:60]
            ),
            about_kind="tutor_document",
            about_id=document_id,
            due_on=expires_on,
        )


def _overdue_invoices(transaction: Transaction, today: date) -> Iterator[Cause]:
    query = (
        select(
            Document.id,
            Document.number,
            Document.due_on,
            Document.total,
            Document.currency,
            Payer.name,
        )
        .join(Payer, Payer.id == Document.payer_id)
        .where(Document.kind == DocumentKind.INVOICE, Document.due_on < today)
        .order_by(Document.id)
    )
    rows = transaction.execute(query).all()
    settled = settled_by_invoice(transaction)
    for document_id, number, due_on, total, currency, payer in rows:
        rest = total - settled.get(document_id, 0)
        if rest <= 0 or due_on is None:
            continue
        yield Cause(
            key=f"invoice:{document_id}",
            rule="overdue_invoice",
            what=_("Invoice {number} of {payer} is overdue: {amount} open").format(
                number=number,
                payer=payer[:60],
                amount=f"{plain_amount(rest, currency)} {currency}",
            ),
            about_kind="document",
            about_id=document_id,
            due_on=due_on,
        )
