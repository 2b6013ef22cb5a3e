"""The statement of account: what was asked, what was paid, what is owed, how late."""

from __future__ import annotations

from app.services.documents.content import (
    Column,
    Content,
    Part,
    Row,
    Rows,
    Strip,
    Sum,
    Table,
    Totals,
)
from app.services.documents.invoice import payment
from app.services.documents.locale import Locale
from app.services.documents.values import Posting, Statement


def account_content(account: Statement, locale: Locale) -> Content:
    """Say what stands on a statement of account."""
    _, currency = locale.t, account.currency
    balance = locale.money(abs(account.balance), currency)
    owes = account.balance >= 0
    label = _("Balance due") if owes else _("Balance in your favour")
    parts: list[Part] = [
        _table(account, locale),
        Totals((*_unused(account, locale), Sum(label, balance, is_strong=True))),
    ]
    if account.ages:
        ages = [
            (age.label, locale.amount(age.amount, currency)) for age in account.ages
        ]
        parts.append(Strip(_("How late the open amounts are"), tuple(ages)))
    if account.transfer and account.balance > 0:
        parts.append(payment(account.transfer, locale, account.balance, currency))
    facts = (
        (_("As of"), locale.short_date(account.as_of)),
        (_("Period"), locale.period(account.first_day, account.as_of)),
        (_("Your reference"), account.reference),
    )
    figures = [(label, balance)]
    if overdue_now := max(0, min(account.overdue, account.balance)):
        overdue = locale.money(overdue_now, currency)
        figures.append((_("Of this overdue"), overdue))
    return Content(
        kind=_("Statement of account"),
        subject=f"{locale.short_date(account.as_of)} · {account.payer.name}",
        parts=tuple(parts),
        party=account.payer,
        facts=tuple(fact for fact in facts if fact[1]),
        figures=tuple(figures),
    )


def _unused(account: Statement, locale: Locale) -> tuple[Sum, ...]:
    """Say what is open and what lies on account, where both make up the balance."""
    opened = account.balance + account.on_account
    if not account.on_account or not opened:
        return ()
    _, currency = locale.t, account.currency
    return (
        Sum(_("Open on invoices"), locale.money(opened, currency)),
        Sum(_("Credit on account"), locale.money(-account.on_account, currency)),
    )


def _table(account: Statement, locale: Locale) -> Table:
    _, currency = locale.t, account.currency
    columns = (
        Column(_("Date"), 24),
        Column(_("Document"), 26),
        Column(_("Details")),
        Column(_("Charged"), 22, is_figures=True),
        Column(_("Paid or credited"), 26, is_figures=True),
        Column(_("Balance"), 24, is_figures=True),
    )
    brought = locale.amount(account.brought_forward, currency)
    first = Row(
        (
            locale.short_date(account.first_day),
            "",
            _("Brought forward"),
            "",
            "",
            brought,
        )
    )
    rows = tuple(_row(posting, locale, currency) for posting in account.postings)
    return Table(columns, (Rows((first, *rows)),), wide=2)


def _row(posting: Posting, locale: Locale, currency: str) -> Row:
    charge = locale.amount(posting.charge, currency) if posting.charge else ""
    payment_ = locale.amount(posting.payment, currency) if posting.payment else ""
    return Row(
        (
            locale.short_date(posting.day),
            posting.document,
            posting.text,
            charge,
            payment_,
            locale.amount(posting.balance, currency),
        )
    )
