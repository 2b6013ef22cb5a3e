"""What an invoice run points out before it issues anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, func, select

from app.models.agreements import Lot, LotUse, Package
from app.models.billing import Document
from app.models.catalog import Offering
from app.models.database import Snapshot, Transaction
from app.models.office import OfficeProfile
from app.models.people import Household, Student
from app.models.scheduling import Attendance, Session
from app.models.values.billing import DocumentKind
from app.models.values.money import plain_amount
from app.models.values.schedule import SessionStatus, day_span, wall_clock
from app.services.billing.checklist import missing_on_office
from app.services.billing.requests import InvoiceRunOf, RunException, Trouble
from app.services.billing.sheets import Sheet
from app.services.billing.waiting import Receiver
from app.services.charging.unpriced import unpriced
from app.text import _

BIG_CHANGE = 30  # percent
_AHEAD = (SessionStatus.TENTATIVE, SessionStatus.PLANNED)


def of_office(
    work: Snapshot | Transaction, office: OfficeProfile
) -> Iterator[RunException]:
    """Say what the office's own record lacks."""
    for sentence in missing_on_office(work, office):
        yield RunException(Trouble.OFFICE_DATA, sentence)


def of_sessions(
    work: Snapshot | Transaction, of: InvoiceRunOf, zone: ZoneInfo, now: datetime
) -> Iterator[RunException]:
    """Name the period's past sessions that are open, and those without a price."""
    span = [
        Session.starts_at >= day_span(of.from_on, zone).start,
        Session.starts_at < day_span(of.until_on, zone).end,
    ]
    if of.household_ids is not None:
        span.append(Household.id.in_(of.household_ids))
    open_ones = [Session.status.in_(_AHEAD), Session.ends_at <= now]
    for household_id, session_id, what in _places(work, [*span, *open_ones], zone):
        sentence = _("{what} is not closed out, so it cannot be billed yet.")
        yield RunException(
            Trouble.NOT_CLOSED,
            sentence.format(what=what),
            household_id=household_id,
            session_id=session_id,
        )
    for place in unpriced(work, of.from_on, of.until_on, of.household_ids):
        yield RunException(
            Trouble.NO_RATE,
            place.sentence,
            household_id=place.household_id,
            session_id=place.session_id,
        )


def _places(
    work: Snapshot | Transaction, conditions: Sequence[Any], zone: ZoneInfo
) -> Iterator[tuple[int, int, str]]:
    query = (
        select(
            Household.id,
            Session.id,
            Offering.name,
            Session.starts_at,
            func.min(Student.name),
        )
        .join(Student, Student.household_id == Household.id)
        .join(Attendance, Attendance.student_id == Student.id)
        .join(Session, Session.id == Attendance.session_id)
        .join(Offering, Offering.id == Session.offering_id)
        .where(*conditions)
        .group_by(Household.id, Session.id, Offering.name, Session.starts_at)
        .order_by(Session.starts_at, Session.id, Household.id)
    )
    for household_id, session_id, name, starts_at, student in work.rows(query):
        yield (
            household_id,
            session_id,
            _("{offering} of {student} on {start:%d %b %Y at %H:%M}").format(
                offering=name, student=student, start=wall_clock(starts_at, zone)
            ),
        )


def of_receiver(receiver: Receiver, office: OfficeProfile) -> Iterator[RunException]:
    """Say what is missing to address a payer."""
    lacks = [
        (Trouble.NO_NAME, receiver.name, _("A payer of “{family}” has no name.")),
        (
            Trouble.NO_ADDRESS,
            receiver.address,
            _("{payer} of “{family}” has no address; an invoice needs one."),
        ),
    ]
    if receiver.channel == "email":
        sentence = _("{payer} of “{family}” has no e-mail address to send it to.")
        lacks.append((Trouble.NO_EMAIL, receiver.email, sentence))
    for kind, text, sentence in lacks:
        if not text.strip():
            yield _of(receiver, kind, sentence)
    if receiver.currency != office.currency:
        sentence = _(
            "“{family}” pays in {currency}, not in the office's own currency; check "
            "that its prices are meant so."
        )
        yield _of(receiver, Trouble.CURRENCY, sentence)


