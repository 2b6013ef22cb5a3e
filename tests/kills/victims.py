"""What a process that will be killed does; it runs the command like a person would."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path

import psycopg
from sqlalchemy import Engine, event

from app import cli
from app.models import schema
from app.models.database import Transaction
from tests.processes import CONTEXT

WRITE, BEFORE_COMMIT, AFTER_COMMIT = "write", "before_commit", "after_commit"
_WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER")


@dataclass(frozen=True, slots=True)
class Order:
    """One start of the command.

    Attributes:
        dies_at: what it counts, to kill itself at the so-manieth; empty never.
        is_careless: does without transactions, as no program should.
        migrations: a folder that takes the place of the program's own.
    """

    arguments: tuple[str, ...]
    dies_at: str = ""
    number: int = 0
    is_careless: bool = False
    migrations: str = ""


def start(order: Order, barrier: Barrier | None = None) -> ForkServerProcess:
    """Start a process of its own, forked from one that has everything imported."""
    process = CONTEXT.Process(target=carry_out, args=(order, barrier))
    process.start()
    return process


def ended(process: ForkServerProcess, seconds: float = 60) -> int:
    """Wait until a process has ended, and give its exit code."""
    process.join(seconds)
    code = process.exitcode
    assert code is not None, "it did not end"
    process.close()
    return code


def carry_out(order: Order, barrier: Barrier | None = None) -> None:
    """Run the command in this process, which ends with its exit code."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.dup2(nowhere, sys.stderr.fileno())
    if order.is_careless:
        event.listen(Engine, "connect", _keep_at_once)
        event.listen(Engine, "before_cursor_execute", _never_begin, retval=True)
    if order.migrations:
        schema._FOLDER = Path(order.migrations)
    _arm(order)
    if barrier is not None:
        barrier.wait(60)
    sys.exit(cli.main(order.arguments))


def count_writes(order: Order) -> int:
    """Run the command here, undisturbed, and count what it writes."""
    found = 0

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        nonlocal found
        found += is_write(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        assert cli.main(order.arguments) == 0
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    return found


def is_write(statement: str) -> bool:
    """Say whether a statement changes the database."""
    return statement.lstrip().upper().startswith(_WRITES)


def _arm(order: Order) -> None:
    left = order.number

    def count(*_anything: object) -> None:
        """Die at once, leaving everything as it is."""
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def count_write(
        _connection: object, _cursor: object, statement: str, *_: object
    ) -> None:
        """Count only what changes the database."""
        if is_write(statement):
            count()

    if order.dies_at == WRITE:
        event.listen(Engine, "before_cursor_execute", count_write)
    elif order.dies_at:
        event.listen(Transaction, order.dies_at, count)


def _never_begin(
    _connection: object, _cursor: object, statement: str, parameters: object, *_: object
) -> tuple[str, object]:
    """Take every BEGIN and the lock of writers away."""
    is_begin = statement.startswith(("BEGIN", "SELECT pg_advisory"))
    return ("SELECT 1" if is_begin else statement), parameters


def _keep_at_once(connection: object, _record: object) -> None:
    """Have PostgreSQL keep each statement by itself; without BEGIN, SQLite does."""
    if isinstance(connection, psycopg.Connection):
        connection.autocommit = True
