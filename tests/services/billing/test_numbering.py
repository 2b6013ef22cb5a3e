"""Numbers: gapless in their series, new each year where the office says so."""

from __future__ import annotations

from datetime import date

import pytest

from app.models.billing import NumberSeries
from app.models.values.billing import DocumentKind
from app.models.values.errors import InputError
from app.services.billing.errors import SamePrefixError, SeriesStartedError
from app.services.billing.numbering import NumberBook, SetSeries
from tests.services.billing.books import DECEMBER, Books

INVOICE, NOTE = DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE


def set_series(books: Books, *terms: object) -> None:
    """Let documents be numbered so."""
    NumberBook(books.desk).set_series(SetSeries(*terms))  # type: ignore[arg-type]


def numbers(books: Books) -> list[str]:
    """List the numbers given so far."""
    return [number for number, _total in books.totals()]


def test_a_yearly_series_starts_again(books: Books) -> None:
    set_series(books, INVOICE, "R", 2026, 3)
    books.held(4)
    books.run()
    books.held(5)
    books.run(DECEMBER)
    books.held(6)
    books.run((date(2027, 1, 1), date(2027, 1, 31)))
    assert numbers(books) == ["R2026-001", "R2026-002", "R2027-001"]
    assert [row.next_number for row in books.rows(NumberSeries)] == [3, 2]


def test_credit_notes_share_the_invoices_series_unless_they_have_one(
    books: Books,
) -> None:
    books.held(4)
    [invoice] = books.run().document_ids
    books.credit(invoice, rebill=True)
    set_series(books, NOTE, "CN-")
    [again] = books.run(DECEMBER).document_ids
    books.credit(again, DECEMBER[1])
    assert numbers(books) == ["INV-0001", "INV-0002", "INV-0003", "CN-0001"]


def test_a_series_with_documents_stays(books: Books) -> None:
    set_series(books, INVOICE, "A-")
    set_series(books, INVOICE, "A-", None, 6)
    books.held(4)
    books.run()
    assert numbers(books) == ["A-000001"]
    with pytest.raises(SeriesStartedError):
        set_series(books, INVOICE, "A-")
    with pytest.raises(SamePrefixError):
        set_series(books, NOTE, "A-")
    set_series(books, INVOICE, "B-")
    books.held(5)
    books.run()
    assert numbers(books)[-1] == "B-0001"


@pytest.mark.parametrize(
    "terms",
    [
        ("A", None, 0),
        ("A", None, -1),
        ("A", None, 13),
        ("A", None, 2**31),
        ("A", 1899, 4),
        ("A", 10_000, 4),
        ("A\0", None, 4),
        ("A\ud800", None, 4),
        ("A" * 17, None, 4),
    ],
)
def test_a_series_that_no_number_can_follow_is_refused(
    books: Books, terms: tuple[object, ...]
) -> None:
    before = books.rows(NumberSeries)
    with pytest.raises(InputError):
        set_series(books, INVOICE, *terms)
    assert len(books.rows(NumberSeries)) == len(before)


def test_a_prefix_is_kept_without_the_spaces_around_it(books: Books) -> None:
    set_series(books, INVOICE, " Q-")
    with pytest.raises(SamePrefixError):
        set_series(books, NOTE, "Q- ")


def test_no_more_numbers_are_told_than_anybody_reads(books: Books) -> None:
    with pytest.raises(InputError):
        NumberBook(books.desk).upcoming(INVOICE, date(2026, 3, 1), 10**9)
