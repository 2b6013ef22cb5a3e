"""The invoice: what to pay and by when first, then why."""

from __future__ import annotations

from app.services.documents.codes import epc_text, link_text
from app.services.documents.content import Content, Note, Part, Payment, Sum, Totals
from app.services.documents.lines import (
    added_taxes,
    charge_table,
    entries,
    exemptions,
    included_taxes,
)
from app.services.documents.locale import NBSP, Locale
from app.services.documents.values import Invoice, Package, Transfer


def invoice_content(invoice: Invoice, locale: Locale) -> Content:
    """Say what stands on an invoice."""
    _, currency = locale.t, invoice.currency
    due = locale.long_date(invoice.due) if invoice.open else _("No payment needed")
    parts: list[Part] = [
        charge_table(locale, invoice.groups, currency, invoice.last_day.year),
        Totals(tuple(_sums(invoice, locale)), tuple(_notes(invoice, locale))),
    ]
    if invoice.transfer and invoice.open > 0:
        parts.append(payment(invoice.transfer, locale, invoice.open, invoice.currency))
    reference = invoice.reference or (
        invoice.transfer.reference if invoice.transfer else ""
    )
    facts = (
        (_("Invoice no."), invoice.number),
        (_("Issued"), locale.short_date(invoice.issued)),
        (_("Period"), locale.period(invoice.first_day, invoice.last_day)),
        (_("Replaces lines of"), invoice.replaces),
        (_("Your reference"), "" if reference == invoice.number else reference),
    )
    return Content(
        kind=invoice.title or _("Invoice"),
        subject=f"{invoice.number} · {invoice.payer.name}",
        parts=tuple(parts),
        party=invoice.payer,
        facts=tuple(fact for fact in facts if fact[1]),
        figures=(
            (_("Amount due"), locale.money(invoice.open, currency)),
            (_("Pay by"), due),
        ),
    )


def _sums(invoice: Invoice, locale: Locale) -> list[Sum]:
    _, currency = locale.t, invoice.currency
    taxed = any(tax.amount for tax in invoice.taxes)
    is_gross = invoice.prices_include_tax
    sums = [Sum(_("Subtotal"), locale.amount(invoice.subtotal, currency))]
    sums += entries(locale, invoice.discounts, currency)
    if taxed and invoice.discounts and not is_gross:
        sums.append(Sum(_("Net total"), locale.amount(invoice.net, currency)))
    exempt = [tax for tax in invoice.taxes if tax.reason]
    sums += added_taxes(locale, exempt if is_gross else invoice.taxes, currency)
    sums.append(Sum(_("Total"), locale.money(invoice.total, currency), is_strong=True))
    if is_gross:
        sums += included_taxes(locale, invoice.taxes, currency)
        sums.append(Sum(_("Net total"), locale.amount(invoice.net, currency)))
    if invoice.settled:
        sums += entries(locale, invoice.settled, currency)
        amount = locale.money(invoice.open, currency)
        sums.append(Sum(_("Amount due"), amount, is_strong=True))
    return sums


def _notes(invoice: Invoice, locale: Locale) -> list[Note]:
    notes = exemptions(invoice.taxes)
    notes += [_package(package, locale) for package in invoice.packages]
    return [*notes, Note(invoice.note)] if invoice.note else notes


def _package(package: Package, locale: Locale) -> Note:
    _ = locale.t

    def amount(units: int) -> str:
        """Write hours, or a number of sessions."""
        return str(units) if package.in_sessions else f"{locale.hours(units)} h"

    facts = [
        _("{amount} bought").format(amount=amount(package.bought)),
        _("{amount} used").format(amount=amount(package.used)),
        _("{amount} left").format(amount=amount(package.left)),
    ]
    text = " · ".join(fact.replace(" ", NBSP) for fact in facts)
    if package.expires:
        until = _("until {date}").format(date=locale.short_date(package.expires))
        text = f"{text}\n{until}"
    return Note(text, package.name)


def payment(transfer: Transfer, locale: Locale, amount: int, currency: str) -> Payment:
    """Say how to pay an amount in minor units, with a code where one is known."""
    _ = locale.t
    by_transfer = bool(transfer.rows or transfer.iban)
    code = ""
    if currency == "EUR" and transfer.iban:
        code = epc_text(
            transfer.payee, transfer.iban, transfer.bic, amount, transfer.reference
        )
    hint = _("Scan with your banking app") if code else ""
    if not code and (code := link_text(transfer.link)):
        hint = _("Scan to pay")
    facts = [(_("Payee"), transfer.payee)]
    if transfer.iban and not any(
        "".join(text.split()) == "".join(transfer.iban.split())
        for _label, text in transfer.rows
    ):
        facts.append((_("IBAN"), spaced(transfer.iban)))
    facts += transfer.rows
    facts.append((_("Reference"), transfer.reference))
    facts.append((_("Amount"), locale.money(amount, currency)))
    if transfer.link:
        facts.append((_("Pay online"), transfer.link))
    return Payment(
        title=_("Pay by bank transfer") if by_transfer else _("How to pay"),
        facts=tuple(fact for fact in facts if fact[1]),
        code=code,
        hint="\n".join(filter(None, (hint, transfer.other_ways))),
        link=link_text(transfer.link),
    )


def spaced(iban: str) -> str:
    """Write an IBAN in groups of four."""
    plain = "".join(iban.split())
    return " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
