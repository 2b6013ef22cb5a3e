"""The invoice: what to pay and by when first, then why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.services.documents import qr
from app.services.documents.flow import Row, flow, totals
from app.services.documents.lines import (
    group_blocks,
    line_columns,
    tax_notes,
    tax_rows,
)
from app.services.documents.locale import Locale
from app.services.documents.sheet import Block, Sheet
from app.services.documents.style import (
    BODY,
    EDGE,
    GREY,
    HEADING,
    MM,
    SMALL,
    STRONG,
    Page,
)
from app.services.documents.values import (
    Entry,
    Invoice,
    Letterhead,
    Package,
    Transfer,
)
from app.services.documents.wrapping import elided


def render(
    invoice: Invoice, letterhead: Letterhead, locale: Locale, page: Page
) -> bytes:
    """Draw an invoice as a PDF file."""
    t, currency = locale.t, invoice.currency
    subject = f"{invoice.number} · {invoice.payer.name}"
    sheet = Sheet(letterhead, locale, page, t("Invoice"), subject)
    sheet.head()
    facts = [
        (t("Invoice no."), invoice.number),
        (t("Issued"), locale.short_date(invoice.issued)),
        (t("Period"), locale.period(invoice.first_day, invoice.last_day)),
    ]
    if invoice.reference:
        facts.append((t("Your reference"), invoice.reference))
    sheet.address(invoice.payer, facts)
    due = locale.long_date(invoice.due) if invoice.open else t("No payment needed")
    amount = locale.money(invoice.open, currency)
    y = sheet.figures(((t("Amount due"), amount), (t("Pay by"), due)))
    columns = line_columns(sheet)
    blocks = [
        *group_blocks(sheet, columns, invoice.groups, currency),
        totals(sheet, _total_rows(locale, invoice), _notes(locale, invoice)),
    ]
    if invoice.transfer and invoice.open > 0:
        blocks.append(_payment(sheet, invoice.transfer, currency, invoice.open))
    flow(sheet, blocks, y, columns)
    return sheet.finish()


def _total_rows(locale: Locale, invoice: Invoice) -> list[Row]:
    t, currency = locale.t, invoice.currency
    rows: list[Row] = []
    if invoice.discounts or invoice.subtotal != invoice.total or invoice.taxes:
        subtotal = locale.amount(invoice.subtotal, currency)
        rows.append((t("Subtotal"), subtotal, False))
    rows += _entries(locale, invoice.discounts, currency)
    rows += tax_rows(locale, invoice.taxes, currency)
    rows.append((t("Total"), locale.money(invoice.total, currency), True))
    if invoice.settled:
        rows += _entries(locale, invoice.settled, currency)
        rows.append((t("Amount due"), locale.money(invoice.open, currency), True))
    return rows


def _entries(locale: Locale, entries: Sequence[Entry], currency: str) -> list[Row]:
    return [
        (entry.label, locale.amount(entry.amount, currency), False) for entry in entries
    ]


def _notes(locale: Locale, invoice: Invoice) -> list[str]:
    packages = [package_text(locale, package) for package in invoice.packages]
    notes = [*tax_notes(invoice.taxes), *packages]
    return [*notes, invoice.note] if invoice.note else notes


def package_text(locale: Locale, package: Package) -> str:
    """Say how much of a package was bought, used and is left."""
    t = locale.t
    end = ""
    if package.expires:
        end = f" · {t('until')} {locale.short_date(package.expires)}"
    return (
        f"{package.name}: {t('bought')} {locale.hours(package.bought)} h · "
        f"{t('used')} {locale.hours(package.used)} h · "
        f"{t('left')} {locale.hours(package.left)} h{end}"
    )


def payment_code(transfer: Transfer, currency: str, amount: int) -> str:
    """Give what a payment's code says: a transfer in euros, or the link."""
    if currency == "EUR" and transfer.iban:
        return qr.epc_text(
            transfer.payee, transfer.iban, transfer.bic, amount, transfer.reference
        )
    return qr.link_text(transfer.link)


def account_rows(transfer: Transfer, t: Callable[[str], str]) -> list[tuple[str, str]]:
    """Give whom to pay and into which account; the code says the same."""
    rows = [(t("Payee"), transfer.payee)]
    if transfer.iban and not any(label == "IBAN" for label, _text in transfer.rows):
        plain = transfer.iban.replace(" ", "")
        grouped = " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
        rows.append(("IBAN", grouped))
    return [*rows, *transfer.rows]


def _payment(sheet: Sheet, transfer: Transfer, currency: str, amount: int) -> Block:
    """Say how to pay, with a code; at the foot of the last page."""
    locale, t = sheet.locale, sheet.locale.t
    code = payment_code(transfer, currency, amount)
    rows = [
        *account_rows(transfer, t),
        (t("Reference"), transfer.reference),
        (t("Amount"), locale.money(amount, currency)),
    ]
    hint = transfer.other_ways
    if code:
        is_transfer = code.startswith("BCD")
        hint = t("Scan with your banking app") if is_transfer else t("Scan to pay")

    def draw(y: float) -> None:
        """Draw the block from its upper edge, or lower where there is room."""
        y = max(y, sheet.bottom - 44 * MM)
        sheet.rule(sheet.left, sheet.right, y + 2 * MM, colour=EDGE)
        x = sheet.left
        if code:
            top = sheet.page.height - y - 6 * MM
            sheet.canvas.addLiteral(qr.path(code, x, top))
            x += 38 * MM
        sheet.text(x, y + 10 * MM, t("Pay by bank transfer"), HEADING)
        for number, (label, value) in enumerate(rows[:6]):
            line = y + (16 + 5 * number) * MM
            sheet.text(x, line, label, BODY, GREY)
            room = sheet.right - x - 22 * MM
            sheet.text(x + 22 * MM, line, elided(value, STRONG, room), STRONG)
        sheet.text(sheet.right, y + 10 * MM, hint, SMALL, GREY, "right")

    return Block(44 * MM, draw, keep=True)
