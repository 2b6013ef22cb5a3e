"""Why a charge is what it is, in words for documents."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.services.charging import wording


@pytest.mark.parametrize(
    ("percent", "text"),
    [("100", "100"), ("100.00", "100"), ("33.30", "33.3"), ("5E1", "50")],
)
def test_a_percentage_is_written_plainly(percent: str, text: str) -> None:
    said = wording.no_show(Decimal(percent))
    assert said == f"Absent without notice, charged {text} %"


def test_two_reasons_become_one() -> None:
    assert wording.both("one", "two") == "one; two"
    assert wording.both("", "two") == "two"
    assert wording.both("one", "") == "one"


def test_a_course_joined_at_its_start_needs_no_words() -> None:
    assert wording.joined_course(4, 4) == ""
    assert wording.joined_course(3, 4) == "3 of 4 sessions"
