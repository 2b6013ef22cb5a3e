"""The month's money: the invoice run and the pay run of a period."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.cli.care import opened
from app.cli.printing import print_json, print_table, say
from app.models.values.money import plain_amount
from app.models.values.schedule import local_date
from app.services.billing.ledger import DocumentRow, FindDocuments
from app.services.billing.requests import (
    InvoiceRunOf,
    RunException,
    RunPreview,
    StartRun,
)
from app.services.clock import SystemClock
from app.services.office import Office
from app.services.payroll.requests import (
    PayException,
    PayPreview,
    PayRunDone,
    PayRunOf,
    StartPayRun,
)
from app.services.printing.printing import PeriodOf

Row = Mapping[str, str | int]


def bill(asked: argparse.Namespace) -> int:
    """Issue the invoices of a period, or show what would be issued."""
    with opened(asked) as office:
        period = _period(asked, office)
        preview = office.invoices.preview(
            InvoiceRunOf(period.from_on, period.until_on, period.on)
        )
        if asked.dry_run:
            _show_invoices(asked, preview)
            return 0
        done = office.invoices.run(
            StartRun(period.from_on, period.until_on, period.on, uuid4().hex)
        )
        rows = office.ledger.documents(FindDocuments(run_id=done.run_id, limit=100_000))
        files = _written(asked.out, office, period)
    _tell_issued(asked, [*reversed(rows)], preview.exceptions, files)
    return 0


def pay(asked: argparse.Namespace) -> int:
    """Make and lock the pay run of a period, or show what it would pay."""
    with opened(asked) as office:
        period = _period(asked, office)
        preview = office.pay_runs.preview(
            PayRunOf(period.from_on, period.until_on, period.on)
        )
        if asked.dry_run:
            _show_pay(asked, preview)
            return 0
        done = office.pay_runs.run(
            StartPayRun(period.from_on, period.until_on, period.on, uuid4().hex)
        )
        files: Sequence[Path] = ()
        if asked.out:
            files = office.printing.write_pay(asked.out, period)
    _tell_paid(asked, done, preview.exceptions, files)
    return 0


def _period(asked: argparse.Namespace, office: Office) -> PeriodOf:
    """Give the period that was named; the office's last calendar month by default."""
    zone = ZoneInfo(office.settings.office().zone)
    today = local_date(SystemClock().now(), zone)
    last = today.replace(day=1) - timedelta(days=1)
    from_on: date = asked.from_on or (asked.until_on or last).replace(day=1)
    until_on: date = asked.until_on or _month_end(from_on)
    return PeriodOf(from_on, until_on, asked.on or today)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _written(out: Path | None, office: Office, period: PeriodOf) -> Sequence[Path]:
    return office.printing.write_documents(out, period) if out else ()


def _show_invoices(asked: argparse.Namespace, preview: RunPreview) -> None:
    drafts: list[Row] = [
        {
            "payer": draft.payer,
            "kind": draft.kind.value,
            "net": plain_amount(draft.net, draft.currency),
            "tax": plain_amount(draft.tax, draft.currency),
            "total": plain_amount(draft.total, draft.currency),
            "currency": draft.currency,
            "lines": len(draft.lines),
        }
        for draft in preview.drafts
    ]
    _tell(asked, {"drafts": drafts}, preview.exceptions)
    if not asked.json:
        say(f"{len(drafts)} documents would be issued; nothing was changed.")


def _tell_issued(
    asked: argparse.Namespace,
    rows: Sequence[DocumentRow],
    exceptions: Sequence[RunException],
    files: Sequence[Path],
) -> None:
    issued: list[Row] = [
        {
            "number": row.number,
            "payer": row.payer,
            "kind": row.kind.value,
            "total": plain_amount(row.total, row.currency),
            "open": plain_amount(row.open, row.currency),
            "currency": row.currency,
        }
        for row in rows
    ]
    _tell(asked, {"issued": issued}, exceptions, files)
    if not asked.json:
        say(f"{len(issued)} documents were issued, {len(files)} files written.")


def _show_pay(asked: argparse.Namespace, preview: PayPreview) -> None:
    drafts: list[Row] = [
        {
            "tutor": draft.tutor,
            "gross": plain_amount(draft.gross, draft.currency),
            "net": plain_amount(draft.net, draft.currency),
            "currency": draft.currency,
            "minutes": draft.minutes,
            "lines": draft.lines,
        }
        for draft in preview.statements
    ]
    _tell(asked, {"drafts": drafts}, preview.exceptions)
    if not asked.json:
        say(f"{len(drafts)} tutors would be paid; nothing was changed.")


def _tell_paid(
    asked: argparse.Namespace,
    done: PayRunDone,
    exceptions: Sequence[PayException],
    files: Sequence[Path],
) -> None:
    statements: list[Row] = [
        {
            "number": row.number,
            "tutor": row.tutor,
            "gross": plain_amount(row.gross, row.currency),
            "net": plain_amount(row.net, row.currency),
            "currency": row.currency,
        }
        for row in done.statements
    ]
    _tell(asked, {"statements": statements}, exceptions, files)
    if not asked.json:
        say(f"{len(statements)} tutors are paid, {len(files)} files written.")


def _tell(
    asked: argparse.Namespace,
    found: Mapping[str, Sequence[Row]],
    exceptions: Sequence[RunException | PayException],
    files: Sequence[Path] | None = None,
) -> None:
    """Print what was found as JSON, or the exceptions and a table for people."""
    if asked.json:
        document: dict[str, object] = {**found, "exceptions": _plain(exceptions)}
        if files is not None:
            document["files"] = [str(path) for path in files]
        print_json(document)
        return
    for one in exceptions:
        say(f"{'held back' if one.is_blocking else 'look at':9}  {one.sentence}")
    for rows in found.values():
        print_table([[str(cell) for cell in row.values()] for row in rows])


def _plain(
    found: Sequence[RunException | PayException],
) -> list[dict[str, object]]:
    return [
        {
            "kind": str(one.kind),
            "message": one.sentence,
            "is_blocking": one.is_blocking,
            "session": one.session_id,
        }
        for one in found
    ]
