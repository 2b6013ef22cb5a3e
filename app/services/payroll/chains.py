"""Seals locked pay lines and statements: each row's hash covers the one before it.

The lines' chain runs through all statements in the order in which they were frozen,
and inside a statement in the order that its face lists.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from app.models.base import Model
from app.models.database import Snapshot, Transaction
from app.models.payroll import PayLine, PayStatement
from app.models.recording import to_plain
from app.models.types import canonical_json

LINE_FIELDS = (
    "id",
    "tutor_id",
    "session_id",
    "kind",
    "claim",
    "service_on",
    "original_on",
    "minutes",
    "worked_minutes",
    "rate",
    "rate_per",
    "rate_source",
    "percent",
    "distance",
    "distance_rate",
    "amount",
    "reason",
    "made_at",
    "reverses_id",
    "successor_of_id",
)
STATEMENT_FIELDS = (
    "pay_run_id",
    "tutor_id",
    "number",
    "engagement",
    "currency",
    "minutes",
    "gross",
    "deducted",
    "net",
    "their_invoice",
    "face",
)


def line_chain(former: str, number: str, line: PayLine) -> str:
    """Give the SHA-256 over the former line's chain, the statement's number, a line."""
    return _sealed(former, [number, *_fields(line, LINE_FIELDS)])


def statement_chain(former: str, statement: PayStatement) -> str:
    """Give the SHA-256 over the former statement's chain and a statement."""
    return _sealed(former, _fields(statement, STATEMENT_FIELDS))


def last_chains(work: Snapshot | Transaction) -> tuple[str, str]:
    """Give the seals of the statement and of the line that were frozen last."""
    newest = work.execute(
        select(PayStatement.chain, PayStatement.face)
        .order_by(PayStatement.id.desc())
        .limit(1)
    ).one_or_none()
    return ("", "") if newest is None else (newest.chain, newest.face["line_chain"])


def broken_statements(work: Snapshot | Transaction) -> Iterator[PayStatement]:
    """Find statements whose own or whose lines' seals do not fit."""
    former = former_line = ""
    for statement in work.scalars(select(PayStatement).order_by(PayStatement.id)):
        seal = statement_chain(former, statement)
        is_whole = statement.former_chain == former and statement.chain == seal
        lines = {
            line.id: line
            for line in work.scalars(
                select(PayLine).where(PayLine.statement_id == statement.id)
            )
        }
        listed = statement.face["line_ids"]
        is_listed = sorted(lines) == sorted(listed) and _adds_up(statement, lines)
        for line_id in listed if is_listed else ():
            line = lines[line_id]
            seal = line_chain(former_line, statement.number, line)
            is_whole &= line.former_chain == former_line and line.chain == seal
            former_line = line.chain
        if not is_whole or not is_listed:
            yield statement
        former, former_line = statement.chain, statement.face["line_chain"]


def _adds_up(statement: PayStatement, lines: dict[int, PayLine]) -> bool:
    return sum(line.amount for line in lines.values()) == statement.gross


def _fields(row: Model, names: Sequence[str]) -> list[object]:
    return [to_plain(getattr(row, name)) for name in names]


def _sealed(former: str, content: list[object]) -> str:
    text = canonical_json([former, *content])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
