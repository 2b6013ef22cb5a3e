"""The reminder: all open invoices of a payer and one total."""

from __future__ import annotations

from app.services.documents.content import (
    Column,
    Content,
    Part,
    Row,
    Rows,
    Section,
    Sum,
    Table,
    Totals,
)
from app.services.documents.invoice import payment
from app.services.documents.lines import entries
from app.services.documents.locale import Locale
from app.services.documents.values import OpenItem, Reminder


def reminder_content(reminder: Reminder, locale: Locale) -> Content:
    """Say what stands on a reminder."""
    _, currency = locale.t, reminder.currency
    kinds = {1: _("Payment reminder"), 2: _("Second reminder")}
    total = locale.money(reminder.total, currency)
    sums = entries(locale, reminder.fees, currency)
    parts: list[Part] = [
        Section("", reminder.text),
        _table(reminder, locale),
        Totals((*sums, Sum(_("Total open"), total, is_strong=True))),
    ]
    if reminder.transfer and reminder.total > 0:
        parts.append(payment(reminder.transfer, locale, reminder.total, currency))
    facts = (
        (_("Reminder no."), reminder.number),
        (_("Date"), locale.short_date(reminder.issued)),
        (_("Your reference"), reminder.reference),
    )
    return Content(
        kind=kinds.get(max(reminder.level, 1), _("Final reminder")),
        subject=" · ".join(filter(None, (reminder.number, reminder.payer.name))),
        parts=tuple(parts),
        party=reminder.payer,
        facts=tuple(fact for fact in facts if fact[1]),
        figures=(
            (_("Total open"), total),
            (_("Please pay by"), locale.long_date(reminder.pay_by)),
        ),
    )


def _table(reminder: Reminder, locale: Locale) -> Table:
    _ = locale.t
    columns = (
        Column(_("Invoice")),
        Column(_("Issued"), 28),
        Column(_("Was due"), 28),
        Column(_("Days late"), 24, is_figures=True),
        Column(_("Amount"), 26, is_figures=True),
        Column(_("Open"), 26, is_figures=True),
    )
    rows = tuple(_row(item, locale, reminder.currency) for item in reminder.items)
    return Table(columns, (Rows(rows),), wide=0)


def _row(item: OpenItem, locale: Locale, currency: str) -> Row:
    return Row(
        (
            item.number,
            locale.short_date(item.issued),
            locale.short_date(item.due),
            str(item.days_late) if item.days_late > 0 else "",
            locale.amount(item.amount, currency),
            locale.amount(item.open, currency),
        )
    )
