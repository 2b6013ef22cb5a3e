"""The line under a table: how many rows are shown, and what they add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.text import _
from app.views.formats import Formats
from app.views.sizing import fix_height
from app.views.tables.columns import Column
from app.views.typography import label

GAP = "\N{EM SPACE}"


def count_text(
    shown: int, total: int, selected: int, noun: tuple[str, str], formats: Formats
) -> str:
    """Say how many there are, such as ``11 of 96 invoices · 3 selected``."""
    word = noun[0] if total == 1 else noun[1]
    number = formats.locale.number
    text = f"{number(total, 0)} {word}"
    if shown != total:
        text = _("{shown} of {total} {word}").format(
            shown=number(shown, 0), total=number(total, 0), word=word
        )
    if not selected:
        return text
    chosen = _("{count} selected").format(count=number(selected, 0))
    return f"{text} · {chosen}"


def sums_text(
    columns: Sequence[Column[Any]], rows: Sequence[object], formats: Formats
) -> str:
    """Say what the columns with a total add up to, each currency by itself."""
    found = sums(columns, rows, formats)
    return (GAP * 2).join(f"{name}  {amount}" for name, amount in found)


def sums(
    columns: Sequence[Column[Any]], rows: Sequence[object], formats: Formats
) -> tuple[tuple[str, str], ...]:
    """Name the columns with a total and what each adds up to."""
    return tuple(
        (_name(column, formats), _sum(column, rows, formats))
        for column in columns
        if column.total is not None
    )


def _name(column: Column[Any], formats: Formats) -> str:
    """Give a heading without the sign of the currency, which the sum has itself."""
    return column.title.removesuffix(formats.sign()).strip()


def _sum(column: Column[Any], rows: Sequence[object], formats: Formats) -> str:
    if column.total is None:
        return ""
    sums = dict[str, int]()
    for row in rows:
        currency = column.currency(row) if column.currency else ""
        sums[currency] = sums.get(currency, 0) + column.total(row)
    if column.kind == "money":
        words = [formats.money(total, currency) for currency, total in sums.items()]
        return " + ".join(words) or formats.money(0)
    total = sum(sums.values())
    if column.kind == "hours":
        return formats.hours(total)
    return formats.locale.number(total, 0)


class TableFooter(QFrame):
    """Shows the count at the left and the sums at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "footer")
        fix_height(self, 36)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(24)
        self.count = label("", "body", "text2", tabular=True)
        self.sums = label("", "strong", tabular=True)
        row.addWidget(self.count)
        row.addStretch()
        row.addWidget(self.sums)

    def show_texts(self, count: str, sums: str) -> None:
        """Show both texts."""
        self.count.setText(count)
        self.sums.setText(sums)
