"""What a check finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.models.database import Snapshot


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found.

    Attributes:
        code: one word for scripts, such as ``double_charge``.
        message: one sentence for people.
        records: what it is about, as ``session:12``.
        is_error: whether something is wrong, or only worth knowing.
    """

    code: str
    message: str
    records: tuple[str, ...] = ()
    is_error: bool = True


Check = Callable[[Snapshot], Iterator[Finding]]


def named(kind: str, *ids: int | None) -> tuple[str, ...]:
    """Name records of one kind."""
    return tuple(f"{kind}:{row_id}" for row_id in ids if row_id is not None)
