"""Carries steps out only to see what they would do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.models.database import Transaction
from app.services.desk import Desk
from app.text import _


class _TakenBackError(Exception):
    """Ends a transaction that only looked at what it would do."""


@contextmanager
def on_trial(desk: Desk) -> Iterator[Transaction]:
    """Open a transaction of which nothing is kept."""
    with suppress(_TakenBackError), desk.transaction(_("Try out")) as transaction:
        yield transaction
        raise _TakenBackError
