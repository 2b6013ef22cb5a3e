"""The invoice: amounts to the cent, the code, the flow over pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from app.services.documents.locale import MINUS
from app.services.documents.rendering import Job, render
from app.services.documents.style import MM
from app.services.documents.values import (
    Entry,
    Group,
    Invoice,
    Package,
    Party,
    Tax,
    Transfer,
)
from tests.services.documents.reading import codes, pages, place, text
from tests.services.documents.samples import LETTERHEAD, TRANSFER, invoice, lines


def drawn(value: Invoice, locale: str = "en-GB", country: str = "DE") -> bytes:
    return render(Job(value, LETTERHEAD, locale, country))


def taxed(*, is_gross: bool) -> Invoice:
    """Give an invoice with VAT and a discount, prices without or with the tax."""
    net, tax = (34333, 6867) if is_gross else (41200, 8240)
    return replace(
        invoice(9),
        subtotal=43200,
        discounts=(Entry("Sibling discount", -2000),),
        taxes=(Tax("VAT", Decimal(20), net, tax),),
        total=net + tax,
        open=net + tax,
    )


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


def test_the_data_of_the_code_stand_beside_it() -> None:
    transfer = replace(TRANSFER, rows=(("Bank", "Lindenbank"),))
    found = text(drawn(replace(invoice(), transfer=transfer)))
    for words in ("Lindenhof Tutoring GmbH", "DE33 1002 0500 0001 1947 00"):
        assert words in found
    assert "RF18 5390 0754 7034" in found


def test_a_wrong_account_makes_no_code() -> None:
    transfer = replace(TRANSFER, iban="DE34100205000001194700")
    content = drawn(replace(invoice(), transfer=transfer))
    assert codes(content) == []
    assert "DE34 1002" in text(content)


def test_a_link_is_a_code_outside_the_euro() -> None:
    transfer = Transfer("Hudson LLC", (), "0412", link="https://pay.example/i/0412")
    content = drawn(replace(invoice(currency="USD"), transfer=transfer))
    assert codes(content) == ["https://pay.example/i/0412"]
    assert b"/URI (https://pay.example/i/0412)" in content


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


def test_tax_comes_on_top_of_net_prices() -> None:
    found = text(drawn(taxed(is_gross=False))).replace("\xa0", " ")
    for words in ("432.00", f"{MINUS}20.00", "VAT 20 % on 412.00", "82.40", "€494.40"):
        assert words in found
    assert "including" not in found


def test_gross_prices_contain_the_tax() -> None:
    found = text(drawn(taxed(is_gross=True))).replace("\xa0", " ")
    for words in ("including VAT 20 % on 343.33", "68.67", "€412.00"):
        assert words in found


def test_an_exemption_is_said_in_words() -> None:
    found = text(drawn(invoice()))
    assert "VAT exempt (tuition)" in found
    assert "No tax on 192.00" in found


def test_an_office_without_tax_never_speaks_of_it() -> None:
    value = replace(invoice(), taxes=(Tax("VAT", Decimal(0), 19200, 0),))
    found = text(drawn(value))
    assert "VAT" not in found.replace(LETTERHEAD.legal, "")
    assert "tax" not in found.casefold()


def test_mixed_rates_stand_in_a_column_of_their_own() -> None:
    marked = tuple(replace(line, tax_rate=Decimal(20)) for line in lines(2))
    book = replace(lines(1)[0], text="Workbook")
    groups = (Group("Maya", "", marked), Group("", "Materials", (book,)))
    found = text(drawn(replace(invoice(3), groups=groups)))
    assert found.replace("\xa0", " ").count("20 %") == 2
    assert "Tax" in found
    alike = replace(invoice(2), groups=(Group("Maya", "", marked),))
    assert "Tax" not in text(drawn(alike))


def test_packages_say_what_was_bought_used_and_left() -> None:
    packages = (
        Package("Ten hours", 600, 240, 360, date(2027, 2, 1)),
        Package("Five sessions", 5, 2, 3, in_sessions=True),
    )
    found = text(drawn(replace(invoice(), packages=packages))).replace("\xa0", " ")
    assert "10.00 h bought · 4.00 h used · 6.00 h left" in found
    assert "until 1 Feb 2027" in found
    assert "5 bought · 2 used · 3 left" in found


def test_credits_and_payments_are_lines_of_their_own() -> None:
    settled = (Entry("Credit note CN-1", -4800), Entry("Paid on 3 Nov", -1000))
    found = text(drawn(replace(invoice(), settled=settled, open=13400)))
    for words in (
        "Credit note CN-1",
        f"{MINUS}48.00",
        f"{MINUS}10.00",
        "€192.00",
        "€134.00",
    ):
        assert words in found


@pytest.mark.parametrize("count", [1, 12, 13, 14, 15, 16, 17, 18, 40, 400])
def test_totals_are_never_alone_and_heads_repeat(count: int) -> None:
    found = pages(drawn(invoice(count)))
    shown = 0
    for number, page in enumerate(found, 1):
        assert f"{number} / {len(found)}" in page
        lines_here = page.count("Anna Berg")
        assert "Rate" in page or not lines_here
        shown += lines_here
    assert shown == count
    last = next(page for page in reversed(found) if "Total" in page)
    assert "Anna Berg" in last


def test_lines_of_another_year_name_it() -> None:
    found = text(drawn(invoice(80)))
    assert "Tue 1 Dec 16:00" in found
    assert "Fri 1 Jan 2027" in found


def test_a_long_note_keeps_every_letter() -> None:
    note = "A sentence of a note. " * 1000
    found = text(drawn(replace(invoice(), note=note)))
    assert (found.count("sentence"), found.count("note.")) == (1000, 1000)


@pytest.mark.parametrize("count", range(1, 40))
def test_how_to_pay_stands_by_what_to_pay(count: int) -> None:
    found = pages(drawn(invoice(count)))
    [page] = [page for page in found if "Pay by bank transfer" in page]
    assert "Total" in page


@pytest.mark.parametrize(("count", "sheets"), [(14, 1), (15, 1), (16, 1), (17, 2)])
def test_rows_move_closer_where_that_spares_a_page(count: int, sheets: int) -> None:
    assert len(pages(drawn(invoice(count)))) == sheets


def test_a_long_name_and_address_are_not_cut() -> None:
    name = "Maximiliana-Konstantina von Hohenlohe-Schillingsfürst-Waldenburg"
    address = (
        "Ostseeallee 1",
        "c/o Very Long Company Name of Warehousing and Shipping Incorporated",
        "3rd floor",
        "10961 Berlin",
        "Germany",
    )
    for country in ("DE", "US"):
        content = drawn(replace(invoice(), payer=Party(name, address)), country=country)
        found = " ".join(pages(content)[0].split())
        assert all(words in found for words in (name, *address))


def test_a_long_address_stays_in_the_window() -> None:
    party = Party("A name " * 100, tuple(f"Line {number}" for number in range(30)))
    content = drawn(replace(invoice(), payer=party))
    found = text(content)
    assert party.name.strip() not in found  # more than a window holds
    for words in ("Line 0", "Line 28", "Line 29"):  # town and country stand last
        assert words in found
    low = place(content, "Line 29")[1]
    assert low > (297 - 90) * MM


@pytest.mark.parametrize(
    ("country", "height", "first", "last"), [("DE", 297, 50, 90), ("US", 279.4, 51, 81)]
)
def test_the_address_shows_in_the_envelope(
    country: str, height: float, first: float, last: float
) -> None:
    party = Party("Karin Lindqvist", ("Ahornweg 4", "Back house", "10961 Berlin"))
    content = drawn(replace(invoice(), payer=party), country=country)
    left, _low, _right, top = place(content, "Karin Lindqvist")
    low = place(content, "10961 Berlin")[1]
    assert left == pytest.approx(20 * MM, abs=1)
    assert first < height - top / MM
    assert height - low / MM < last
    box = place(content, "Amount due")[3]
    assert height - box / MM > 91  # no amount shows in the window


def test_amounts_are_aligned_at_the_right() -> None:
    value = invoice(2)
    rows = (replace(value.groups[0].lines[0], amount=123456), *lines(1, 111))
    content = drawn(replace(value, groups=(replace(value.groups[0], lines=rows),)))
    rights = {round(place(content, words)[2], 0) for words in ("1,234.56", "Amount\r")}
    assert max(rights) - min(rights) <= 1


def test_contact_lines_do_not_break_inside_a_number() -> None:
    contact = " · ".join(["Lindenstraße 12", "10969 Berlin", "+49 30 555 0142"] * 3)
    letterhead = replace(LETTERHEAD, contact=contact)
    found = text(render(Job(invoice(), letterhead, "en-GB", "DE")))
    assert found.count("+49 30 555 0142") >= 2


def test_long_names_in_later_heads_are_shortened() -> None:
    letterhead = replace(LETTERHEAD, name="A very long name of an office " * 4)
    value = invoice(40, name="A very long name of a family " * 10)
    second = pages(render(Job(value, letterhead, "en-GB", "DE")))[1]
    assert second.count("…") >= 2
    assert "Invoice 2026-0412" in second
