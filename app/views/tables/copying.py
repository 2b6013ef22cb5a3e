"""Rows as a spreadsheet or a letter takes them: texts, tabs, and a small HTML table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from app.services.sheets import cell
from app.views.tables.columns import RIGHT_KINDS, Column, Row

MINUS, NBSP = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"


def plain(column: Column[Row], row: Row) -> str:
    """Give a cell's text for another program: numbers plain, texts made harmless."""
    text = column.text(row)
    if column.kind in RIGHT_KINDS:
        return text.replace(MINUS, "-").replace(NBSP, " ")
    return cell(text)


def sheet(
    columns: Sequence[Column[Row]], rows: Iterable[Row]
) -> tuple[list[str], list[list[str]]]:
    """Give the headings and the texts of rows."""
    head = [column.title for column in columns]
    return head, [[plain(column, row) for column in columns] for row in rows]


def as_tabs(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write rows with tabs between cells, under their headings."""
    return "\n".join("\t".join(map(_one_line, row)) for row in (head, *rows))


def as_html(
    head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[bool]
) -> str:
    """Write rows as an HTML table; ``right`` marks the columns of numbers."""
    lines = ["<table>", _html_row("th", head, right)]
    lines += [_html_row("td", row, right) for row in rows]
    return "\n".join([*lines, "</table>"])


def _html_row(tag: str, texts: Sequence[str], right: Sequence[bool]) -> str:
    cells = (
        f'<{tag} align="{"right" if is_right else "left"}">{escape(text)}</{tag}>'
        for text, is_right in zip(texts, right, strict=True)
    )
    return f"<tr>{''.join(cells)}</tr>"


def _one_line(text: str) -> str:
    return " ".join(text.split("\t")).replace("\n", " ").replace("\r", "")
