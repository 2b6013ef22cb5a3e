"""What the sample office came to: its documents in a folder, counts and sums."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.models.billing import Charge, Document, Payment
from app.models.closing import CloseOut
from app.models.database import Snapshot
from app.models.office import OfficeProfile
from app.models.payroll import PayStatement
from app.models.people import Household, Student, Tutor
from app.models.scheduling import Session
from app.models.values.billing import DocumentKind, HouseholdKind
from app.models.values.money import plain_amount
from app.models.values.schedule import SessionStatus
from app.services.demo.story import Told
from app.services.desk import Desk
from app.services.documents.naming import file_name
from app.services.office import Office
from app.services.printing.files import write_file
from app.services.printing.printing import PeriodOf

_NOTES = 3


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts and sums of the sample office.

    Attributes:
        office: its address.
        former: where the sample that lay there before is kept, if it is.
    """

    office: str
    counts: dict[str, int]
    sums: dict[str, str]
    former: Path | None = None

    def plain(self) -> dict[str, Any]:
        """Give it as JSON values."""
        return {"office": self.office, "counts": self.counts, "sums": self.sums}


def write_documents(office: Office, told: Told, folder: Path, today: date) -> None:
    """Write the documents of the story's months, this week's schedules, some notes."""
    for month in told.months:
        period = PeriodOf(month.from_on, month.until_on, month.on)
        office.printing.write_documents(folder / "invoices", period)
        office.printing.write_pay(folder / "pay", period)
    monday = today - timedelta(days=today.weekday())
    for tutor_id, tutor in told.sample.tutors.items():
        name = file_name(f"{monday}", tutor.name, "Week")
        content = office.printing.week(tutor_id, monday)
        write_file(folder / "schedules" / name, content)


def write_notes(office: Office, desk: Desk, folder: Path) -> None:
    """Write the family's notes of the last sessions that were closed out."""
    with desk.snapshot() as snapshot:
        query = (
            select(CloseOut.session_id)
            .join(Session, Session.id == CloseOut.session_id)
            .where(Session.status == SessionStatus.HELD)
            .order_by(CloseOut.id.desc())
            .limit(_NOTES)
        )
        session_ids = snapshot.scalars(query).all()
    for session_id in session_ids:
        for student in office.close_outs.report(session_id).students:
            name = file_name(f"{session_id:05}", student.name, "Session note")
            content = office.printing.session_note(session_id, student.student_id)
            write_file(folder / "notes" / name, content)


def summarise(desk: Desk, address: str) -> Summary:
    """Count and add up what the sample office holds."""
    with desk.snapshot() as snapshot:
        profile = snapshot.scalars(select(OfficeProfile)).one()
        return Summary(address, _counts(snapshot), _sums(snapshot, profile.currency))


def write_summary(summary: Summary, folder: Path) -> None:
    """Write ``summary.json``."""
    text = json.dumps(summary.plain(), indent=2, ensure_ascii=False)
    write_file(folder / "summary.json", f"{text}\n".encode())


def _counts(snapshot: Snapshot) -> dict[str, int]:
    def count(*conditions: Any, of: Any) -> int:  # noqa: ANN401  any column
        """Count the rows of a table."""
        return int(snapshot.scalar(select(func.count(of.id)).where(*conditions)) or 0)

    return {
        "households": count(Household.kind == HouseholdKind.FAMILY, of=Household),
        "students": count(of=Student),
        "tutors": count(of=Tutor),
        "sessions": count(of=Session),
        "held": count(Session.status == SessionStatus.HELD, of=Session),
        "invoices": count(Document.kind == DocumentKind.INVOICE, of=Document),
        "pay_statements": count(of=PayStatement),
    }


def _sums(snapshot: Snapshot, currency: str) -> dict[str, str]:
    charged = select(func.sum(Charge.amount)).where(Charge.live_key.is_not(None))
    invoiced = select(func.sum(Document.total)).where(
        Document.kind == DocumentKind.INVOICE
    )
    sums = {
        "charged": charged,
        "invoiced": invoiced,
        "paid": select(func.sum(Payment.amount)),
        "pay": select(func.sum(PayStatement.gross)),
    }
    return {
        name: plain_amount(int(snapshot.scalar(query) or 0), currency)
        for name, query in sums.items()
    }
