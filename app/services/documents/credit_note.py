"""The credit note: positive amounts under an unmistakable word, and what it amends."""

from __future__ import annotations

from app.services.documents.flow import Row, flow, totals
from app.services.documents.lines import (
    group_blocks,
    line_columns,
    tax_notes,
    tax_rows,
)
from app.services.documents.locale import Locale
from app.services.documents.sheet import Sheet
from app.services.documents.style import Page
from app.services.documents.values import CreditNote, Letterhead


def render(
    note: CreditNote, letterhead: Letterhead, locale: Locale, page: Page
) -> bytes:
    """Draw a credit note as a PDF file."""
    t, currency = locale.t, note.currency
    subject = f"{note.number} · {note.payer.name}"
    sheet = Sheet(letterhead, locale, page, t("Credit note"), subject)
    sheet.head()
    facts = [
        (t("Credit note no."), note.number),
        (t("Issued"), locale.short_date(note.issued)),
    ]
    if note.original:
        facts.append((t("Amends invoice"), note.original))
        facts.append((t("of"), locale.short_date(note.original_issued)))
    sheet.address(note.payer, facts)
    credited = locale.money(note.total, currency)
    y = sheet.figures(((t("Credited to you"), credited), (t("Reason"), note.reason)))
    columns = line_columns(sheet)
    subtotal = locale.amount(note.subtotal, currency)
    rows: list[Row] = [(t("Subtotal"), subtotal, False)]
    rows += tax_rows(locale, note.taxes, currency)
    rows.append((t("Total credited"), locale.money(note.total, currency), True))
    rows += [
        (entry.label, locale.amount(entry.amount, currency), False)
        for entry in note.use
    ]
    blocks = [
        *group_blocks(sheet, columns, note.groups, currency),
        totals(sheet, rows, tax_notes(note.taxes)),
    ]
    flow(sheet, blocks, y, columns)
    return sheet.finish()
