"""The sample office's parts: its clock, its months, its stages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.bootstrap import database_url, open_office
from app.services.demo.clock import StoryClock
from app.services.demo.making import (
    DatabaseInUseError,
    FolderInUseError,
    make_sample,
)
from app.services.demo.money import months_before
from app.services.demo.story import Stage

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_the_storys_clock_never_goes_back() -> None:
    clock = StoryClock(NOW)
    clock.go_to(NOW - timedelta(days=1))
    assert clock.now() == NOW
    clock.go_to(NOW + timedelta(days=1))
    assert clock.now() == NOW + timedelta(days=1)


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_the_months_meet_without_a_gap(today: date) -> None:
    former, last = months_before(today)
    assert former.on == last.from_on == former.until_on + timedelta(days=1)
    assert last.on == today.replace(day=1) == last.until_on + timedelta(days=1)
    assert (former.from_on.day, last.from_on.day) == (1, 1)


def test_later_stages_cover_the_earlier() -> None:
    assert Stage.PAYROLL.covers(Stage.BOOKINGS)
    assert Stage.INVOICES.covers(Stage.INVOICES)
    assert not Stage.BOOKINGS.covers(Stage.CLOSE_OUTS)


def test_an_office_that_is_no_sample_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "office.chalkbook"
    file.write_bytes(b"precious")
    with pytest.raises(FolderInUseError):
        make_sample(tmp_path, NOW, Stage.BOOKINGS)
    assert file.read_bytes() == b"precious"


def test_a_database_with_an_office_is_left_alone(month: str, tmp_path: Path) -> None:
    url = database_url(month)
    with pytest.raises(DatabaseInUseError):
        make_sample(tmp_path / "new", NOW, Stage.BOOKINGS, url)


def test_bookings_are_a_term_that_nothing_has_happened_in(tmp_path: Path) -> None:
    made = make_sample(tmp_path, NOW, Stage.BOOKINGS)
    assert (made.counts["students"], made.counts["tutors"]) == (60, 12)
    assert made.counts["sessions"] > 600
    assert (made.counts["held"], made.counts["invoices"]) == (0, 0)
    assert made.sums["invoiced"] == "0.00"
    assert not (tmp_path / "invoices").exists()
    office = open_office(str(tmp_path / "office.chalkbook"))
    assert office.checking.check().is_ok
    office.close()
