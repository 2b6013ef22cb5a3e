"""What must hold between two moments: what stands stands, and the journal tells all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import Column

from app.models.base import Model
from tests.properties.picture import TABLES, Entry, Picture

NEVER_GO = (
    *("document", "document_line", "payment", "allocation", "write_off"),
    *("pay_statement", "payer", "student", "tutor", "household", "run"),
)
# What says where a row stands today; everything else of it is kept as it was made.
STANDING = {
    "charge": ("live_key", "replaced_at", "line_id", "reverses_id"),
    "pay_line": (
        *("live_key", "replaced_at", "statement_id", "reverses_id"),
        *("chain", "former_chain"),
    ),
}
FROZEN = (
    *("document", "document_line", "payment", "allocation", "write_off"),
    "pay_statement",
)


def frozen_rows(picture: Picture) -> dict[tuple[str, int], tuple[Any, ...]]:
    """Give everything that stands for ever, as it is now."""
    found: dict[tuple[str, int], tuple[Any, ...]] = {}
    for name in FROZEN:
        for row in picture.rows(name):
            found[name, row.id] = tuple(row)
    for row in picture.rows("charge"):
        if row.line_id is not None:
            found["charge", row.id] = _without(row, ("live_key", "version"))
    for row in picture.rows("pay_line"):
        if row.statement_id is not None:
            found["pay_line", row.id] = _without(row, ("live_key", "version"))
    for row in picture.rows("deduction"):
        if row.statement_id is not None:
            found["deduction", row.id] = tuple(row)
    return found


class Archive:
    """Remembers everything that was ever issued, received or locked."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int], tuple[Any, ...]] = {}

    def faults(self, picture: Picture) -> Iterator[str]:
        """Compare what stands with what was issued, and remember what is new."""
        found = frozen_rows(picture)
        for key, row in self._kept.items():
            if key not in found:
                yield f"{key} is gone"
            elif found[key] != row:
                yield f"{key} was {row}, is {found[key]}"
        self._kept = {**found, **self._kept}

    @classmethod
    def compared(cls, before: Picture, after: Picture) -> Iterator[str]:
        """Compare what stands at two moments."""
        archive = cls()
        yield from archive.faults(before)
        yield from archive.faults(after)


def nothing_is_rewritten(before: Picture, after: Picture) -> Iterator[str]:
    """Let charges and pay lines only ever change where they stand."""
    for name, standing in STANDING.items():
        for row_id, row in before.tables[name].items():
            now = after.tables[name].get(row_id)
            if now is None:
                if row.replaced_at is None:
                    yield f"{name} {row_id} is gone"
            elif _without(row, (*standing, "version")) != _without(
                now, (*standing, "version")
            ):
                yield f"{name} {row_id} was rewritten"
    for name in NEVER_GO:
        gone = before.tables[name].keys() - after.tables[name].keys()
        if gone:
            yield f"{name} {sorted(gone)} are gone"


def journal_tells_all(before: Picture, after: Picture) -> Iterator[str]:
    """Let the journal hold each change of each row: before, after, and nothing else."""
    told = {(row.table_name, row.row_id): row for row in after.journal}
    if len(told) != len(after.journal) and len({r.step for r in after.journal}) == 1:
        yield "the journal tells of a row twice in one step"
    several = len({row.step for row in after.journal}) > 1
    for table in TABLES:
        yield from _told(table.name, before, after, told, several=several)
    if before.last_entry + len(after.journal) != after.last_entry:
        yield "the journal has a gap"


def _told(
    name: str,
    before: Picture,
    after: Picture,
    told: Mapping[tuple[str, int], Entry],
    *,
    several: bool,
) -> Iterator[str]:
    old, new = before.tables[name], after.tables[name]
    for row_id in old.keys() | new.keys():
        was, is_now = old.get(row_id), new.get(row_id)
        if was == is_now:
            continue
        changed = _differences(name, was, is_now)
        entry = told.get((name, row_id))
        if entry is None:
            if changed != ({}, {}):  # the version alone may rise
                yield f"the journal does not tell of {name} {row_id}: {changed}"
        elif not several and changed != _of_entry(entry, is_new=was is None):
            yield f"the journal tells {name} {row_id} wrongly: {changed}, {entry.after}"


