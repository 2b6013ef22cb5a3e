"""The same content as plain text, for the mail's body and for screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.documents.invoice import account_rows
from app.services.documents.lines import cells, group_title, tax_notes, tax_rows
from app.services.documents.locale import Locale
from app.services.documents.values import (
    CreditNote,
    Group,
    Invoice,
    PayStatement,
    SessionNote,
)


def plain_text(
    value: Invoice | CreditNote | PayStatement | SessionNote, locale: Locale
) -> str:
    """Write a document as lines of text."""
    if isinstance(value, Invoice):
        found = _invoice(value, locale)
    elif isinstance(value, CreditNote):
        found = _credit_note(value, locale)
    elif isinstance(value, PayStatement):
        found = _pay_statement(value, locale)
    else:
        found = _session_note(value, locale)
    return "\n".join(found) + "\n"


def _invoice(invoice: Invoice, locale: Locale) -> Iterator[str]:
    t, currency = locale.t, invoice.currency
    yield f"{t('Invoice')} {invoice.number} · {invoice.payer.name}"
    yield f"{t('Amount due')}: {locale.money(invoice.open, currency)}"
    if invoice.open:
        yield f"{t('Pay by')}: {locale.long_date(invoice.due)}"
    yield ""
    yield from _groups(invoice.groups, locale, currency)
    yield f"{t('Subtotal')}: {locale.amount(invoice.subtotal, currency)}"
    for entry in invoice.discounts:
        yield f"{entry.label}: {locale.amount(entry.amount, currency)}"
    for label, amount, _strong in tax_rows(locale, invoice.taxes, currency):
        yield f"{label}: {amount}"
    yield f"{t('Total')}: {locale.money(invoice.total, currency)}"
    for entry in invoice.settled:
        yield f"{entry.label}: {locale.amount(entry.amount, currency)}"
    yield from tax_notes(invoice.taxes)
    if invoice.transfer and invoice.open > 0:
        yield ""
        for label, text in account_rows(invoice.transfer, t):
            yield f"{label}: {text}"
        yield f"{t('Reference')}: {invoice.transfer.reference}"
    if invoice.note:
        yield invoice.note


def _credit_note(note: CreditNote, locale: Locale) -> Iterator[str]:
    t, currency = locale.t, note.currency
    yield f"{t('Credit note')} {note.number} · {note.payer.name}"
    yield f"{t('Amends invoice')}: {note.original}"
    yield f"{t('Reason')}: {note.reason}"
    yield ""
    yield from _groups(note.groups, locale, currency)
    yield f"{t('Total credited')}: {locale.money(note.total, currency)}"
    for entry in note.use:
        yield f"{entry.label}: {locale.amount(entry.amount, currency)}"


def _groups(groups: tuple[Group, ...], locale: Locale, currency: str) -> Iterator[str]:
    for group in groups:
        yield group_title(group)
        for line in group.lines:
            written = (cell for cell in cells(locale, line, currency) if cell)
            yield "  " + " · ".join(written)
            if line.note:
                yield f"    {line.note}"


def _pay_statement(statement: PayStatement, locale: Locale) -> Iterator[str]:
    t, currency = locale.t, statement.currency
    kind = t("Remittance advice") if statement.contractor else t("Pay statement")
    yield f"{kind} {statement.number} · {statement.tutor.name}"
    yield f"{t('Period')}: {locale.period(statement.first_day, statement.last_day)}"
    for earning in statement.earnings:
        yield f"{earning.label}: {locale.amount(earning.amount, currency)}"
    yield f"{t('Gross')}: {locale.money(statement.gross, currency)}"
    for one in statement.deductions:
        yield f"{one.purpose}: {locale.amount(-one.amount, currency)}"
    yield f"{t('Net pay')}: {locale.money(statement.net, currency)}"


def _session_note(note: SessionNote, locale: Locale) -> Iterator[str]:
    t = locale.t
    yield f"{note.student} · {note.subject}"
    yield f"{locale.long_date(note.day)}, {locale.times(note.start, note.end)}"
    for label, value, detail in note.facts:
        yield f"{label}: {value} {detail}".rstrip()
    for title, text in note.sections:
        yield ""
        yield title
        yield text
    for task in note.tasks:
        yield f"{t('Homework')}: {task}"
    if note.next_session:
        yield f"{t('Next session')}: {note.next_session}"
