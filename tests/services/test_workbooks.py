"""Workbooks: a spreadsheet finds numbers, money and dates, and texts that are texts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.services import workbooks
from app.services.workbooks import (
    Amount,
    Figure,
    Heading,
    SheetOfRows,
    Value,
    workbook,
)

MADE = datetime(2026, 11, 24, 16, 37, tzinfo=UTC)
HEADINGS = (Heading("Name"), Heading("Sum", is_right=True))


def written(*rows: Sequence[Value], title: str = "Invoices") -> Worksheet:
    content = workbook(SheetOfRows(title, MADE, HEADINGS, rows))
    page = load_workbook(BytesIO(content)).worksheets[0]
    assert isinstance(page, Worksheet)
    return page


@pytest.mark.parametrize(
    ("amount", "value", "form"),
    [
        (Amount(123456, "GBP"), 1234.56, "#,##0.00"),
        (Amount(-500, "JPY"), -500, "#,##0"),
        (Amount(4800, "USD", names_currency=True), 48, "[$USD] #,##0.00"),
    ],
)
def test_money_is_a_number_in_its_own_format(
    amount: Amount, value: float, form: str
) -> None:
    cell = written(("Maya", amount))["B2"]
    assert cell.data_type == "n"
    assert cell.value == value
    assert cell.number_format == form


def test_numbers_and_dates_are_what_they_are() -> None:
    day, stamp = date(2026, 2, 28), MADE
    page = written((day, Figure(Decimal("1.50"), 2)), (stamp, None))
    assert page["A2"].is_date
    assert str(page["A2"].value) == "2026-02-28 00:00:00"
    assert page["A3"].value == stamp.replace(tzinfo=None)
    assert page["B2"].value == 1.5
    assert page["B2"].number_format == "#,##0.00"
    assert page["B3"].value is None


@pytest.mark.parametrize(
    "text", ["=1+1", "+44 20 7946 0000", "-2", "@SUM(A1)", "0012", "https://x.example/"]
)
def test_a_text_that_looks_like_something_else_stays_a_text(text: str) -> None:
    cell = written((text, None))["A2"]
    assert cell.data_type in {"s", "inlineStr"}
    assert cell.value == text
    assert cell.hyperlink is None


def test_a_text_is_cut_at_what_a_cell_holds() -> None:
    page = written(("x" * 32_767, None), ("y" * 32_768, None))
    assert page["A2"].value == "x" * 32_767
    assert page["A3"].value == "y" * 32_767


def test_the_head_stays_and_is_filtered() -> None:
    page = written(("Maya", None), ("Sam", None))
    assert [cell.value for cell in page[1]] == ["Name", "Sum"]
    assert page["A1"].font.b
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:B3"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Who: [changed] what?", "Who- (changed) what."),
        ("A very long title of a list that goes on", "A very long title of a list tha"),
        ("", "1"),
    ],
)
def test_any_title_names_a_worksheet(title: str, name: str) -> None:
    assert written(title=title).title == name


def test_what_one_worksheet_cannot_hold_goes_on_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 2)
    rows = [(str(number), None) for number in range(5)]
    content = workbook(SheetOfRows("List", MADE, HEADINGS, rows))
    pages = load_workbook(BytesIO(content)).worksheets
    assert [page.title for page in pages] == ["List", "List 2", "List 3"]
    found = [row[0] for page in pages for row in list(page.values)[1:]]
    assert found == ["0", "1", "2", "3", "4"]
