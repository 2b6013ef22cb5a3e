"""Is the database whole, of our version, and does it guard against double booking?"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from app.models.database import Snapshot
from app.models.schema import differences, head, version
from app.services.checking.findings import Finding
from app.text import _

_SQLITE_GUARDS = frozenset(("occupancy_insert", "occupancy_update"))


def check_storage(snapshot: Snapshot) -> Iterator[Finding]:
    """Have the database check its own pages and references."""
    connection = snapshot.connection()
    if connection.dialect.name != "sqlite":
        return
    for row in connection.execute(text("PRAGMA integrity_check(20)")):
        if row[0] != "ok":
            yield Finding(
                "integrity",
                _("The office file is damaged: {what}.").format(what=row[0]),
            )
    for table, row_id, parent, _key in connection.execute(
        text("PRAGMA foreign_key_check")
    ):
        yield Finding(
            "reference",
            _("A record of {table} points to a {parent} that is not there.").format(
                table=table, parent=parent
            ),
            (f"{table}:{row_id}",),
        )


def check_schema(snapshot: Snapshot) -> Iterator[Finding]:
    """Compare the tables with what this version of the program expects."""
    connection = snapshot.connection()
    found = version(connection)
    if found != head():
        yield Finding(
            "schema",
            _("The tables are of version {found}, the program's is {ours}.").format(
                found=found, ours=head()
            ),
        )
        return
    for difference in differences(connection):
        yield Finding(
            "schema",
            _("The tables differ from what the program made: {what}.").format(
                what=difference
            ),
        )


def check_guard(snapshot: Snapshot) -> Iterator[Finding]:
    """Make sure that the database itself refuses double bookings."""
    connection = snapshot.connection()
    if connection.dialect.name == "sqlite":
        triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        is_guarded = set(connection.execute(triggers).scalars()) >= _SQLITE_GUARDS
    else:
        constraint = text(
            "SELECT count(*) FROM pg_constraint WHERE conname = 'ex_occupancy_overlap'"
        )
        is_guarded = bool(connection.execute(constraint).scalar())
    if not is_guarded:
        yield Finding(
            "guard",
            _("The database's guard against double booking was taken out."),
        )
