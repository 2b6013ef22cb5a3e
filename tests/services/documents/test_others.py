"""Credit notes, accounts, reminders, pay statements and notes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.documents.locale import MINUS
from app.services.documents.naming import file_name
from app.services.documents.rendering import Job, render
from app.services.documents.values import Earning, Entry, Tax
from tests.services.documents.reading import codes, pages, text
from tests.services.documents.samples import (
    LETTERHEAD,
    TRANSFER,
    account,
    credit_note,
    every,
    note,
    pay,
    reminder,
)


def test_a_credit_note_names_what_it_amends() -> None:
    found = text(render(every()["credit_note"]))
    for words in ("Credit note", "CN-0003", "2026-0412", "Not held", "€115.20"):
        assert words in found
    assert "30 Nov 2026" in found
    assert "Invoice\r" not in found
    assert f"{MINUS}" not in found


def test_a_credit_note_over_gross_prices_contains_the_tax() -> None:
    value = replace(
        credit_note(), taxes=(Tax("VAT", Decimal(20), 8000, 1600),), total=9600
    )
    found = text(render(Job(value, LETTERHEAD, "en-GB"))).replace("\xa0", " ")
    assert "including VAT 20 % on 80.00" in found


def test_the_law_may_want_another_title() -> None:
    value = replace(credit_note(), title="Adjustment note")
    assert "Adjustment note" in text(render(Job(value, LETTERHEAD, "en-AU", "AU")))


def test_an_account_shows_how_it_came_about() -> None:
    found = text(render(every()["account"]))
    for words in ("Brought forward", "€104.50", "100.00", "€92.00", "192.00"):
        assert words in found
    assert "Not yet due" in found


def test_an_account_can_be_paid_by_code() -> None:
    value = replace(account(), transfer=TRANSFER)
    assert "EUR104.50" in codes(render(Job(value, LETTERHEAD, "en-GB")))[0]


def test_credit_on_account_is_in_the_families_favour() -> None:
    value = replace(account(), balance=-2000, overdue=0, transfer=TRANSFER)
    content = render(Job(value, LETTERHEAD, "en-GB"))
    assert "Balance in your favour" in text(content)
    assert "€20.00" in text(content)
    assert codes(content) == []


def test_a_reminder_lists_every_open_invoice_and_one_total() -> None:
    content = render(every()["reminder"])
    found = text(content)
    for words in ("Payment reminder", "2026-0371", "2026-0412", "37", "€465.00"):
        assert words in found
    assert "EUR465.00" in codes(content)[0]


@pytest.mark.parametrize(
    ("level", "kind"),
    [(1, "Payment reminder"), (2, "Second reminder"), (5, "Final reminder")],
)
def test_reminders_grow_firmer(level: int, kind: str) -> None:
    value = replace(reminder(), level=level)
    assert kind in text(render(Job(value, LETTERHEAD, "en-GB")))


def test_a_pay_statement_lists_every_session_on_page_two() -> None:
    first, second = pages(render(every()["pay"]))
    for words in ("€510.00", "€540.00", "20.00", "Travel card", "Fixed"):
        assert words in first
    assert second.count("M. L.") == 20
    assert "M. L." not in first
    for page in (first, second):
        assert "Confidential" in page


def test_holiday_pay_stands_apart() -> None:
    value = pay()
    holiday = Earning("12.07 % of pay", 6518, is_holiday=True)
    value = replace(value, earnings=(*value.earnings, holiday))
    first = pages(render(Job(value, LETTERHEAD, "en-GB")))[0]
    assert "Holiday pay" in first
    named = Earning("Holiday pay", 6518, detail="12.07 % of pay", is_holiday=True)
    value = replace(value, earnings=(*pay().earnings, named))
    first = pages(render(Job(value, LETTERHEAD, "en-GB")))[0]
    assert (first.count("Holiday pay"), first.count("12.07 % of pay")) == (1, 1)
    assert "65.18" in first


def test_a_contractor_gets_a_remittance_advice_without_deductions() -> None:
    first = pages(render(every()["remittance"]))[0]
    assert "Remittance advice" in first
    for words in ("Deductions", "Gross", "Net", "Year to date"):
        assert words not in first
    assert "€540.00" in first


def test_many_sessions_flow_over_pages() -> None:
    found = pages(render(Job(pay(120), LETTERHEAD, "en-GB")))
    assert sum(page.count("M. L.") for page in found) == 120
    assert all("Hours" in page for page in found)
    assert "All sessions" in found[-1]


def test_a_note_says_what_was_done_and_what_comes() -> None:
    found = text(render(every()["note"]))
    for words in ("Quadratic equations.", "Exercises 3 to 8", "9 November 2026"):
        assert words in found


def test_a_long_note_keeps_every_letter() -> None:
    value = replace(note(), sections=(("What we did", "Eleven words. " * 1500),))
    found = pages(render(Job(value, LETTERHEAD, "en-GB")))
    assert sum(page.count("Eleven") for page in found) == 1500
    assert len(found) > 2


def test_labels_follow_the_office_not_the_program() -> None:
    value = replace(account(), ages=(Entry("Später", 0),))
    found = text(render(Job(value, LETTERHEAD, "de-DE"))).replace("\xa0", " ")
    assert "104,50 €" in found


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=100))
def test_file_names_fit_every_system(number: str, who: str, kind: str) -> None:
    name = file_name(number, who, kind)
    assert name.endswith(".pdf")
    assert not set(name) & set('<>:"/\\|?*\n\r\t\0')
    assert 4 < len(name.encode()) <= 190
    assert not name.startswith((".", " ", "-", "~"))


def test_file_names_read_well() -> None:
    assert file_name("2026-0412", "Lindqvist", "Invoice") == (
        "2026-0412 Lindqvist Invoice.pdf"
    )
    assert file_name("", "", "") == "document.pdf"
    assert file_name("../..", "a/b:c", "Invoice") == "a-b-c Invoice.pdf"
    assert file_name("1", "ł" * 300, "Invoice").endswith("ł Invoice.pdf")


@pytest.mark.parametrize("device", ["CON", "nul", "COM1", "lpt9", "Com¹"])
def test_no_file_is_named_like_a_device(device: str) -> None:
    assert file_name(device, "", "") == f"_{device}.pdf"
