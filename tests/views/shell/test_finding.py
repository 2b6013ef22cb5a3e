"""What was typed finds a command by beginning, word, part, letters, likeness."""

from __future__ import annotations

import pytest

from app.views.shell.finding import ALIKE, EXACT, INSIDE, SCATTERED, WORD, match


@pytest.mark.parametrize(
    ("typed", "text", "score"),
    [
        ("inv", "Invoices", EXACT),
        ("run", "Invoice run", WORD),
        ("voice", "Invoices", INSIDE),
        ("ir", "Invoice run", SCATTERED),
        ("calender", "Calendar", ALIKE),
        ("muller", "Müller", EXACT),
    ],
)
def test_a_better_match_counts_more(typed: str, text: str, score: float) -> None:
    found = match(typed, text)
    assert found is not None
    assert found.score == score


def test_the_letters_that_were_typed_are_named() -> None:
    found = match("run", "Invoice run")
    assert found is not None
    assert found.letters == {8, 9, 10}


@pytest.mark.parametrize("typed", ["xyz", "iiiii", "nur"])
def test_what_has_nothing_in_common_is_not_found(typed: str) -> None:
    assert match(typed, "Invoice run") is None


def test_nothing_typed_finds_everything() -> None:
    assert match("  ", "Invoice run") is not None
