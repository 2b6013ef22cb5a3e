"""The credit note: positive amounts under an unmistakable word, and what it amends."""

from __future__ import annotations

from app.services.documents.content import Content, Section, Sum, Totals
from app.services.documents.lines import (
    added_taxes,
    charge_table,
    entries,
    exemptions,
    included_taxes,
)
from app.services.documents.locale import Locale
from app.services.documents.values import CreditNote


def credit_note_content(note: CreditNote, locale: Locale) -> Content:
    """Say what stands on a credit note."""
    _, currency = locale.t, note.currency
    original_issued = locale.short_date(note.original_issued) if note.original else ""
    facts = (
        (_("Credit note no."), note.number),
        (_("Issued"), locale.short_date(note.issued)),
        (_("For invoice"), note.original),
        (_("Invoice issued"), original_issued),
        (_("Your reference"), note.reference),
    )
    figures = [(_("Credited to you"), locale.money(note.total, currency))]
    if note.original:
        figures.append((_("For invoice"), note.original))
    totals = Totals(tuple(_sums(note, locale)), tuple(exemptions(note.taxes)))
    table = charge_table(locale, note.groups, currency, note.issued.year)
    reason = (Section(_("Reason"), note.reason),) if note.reason else ()
    return Content(
        kind=note.title or _("Credit note"),
        subject=f"{note.number} · {note.payer.name}",
        parts=(*reason, table, totals),
        party=note.payer,
        facts=tuple(fact for fact in facts if fact[1]),
        figures=tuple(figures),
    )


def _sums(note: CreditNote, locale: Locale) -> list[Sum]:
    _, currency = locale.t, note.currency
    is_gross = note.prices_include_tax
    exempt = [tax for tax in note.taxes if tax.reason]
    sums = [Sum(_("Subtotal"), locale.amount(note.subtotal, currency))]
    sums += entries(locale, note.discounts, currency)
    sums += added_taxes(locale, exempt if is_gross else note.taxes, currency)
    total = locale.money(note.total, currency)
    sums.append(Sum(_("Total credited"), total, is_strong=True))
    if is_gross:
        sums += included_taxes(locale, note.taxes, currency)
    return sums + entries(locale, note.use, currency)
