"""Pay statements for paper and for payroll programs, from frozen data alone."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

from app.models.payroll import PayLine, PayStatement
from app.models.values.money import plain_amount
from app.models.values.payroll import Engagement, PayKind
from app.services.documents import values
from app.services.payroll.faces import short_words
from app.services.payroll.sums import TIMED
from app.services.sheets import cell
from app.text import _

COLUMNS = (
    "statement",
    "tutor",
    "kind",
    "service date",
    "session start",
    "minutes",
    "hours",
    "rate",
    "amount",
    "claim",
    "reason",
)
_HOUR = 60
_ONE = {
    PayKind.NO_SHOW: _("nobody came"),
    PayKind.LATE_CANCEL: _("cancelled"),
    PayKind.PREPARATION: _("preparation"),
    PayKind.TRAVEL_TIME: _("travel time"),
    PayKind.MILEAGE: _("mileage"),
    PayKind.EXPENSE: _("expense"),
}


def document_of(row: PayStatement) -> values.PayStatement:
    """Give a frozen statement as a document; nothing else is read."""
    face: dict[str, Any] = row.face
    tutor = face["tutor"]
    return values.PayStatement(
        number=row.number,
        contractor=row.engagement is Engagement.CONTRACTOR,
        first_day=date.fromisoformat(face["from_on"]),
        last_day=date.fromisoformat(face["until_on"]),
        pay_day=date.fromisoformat(face["on"]),
        tutor=values.Party(tutor["name"], tuple(tutor["address"])),
        account=tutor["account"],
        currency=row.currency,
        minutes=row.minutes,
        gross=row.gross,
        deducted=row.deducted,
        net=row.net,
        earnings=tuple(
            values.Earning(
                one["label"],
                one["amount"],
                one["minutes"],
                one["rate"],
                one["detail"],
                is_holiday=one["kind"] == PayKind.HOLIDAY.value,
            )
            for one in face["earnings"]
        ),
        deductions=tuple(
            values.Deduction(one["purpose"], one["is_fixed"], one["amount"])
            for one in face["deductions"]
        ),
        year_to_date=_year(face["year"]),
        year_minutes=face["year"].get("minutes"),
        sessions=tuple(_session(one) for one in face["sessions"]),
        note=face["note"],
        their_invoice=row.their_invoice,
    )


def _year(year: dict[str, Any]) -> tuple[values.Entry, ...]:
    """Give the year's sums first, then its kinds of pay under short names."""
    return (
        values.Entry(_("Gross"), year["gross"]),
        values.Entry(_("Deductions"), -year["deducted"]),
        values.Entry(_("Net"), year["net"]),
        *(
            values.Entry(short_words(kind), year["kinds"][kind.value])
            for kind in PayKind
            if kind.value in year["kinds"]
        ),
    )


def _session(one: dict[str, Any]) -> values.PaidSession:
    start = datetime.fromisoformat(one["start"])
    end = start + timedelta(minutes=one["taught_minutes"])
    notes = [_ONE[kind]] if (kind := PayKind(one["kind"])) in _ONE else []
    if one["is_late"]:
        notes.append(_("from an earlier period"))
    return values.PaidSession(
        day=start.date(),
        start=start.time(),
        end=end.time(),
        initials=one["initials"],
        kind=", ".join(notes),
        minutes=one["minutes"],
        rate=one["rate"] or 0,
        amount=one["amount"],
    )


def pay_csv(statements: Iterable[tuple[PayStatement, Iterable[PayLine]]]) -> str:
    """Write locked lines as a table for a payroll program, one row a line.

    The columns: ``statement`` (its number), ``tutor`` (name as frozen), ``kind`` (of
    pay), ``service date`` (2026-11-10), ``session start`` (office wall clock,
    2026-11-10T16:00, empty without a session), ``minutes`` (paid, negative in
    corrections, empty where pay is not by time), ``hours`` (the same with two
    decimals, for showing only), ``rate`` (per hour, session, student-hour, mile or
    kilometre, plain decimals), ``amount`` (plain decimals of the currency of pay),
    ``claim`` (the single expense, journey or entry) and ``reason`` (in words). Comma,
    CRLF; texts that a spreadsheet would run are defused, numbers never.
    """
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for statement, lines in statements:
        starts = {one["line_id"]: one["start"] for one in statement.face["sessions"]}
        rows = {line.id: line for line in lines}
        for line_id in statement.face["line_ids"]:
            writer.writerow(_row(statement, rows[line_id], starts.get(line_id, "")))
    return out.getvalue()


def _row(statement: PayStatement, line: PayLine, start: str) -> list[str]:
    minutes = line.minutes if line.kind in TIMED else None
    rate = "" if line.rate is None else plain_amount(line.rate, statement.currency)
    if line.distance_rate is not None:
        rate = f"{line.distance_rate:f}"
    return [
        cell(statement.number),
        cell(statement.face["tutor"]["name"]),
        cell(line.kind.value),
        line.service_on.isoformat(),
        start,
        "" if minutes is None else str(minutes),
        "" if minutes is None else f"{Decimal(minutes) / _HOUR:.2f}",
        rate,
        plain_amount(line.amount, statement.currency),
        cell(line.claim),
        cell(line.reason),
    ]
