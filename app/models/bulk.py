"""Statements that change many rows of a table at once, each row by its id."""

from __future__ import annotations

from functools import cache
from typing import cast

from sqlalchemy import Table, Update, bindparam, update
from sqlalchemy.orm.exc import StaleDataError

from app.models.base import Model


@cache
def update_of(model: type[Model], names: tuple[str, ...]) -> Update:
    """Write what sets columns of a row, unless somebody changed it meanwhile."""
    table = cast("Table", model.__table__)
    return (
        update(table)
        .where(
            table.c.id == bindparam("this_id"),
            table.c.version == bindparam("this_version"),
        )
        .values({name: bindparam(name) for name in (*names, "version")})
    )


@cache
def fill_in_of(model: type[Model], name: str) -> Update:
    """Write what sets one column of a row, if it is empty so far."""
    table = cast("Table", model.__table__)
    return (
        update(table)
        .where(table.c.id == bindparam("this_id"), table.c[name].is_(None))
        .values({name: bindparam("value"), "version": table.c.version + 1})
    )


def require_all(model: type[Model], done: int, wanted: int) -> None:
    """Refuse to go on where fewer rows were changed than were meant.

    Args:
        model: what the rows are of.
        done: how many were changed, as the driver says; -1 where it cannot.
        wanted: how many were meant.

    Raises:
        StaleDataError: Somebody else changed one of them meanwhile.
    """
    if done not in {-1, wanted}:
        msg = f"{model.__tablename__}: {done} of {wanted} rows updated"
        raise StaleDataError(msg)
