"""The pay statement and the remittance advice, with every session behind them."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.documents.flow import flow
from app.services.documents.locale import DASH, Locale
from app.services.documents.sheet import LATER_TOP, Block, Column, Sheet
from app.services.documents.style import (
    BODY,
    EDGE,
    GREY,
    INK,
    MM,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TEXT_STRONG,
    Page,
)
from app.services.documents.values import Letterhead, PayStatement
from app.services.documents.wrapping import elided, wrapped


def render(
    statement: PayStatement, letterhead: Letterhead, locale: Locale, page: Page
) -> bytes:
    """Draw page 1 with the sums, then every session by initials.

    It is drawn twice, because the foot of page 1 names the number of pages.
    """
    first = _draw(statement, letterhead, locale, page, 1)
    pages = first.number
    return (
        first if pages == 1 else _draw(statement, letterhead, locale, page, pages)
    ).finish()


def _draw(
    statement: PayStatement,
    letterhead: Letterhead,
    locale: Locale,
    page: Page,
    pages: int,
) -> Sheet:
    t = locale.t
    kind = t("Remittance advice") if statement.contractor else t("Pay statement")
    confidential = t("Confidential: for the named person only")
    foot = f"{letterhead.legal} · {confidential}"
    sheet = Sheet(letterhead, locale, page, kind, statement.number, foot)
    sheet.count = pages
    sheet.head()
    sheet.address(statement.tutor, _facts(locale, statement))
    y = sheet.figures(_figures(locale, statement))
    y = flow(sheet, _earnings(sheet, statement), y, _columns(sheet, t("Earnings")))
    if not statement.contractor and statement.deductions:
        deductions = _deductions(sheet, statement)
        y = flow(sheet, deductions, y + 4 * MM, _kind_columns(sheet))
    flow(sheet, _ending(sheet, statement), y)
    if statement.sessions:
        sheet.next_page()
        columns = _session_columns(sheet)
        flow(sheet, _sessions(sheet, statement, columns), LATER_TOP, columns)
    return sheet


def _facts(locale: Locale, statement: PayStatement) -> list[tuple[str, str]]:
    t = locale.t
    facts = [
        (t("Statement"), statement.number),
        (t("Period"), locale.period(statement.first_day, statement.last_day)),
        (t("Payment date"), locale.short_date(statement.pay_day)),
    ]
    if statement.their_invoice:
        facts.append((t("Your invoice"), statement.their_invoice))
    return facts


def _figures(locale: Locale, statement: PayStatement) -> list[tuple[str, str]]:
    t, currency = locale.t, statement.currency
    net = locale.money(statement.net, currency)
    hours = (t("Hours"), locale.hours(statement.minutes))
    if statement.contractor:
        return [(t("Paid"), net), hours]
    return [
        (t("Net pay"), net),
        (t("Gross"), locale.money(statement.gross, currency)),
        (t("Deductions"), locale.money(-statement.deducted, currency)),
        hours,
    ]


def _columns(sheet: Sheet, title: str) -> list[Column]:
    right, t = sheet.right, sheet.locale.t
    return [
        Column(title, sheet.left, right - 76 * MM),
        Column(t("Hours"), 0, right - 60 * MM, figures=True),
        Column(t("Rate"), 0, right - 31 * MM, figures=True),
        Column(t("Amount"), 0, right, figures=True),
    ]


def _earnings(sheet: Sheet, statement: PayStatement) -> list[Block]:
    locale, currency = sheet.locale, statement.currency
    columns = _columns(sheet, "")
    rows = [
        sheet.row(
            columns,
            [
                earning.label,
                DASH if earning.minutes is None else locale.hours(earning.minutes),
                "" if earning.rate is None else locale.amount(earning.rate, currency),
                locale.amount(earning.amount, currency),
            ],
            earning.detail,
            at=0,
        )
        for earning in statement.earnings
    ]
    label = locale.t("Total") if statement.contractor else locale.t("Gross pay")
    gross = locale.amount(statement.gross, currency)
    hours = locale.hours(statement.minutes)
    return [*rows, _sum(sheet, (label, hours, gross))]


def _kind_columns(sheet: Sheet) -> list[Column]:
    right, t = sheet.right, sheet.locale.t
    return [
        Column(t("Deductions"), sheet.left, right - 76 * MM),
        Column(t("Kind"), 0, right - 60 * MM, figures=True),
        Column(t("Amount"), 0, right, figures=True),
    ]


def _deductions(sheet: Sheet, statement: PayStatement) -> list[Block]:
    locale, currency = sheet.locale, statement.currency
    kinds = {True: locale.t("Fixed"), False: locale.t("Variable")}
    columns = _kind_columns(sheet)
    return [
        sheet.row(
            columns,
            [one.purpose, kinds[one.fixed], locale.amount(-one.amount, currency)],
            at=0,
        )
        for one in statement.deductions
    ]


def _sum(sheet: Sheet, cells: Sequence[str]) -> Block:
    """Make a strong row: label, hours, amount."""
    label, hours, amount = cells

    def draw(y: float) -> None:
        """Draw the row from its upper edge."""
        base = y + 4.6 * MM
        room = sheet.right - sheet.left - 78 * MM
        fitting = elided(label, TEXT_STRONG, room if hours else room + 40 * MM)
        sheet.text(sheet.left, base, fitting, TEXT_STRONG)
        if hours:
            x = sheet.right - 60 * MM
            sheet.text(x, base, hours, TEXT_STRONG, INK, "right")
        sheet.text(sheet.right, base, amount, TEXT_STRONG, INK, "right")

    return Block(7 * MM, draw, keep=True)


def _ending(sheet: Sheet, statement: PayStatement) -> list[Block]:
    """Make the net pay and where it goes, the year to date and the notes."""
    locale, t = sheet.locale, sheet.locale.t
    net = locale.money(statement.net, statement.currency)
    label = t("Paid") if statement.contractor else t("Net pay")
    if statement.account:
        label = f"{label} {t('to')} {statement.account}"
    blocks = [_sum(sheet, (label, "", net))]
    if statement.year_to_date:
        blocks.append(_year(sheet, statement.year_to_date))
    notes = [statement.note] if statement.note else []
    if statement.sessions:
        notes.append(t("Page 2 lists every session behind these totals."))
    lines = [line for note in notes for line in wrapped(note, SMALL, 150 * MM, 6)]

    def draw(y: float) -> None:
        """Draw the notes from their upper edge."""
        for number, line in enumerate(lines):
            sheet.text(sheet.left, y + (8 + 4 * number) * MM, line, SMALL, GREY)

    return [*blocks, Block((8 + 4 * len(lines)) * MM, draw, keep=True)]


def _year(sheet: Sheet, facts: Sequence[tuple[str, str]]) -> Block:
    step = (sheet.right - sheet.left) / max(len(facts), 5)

    def draw(y: float) -> None:
        """Draw the year to date from its upper edge."""
        title = sheet.locale.t("Year to date")
        sheet.text(sheet.left, y + 8 * MM, title, SMALL_STRONG, GREY)
        sheet.rule(sheet.left, sheet.right, y + 10 * MM, colour=EDGE)
        for number, (label, value) in enumerate(facts):
            x = sheet.left + number * step
            sheet.text(x, y + 14.5 * MM, elided(label, SMALL, step), SMALL, GREY)
            sheet.text(x, y + 19 * MM, elided(value, STRONG, step), STRONG)

    return Block(21 * MM, draw, keep=True)


def _session_columns(sheet: Sheet) -> list[Column]:
    left, right, t = sheet.left, sheet.right, sheet.locale.t
    return [
        Column(t("Date"), left, left + 26 * MM),
        Column(t("Session"), left + 26 * MM, right - 76 * MM),
        Column(t("Hours"), 0, right - 60 * MM, figures=True),
        Column(t("Rate"), 0, right - 31 * MM, figures=True),
        Column(t("Amount"), 0, right, figures=True),
    ]


def _sessions(
    sheet: Sheet, statement: PayStatement, columns: Sequence[Column]
) -> list[Block]:
    locale, currency = sheet.locale, statement.currency
    return [
        sheet.row(
            columns,
            [
                locale.day_text(paid.day),
                " · ".join(
                    part
                    for part in (
                        locale.times(paid.start, paid.end),
                        paid.initials,
                        paid.kind,
                    )
                    if part
                ),
                locale.hours(paid.minutes),
                locale.amount(paid.rate, currency),
                locale.amount(paid.amount, currency),
            ],
            kind=BODY,
        )
        for paid in statement.sessions
    ]
