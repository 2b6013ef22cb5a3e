"""The face of a pay statement: all that is printed, as plain data to be frozen.

Everything that a later change could alter is in it: names, addresses, texts, the
times of sessions and the year's sums.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.models.database import Transaction
from app.models.office import OfficeProfile
from app.models.payroll import PayLine, PayRun, PayStatement
from app.models.people import Student, Tutor
from app.models.scheduling import Attendance
from app.models.values.money import time_amount
from app.models.values.payroll import PayKind, PayPer
from app.models.values.schedule import wall_clock
from app.services.payroll.gathering import ReadyLine
from app.services.payroll.mileage import year_start
from app.services.payroll.published import tax_year_starts
from app.services.payroll.sums import TIMED, Sums, Taken, worked
from app.text import _, ngettext

_SHOWN_DIGITS = 4
_PAID_AS = ("start", "taught_minutes", "initials")
_ALONE = frozenset({PayKind.ADJUSTMENT, PayKind.OTHER_WORK, PayKind.HOLIDAY})


@dataclass(frozen=True, slots=True)
class Facing:
    """What a face is made from."""

    office: OfficeProfile
    tutor: Tutor
    run: PayRun
    lines: tuple[ReadyLine, ...]
    taken: tuple[Taken, ...]
    sums: Sums
    note: str = ""


def make_face(transaction: Transaction, made: Facing) -> dict[str, Any]:
    """Gather what a statement prints, as JSON values."""
    office, tutor, run = made.office, made.tutor, made.run
    return {
        "office": {
            "name": office.name,
            "address": office.address.splitlines(),
            "contact": office.contact,
            "legal": office.legal,
            "language": office.locale,
            "country": office.country,
            "logo_id": office.logo_id,
        },
        "tutor": {
            "name": tutor.name,
            "address": tutor.address.splitlines(),
            "account": masked(tutor.account),
        },
        "from_on": run.from_on.isoformat(),
        "until_on": run.until_on.isoformat(),
        "on": run.on.isoformat(),
        "earnings": _earnings(made.lines, run.from_on),
        "deductions": [
            {"purpose": one.purpose, "is_fixed": one.is_fixed, "amount": one.amount}
            for one in made.taken
        ],
        "year": _year(transaction, made),
        "sessions": _sessions(transaction, made),
        "line_ids": [line.line_id for line in made.lines],
        "note": made.note,
    }


def masked(account: str) -> str:
    """Show the end of an account number only."""
    plain = "".join(account.split())
    return f"•••• {plain[-_SHOWN_DIGITS:]}" if len(plain) > _SHOWN_DIGITS else ""


def initials(name: str) -> str:
    """Shorten a name to initials, as ``M. L.``."""
    words = [word for word in name.split() if word]
    chosen = words if len(words) == 1 else [words[0], words[-1]] if words else []
    return " ".join(f"{word[0].upper()}." for word in chosen)


def kind_words(kind: PayKind) -> str:
    """Name a kind of pay for people."""
    return {
        PayKind.SESSION: _("Sessions"),
        PayKind.NO_SHOW: _("Sessions to which nobody came"),
        PayKind.LATE_CANCEL: _("Cancelled sessions"),
        PayKind.PREPARATION: _("Preparation"),
        PayKind.TRAVEL_TIME: _("Travel time"),
        PayKind.MILEAGE: _("Mileage"),
        PayKind.EXPENSE: _("Expenses"),
        PayKind.OTHER_WORK: _("Other work"),
        PayKind.HOLIDAY: _("Holiday pay"),
        PayKind.ADJUSTMENT: _("Adjustment"),
    }[kind]


def short_words(kind: PayKind) -> str:
    """Name a kind of pay in a word or two, for narrow places."""
    return {
        PayKind.NO_SHOW: _("No-shows"),
        PayKind.LATE_CANCEL: _("Cancelled"),
        PayKind.TRAVEL_TIME: _("Travel"),
        PayKind.ADJUSTMENT: _("Adjustments"),
    }.get(kind) or kind_words(kind)


def _earnings(lines: Iterable[ReadyLine], from_on: date) -> list[dict[str, Any]]:
    """Group lines by kind and rate; corrections and late ones stand apart."""
    groups: dict[tuple[Any, ...], list[ReadyLine]] = defaultdict(list)
    order = list(PayKind)
    for line in lines:
        alone = line.line_id if line.kind in _ALONE else 0
        part = 2 if line.is_reversal else 1 if line.service_on < from_on else 0
        rate = _shown_rate(line)
        groups[part, order.index(line.kind), rate or 0, alone].append(line)
    return [_earning(groups[key], key[0]) for key in sorted(groups)]


def _earning(lines: Sequence[ReadyLine], part: int) -> dict[str, Any]:
    first = lines[0]
    detail = first.reason if first.kind in _ALONE else _count(first.kind, len(lines))
    if part:
        days = sorted({line.service_on for line in lines})
        words = _("corrections of") if part > 1 else _("from before the period:")
        detail = f"{detail}, {words} {_days(days)}"
    minutes = sum(worked(line) for line in lines)
    return {
        "kind": first.kind.value,
        "label": kind_words(first.kind),
        "amount": sum(line.amount for line in lines),
        "minutes": minutes if first.kind in TIMED else None,
        "rate": _shown_rate(first),
        "detail": detail,
        "is_late": bool(part),
    }


def _days(days: Sequence[date]) -> str:
    first, last = f"{days[0]:%d %b %Y}", f"{days[-1]:%d %b %Y}"
    return (
        first
        if first == last
        else _("{first} to {last}").format(first=first, last=last)
    )


def _count(kind: PayKind, count: int) -> str:
    if kind in {PayKind.MILEAGE, PayKind.EXPENSE}:
        return ngettext("{count} claim", "{count} claims", count).format(count=count)
    return ngettext("{count} session", "{count} sessions", count).format(count=count)


def _shown_rate(line: ReadyLine) -> int | None:
    """Give the rate where hours by rate are the whole explanation."""
    if line.rate is None or line.minutes is None or line.rate_per != PayPer.HOUR.value:
        return None
    return line.rate if time_amount(line.rate, line.minutes) == line.amount else None


def _year(transaction: Transaction, made: Facing) -> dict[str, Any]:
    """Add up the tax year up to this statement, by the day of paying."""
    first = year_start(made.run.on, tax_year_starts(made.office.country))
    of_year = (
        PayStatement.tutor_id == made.tutor.id,
        PayRun.on >= first,
        PayRun.on <= made.run.on,
    )
    former = transaction.execute(
        select(
            func.sum(PayStatement.gross),
            func.sum(PayStatement.deducted),
            func.sum(PayStatement.minutes),
        )
        .join(PayRun, PayRun.id == PayStatement.pay_run_id)
        .where(*of_year)
    ).one()
    kinds: dict[str, int] = defaultdict(int)
    for kind, amount in transaction.execute(
        select(PayLine.kind, func.sum(PayLine.amount))
        .join(PayStatement, PayStatement.id == PayLine.statement_id)
        .join(PayRun, PayRun.id == PayStatement.pay_run_id)
        .where(*of_year)
        .group_by(PayLine.kind)
    ):
        kinds[kind.value] += int(amount)
    for line in made.lines:
        kinds[line.kind.value] += line.amount
    gross = int(former[0] or 0) + made.sums.gross
    deducted = int(former[1] or 0) + made.sums.deducted
    return {
        "from_on": first.isoformat(),
        "gross": gross,
        "deducted": deducted,
        "net": gross - deducted,
        "minutes": int(former[2] or 0) + made.sums.minutes,
        "kinds": dict(kinds),
    }


def _sessions(transaction: Transaction, made: Facing) -> list[dict[str, Any]]:
    listed = [(line, line.starts_at) for line in made.lines if line.starts_at]
    names: dict[int | None, list[str]] = defaultdict(list)
    for session_id, name in transaction.execute(
        select(Attendance.session_id, Student.name)
        .join(Student, Student.id == Attendance.student_id)
        .where(
            Attendance.session_id.in_({line.session_id for line, _starts_at in listed})
        )
        .order_by(Attendance.position, Attendance.id)
    ):
        names[session_id].append(initials(name))
    zone = ZoneInfo(made.office.zone)
    former = _as_paid(transaction, [line for line, _at in listed if line.is_reversal])
    return [
        {
            "start": wall_clock(starts_at, zone).isoformat(timespec="minutes"),
            "initials": ", ".join(names[line.session_id]),
            **_session(line, made.run.from_on),
            **former.get(line.line_id, {}),
        }
        for line, starts_at in listed
    ]


def _as_paid(
    transaction: Transaction, reversals: Sequence[ReadyLine]
) -> dict[int, dict[str, Any]]:
    """Give what is taken back the times under which it was paid, by line."""
    if not reversals:
        return {}
    paid = _paid_lines(transaction, [line.line_id for line in reversals])
    shown = {
        one["line_id"]: {name: one[name] for name in _PAID_AS}
        for statement in transaction.scalars(
            select(PayStatement).where(
                PayStatement.id.in_(
                    select(PayLine.statement_id).where(PayLine.id.in_(paid.values()))
                )
            )
        )
        for one in statement.face["sessions"]
    }
    return {line_id: shown.get(of, {}) for line_id, of in paid.items()}


def _paid_lines(transaction: Transaction, line_ids: Sequence[int]) -> dict[int, int]:
    """Find the line that each reversal takes back, also one that was put off before."""
    paid = {line_id: line_id for line_id in line_ids}
    while former := dict(
        transaction.rows(
            select(PayLine.id, PayLine.reverses_id).where(
                PayLine.id.in_(paid.values()), PayLine.reverses_id.is_not(None)
            )
        )
    ):
        paid = {line_id: former.get(of) or of for line_id, of in paid.items()}
    return paid


def _session(line: ReadyLine, from_on: date) -> dict[str, Any]:
    return {
        "line_id": line.line_id,
        "taught_minutes": line.taught_minutes or 0,
        "kind": line.kind.value,
        "minutes": worked(line) if line.kind in TIMED else 0,
        "rate": line.rate,
        "amount": line.amount,
        "reason": line.reason,
        "is_late": line.is_reversal or line.service_on < from_on,
    }
