"""Payment codes: what they say, and that every reader reads them."""

from __future__ import annotations

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.services.documents import qr
from app.services.documents.codes import epc_text, link_text, structured_reference

IBAN = "DE33100205000001194700"
FULL = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331)


def read(text: str) -> str:
    """Read a code back from its picture, with the quiet zone around it."""
    rows = qr.rows(text)
    side = len(rows) + 2 * qr.QUIET
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows, qr.QUIET):
        for x, module in enumerate(row, qr.QUIET):
            picture.putpixel((x, y), 0 if module == "1" else 255)
    large = picture.resize((side * 4, side * 4), Image.Resampling.NEAREST)
    (found,) = zxingcpp.read_barcodes(large)
    return found.text


@pytest.mark.parametrize(
    ("number", "reference"),
    [
        ("539007547034", "RF18 5390 0754 7034"),  # the standard's own example
        ("2026-0412/é", "RF89 2026 0412"),
        ("-/", ""),
        ("1" * 22, ""),
    ],
)
def test_numbers_are_made_into_references(number: str, reference: str) -> None:
    assert structured_reference(number) == reference


@given(st.text("ABCXYZ0123456789-/", min_size=1, max_size=21))
def test_every_reference_goes_structured_into_the_code(number: str) -> None:
    reference = structured_reference(number)
    rows = epc_text("Lindenhof", IBAN, "", 100, reference).split("\n")
    assert rows[9:] == ([reference.replace(" ", "")] if reference else [])


@pytest.mark.parametrize(("version", "length"), list(enumerate(FULL, 1)))
def test_modules_are_those_of_the_standard(version: int, length: int) -> None:
    text = "a" * length
    code = segno.make_qr(text, error="m", boost_error=False, mask=3, mode="byte")
    assert code.version == version
    assert list(qr.rows(text)) == [
        "".join(str(module) for module in row) for row in code.matrix
    ]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1))
def test_any_text_is_read_back(text: str) -> None:
    if len(text.encode()) <= FULL[-1]:
        assert read(text) == text


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="332 bytes are too many"):
        qr.rows("a" * 332)


def test_the_drawing_has_every_dark_module_once() -> None:
    text = "https://pay.example/1"
    runs = [line.split() for line in qr.path(text, 0, 0).splitlines()[1:-1]]
    drawn = sum(int(run[at + 2]) for run in runs for at in range(0, len(run), 5))
    assert drawn == "".join(qr.rows(text)).count("1")


@pytest.mark.parametrize("amount", [0, -1, 100_000_000_000])
def test_no_code_asks_for_an_amount_that_none_can_ask_for(amount: int) -> None:
    assert epc_text("Office", IBAN, "", amount, "") == ""


@pytest.mark.parametrize("iban", ["", "DE34100205000001194700", "x", "DE33\n1002"])
def test_no_code_sends_money_to_a_wrong_account(iban: str) -> None:
    assert epc_text("Office", iban, "", 100, "") == ""


@pytest.mark.parametrize(
    ("reference", "structured", "free"),
    [
        ("RF18 5390 0754 7034", "RF18539007547034", ""),
        ("RF19 5390 0754 7034", "", "RF19 5390 0754 7034"),
        ("2026-0412", "", "2026-0412"),
        ("two\nlines", "", "two lines"),
    ],
)
def test_only_a_valid_reference_is_structured(
    reference: str, structured: str, free: str
) -> None:
    rows = epc_text("Office", IBAN, "", 1, reference).split("\n")
    assert rows[7] == "EUR0.01"
    assert (rows[9], "".join(rows[10:])) == (structured, free)


def test_a_code_fits_the_standard() -> None:
    text = epc_text("ü" * 200, IBAN, "MARKDEF1100", 99_999_999_999, "x" * 500)
    assert text == ""  # more than 331 bytes
    rows = epc_text("u" * 200, IBAN, "markdef1100", 99_999_999_999, "x").split("\n")
    assert rows[:5] == ["BCD", "002", "1", "SCT", "MARKDEF1100"]
    assert rows[5] == "u" * 70
    assert rows[7] == "EUR999999999.99"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "", "https://" * 60],
)
def test_only_plain_addresses_are_links(link: str) -> None:
    assert link_text(link) == ""
