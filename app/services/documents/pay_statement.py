"""The pay statement and the remittance advice, with every session behind them."""

from __future__ import annotations

from dataclasses import replace

from app.services.documents.content import (
    Column,
    Content,
    Fact,
    PageBreak,
    Part,
    Remark,
    Row,
    Rows,
    Strip,
    Table,
)
from app.services.documents.lines import day_of
from app.services.documents.locale import DASH, Locale
from app.services.documents.values import Earning, PaidSession, PayStatement

_YEAR_SUMS = 3  # gross, deductions and net stand first


def pay_content(pay: PayStatement, locale: Locale) -> Content:
    """Say what stands on a pay statement, or on a contractor's remittance advice."""
    _ = locale.t
    kind = _("Remittance advice") if pay.contractor else _("Pay statement")
    parts: list[Part] = [_earnings(pay, locale)]
    if not pay.contractor:
        parts.append(_deductions(pay, locale))
    if pay.year_to_date and not pay.contractor:
        parts.append(Strip(_("Year to date"), _year(pay, locale)))
    if pay.note:
        parts.append(Remark(pay.note))
    if pay.sessions:
        said = _("The next page lists every session behind these totals.")
        parts += [Remark(said), PageBreak(), _sessions(pay, locale)]
    facts = (
        (_("Statement no."), pay.number),
        (_("Period"), locale.period(pay.first_day, pay.last_day)),
        (_("Payment date"), locale.short_date(pay.pay_day)),
        (_("Paid to"), pay.account),
        (_("Your invoice"), pay.their_invoice),
    )
    return Content(
        kind=pay.title or kind,
        subject=f"{pay.number} · {pay.tutor.name}",
        parts=tuple(parts),
        party=pay.tutor,
        facts=tuple(fact for fact in facts if fact[1]),
        figures=_figures(pay, locale),
        foot=_("Confidential: for the named person only"),
    )


def _figures(pay: PayStatement, locale: Locale) -> tuple[Fact, ...]:
    _, currency = locale.t, pay.currency
    net = locale.money(pay.net, currency)
    hours = (_("Hours"), locale.hours(pay.minutes))
    if pay.contractor:
        return ((_("Paid to you"), net), hours)
    gross = locale.money(pay.gross, currency)
    deducted = locale.money(-pay.deducted, currency)
    return (
        (_("Net pay"), net),
        (_("Gross"), gross),
        (_("Deductions"), deducted),
        hours,
    )


def _year(pay: PayStatement, locale: Locale) -> tuple[Fact, ...]:
    """Write the year's sums: gross, deductions, net, hours, then the kinds of pay."""
    facts = [
        (one.label, locale.amount(one.amount, pay.currency)) for one in pay.year_to_date
    ]
    if pay.year_minutes is not None:
        hours = (locale.t("Hours"), locale.hours(pay.year_minutes))
        facts.insert(_YEAR_SUMS, hours)
    return tuple(facts)


def _earnings(pay: PayStatement, locale: Locale) -> Table:
    _, currency = locale.t, pay.currency
    columns = (
        Column(_("For") if pay.contractor else _("Earnings")),
        Column(_("Hours"), 24, is_figures=True),
        Column(_("Rate"), 28, is_figures=True),
        Column(_("Amount"), 31, is_figures=True),
    )
    ordinary = [one for one in pay.earnings if not one.is_holiday]
    holiday = [one for one in pay.earnings if one.is_holiday]
    groups = [Rows(tuple(_earning(one, locale, currency) for one in ordinary))]
    if holiday:
        heading = _("Holiday pay")
        listed = [_under(heading, one) for one in holiday]
        rows = tuple(_earning(one, locale, currency) for one in listed)
        groups.append(Rows(rows, heading))
    label = _("Total paid") if pay.contractor else _("Gross pay")
    money = locale.money if pay.contractor else locale.amount
    gross = money(pay.gross, currency)
    total = Row((label, locale.hours(pay.minutes), "", gross), is_strong=True)
    return Table(columns, (*groups, Rows((total,))), wide=0)


def _under(heading: str, earning: Earning) -> Earning:
    """Let an earning not repeat the heading that it stands under."""
    if earning.label != heading or not earning.detail:
        return earning
    return replace(earning, label=earning.detail, detail="")


def _earning(earning: Earning, locale: Locale, currency: str) -> Row:
    minutes, rate = earning.minutes, earning.rate
    cells = (
        earning.label,
        DASH if minutes is None else locale.hours(minutes),
        "" if rate is None else locale.amount(rate, currency),
        locale.amount(earning.amount, currency),
    )
    return Row(cells, earning.detail)


def _deductions(pay: PayStatement, locale: Locale) -> Table:
    _, currency = locale.t, pay.currency
    columns = (
        Column(_("Deductions")),
        Column(_("Kind"), 24, is_figures=True, is_grey=True),
        Column(_("Amount"), 59, is_figures=True),
    )
    rows = tuple(
        Row(
            (
                one.purpose,
                _("Fixed") if one.fixed else _("Variable"),
                locale.amount(-one.amount, currency),
            )
        )
        for one in pay.deductions
    )
    none = Row((_("None entered"), "", locale.amount(0, currency)))
    label = _("Net pay")
    if pay.account:
        label = _("Net pay to {account}").format(account=pay.account)
    net = Row((label, "", locale.money(pay.net, currency)), is_strong=True)
    return Table(columns, (Rows(rows or (none,)), Rows((net,))), wide=0)


def _sessions(pay: PayStatement, locale: Locale) -> Table:
    _ = locale.t
    columns = (
        Column(_("Date"), 26),
        Column(_("Session")),
        Column(_("Hours"), 20, is_figures=True),
        Column(_("Rate"), 25, is_figures=True),
        Column(_("Amount"), 28, is_figures=True),
    )
    rows = tuple(_session(one, pay, locale) for one in pay.sessions)
    minutes = sum(one.minutes for one in pay.sessions)
    amount = sum(one.amount for one in pay.sessions)
    total = Row(
        (
            _("All sessions"),
            "",
            locale.hours(minutes),
            "",
            locale.amount(amount, pay.currency),
        ),
        is_strong=True,
    )
    return Table(columns, (Rows(rows), Rows((total,))))


def _session(one: PaidSession, pay: PayStatement, locale: Locale) -> Row:
    times = locale.times(one.start, one.end)
    return Row(
        (
            day_of(locale, one.day, pay.last_day.year),
            " · ".join(filter(None, (times, one.initials, one.kind))),
            locale.hours(one.minutes) if one.minutes else "",
            locale.amount(one.rate, pay.currency) if one.rate else "",
            locale.amount(one.amount, pay.currency),
        )
    )
