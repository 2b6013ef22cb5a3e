"""The lines and sums that invoices and credit notes share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from app.services.documents.content import Column, Note, Row, Rows, Sum, Table
from app.services.documents.locale import DASH, Locale
from app.services.documents.values import Entry, Group, Line, Tax

_TITLE_JOINT = " — "
_NOTE_JOINT = " · "
_HUNDRED = 100


def charge_table(
    locale: Locale, groups: Sequence[Group], currency: str, year: int
) -> Table:
    """Lay out lines by student: date, session, hours, rate, tax where mixed, amount.

    Args:
        locale: how dates and numbers are written.
        groups: the lines.
        currency: its code, for the decimals.
        year: what goes without saying; a line of another year names its own.
    """
    _ = locale.t
    has_tax = len({line.tax_rate for group in groups for line in group.lines}) > 1
    columns = [
        Column(_("Date"), 24),
        Column(_("Session")),
        Column(_("Hours"), 16, is_figures=True),
        Column(_("Rate"), 25, is_figures=True),
        *([Column(_("Tax"), 16, is_figures=True)] if has_tax else []),
        Column(_("Amount"), 25, is_figures=True),
    ]
    return Table(
        tuple(columns),
        tuple(
            Rows(
                tuple(
                    _row(locale, line, currency, year, has_tax=has_tax)
                    for line in group.lines
                ),
                _TITLE_JOINT.join(filter(None, (group.student, group.subject))),
            )
            for group in groups
        ),
    )


def _row(locale: Locale, line: Line, currency: str, year: int, *, has_tax: bool) -> Row:
    _, times = locale.t, ""
    if line.start is not None and line.end is not None:
        times = locale.times(line.start, line.end)
    rate = ""
    if line.from_package:
        rate = _("package")
    elif line.rate is not None:
        rate = locale.amount(line.rate, currency)
    cells = [
        day_of(locale, line.day, year),
        " · ".join(filter(None, (times, line.text))),
        "" if line.minutes is None else locale.hours(line.minutes),
        rate,
        *([_tax(line, locale)] if has_tax else []),
        locale.amount(line.amount, currency),
    ]
    return Row(tuple(cells), _note(locale, line, currency))


def _note(locale: Locale, line: Line, currency: str) -> str:
    """Say under a line what its amount is a part of, and what is unusual about it."""
    if line.share is None:
        return line.note
    _ = locale.t
    part, whole = (abs(amount) for amount in line.share)
    text = _("Your share: {part} of {whole}").format(
        part=_part(locale, part, whole, currency), whole=locale.amount(whole, currency)
    )
    return _NOTE_JOINT.join(filter(None, (text, line.note)))


def _part(locale: Locale, part: int, whole: int, currency: str) -> str:
    """Write a part as percent if the whole ones tell the same amount, else as money."""
    percent = (part * 200 + whole) // (whole * 2) if whole else 0
    if abs(part * 100 - whole * percent) < _HUNDRED:
        return locale.percent(Decimal(percent))
    return locale.amount(part, currency)


def _tax(line: Line, locale: Locale) -> str:
    return DASH if line.tax_rate is None else locale.percent(line.tax_rate)


def day_of(locale: Locale, day: date, year: int) -> str:
    """Write a day, with its year where that does not go without saying."""
    if day.year == year:
        return locale.day_text(day)
    return f"{locale.day_text(day)} {day.year}"


def entries(locale: Locale, found: Iterable[Entry], currency: str) -> list[Sum]:
    """Write labelled amounts with their signs."""
    return [Sum(entry.label, locale.amount(entry.amount, currency)) for entry in found]


def added_taxes(locale: Locale, taxes: Iterable[Tax], currency: str) -> list[Sum]:
    """Write taxes that come on top, by rate with their basis, and exemptions."""
    _ = locale.t
    rows: list[Sum] = []
    for tax in taxes:
        basis = locale.amount(tax.basis, currency)
        if tax.reason:
            label = _("No tax on {basis}").format(basis=basis)
        elif tax.rate or tax.amount:
            rate = locale.percent(tax.rate)
            label = _("{tax} {rate} on {basis}").format(
                tax=tax.name, rate=rate, basis=basis
            )
        else:
            continue
        rows.append(Sum(label, locale.amount(tax.amount, currency)))
    return rows


def included_taxes(locale: Locale, taxes: Iterable[Tax], currency: str) -> list[Sum]:
    """Write taxes that gross prices contain."""
    _ = locale.t
    return [
        Sum(
            _("including {tax} {rate} on {basis}").format(
                tax=tax.name,
                rate=locale.percent(tax.rate),
                basis=locale.amount(tax.basis, currency),
            ),
            locale.amount(tax.amount, currency),
        )
        for tax in taxes
        if tax.amount
    ]


def exemptions(taxes: Iterable[Tax]) -> list[Note]:
    """Give the sentences of exemptions, each once."""
    return [
        Note(reason) for reason in dict.fromkeys(tax.reason for tax in taxes) if reason
    ]
