"""The statement of account: what was asked and paid, what is owed and how late."""

from __future__ import annotations

from app.services.documents.flow import flow
from app.services.documents.locale import Locale
from app.services.documents.sheet import Block, Column, Sheet
from app.services.documents.style import BODY, GREY, HEADING, MM, STRONG, Page
from app.services.documents.values import Letterhead, Statement


def render(
    account: Statement, letterhead: Letterhead, locale: Locale, page: Page
) -> bytes:
    """Draw a statement of account as a PDF file."""
    t, currency = locale.t, account.currency
    name = account.payer.name
    sheet = Sheet(letterhead, locale, page, t("Statement of account"), name)
    sheet.head()
    facts = [
        (t("As of"), locale.short_date(account.as_of)),
        (t("Period"), locale.period(account.first_day, account.as_of)),
    ]
    if account.reference:
        facts.append((t("Your reference"), account.reference))
    sheet.address(account.payer, facts)
    label = t("You owe") if account.balance >= 0 else t("Your credit")
    y = sheet.figures(
        (
            (label, locale.money(abs(account.balance), currency)),
            (t("Of it overdue"), locale.money(account.overdue, currency)),
        )
    )
    columns = _columns(sheet)
    brought = locale.amount(account.brought_forward, currency)
    cells = ["", "", t("Brought forward"), "", "", brought]
    rows = [sheet.row(columns, cells, at=2, kind=STRONG)]
    for posting in account.postings:
        charge = locale.amount(posting.charge, currency) if posting.charge else ""
        paid = locale.amount(posting.payment, currency) if posting.payment else ""
        cells = [
            *(locale.short_date(posting.day), posting.document, posting.text),
            *(charge, paid, locale.amount(posting.balance, currency)),
        ]
        rows.append(sheet.row(columns, cells, at=2))
    rows.append(_ages(sheet, account))
    flow(sheet, rows, y, columns)
    return sheet.finish()


def _columns(sheet: Sheet) -> list[Column]:
    left, right, t = sheet.left, sheet.right, sheet.locale.t
    return [
        Column(t("Date"), left, left + 24 * MM),
        Column(t("Document"), left + 24 * MM, left + 52 * MM),
        Column("", left + 52 * MM, right - 66 * MM),
        Column(t("Charged"), 0, right - 46 * MM, figures=True),
        Column(t("Paid"), 0, right - 23 * MM, figures=True),
        Column(t("Balance"), 0, right, figures=True),
    ]


def _ages(sheet: Sheet, account: Statement) -> Block:
    """Show how late the open amounts are, oldest last."""
    locale, currency = sheet.locale, account.currency
    step = (sheet.right - sheet.left) / max(len(account.ages), 1)

    def draw(y: float) -> None:
        """Draw the ages from their upper edge."""
        sheet.text(sheet.left, y + 8 * MM, locale.t("By age"), HEADING)
        for number, age in enumerate(account.ages):
            x = sheet.left + number * step
            sheet.text(x, y + 14 * MM, age.label, BODY, GREY)
            sheet.text(x, y + 19 * MM, locale.amount(age.amount, currency), STRONG)

    return Block(22 * MM, draw, keep=True)
