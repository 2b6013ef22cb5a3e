"""Files of a table: what is shown, and nothing that is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from app.services.exporting.export import NotWrittenError
from app.services.workbooks import Amount, Figure
from app.views.formats import DASH, Formats
from app.views.tables.columns import Column
from app.views.tables.exporting import CSV, PDF, XLSX, TableFiles
from app.views.tables.values import MINUS, value_of
from app.views.tables.view import DataTable
from app.views.tools import Tools, Word
from app.views.widgets.inputs import SearchField
from tests.fakes import ScriptedPrompts
from tests.services.documents.reading import pages
from tests.views.tables.rows import BILLS, Bill, bill_table

FORMULA = Bill(3, '=HYPERLINK("x") family', 1234567, currency="USD")
GERMAN = Formats.of("de-DE", "Europe/Berlin", "EUR")
STAMP = datetime(2026, 1, 9, 23, 30, tzinfo=UTC)


class Desk:
    """A table of bills, and what was told of its files."""

    def __init__(self, tools: Tools) -> None:
        self.table: DataTable[Bill] = bill_table(tools.state, (*BILLS, FORMULA))
        self.search = SearchField("Filter bills")
        self.table.follow(self.search)
        self.files = TableFiles(self.table, tools, "Bills")
        self.said: list[str] = []
        self.files.said.connect(self.hear)

    def hear(self, word: object) -> None:
        assert isinstance(word, Word)
        self.said.append(word.sentence)


@pytest.fixture
def desk(qtbot: QtBot, tools: Tools) -> Desk:
    made = Desk(tools)
    qtbot.addWidget(made.table)
    qtbot.addWidget(made.search)
    return made


@pytest.fixture
def saved(
    desk: Desk, prompts: ScriptedPrompts, tmp_path: Path
) -> Callable[[str], Path]:
    """Save what is shown as a file of a kind."""

    def save(kind: str) -> Path:
        prompts.path = tmp_path / f"list.{kind}"
        desk.files.save(kind)
        assert desk.said[-1] == f"Saved list.{kind}."
        assert prompts.proposed[-1] == f"Bills 2026-03-04.{kind}"
        return prompts.path

    return save


def test_a_workbook_holds_numbers_money_and_days(saved: Callable[[str], Path]) -> None:
    page = load_workbook(saved(XLSX)).active
    assert page is not None
    rows = {str(row[1].value): row for row in page.iter_rows()}
    assert [cell.value for cell in rows["Family"]] == [
        *("Number", "Family", "Due", "Total £", "Status")
    ]
    mueller = rows["Müller family"]
    assert mueller[0].data_type == "s"
    assert str(mueller[2].value) == "2026-03-09 00:00:00"
    assert mueller[3].value == 48
    assert mueller[3].number_format == "#,##0.00"
    assert rows["Zając family"][3].value == -12
    assert rows["Ahmed family"][2].value is None
    formula = rows[FORMULA.family]
    assert formula[1].data_type == "s"


def test_a_printed_list_names_filter_day_and_page(
    desk: Desk, saved: Callable[[str], Path]
) -> None:
    desk.search.setText("ahmed")
    [page] = pages(saved(PDF).read_bytes())
    for words in ("Bills", "“ahmed”", "2 of 5 invoices", "4 Mar 2026", "1 / 1"):
        assert words in page
    assert "96.00" in page
    assert "Müller" not in page


def test_a_file_with_separators_is_defused(saved: Callable[[str], Path]) -> None:
    content = saved(CSV).read_text("utf-8-sig")
    assert content.startswith("Number,Family,Due,Total £,Status\n")
    assert "\"'=HYPERLINK" in content
    assert "12,345.67" in content


def test_hidden_columns_come_along_when_they_are_wanted(desk: Desk) -> None:
    assert [c.key for c in desk.files.shown().columns][-1] == "status"
    every = desk.files.shown(every_column=True)
    assert every.columns[-1].key == "note"


def test_what_cannot_be_written_is_told(
    desk: Desk, prompts: ScriptedPrompts, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    prompts.path = tmp_path / "file" / "list.csv"
    desk.files.save(CSV)
    assert desk.said == [str(NotWrittenError(tmp_path / "file", "File exists"))]


def column(kind: str, text: str, value: object) -> Column[Bill]:
    return Column("x", "X", lambda _bill: text, kind, sort_by=lambda _bill: value)


@pytest.mark.parametrize(
    ("kind", "text", "value", "expected"),
    [
        ("money", "1.234,50", 123450, Amount(123450, "EUR")),
        ("money", "12,00 so far", 1200, "12,00 so far"),
        ("money", "12,00", (1, 2), "12,00"),
        ("number", f"{MINUS}1.234,5", 0, Figure(Decimal("-1234.5"), 1)),
        ("number", "+12 %", 12, "+12 %"),
        ("hours", "1,50", 90, Figure(Decimal("1.50"), 2)),
        ("date", "9. Jan 2026", (STAMP.date(), 7), STAMP.date()),
        ("date", "January", STAMP.date(), "January"),
        ("date", "Sa 10. Jan 2026, 00:30", STAMP, GERMAN.local(STAMP)),
        ("text", DASH, 0, None),
        ("text", "0012", 0, "0012"),
    ],
)
def test_a_cell_is_a_value_only_where_it_shows_just_that(
    kind: str, text: str, value: object, expected: object
) -> None:
    assert value_of(column(kind, text, value), BILLS[0], GERMAN) == expected


def test_money_of_another_currency_says_so() -> None:
    formats = Formats.of("en-GB", "Europe/London", "GBP")
    text = formats.money(1200, "USD")
    money: Column[Bill] = Column(
        "x",
        "X",
        lambda _bill: text,
        "money",
        currency=lambda bill: bill.currency,
        total=lambda bill: bill.total,
    )
    bill = Bill(1, "Family", 1200, currency="USD")
    expected = Amount(1200, "USD", names_currency=True)
    assert value_of(money, bill, formats) == expected
