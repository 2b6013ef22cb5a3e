"""How a record is filled from a request, and guarded against another desk's change.

A change names the version it was read with. When the record has moved on since, the
change is refused and nothing is overwritten.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from app.models.base import Model
from app.models.database import Snapshot, Transaction
from app.models.faults import ChangedMeanwhileError
from app.models.values.errors import RuleError
from app.models.values.unchanged import UNCHANGED
from app.services.desk import fetch
from app.services.nouns import noun
from app.text import _

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Kept = TypeVar("Kept", bound=Model)
Check = Callable[[Any], Any]
Checks = Mapping[str, Check]


class ArchivedError(RuleError):
    """Something new was to be made with a record that is archived."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(
            _(
                "The {what} “{name}” is archived; bring it back first, or choose "
                "another one."
            ).format(what=noun(what), name=name)
        )


def as_is(value: Any) -> Any:  # noqa: ANN401  any column's value
    """Keep a value that its type alone already makes right."""
    return value


def optional(check: Check) -> Check:
    """Make a check that lets None pass."""

    def checked(value: Any) -> Any:  # noqa: ANN401  any column's value
        """Check what is there."""
        return None if value is None else check(value)

    return checked


def cleaned(request: DataclassInstance, checks: Checks) -> dict[str, Any]:
    """Take the fields of a request that have a check, each as it is to be kept."""
    values: dict[str, Any] = {}
    for field in dataclasses.fields(request):
        value = getattr(request, field.name)
        if field.name in checks and value is not UNCHANGED:
            values[field.name] = checks[field.name](value)
    return values


def read_at(
    work: Snapshot | Transaction,
    kind: type[Kept],
    row_id: int,
    version: int | None,
    what: str,
) -> Kept:
    """Read a record that is to be changed, as it was when somebody looked at it.

    Args:
        work: where to read.
        kind: the mapped class.
        row_id: its id.
        version: the version that was looked at; None asks for no guard.
        what: names the record in the sentence.

    Raises:
        MissingRecordError: There is none.
        ChangedMeanwhileError: Somebody changed it since.
    """
    thing = fetch(work, kind, row_id, what)
    if version is not None and thing.version != version:
        raise ChangedMeanwhileError
    return thing


def change(thing: Model, values: Mapping[str, Any]) -> None:
    """Give a record its new values."""
    for name, value in values.items():
        setattr(thing, name, value)


def usable(
    work: Snapshot | Transaction,
    kind: type[Kept],
    row_id: int,
    what: str,
) -> Kept:
    """Read a record that something new is to be made with.

    Raises:
        MissingRecordError: There is none.
        ArchivedError: It is archived.
    """
    thing = fetch(work, kind, row_id, what)
    archived_at: datetime | None = getattr(thing, "archived_at", None)
    if archived_at is not None:
        raise ArchivedError(what, str(getattr(thing, "name", row_id)))
    return thing


def names_a_record(
    work: Snapshot | Transaction,
    kind: type[Model],
    row_id: int | None,
    what: str,
) -> None:
    """Refuse an id that names no record in use; None names nothing and passes.

    Raises:
        MissingRecordError: There is none.
        ArchivedError: It is archived.
    """
    if row_id is not None:
        usable(work, kind, row_id, what)