def _of(receiver: Receiver, kind: Trouble, sentence: str, **more: str) -> RunException:
    text = sentence.format(
        payer=receiver.name,
        family=receiver.household,
        currency=receiver.currency,
        **more,
    )
    return RunException(kind, text, receiver.household_id, receiver.payer_id)


def of_waiting(receiver: Receiver, *, is_approved: bool) -> RunException:
    """Say why charges stay where they are."""
    if is_approved:
        sentence = _(
            "The charges of {payer} cancel each other exactly; they wait for the next "
            "document."
        )
        return _of(receiver, Trouble.SUMS_TO_NOTHING, sentence)
    sentence = _("Close-outs of “{family}” wait for approval before they are billed.")
    return _of(receiver, Trouble.NOT_APPROVED, sentence)


@dataclass(frozen=True, slots=True)
class LastInvoice:
    """A payer's latest invoice."""

    total: int
    currency: str
    number: str


def last_invoices(work: Snapshot | Transaction) -> dict[int, LastInvoice]:
    """Give each payer's latest invoice."""
    return work.once(Document, _last_invoices)


def _last_invoices(work: Snapshot | Transaction) -> dict[int, LastInvoice]:
    """Read them."""
    newest = (
        select(func.max(Document.id))
        .where(Document.kind == DocumentKind.INVOICE)
        .group_by(Document.payer_id)
    )
    query = select(
        Document.payer_id, Document.total, Document.currency, Document.number
    )
    return {
        payer_id: LastInvoice(total, currency, number)
        for payer_id, total, currency, number in work.rows(
            query.where(Document.id.in_(newest))
        )
    }


def of_changes(
    work: Snapshot | Transaction, sheets: Sequence[Sheet]
) -> Iterator[RunException]:
    """Point out invoices that differ much from the last, and in currency."""
    last = last_invoices(work)
    for sheet in sheets:
        receiver, total = sheet.receiver, sheet.totals.total
        if receiver.payer_id not in last:
            continue
        former = last[receiver.payer_id]
        if former.currency != receiver.currency:
            sentence = _("{payer} was billed in {before} before, now in {currency}.")
            yield _of(receiver, Trouble.CURRENCY, sentence, before=former.currency)
        elif sheet.kind is DocumentKind.INVOICE and is_big_change(former.total, total):
            yield _of(
                receiver,
                Trouble.BIG_CHANGE,
                _("{payer} gets {now} {currency} after {before} on {number}."),
                now=plain_amount(total, receiver.currency),
                before=plain_amount(former.total, former.currency),
                number=former.number,
            )


def is_big_change(former: int, total: int) -> bool:
    """Say whether a total differs by more than 30 percent from the last one."""
    return former > 0 and abs(total - former) * 100 > BIG_CHANGE * former


def of_packages(
    work: Snapshot | Transaction, of: InvoiceRunOf, household_ids: Sequence[int]
) -> Iterator[RunException]:
    """Name the packages that were used up in the period."""
    used = func.coalesce(func.sum(LotUse.units), 0)
    query = (
        select(Lot.household_id, Package.name, func.max(LotUse.used_on))
        .join(Package, Package.id == Lot.package_id)
        .join(LotUse, and_(LotUse.lot_id == Lot.id, LotUse.returned_at.is_(None)))
        .where(Lot.household_id.in_(household_ids))
        .group_by(
            Lot.id,
            Lot.household_id,
            Package.name,
            Lot.granted,
            Lot.forfeited,
            Lot.refunded,
        )
        .having(used + Lot.forfeited + Lot.refunded >= Lot.granted)
        .order_by(Lot.id)
    )
    for household_id, name, last in work.rows(query):
        if of.from_on <= last <= of.until_on:
            sentence = _("The package “{name}” was used up on {day:%d %b %Y}.")
            yield RunException(
                Trouble.PACKAGE_USED_UP,
                sentence.format(name=name, day=last),
                household_id=household_id,
            )
