"""The invoice: amounts to the cent, the code, the flow over pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.services.documents.locale import locale_for
from app.services.documents.plain_text import plain_text
from app.services.documents.rendering import Job, render
from app.services.documents.values import Invoice, Transfer
from tests.services.documents.reading import codes, pages, text
from tests.services.documents.samples import LETTERHEAD, credit_note, invoice, pay


def drawn(value: Invoice, locale: str = "en-GB") -> bytes:
    return render(Job(value, LETTERHEAD, locale, "DE"))


def test_says_what_to_pay_and_by_when() -> None:
    found = text(drawn(invoice()))
    for words in ("2026-0412", "€192.00", "Mon 14 December 2026", "Maya Lindqvist"):
        assert words in found
    assert found.count("48.00") == 8  # rate and amount of four lines


def test_the_code_asks_for_what_is_open() -> None:
    value = replace(invoice(), open=15000)
    assert codes(drawn(value)) == [
        (
            "BCD\n002\n1\nSCT\n\nLindenhof Tutoring GmbH\nDE33100205000001194700\n"
            "EUR150.00\n\nRF18539007547034"
        )
    ]


def test_a_link_is_a_code_outside_the_euro() -> None:
    transfer = Transfer("Hudson LLC", (), "0412", link="https://pay.example/i/0412")
    value = replace(invoice(currency="USD"), transfer=transfer)
    assert codes(drawn(value)) == ["https://pay.example/i/0412"]


def test_nothing_to_pay_needs_no_code() -> None:
    content = drawn(replace(invoice(), open=0))
    assert codes(content) == []
    assert "No payment needed" in text(content)


@pytest.mark.parametrize(
    ("currency", "shown"), [("JPY", "¥19,200"), ("KWD", "19.200"), ("GBP", "£192.00")]
)
def test_currencies_have_their_decimals(currency: str, shown: str) -> None:
    assert shown in text(drawn(invoice(currency=currency))).replace("\xa0", " ")


def test_germany_writes_a_comma() -> None:
    assert "192,00" in text(drawn(invoice(), "de-DE"))


@pytest.mark.parametrize("count", [1, 12, 13, 14, 15, 16, 40, 400])
def test_totals_are_never_alone_and_heads_repeat(count: int) -> None:
    found = pages(drawn(invoice(count)))
    shown = 0
    for number, page in enumerate(found, 1):
        assert f"{number} / {len(found)}" in page
        assert "Date" in page
        shown += page.count("Anna Berg")
    assert shown == count
    last = next(page for page in reversed(found) if "Total" in page)
    assert "Anna Berg" in last


def test_a_long_address_stays_above_the_box() -> None:
    value = invoice()
    party = replace(value.payer, lines=tuple(f"Line {number}" for number in range(30)))
    found = text(drawn(replace(value, payer=party)))
    assert "Line 5" in found
    assert "Line 6" not in found


def test_the_plain_text_says_the_same() -> None:
    locale = locale_for("en-GB")
    found = plain_text(invoice(), locale)
    assert "Amount due: €192.00" in found
    assert found.count("48.00 · 48.00") == 4
    assert "Total credited: €115.20" in plain_text(credit_note(), locale)
    assert "Net pay: €510.00" in plain_text(pay(), locale)