def _differences(
    name: str, was: Entry | None, is_now: Entry | None
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    columns = [
        column
        for column in Model.metadata.tables[name].columns
        if column.name != "version"
        and (was is None or is_now is None or _of(was, column) != _of(is_now, column))
    ]
    pair = [
        None if row is None else {column.name: _of(row, column) for column in columns}
        for row in (was, is_now)
    ]
    return pair[0], pair[1]


def _of_entry(
    entry: Entry, *, is_new: bool
) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    before = None if entry.before is None else json.loads(entry.before)
    after = None if entry.after is None else json.loads(entry.after)
    if before is not None and after is not None and not is_new:
        kept = {name for name in before if before[name] == after.get(name)}
        before = {k: v for k, v in before.items() if k not in kept}
        after = {k: v for k, v in after.items() if k not in kept}
    return before, after


def _of(row: Entry, column: Column[Any]) -> Any:  # noqa: ANN401  any column
    value = getattr(row, column.name)
    if column.info.get("sensitive") and value:
        return "changed"
    return plain(value)


def plain(value: object) -> Any:  # noqa: ANN401  any JSON value
    """Write a column's value as the journal does."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value


def _without(row: Entry, names: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(value for name, value in row._mapping.items() if name not in names)


def fixed_sessions(picture: Picture) -> set[int]:
    """List the sessions that are closed out, called off, invoiced or paid."""
    found = {row.session_id for row in picture.rows("close_out")}
    found |= {
        row.session_id
        for row in picture.rows("charge")
        if row.line_id is not None and row.live_key is not None
    }
    found |= {
        row.session_id
        for row in picture.rows("pay_line")
        if row.statement_id is not None and row.live_key is not None
    }
    found |= {
        row.id
        for row in picture.rows("session")
        if row.status.value.startswith("cancelled")
    }
    return found - {None}


def session_as_is(picture: Picture, session_id: int) -> tuple[Any, ...]:
    """Give a session with everybody's part in it and its money."""
    return (
        picture.tables["session"].get(session_id),
        *(
            tuple(picture.of(table, "session_id", session_id))
            for table in ("session_tutor", "attendance", "close_out", "expense")
        ),
        money_as_is(picture, session_id),
    )


def told_as_is(picture: Picture, session_id: int) -> tuple[Any, ...]:
    """Give what was said of a session, which is what its pay follows.

    Why a student is charged nothing is not said but worked out, and may follow from
    another session of the same flat fee.
    """
    session = picture.tables["session"].get(session_id)
    return (
        session and (session.starts_at, session.ends_at, session.status),
        tuple(picture.of("session_tutor", "session_id", session_id)),
        tuple(picture.of("close_out", "session_id", session_id)),
        tuple(
            (place.student_id, place.state, place.actual_minutes)
            for place in picture.of("attendance", "session_id", session_id)
        ),
    )


def money_as_is(picture: Picture, session_id: int) -> tuple[frozenset[int], ...]:
    """Name the charges and pay lines of a session that count."""
    return tuple(
        frozenset(
            row.id
            for row in picture.of(table, "session_id", session_id)
            if row.live_key is not None
        )
        for table in ("charge", "pay_line")
    )


def fixed_sessions_stand(before: Picture, after: Picture) -> Iterator[str]:
    """Let a change of the timetable leave closed, billed and paid sessions alone."""
    for session_id in fixed_sessions(before):
        if session_as_is(before, session_id) != session_as_is(after, session_id):
            yield f"session {session_id} was changed although it stands"


def others_money_stands(
    before: Picture, after: Picture, touched: frozenset[int] = frozenset()
) -> Iterator[str]:
    """Let a step change the money of the sessions that it was about, and no other."""
    for session_id in before.tables["session"].keys() - touched:
        if money_as_is(before, session_id) != money_as_is(after, session_id):
            yield f"the money of session {session_id} changed, of {sorted(touched)}"


def first_open_day(picture: Picture) -> date:
    """Give the first day that may change, by the newest lock."""
    locks = picture.rows("period_lock")
    if not locks:
        return date.min
    if locks[-1].locked_until is not None:
        return date.fromordinal(locks[-1].locked_until.toordinal())
    days = locks[-1].trailing_days
    return date.min if days is None else picture.today - timedelta(days=days)


def locked_days_stand(before: Picture, after: Picture) -> Iterator[str]:
    """Let nothing that is said of a locked day change its money."""
    first = first_open_day(before)
    for session in before.rows("session"):
        if before.day(session.starts_at) < first and (
            money_as_is(before, session.id) != money_as_is(after, session.id)
        ):
            yield f"the money of session {session.id} changed in a locked period"
