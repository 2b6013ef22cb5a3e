"""Sorting and filtering a long list, and finding while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import cycle

from app.models.values.folding import folded
from app.views.tables.arranging import SortKey
from app.views.tables.columns import Column
from app.views.tables.model import RowsModel
from bench.places import Place
from bench.timing import Measured, compare

ROWS = 10_000
_FILTERS = ("student 1", "family 9")
_TYPED = ("s", "st", "stu", "student 1", "tutor 2")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list."""

    key: int
    name: str
    family: str
    amount: int


def measure(place: Place, repetitions: int) -> list[Measured]:
    """Measure a list of 10,000 rows, and the search of the palette."""
    return [*_tables(repetitions), _search(place, repetitions)]


def _rows() -> list[Line]:
    """Make rows that no order of theirs is sorted by."""
    return [
        Line(n, f"Student {n * 7919 % ROWS}", f"Family {n % 977}", n * 37 % 9973)
        for n in range(ROWS)
    ]


def _model() -> RowsModel[Line]:
    """Make the list's model, as a page does."""
    return RowsModel(
        (
            Column("name", "Name", lambda row: row.name),
            Column("family", "Family", lambda row: row.family),
            Column(
                "amount",
                "Amount",
                lambda row: str(row.amount),
                kind="money",
                sort_by=lambda row: row.amount,
            ),
        ),
        lambda row: row.key,
    )


def _tables(repetitions: int) -> list[Measured]:
    rows, model = _rows(), _model()
    model.show_rows(rows)
    texts = [folded(f"{row.name} {row.family} {row.amount}") for row in rows]
    orders = cycle(((SortKey("name"),), (SortKey("name", is_descending=True),)))
    words, typed = cycle(_FILTERS), cycle(_FILTERS)

    def filtered() -> list[str]:
        """Look through the texts."""
        word = next(typed)
        return [text for text in texts if word in text]

    return [
        compare(
            f"sort {ROWS} rows of a list",
            "Python's sorting of their folded names",
            lambda: sorted(rows, key=lambda row: folded(row.name)),
            lambda: model.set_sorting(next(orders)),
            repetitions=repetitions,
        ),
        compare(
            f"filter {ROWS} rows of a list",
            "one look through their texts",
            filtered,
            lambda: model.set_filter(next(words)),
            repetitions=repetitions,
        ),
    ]


def _search(place: Place, repetitions: int) -> Measured:
    """Measure one key typed into the palette."""
    size = place.size
    names = [f"student {n}" for n in range(1, size.students + 1)]
    names += [f"payer {n}" for n in range(1, size.students + 1)]
    names += [f"tutor {n}" for n in range(1, size.tutors + 1)]
    whole = "\n".join(names)
    floor_keys, keys = cycle(_TYPED), cycle(_TYPED)

    def bare() -> list[int]:
        """Find the first places of a text."""
        word, at, found = next(floor_keys), -1, list[int]()
        while len(found) < 20 and (at := whole.find(word, at + 1)) >= 0:  # noqa: PLR2004  as many as the palette asks for
            found.append(at)
        return found

    return compare(
        f"a key in the palette, {len(names)} people and their sessions",
        "str.find in all names",
        lambda: [bare() for _key in range(100)],
        lambda: [place.office.search.find(next(keys)) for _key in range(100)],
        repetitions=repetitions,
    )
