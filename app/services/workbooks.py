"""Tables as workbooks: numbers are numbers, money is money, dates are dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Final

from app.models.values.money import exponent

if TYPE_CHECKING:  # it takes long to load, so it is loaded with the first workbook
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MOST_ROWS: Final = 1_048_575  # that a worksheet holds under its head
_TITLE: Final = 31  # letters of a worksheet's name
_FORBIDDEN: Final = str.maketrans("[]:*?/\\'", "()-+.---")
_DATE, _STAMP = "m/d/yyyy", "m/d/yy h:mm"  # a spreadsheet writes these its reader's way
_WIDEST: Final = 60  # letters


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in a cell.

    Attributes:
        minor: in minor units.
        names_currency: whether the cell says which currency it is in.
    """

    minor: int
    currency: str
    names_currency: bool = False

    @property
    def form(self) -> str:
        """How a spreadsheet writes it."""
        decimals = exponent(self.currency)
        digits = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        return f"[${self.currency}] {digits}" if self.names_currency else digits

    @property
    def major(self) -> Decimal:
        """The amount in whole units."""
        return Decimal(self.minor).scaleb(-exponent(self.currency))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a cell, with so many decimals."""

    number: Decimal
    decimals: int

    @property
    def form(self) -> str:
        """How a spreadsheet writes it."""
        return f"#,##0.{'0' * self.decimals}" if self.decimals else "#,##0"


Value = str | Amount | Figure | date | datetime | None


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a column.

    Attributes:
        width: in letters.
        is_right: whether it stands at the right, over figures.
    """

    title: str
    width: float = 12
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class SheetOfRows:
    """What a workbook shows.

    Attributes:
        title: names the worksheet.
        made_at: on the office's wall clock; it stands in the file's properties.
        rows: values in the order of the headings; instants are wall clock times.
    """

    title: str
    made_at: datetime
    headings: Sequence[Heading]
    rows: Sequence[Sequence[Value]]


def workbook(sheet: SheetOfRows) -> bytes:
    """Write a workbook; a text stays a text, whatever it begins with.

    The head is bold and stays while the rows are scrolled; a table longer than a
    worksheet goes on in further ones.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415  slow to load

    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    made = sheet.made_at.replace(tzinfo=UTC)
    book.set_properties({"title": sheet.title, "created": made})
    writer = _Writer(book)
    for first in range(0, max(1, len(sheet.rows)), MOST_ROWS):
        name = _sheet_name(sheet.title, first // MOST_ROWS)
        writer.write(name, sheet.headings, sheet.rows[first : first + MOST_ROWS])
    book.close()
    return out.getvalue()


class _Writer:
    """Fills worksheets, making each number format once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[str, Format] = {}
        bold = {"bold": True, "bottom": 1, "text_wrap": False}
        self._left = book.add_format(bold)
        self._right = book.add_format({**bold, "align": "right"})

    def write(
        self, name: str, headings: Sequence[Heading], rows: Sequence[Sequence[Value]]
    ) -> None:
        """Write one worksheet."""
        page = self._book.add_worksheet(name)
        for number, heading in enumerate(headings):
            head = self._right if heading.is_right else self._left
            page.write_string(0, number, heading.title, head)
            page.set_column(number, number, min(heading.width, _WIDEST))
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        if headings:
            page.autofilter(0, 0, len(rows), len(headings) - 1)
        for line, row in enumerate(rows, 1):
            for number, value in enumerate(row):
                self._cell(page, line, number, value)

    def _cell(self, page: Worksheet, line: int, number: int, value: Value) -> None:
        match value:
            case None | "":
                return
            case str():
                page.write_string(line, number, value)
            case Amount():
                page.write_number(line, number, value.major, self._form(value.form))
            case Figure():
                page.write_number(line, number, value.number, self._form(value.form))
            case datetime():
                wall = value.replace(tzinfo=None)
                page.write_datetime(line, number, wall, self._form(_STAMP))
            case date():
                page.write_datetime(line, number, value, self._form(_DATE))

    def _form(self, form: str) -> Format:
        if form not in self._formats:
            self._formats[form] = self._book.add_format({"num_format": form})
        return self._formats[form]


def _sheet_name(title: str, number: int) -> str:
    """Give a name that every spreadsheet takes, another one for each further page."""
    end = f" {number + 1}" if number else ""
    plain = title.translate(_FORBIDDEN)[: _TITLE - len(end)].strip() or "1"
    return f"{plain}{end}"
