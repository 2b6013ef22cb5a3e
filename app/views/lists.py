"""Lists of sessions and documents that several pages show."""

from __future__ import annotations

from datetime import datetime

from app.models.values.schedule import SessionStatus
from app.services.billing.ledger import DocumentRow
from app.services.scheduling.cards import SessionCard
from app.text import _
from app.views.formats import DASH, Formats
from app.views.state import State
from app.views.tables.arranging import SortKey
from app.views.tables.columns import Column
from app.views.tables.view import DataTable

_STATUS_TONES = {
    SessionStatus.HELD: "ok",
    SessionStatus.NO_SHOW: "err",
    SessionStatus.PLANNED: "info",
    SessionStatus.TENTATIVE: "warn",
}
_BILL_TONES = {"paid": "ok", "overdue": "err", "part_paid": "warn", "issued": "info"}


def status_word(status: SessionStatus) -> str:
    """Name what became of a session."""
    words = {
        SessionStatus.PLANNED: _("Planned"),
        SessionStatus.TENTATIVE: _("Tentative"),
        SessionStatus.HELD: _("Held"),
        SessionStatus.NO_SHOW: _("No-show"),
        SessionStatus.CANCELLED_LATE: _("Cancelled late"),
        SessionStatus.CANCELLED_IN_TIME: _("Cancelled in time"),
        SessionStatus.CANCELLED_BY_TUTOR: _("Cancelled by the tutor"),
        SessionStatus.CANCELLED_BY_OFFICE: _("Cancelled by the office"),
    }
    return words.get(status, status.value.replace("_", " ").capitalize())


class SessionsTable(DataTable[SessionCard]):
    """Sessions of somebody or of a period."""

    def __init__(
        self,
        formats: Formats,
        state: State,
        name: str = "student-sessions",
        *,
        newest_first: bool = True,
    ) -> None:
        self._office_formats = formats
        super().__init__(
            (
                Column("day", _("Day"), self._day, "date", _starts, width=128),
                Column("time", _("Time"), self._time, "date", _starts, width=112),
                Column("what", _("What"), _what, "strong", width=200, stretch=True),
                Column("tutor", _("Tutor"), _tutor, width=140),
                Column("who", _("Students"), _students, "muted", width=160),
                Column(
                    "status", _("Status"), _status, "pill", width=168, tone=_status_tone
                ),
            ),
            key=_session_id,
            noun=(_("session"), _("sessions")),
            name=name,
            state=state,
            formats=formats,
        )
        self.sort_by(SortKey("day", is_descending=newest_first))

    def _day(self, card: SessionCard) -> str:
        return self._office_formats.day_of(card.starts_at)

    def _time(self, card: SessionCard) -> str:
        return self._office_formats.times(card.starts_at, card.ends_at)


class DocumentsTable(DataTable[DocumentRow]):
    """The invoices and credit notes of a family, newest first."""

    def __init__(self, formats: Formats, state: State) -> None:
        self._office_formats = formats
        super().__init__(
            (
                Column("number", _("Number"), _number, "strong", width=120),
                Column("payer", _("Payer"), _payer, width=180, stretch=True),
                Column("on", _("Issued"), self._issued, "date", _issued_on, width=116),
                Column("due", _("Due"), self._due, "date", _due_on, width=116),
                Column(
                    "total", _("Total"), self._total, "money", width=104, total=_total
                ),
                Column("open", _("Open"), self._open, "money", width=104, total=_open),
                Column(
                    "status",
                    _("Status"),
                    _bill_status,
                    "pill",
                    width=112,
                    tone=_bill_tone,
                ),
            ),
            key=_document_id,
            noun=(_("document"), _("documents")),
            name="student-documents",
            state=state,
            formats=formats,
        )

    def _issued(self, row: DocumentRow) -> str:
        return self._office_formats.date(row.issued_on)

    def _due(self, row: DocumentRow) -> str:
        return self._office_formats.date(row.due_on) or DASH

    def _total(self, row: DocumentRow) -> str:
        return self._office_formats.amount(row.total, row.currency)

    def _open(self, row: DocumentRow) -> str:
        return self._office_formats.amount(row.open, row.currency)


def _session_id(card: SessionCard) -> int:
    return card.session_id


def _starts(card: SessionCard) -> datetime:
    return card.starts_at


def _what(card: SessionCard) -> str:
    return card.offering


def _tutor(card: SessionCard) -> str:
    return ", ".join(name for _tutor_id, name in card.tutors)


def _students(card: SessionCard) -> str:
    return ", ".join(one.name for one in card.students)


def _status(card: SessionCard) -> str:
    return status_word(card.status)


def _status_tone(card: SessionCard) -> str:
    return _STATUS_TONES.get(card.status, "neutral")


def _document_id(row: DocumentRow) -> int:
    return row.document_id


def _number(row: DocumentRow) -> str:
    return row.number


def _payer(row: DocumentRow) -> str:
    return row.payer


def _issued_on(row: DocumentRow) -> object:
    return row.issued_on


def _due_on(row: DocumentRow) -> object:
    return row.due_on


def _total(row: DocumentRow) -> int:
    return row.total


def _open(row: DocumentRow) -> int:
    return row.open


def _bill_status(row: DocumentRow) -> str:
    return row.status.value.replace("_", " ")


def _bill_tone(row: DocumentRow) -> str:
    return _BILL_TONES.get(row.status.value, "neutral")
