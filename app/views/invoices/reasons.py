"""Why a command cannot be used on the chosen invoices; empty words where it can."""

from __future__ import annotations

from collections.abc import Sequence

from app.text import _
from app.views.invoices.rows import InvoiceRow


def why_not_one(rows: Sequence[InvoiceRow]) -> str:
    """Ask for one row where none or several are chosen."""
    if not rows:
        return _("Choose an invoice first.")
    return _("Choose one invoice only.") if len(rows) > 1 else ""


def why_no_payment(rows: Sequence[InvoiceRow]) -> str:
    """Say why no payment can be recorded."""
    payers = {row.payer_id for row in rows if row.is_payable}
    if len(payers) > 1:
        return _("Choose invoices of one payer; a payment comes from one.")
    return "" if payers else _("Choose an invoice with an open amount.")


def why_no_correction(rows: Sequence[InvoiceRow]) -> str:
    """Say why nothing can be corrected or credited."""
    if len(rows) == 1 and not rows[0].is_invoice:
        return _("Choose an issued invoice to correct.")
    return why_not_one(rows)


def why_no_write_off(rows: Sequence[InvoiceRow]) -> str:
    """Say why nothing can be written off."""
    if len(rows) == 1 and not rows[0].is_payable:
        return _("Choose an invoice with an open amount.")
    return why_not_one(rows)


def why_no_reminder(rows: Sequence[InvoiceRow]) -> str:
    """Say why nobody can be reminded."""
    if len(rows) == 1 and (not rows[0].is_payable or not rows[0].late):
        return _("Choose an overdue invoice.")
    return why_not_one(rows)
