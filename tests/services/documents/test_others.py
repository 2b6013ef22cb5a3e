"""Credit notes, accounts, pay statements, schedules and notes."""

from __future__ import annotations

from datetime import time

from hypothesis import given
from hypothesis import strategies as st

from app.services.documents.naming import file_name
from app.services.documents.rendering import render
from app.services.documents.schedule import in_lanes
from app.services.documents.values import Slot
from tests.services.documents.reading import pages, text
from tests.services.documents.samples import every


def test_a_credit_note_names_what_it_amends() -> None:
    found = text(render(every()["credit_note"]))
    for words in ("Credit note", "CN-0003", "2026-0412", "Not held", "€115.20"):
        assert words in found
    assert "Invoice\n" not in found


def test_an_account_shows_how_it_came_about() -> None:
    found = text(render(every()["account"]))
    for words in ("Brought forward", "€104.50", "200.00", "100.00", "€92.00"):
        assert (words in found) is (words != "200.00")
    assert "192.00" in found


def test_a_pay_statement_lists_every_session_on_page_two() -> None:
    first, second = pages(render(every()["pay"]))
    for words in ("€510.00", "€540.00", "20.00", "Travel card", "Fixed"):
        assert words in first
    assert second.count("M. L.") == 20
    assert "M. L." not in first
    assert "Confidential" in first


def test_a_contractor_gets_a_remittance_advice_without_deductions() -> None:
    first = pages(render(every()["remittance"]))[0]
    assert "Remittance advice" in first
    assert "Deductions" not in first
    assert "€540.00" in first


def test_a_schedule_shows_all_sessions() -> None:
    found = text(render(every()["week"]))
    for words in ("Maya", "Sam Wright", "Nadia Saleh", "23:00"):
        assert words in found


def test_a_note_says_what_was_done_and_what_comes() -> None:
    found = text(render(every()["note"]))
    for words in ("Quadratic equations.", "Exercises 3 to 8", "9 November 2026"):
        assert words in found


slots = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 20), st.integers(1, 3)), max_size=20
)


@given(slots)
def test_slots_in_one_lane_never_overlap(found: list[tuple[int, int, int]]) -> None:
    listed = [Slot(day, time(at), time(at + n), "", "") for day, at, n in found]
    placed = list(in_lanes(listed))
    assert len(placed) == len(listed)
    for slot, lane, lanes in placed:
        assert lane < lanes
        for other, its_lane, _count in placed:
            if other is not slot and (other.column, its_lane) == (slot.column, lane):
                assert other.end <= slot.start or slot.end <= other.start


@given(st.text(max_size=300), st.text(max_size=300))
def test_file_names_fit_every_system(number: str, who: str) -> None:
    name = file_name(number, who, "Invoice")
    assert name.endswith(".pdf")
    assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
    assert 0 < len(name.encode()) <= 1000
    assert not name.startswith((".", " "))


def test_file_names_read_well() -> None:
    assert file_name("2026-0412", "Lindqvist", "Invoice") == (
        "2026-0412 Lindqvist Invoice.pdf"
    )
    assert file_name("CON", "", "") == "_CON.pdf"
    assert file_name("../..", "a/b:c", "Invoice") == "- a-b-c Invoice.pdf"
