"""Requests that are carried out once, however often they are asked.

Every click makes a key of its own. The key, a hash of what was asked and the result are
kept in the transaction that does the work, so a repeated request finds its result.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.models.billing import Run
from app.models.database import Transaction
from app.models.recording import to_plain
from app.models.types import canonical_json
from app.models.values.billing import RunState
from app.models.values.entries import short
from app.services.billing.errors import OtherRequestError
from app.text import _


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: a verb, the asker's key, and the request with all its fields."""

    verb: str
    key: str
    request: Any
    on: date
    from_on: date | None = None
    until_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse a key that cannot be kept.

        Raises:
            InputError: It is too long, or holds what cannot be printed.
        """
        short(self.key, _("request key"))

    def content_hash(self) -> str:
        """Give the SHA-256 of what is asked, without its key."""
        fields = {
            name: value
            for name, value in asdict(self.request).items()
            if name != "request_key"
        }
        text = canonical_json([self.verb, _plain(fields)])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def begin(transaction: Transaction, asked: Asked) -> Run:
    """Find the run of a request, or start it.

    Raises:
        OtherRequestError: The key was used for something else.
    """
    content = asked.content_hash()
    known = transaction.scalar(select(Run).where(Run.request_key == asked.key))
    if known is not None:
        if known.content_hash != content:
            raise OtherRequestError
        return known
    run = Run(
        verb=asked.verb,
        request_key=asked.key,
        content_hash=content,
        from_on=asked.from_on or asked.on,
        until_on=asked.until_on or asked.on,
        on=asked.on,
        started_at=transaction.at,
    )
    transaction.add(run)
    transaction.flush()
    return run


def finish(transaction: Transaction, run: Run, result: dict[str, Any]) -> None:
    """Keep what came of a request."""
    run.result = result
    run.state = RunState.DONE
    run.done_at = transaction.at


def is_done(run: Run) -> bool:
    """Say whether a request was carried out before."""
    return run.state is RunState.DONE


def _plain(value: Any) -> Any:  # noqa: ANN401  any field of a request
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return to_plain(value)
