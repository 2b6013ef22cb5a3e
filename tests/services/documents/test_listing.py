"""Printed lists: every row and column is there, on as many pages as it takes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.services.documents.rendering import Job, plain_text, render
from app.services.documents.style import MM
from app.services.documents.values import ListedColumn, Listing
from tests.services.documents.reading import fonts, pages, picture, place, text
from tests.services.documents.samples import LETTERHEAD

PRINTED = datetime(2026, 11, 24, 16, 37, tzinfo=UTC)


def listing(count: int = 3, columns: int = 3, letters: int = 10) -> Listing:
    """Give a list whose last column holds figures."""
    heads = [ListedColumn(f"Head {n}") for n in range(columns - 1)]
    row = tuple(f"cell{n} " + "w" * letters for n in range(columns - 1))
    return Listing(
        title="Invoices",
        filters="Overdue · “miller”",
        count=f"{count} of 96 invoices",
        sums=(("Total", "£1,234.50"), ("Open", "£48.00")),
        columns=(*heads, ListedColumn("Open £", is_figures=True)),
        rows=tuple((*row[:-1], f"row{n}", f"{n}.00") for n in range(count)),
        printed=PRINTED,
    )


def drawn(shown: Listing, country: str = "DE") -> bytes:
    return render(Job(shown, LETTERHEAD, "en-GB", country))


def test_says_what_it_is_by_what_it_was_chosen_and_when_it_was_printed() -> None:
    content = drawn(listing())
    found = text(content)
    for words in (
        "Invoices",
        "Overdue · “miller”",
        "3 of 96 invoices",
        "Printed Tue 24 Nov 2026, 16:37",
        "Open £48.00",
        "1 / 1",
    ):
        assert words in found
    assert all(fonts(content).values())


def test_a_long_list_repeats_its_head_and_counts_its_pages() -> None:
    found = pages(drawn(listing(count=100)))
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert "Head 0" in page
        assert f"{number} / {len(found)}" in page
    whole = "\n".join(found)
    assert [n for n in range(100) if f"row{n} {n}.00" not in whole] == []
    assert "£1,234.50" in found[-1]


@pytest.mark.parametrize(("columns", "letters"), [(3, 400), (9, 60), (14, 20)])
def test_what_is_too_wide_wraps_and_stays_on_the_sheet(
    columns: int, letters: int
) -> None:
    content = drawn(listing(columns=columns, letters=letters))
    wide = picture(content, scale=1)
    assert wide.width > wide.height
    left, _bottom, right, _top = place(content, "2.00")
    assert 0 < left < right <= wide.width - 13 * MM
    assert text(content).count("w") >= 3 * letters


def test_american_paper_is_letter() -> None:
    assert picture(drawn(listing(), "US"), scale=1).size == (792, 612)


def test_a_list_without_rows_is_a_sheet_that_says_so() -> None:
    found = text(drawn(listing(count=0)))
    assert "0 of 96 invoices" in found


def test_the_same_list_as_text_names_each_figure() -> None:
    found = plain_text(Job(listing(1), LETTERHEAD, "en-GB", "DE"))
    assert "row0: Open £ 0.00" in found
    assert "Overdue" in found
