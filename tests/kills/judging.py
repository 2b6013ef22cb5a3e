"""Judges an office's money by plain SQL, with nothing of the program's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Books:
    """What an office has issued and paid, as (number, receiver, total)."""

    documents: tuple[tuple[str, str, int], ...]
    statements: tuple[tuple[str, str, int], ...]
    charges_waiting: int
    lines_waiting: int


def rows(address: str, *queries: str) -> list[Rows]:
    """Ask a database, a file or a server, several questions of one moment."""
    if "://" in address:
        with psycopg.connect(address) as server:
            server.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            return [server.execute(query.encode()).fetchall() for query in queries]
    with closing(sqlite3.connect(address, timeout=60)) as file:
        file.execute("BEGIN")
        return [file.execute(query).fetchall() for query in queries]


def books(address: str) -> Books:
    """Read what was issued and paid so far."""
    documents, statements, charges, lines = rows(
        address,
        "SELECT d.number, p.name, d.total FROM document d"
        " JOIN payer p ON p.id = d.payer_id ORDER BY d.id",
        "SELECT s.number, t.name, s.net FROM pay_statement s"
        " JOIN tutor t ON t.id = s.tutor_id ORDER BY s.id",
        "SELECT count(*) FROM charge c JOIN payer p ON p.id = c.payer_id"
        " WHERE c.line_id IS NULL AND c.replaced_at IS NULL AND p.address <> ''"
        " AND c.service_on <= '2026-02-28'",
        "SELECT count(*) FROM pay_line WHERE statement_id IS NULL"
        " AND replaced_at IS NULL AND service_on <= '2026-02-28'",
    )
    return Books(
        tuple((number, name, int(total)) for number, name, total in documents),
        tuple((number, name, int(net)) for number, name, net in statements),
        int(charges[0][0]),
        int(lines[0][0]),
    )


# What must never be found, whenever a run is stopped.
_NEVER = {
    "a document whose lines do not add up": (
        "SELECT d.number FROM document d LEFT JOIN document_line l"
        " ON l.document_id = d.id GROUP BY d.id, d.number, d.net, d.tax, d.total"
        " HAVING coalesce(sum(l.amount), 0) <> d.net OR d.net + d.tax <> d.total"
    ),
    "a charge on two lines": (
        "SELECT charge_id FROM document_line WHERE charge_id IS NOT NULL"
        " GROUP BY charge_id HAVING count(*) > 1"
    ),
    "a line whose charge does not know it": (
        "SELECT l.id FROM document_line l JOIN charge c ON c.id = l.charge_id"
        " WHERE c.line_id IS NULL OR c.line_id <> l.id OR c.amount <> l.amount"
    ),
    "a charge on a line that is not there": (
        "SELECT id FROM charge WHERE line_id IS NOT NULL"
        " AND line_id NOT IN (SELECT id FROM document_line)"
    ),
    "a session charged twice": (
        "SELECT session_id FROM charge WHERE live_key IS NOT NULL"
        " AND session_id IS NOT NULL GROUP BY session_id, student_id, payer_id, kind"
        " HAVING count(*) > 1"
    ),
    "a session paid twice": (
        "SELECT session_id FROM pay_line WHERE live_key IS NOT NULL"
        " AND session_id IS NOT NULL GROUP BY session_id, tutor_id, kind, claim"
        " HAVING count(*) > 1"
    ),
    "a statement whose lines do not add up": (
        "SELECT s.number FROM pay_statement s LEFT JOIN pay_line l"
        " ON l.statement_id = s.id GROUP BY s.id, s.number, s.gross, s.deducted, s.net"
        " HAVING coalesce(sum(l.amount), 0) <> s.gross OR s.gross - s.deducted <> s.net"
    ),
    "a pay line on a statement that is not there": (
        "SELECT id FROM pay_line WHERE statement_id IS NOT NULL"
        " AND statement_id NOT IN (SELECT id FROM pay_statement)"
    ),
    "a number used twice": (
        "SELECT number FROM document GROUP BY number HAVING count(*) > 1"
        " UNION ALL"
        " SELECT number FROM pay_statement GROUP BY number HAVING count(*) > 1"
    ),
}


def faults(address: str) -> list[str]:
    """Name what is wrong with an office's money at this moment."""
    series, given, paid, *found = rows(
        address,
        "SELECT id, next_number FROM number_series",
        "SELECT number_series_id, sequence FROM document",
        "SELECT number FROM pay_statement ORDER BY number",
        *_NEVER.values(),
    )
    wrong = [
        f"{what}: {wrong}" for what, wrong in zip(_NEVER, found, strict=True) if wrong
    ]
    return [*wrong, *_gaps(series, given), *_pay_gaps([row[0] for row in paid])]


def _gaps(series: Rows, given: Rows) -> Iterator[str]:
    for series_id, next_number in series:
        numbers = sorted(number for owner, number in given if owner == series_id)
        if numbers != list(range(1, next_number)):
            yield f"numbers with a gap: {numbers}, next {next_number}"


def _pay_gaps(numbers: Sequence[str]) -> Iterator[str]:
    counted = [int(number.rpartition("-")[2]) for number in numbers]
    if counted != list(range(1, len(counted) + 1)):
        yield f"pay statements with a gap: {numbers}"
