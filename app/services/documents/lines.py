"""The lines of money documents: grouped by student, with tax and totals."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.documents.flow import Row
from app.services.documents.locale import Locale
from app.services.documents.sheet import Block, Column, Sheet
from app.services.documents.style import MM, STRONG
from app.services.documents.values import Group, Line, Tax
from app.services.documents.wrapping import wrapped


def line_columns(sheet: Sheet) -> list[Column]:
    """Give the columns date, session, hours, rate and amount."""
    left, right, t = sheet.left, sheet.right, sheet.locale.t
    return [
        Column(t("Date"), left, left + 24 * MM),
        Column(t("Session"), left + 24 * MM, right - 66 * MM),
        Column(t("Hours"), 0, right - 50 * MM, figures=True),
        Column(t("Rate"), 0, right - 25 * MM, figures=True),
        Column(t("Amount"), 0, right, figures=True),
    ]


def group_title(group: Group) -> str:
    """Give the heading of a student's lines."""
    return " — ".join(filter(None, (group.student, group.subject)))


def group_blocks(
    sheet: Sheet, columns: Sequence[Column], groups: Sequence[Group], currency: str
) -> list[Block]:
    """Make a heading and rows per student; the heading stays with its first row."""
    blocks: list[Block] = []
    for group in groups:
        blocks.append(_heading(sheet, group_title(group)))
        blocks += [
            sheet.row(
                columns,
                cells(sheet.locale, line, currency),
                line.note,
                keep=number == 0,
            )
            for number, line in enumerate(group.lines)
        ]
    return blocks


def _heading(sheet: Sheet, title: str) -> Block:
    names = wrapped(title, STRONG, sheet.right - sheet.left, 3)

    def draw(y: float) -> None:
        """Draw the heading from its upper edge."""
        for number, name in enumerate(names):
            sheet.text(sheet.left, y + (5.6 + 4 * number) * MM, name, STRONG)

    return Block((7.5 + 4 * (len(names) - 1)) * MM, draw)


def cells(locale: Locale, line: Line, currency: str) -> list[str]:
    """Write a line's cells: day, times and text, hours, rate, amount."""
    times = ""
    if line.start and line.end:
        times = f"{locale.times(line.start, line.end)} · "
    rate = ""
    if line.from_package:
        rate = locale.t("package")
    elif line.rate is not None:
        rate = locale.amount(line.rate, currency)
    return [
        locale.day_text(line.day),
        times + line.text,
        "" if line.minutes is None else locale.hours(line.minutes),
        rate,
        locale.amount(line.amount, currency),
    ]


def tax_rows(locale: Locale, taxes: Sequence[Tax], currency: str) -> list[Row]:
    """Write tax by rate with its basis, and what is exempt."""
    rows: list[Row] = []
    for tax in taxes:
        if tax.reason:
            label = f"{tax.name} ({locale.t('exempt')})"
        else:
            basis = locale.amount(tax.basis, currency)
            label = f"{tax.name} {locale.percent(tax.rate)} {locale.t('on')} {basis}"
        rows.append((label, locale.amount(tax.amount, currency), False))
    return rows


def tax_notes(taxes: Sequence[Tax]) -> list[str]:
    """Give the sentences of exemptions, each once."""
    return list(dict.fromkeys(tax.reason for tax in taxes if tax.reason))
