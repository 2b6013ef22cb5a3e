"""All rows of an office at one moment, read by plain selects, to be judged later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, Table, func, select

from app.models.base import Model
from app.models.database import Database, Snapshot
from app.models.scheduling import occupancy, occupancy_override

Entry = Row[*tuple[Any, ...]]
Contents = dict[str, list[tuple[Any, ...]]]

_GUARDS = (occupancy, occupancy_override)
_JOURNAL = Model.metadata.tables["journal"]
TABLES: tuple[Table, ...] = tuple(
    table
    for table in Model.metadata.sorted_tables
    if table not in _GUARDS and table is not _JOURNAL
)


class Picture:
    """An office's rows by table and id.

    Attributes:
        at: what the clock said.
        guards: the rows of the guard's table, and of the one for overrides.
        journal: the entries since the former picture.
        last_entry: the id of the journal's last entry.
    """

    def __init__(
        self,
        at: datetime,
        tables: Mapping[str, Mapping[int, Entry]],
        guards: tuple[frozenset[tuple[int, int, int]], ...],
        journal: Sequence[Entry],
        last_entry: int,
    ) -> None:
        self.at = at
        self.tables = tables
        self.guards = guards
        self.journal = journal
        self.last_entry = last_entry
        self._groups: dict[tuple[str, str], Mapping[Any, Sequence[Entry]]] = {}

    def rows(self, table: str) -> Sequence[Entry]:
        """List a table's rows in order of their ids."""
        return list(self.tables[table].values())

    def get(self, table: str, row_id: int) -> Entry:
        """Give one row by its id."""
        return self.tables[table][row_id]

    def by(self, table: str, column: str) -> Mapping[Any, Sequence[Entry]]:
        """Give a table's rows by the value of a column, each in order of ids."""
        if (table, column) not in self._groups:
            groups: dict[Any, list[Entry]] = defaultdict(list)
            for row in self.rows(table):
                groups[getattr(row, column)].append(row)
            self._groups[table, column] = groups
        return self._groups[table, column]

    def of(self, table: str, column: str, value: object) -> Sequence[Entry]:
        """List the rows whose column has a value."""
        return self.by(table, column).get(value, ())

    @cached_property
    def office(self) -> Entry:
        """The office's own record."""
        return self.rows("office")[0]

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of the office's wall clock."""
        return ZoneInfo(self.office.zone)

    def day(self, moment: datetime) -> date:
        """Give the office's date of an instant."""
        return moment.astimezone(self.zone).date()

    def wall(self, moment: datetime) -> datetime:
        """Give the office's wall clock at an instant, without a zone."""
        return moment.astimezone(self.zone).replace(tzinfo=None)

    @property
    def today(self) -> date:
        """The office's date."""
        return self.day(self.at)

    def same(self, other: Picture) -> bool:
        """Say whether nothing at all differs, the clock apart."""
        mine = (self.tables, self.guards, self.last_entry)
        return mine == (other.tables, other.guards, other.last_entry)

    def contents(self) -> Contents:
        """Give all rows but their versions; money that was replaced counts nothing."""
        found = {table.name: sorted(self._plain(table), key=repr) for table in TABLES}
        for name, rows in zip(("guard", "apart"), self.guards, strict=True):
            found[name] = sorted(rows)
        return found

    def _plain(self, table: Table) -> Iterator[tuple[Any, ...]]:
        names = [column.name for column in table.columns if column.name != "version"]
        for row in self.tables[table.name].values():
            if not getattr(row, "replaced_at", None):
                yield tuple(getattr(row, name) for name in names)


def take_picture(database: Database, at: datetime, after: int = 0) -> Picture:
    """Read everything in one snapshot.

    Args:
        database: whose rows.
        at: what the clock says.
        after: the journal's entries after this one are read.
    """
    with database.snapshot() as snapshot:
        return draw_picture(snapshot, at, after)


def draw_picture(snapshot: Snapshot, at: datetime, after: int = 0) -> Picture:
    """Read everything that a snapshot shows."""
    tables = {
        table.name: {
            row.id: row for row in snapshot.execute(select(table).order_by(table.c.id))
        }
        for table in TABLES
    }
    guards = tuple(
        frozenset(
            (row.starts, row.ends, row.session_id)
            for row in snapshot.execute(select(table))
        )
        for table in _GUARDS
    )
    entries = snapshot.execute(
        select(_JOURNAL).where(_JOURNAL.c.id > after).order_by(_JOURNAL.c.id)
    ).all()
    last = snapshot.execute(select(func.max(_JOURNAL.c.id))).scalar_one()
    return Picture(at, tables, guards, entries, last or 0)
