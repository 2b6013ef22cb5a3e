"""The month's money: the invoice run and the pay run of a period."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TypeVar
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
from app.text import _, ngettext

Row = Mapping[str, str | int]
Told = TypeVar("Told", RunException, PayException)
_HEADS = {"minutes": "Hours"}


def bill(asked: argparse.Namespace) -> int:
    """Issue the invoices of a period, or show what would be issued."""
    with opened(asked) as office:
        period = _period(asked, office)
        _announce(asked, _("Invoices of {from_on} to {until_on}, issued {on}."), period)
        preview = office.invoices.preview(
            InvoiceRunOf(period.from_on, period.until_on, period.on)
        )
        if asked.dry_run:
            _show_invoices(asked, preview, period)
            return 0
        done = office.invoices.run(
            StartRun(period.from_on, period.until_on, period.on, uuid4().hex)
        )
        rows = office.ledger.documents(FindDocuments(run_id=done.run_id, limit=100_000))
        files = _written(asked.out, office, period)
    exceptions = (*_passed(preview.exceptions), *done.held_back)
    _tell_issued(asked, [*reversed(rows)], exceptions, files, period)
    return 0


def pay(asked: argparse.Namespace) -> int:
    """Make and lock the pay run of a period, or show what it would pay."""
    with opened(asked) as office:
        period = _period(asked, office)
        _announce(asked, _("Pay of {from_on} to {until_on}, paid {on}."), period)
        preview = office.pay_runs.preview(
            PayRunOf(period.from_on, period.until_on, period.on)
        )
        if asked.dry_run:
            _show_pay(asked, preview, period)
            return 0
        done = office.pay_runs.run(
            StartPayRun(period.from_on, period.until_on, period.on, uuid4().hex)
        )
        files: Sequence[Path] = ()
        if asked.out:
            files = office.printing.write_pay(asked.out, period)
    exceptions = (*_passed(preview.exceptions), *done.reasons)
    _tell_paid(asked, done, exceptions, files, period)
    return 0


def _passed(found: Sequence[Told]) -> Sequence[Told]:
    """Keep what holds nobody back; whom it did hold back the run itself tells."""
    return [one for one in found if not one.is_blocking]


def _period(asked: argparse.Namespace, office: Office) -> PeriodOf:
    """Give the period that was named; the office's last calendar month by default."""
    zone = ZoneInfo(office.settings.office().zone)
    today = local_date(SystemClock().now(), zone)
    last = today.replace(day=1) - timedelta(days=1)
    from_on: date = asked.from_on or (asked.until_on or last).replace(day=1)
    until_on: date = asked.until_on or _month_end(from_on)
    return PeriodOf(from_on, until_on, asked.on or today)


def _announce(asked: argparse.Namespace, sentence: str, period: PeriodOf) -> None:
    """Say first what is about to be done; in JSON the document says it."""
    if asked.json:
        return
    days = asdict(period)
    written = {name: f"{value:%d %b %Y}" for name, value in days.items()}
    say(sentence.format(**written))


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _written(out: Path | None, office: Office, period: PeriodOf) -> Sequence[Path]:
    return office.printing.write_documents(out, period) if out else ()


def _show_invoices(
    asked: argparse.Namespace, preview: RunPreview, period: PeriodOf
) -> None:
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
    _tell(asked, {"drafts": drafts}, preview.exceptions, period)
    if not asked.json:
        say(
            ngettext(
                "{count} document would be issued; nothing was changed.",
                "{count} documents would be issued; nothing was changed.",
                len(drafts),
            ).format(count=len(drafts))
        )


def _tell_issued(
    asked: argparse.Namespace,
    rows: Sequence[DocumentRow],
    exceptions: Sequence[RunException],
    files: Sequence[Path],
    period: PeriodOf,
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
    _tell(asked, {"issued": issued}, exceptions, period, files)
    if not asked.json:
        done = ngettext(
            "{count} document was issued",
            "{count} documents were issued",
            len(issued),
        )
        say(f"{done.format(count=len(issued))}, {_files(files)}.")


def _files(files: Sequence[Path]) -> str:
    text = ngettext("{count} file written", "{count} files written", len(files))
    return text.format(count=len(files))


def _show_pay(asked: argparse.Namespace, preview: PayPreview, period: PeriodOf) -> None:
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
    _tell(asked, {"drafts": drafts}, preview.exceptions, period)
    if not asked.json:
        say(
            ngettext(
                "{count} tutor would be paid; nothing was changed.",
                "{count} tutors would be paid; nothing was changed.",
                len(drafts),
            ).format(count=len(drafts))
        )


def _tell_paid(
    asked: argparse.Namespace,
    done: PayRunDone,
    exceptions: Sequence[PayException],
    files: Sequence[Path],
    period: PeriodOf,
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
    _tell(asked, {"statements": statements}, exceptions, period, files)
    if not asked.json:
        paid = ngettext(
            "{count} tutor is paid", "{count} tutors are paid", len(statements)
        )
        say(f"{paid.format(count=len(statements))}, {_files(files)}.")


def _tell(
    asked: argparse.Namespace,
    found: Mapping[str, Sequence[Row]],
    exceptions: Sequence[RunException | PayException],
    period: PeriodOf,
    files: Sequence[Path] | None = None,
) -> None:
    """Print what was found as JSON, or the exceptions and a table for people."""
    if asked.json:
        days = [day.isoformat() for day in (period.from_on, period.until_on, period.on)]
        document: dict[str, object] = {
            "period": dict(zip(("from", "to", "on"), days, strict=True)),
            **found,
            "exceptions": _plain(exceptions),
        }
        if files is not None:
            document["files"] = [str(path) for path in files]
        print_json(document)
        return
    for one in exceptions:
        say(f"{'held back' if one.is_blocking else 'look at':9}  {one.sentence}")
    for rows in found.values():
        heads = (
            [_HEADS.get(name, name.capitalize()) for name in rows[0]] if rows else []
        )
        print_table(heads, [[_cell(*cell) for cell in row.items()] for row in rows])


def _cell(name: str, value: str | int) -> str:
    """Write a cell for people: hours instead of minutes, words instead of codes."""
    if name == "minutes":
        return f"{Decimal(value) / 60:.2f}"
    return str(value).replace("_", " ") if name == "kind" else str(value)


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
