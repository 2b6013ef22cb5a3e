"""The seals of documents and payments notice every change."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from app.models.billing import Document, Payment
from app.services.billing.chains import broken_documents, broken_payments
from tests.services.billing.books import DECEMBER, Books


@pytest.fixture
def sealed(books: Books) -> Books:
    """Books with two documents and two payments."""
    books.held(4)
    books.run()
    books.held(5)
    books.run(DECEMBER)
    books.receive(100)
    books.receive(200, on=date(2026, 12, 6))
    return books


def broken(books: Books) -> tuple[list[int], list[int]]:
    """List the broken documents and payments."""
    with books.desk.snapshot() as snapshot:
        return (
            [row.id for row in broken_documents(snapshot)],
            [row.id for row in broken_payments(snapshot)],
        )


def test_what_nobody_touched_is_whole(sealed: Books) -> None:
    assert broken(sealed) == ([], [])
    first, second = sealed.rows(Document)
    assert (first.former_chain, second.former_chain) == ("", first.chain)
    assert len(sealed.rows(Payment)[1].former_chain) == 64


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE document SET total = total + 1 WHERE id = 1",
        "UPDATE document SET face = '{}' WHERE id = 1",
        "UPDATE document SET number = 'X' WHERE id = 1",
        "UPDATE document_line SET amount = 1 WHERE document_id = 1",
        "UPDATE document_line SET note = 'x' WHERE document_id = 1",
    ],
)
def test_a_changed_document_is_noticed(sealed: Books, damage: str) -> None:
    harm(sealed, damage)
    assert broken(sealed) == ([1], [])


def test_a_changed_seal_of_the_former_is_noticed(sealed: Books) -> None:
    harm(sealed, "UPDATE document SET former_chain = '' WHERE id = 2")
    harm(sealed, "UPDATE payment SET former_chain = '' WHERE id = 2")
    assert broken(sealed) == ([2], [2])


def test_a_missing_line_is_noticed(sealed: Books) -> None:
    harm(sealed, "DELETE FROM document_line WHERE document_id = 1")
    assert broken(sealed) == ([1], [])


def test_a_changed_payment_is_noticed(sealed: Books) -> None:
    harm(sealed, "UPDATE payment SET amount = 900 WHERE id = 1")
    assert broken(sealed) == ([], [1])


def test_a_missing_payment_is_noticed_by_the_next(sealed: Books) -> None:
    harm(sealed, "DELETE FROM allocation WHERE payment_id = 1")
    harm(sealed, "DELETE FROM payment WHERE id = 1")
    assert broken(sealed) == ([], [2])


def harm(books: Books, statement: str) -> None:
    """Change the tables behind the program's back."""
    with books.desk.transaction("harm") as transaction:
        transaction.connection().execute(text(statement))
