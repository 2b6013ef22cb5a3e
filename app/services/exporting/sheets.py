"""The sheets with a shape of their own: sessions, documents and their lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy import func, select

from app.models.billing import Allocation, Document, DocumentLine, WriteOff
from app.models.closing import CloseOut
from app.models.database import Snapshot
from app.models.people import Payer
from app.models.scheduling import Attendance, Session, SessionTutor
from app.models.values.billing import DocumentKind
from app.models.values.schedule import CloseOutState
from app.services.exporting.tables import Field, Sheet, id_list, instant_text, plain

_SESSION_FIELDS = (
    Field("id", "integer"),
    Field("starts_at", "instant", "planned"),
    Field("ends_at", "instant", "planned"),
    Field("actual_starts_at", "instant", "the main tutor's"),
    Field("actual_ends_at", "instant", "the main tutor's"),
    Field("status", "text"),
    Field("close_out", "text", "open, closed, reviewed or approved"),
    Field("series", "integer"),
    Field("offering", "integer"),
    Field("room", "integer"),
    Field("place", "integer"),
    Field("tutors", "list", "ids, the main tutor first"),
    Field("students", "list", "ids of those who have not cancelled"),
    Field("placement", "integer"),
    Field("contract", "integer"),
    Field("make_up_of", "integer"),
    Field("cancelled_at", "instant"),
    Field("cancelled_by", "text"),
    Field("notice_minutes", "integer"),
    Field("override_reason", "text"),
)


def session_sheet(snapshot: Snapshot) -> Sheet:
    """Make the sheet of all sessions, with who takes part."""
    return Sheet("sessions", _SESSION_FIELDS, _session_rows(snapshot))


def _session_rows(snapshot: Snapshot) -> Iterator[Sequence[str]]:
    tutors: dict[int, list[SessionTutor]] = defaultdict(list)
    for part in snapshot.scalars(select(SessionTutor).order_by(SessionTutor.position)):
        tutors[part.session_id].append(part)
    students: dict[int, list[int]] = defaultdict(list)
    for place in snapshot.scalars(select(Attendance).order_by(Attendance.position)):
        if not place.state.is_cancelled:
            students[place.session_id].append(place.student_id)
    states = dict(snapshot.execute(select(CloseOut.session_id, CloseOut.state)).all())
    for session in snapshot.scalars(select(Session).order_by(Session.id)):
        main = next(iter(tutors[session.id]), None)
        state = states.get(session.id, CloseOutState.OPEN)
        yield [
            str(session.id),
            instant_text(session.starts_at),
            instant_text(session.ends_at),
            *_actual(session, main),
            session.status.value,
            state.value,
            *(plain(row_id) for row_id in (session.series_id, session.offering_id)),
            *(plain(row_id) for row_id in (session.room_id, session.place_id)),
            id_list([part.tutor_id for part in tutors[session.id]]),
            id_list(students[session.id]),
            plain(session.placement_id),
            plain(session.contract_id),
            plain(session.make_up_of_id),
            instant_text(session.cancelled_at),
            plain(session.cancelled_by),
            plain(session.notice_minutes),
            plain(session.override_reason),
        ]


def _actual(session: Session, main: SessionTutor | None) -> tuple[str, str]:
    if main is None or main.actual_minutes is None:
        return "", ""
    start = main.actual_starts_at or session.starts_at
    end = start + timedelta(minutes=main.actual_minutes)
    return instant_text(start), instant_text(end)


_DOCUMENT_FIELDS = (
    Field("number", "text"),
    Field("payer", "integer"),
    Field("issued_on", "date"),
    Field("due_on", "date"),
    Field("net", "amount"),
    Field("tax", "amount"),
    Field("total", "amount"),
    Field("open", "amount", "still to be paid; of a credit note: not yet used"),
    Field("currency", "text"),
    Field("payer_name", "text"),
    Field("household", "integer"),
    Field("from_on", "date"),
    Field("until_on", "date"),
    Field("original", "text", "of a credit note: the invoice it amends"),
    Field("reason", "text"),
    Field("id", "integer"),
)


def document_sheet(snapshot: Snapshot, kind: DocumentKind) -> Sheet:
    """Make the sheet of all issued documents of a kind."""
    return Sheet(f"{kind.value}s", _DOCUMENT_FIELDS, _document_rows(snapshot, kind))


def _document_rows(snapshot: Snapshot, kind: DocumentKind) -> Iterator[Sequence[str]]:
    is_invoice = kind is DocumentKind.INVOICE
    key = Allocation.invoice_id if is_invoice else Allocation.credit_note_id
    settled: dict[int | None, int] = defaultdict(int)
    for row_id, amount in snapshot.execute(
        select(key, func.sum(Allocation.amount)).group_by(key)
    ):
        settled[row_id] += int(amount)
    if is_invoice:
        for row_id, amount in snapshot.execute(
            select(WriteOff.invoice_id, func.sum(WriteOff.amount)).group_by(
                WriteOff.invoice_id
            )
        ):
            settled[row_id] += int(amount)
    names = dict(snapshot.execute(select(Payer.id, Payer.name)).all())
    numbers = dict(snapshot.execute(select(Document.id, Document.number)).all())
    query = select(Document).where(Document.kind == kind).order_by(Document.id)
    for document in snapshot.scalars(query):
        yield [
            plain(document.number),
            *(plain(value) for value in (document.payer_id, document.issued_on)),
            plain(document.due_on),
            *(plain(value) for value in (document.net, document.tax, document.total)),
            plain(document.total - settled[document.id]),
            document.currency,
            plain(names[document.payer_id]),
            plain(document.household_id),
            *(plain(value) for value in (document.from_on, document.until_on)),
            plain(numbers.get(document.original_id or 0)),
            plain(document.reason),
            plain(document.id),
        ]


_LINE_FIELDS = (
    Field("document", "text"),
    Field("charge", "integer"),
    Field("session", "integer"),
    Field("student", "integer"),
    Field("kind", "text"),
    Field("amount", "amount"),
    Field("document_discount", "amount", "this line's part of a discount on the whole"),
    Field("minutes", "integer"),
    Field("rate", "amount", "per hour or session"),
    Field("service_on", "date"),
    Field("tax_rate", "percent"),
    Field("text", "text"),
    Field("note", "text"),
    Field("currency", "text"),
    Field("position", "integer"),
)


def line_sheet(snapshot: Snapshot, kind: DocumentKind) -> Sheet:
    """Make the sheet of all lines of issued documents of a kind."""
    first = Field(kind.value, "text", "the document's number")
    return Sheet(
        f"{kind.value}_lines",
        (first, *_LINE_FIELDS[1:]),
        _line_rows(snapshot, kind),
    )


def _line_rows(snapshot: Snapshot, kind: DocumentKind) -> Iterator[Sequence[str]]:
    query = (
        select(DocumentLine, Document.number, Document.currency)
        .join(Document, Document.id == DocumentLine.document_id)
        .where(Document.kind == kind)
        .order_by(DocumentLine.document_id, DocumentLine.position)
    )
    for line, number, currency in snapshot.execute(query):
        values = (
            *(line.charge_id, line.session_id, line.student_id, line.kind),
            *(line.amount, line.document_discount, line.minutes, line.rate),
            *(line.service_on, line.tax_rate, line.text, line.note),
        )
        yield [
            plain(number),
            *(plain(value) for value in values),
            currency,
            plain(line.position),
        ]
