"""The section of tax codes: a rate never changes, so a new rate is a new code."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from operator import attrgetter

from app.services.catalog.archiving import CatalogKind
from app.services.catalog.requests import AddTaxCode, TaxCodeRow
from app.services.office import Office
from app.text import _
from app.views.settings.asking import AskDialog, Asked, Values, choice, line, lines
from app.views.settings.fields import NumberField
from app.views.settings.lists import ListCard, Listing, ListSection
from app.views.tables.columns import Column
from app.views.tools import Tools


def categories() -> tuple[tuple[str, str], ...]:
    """Name the categories of e-invoices."""
    return (
        (_("Standard"), "S"),
        (_("Zero rate"), "Z"),
        (_("Exempt"), "E"),
        (_("Outside the scope"), "O"),
        (_("Reverse charge"), "AE"),
    )


def add_tax_code(office: Office, values: Values) -> int:
    """Keep a tax code."""
    return office.catalog.add_tax_code(AddTaxCode(**values))


class TaxesSection(ListSection):
    """Lists the tax codes."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.codes: ListCard[TaxCodeRow] = ListCard(
            Listing(
                "taxes",
                _("Tax codes"),
                (_("tax code"), _("tax codes")),
                attrgetter("tax_code_id"),
                _columns(),
            ),
            tools,
        )
        self.codes.add_button(_("New tax code…")).clicked.connect(self.ask_new)
        out = self.codes.add_deed(_("Archive"), "trash-2")
        out.clicked.connect(self.archive)
        self.add(self.codes)
        self.column.addStretch()

    def refresh(self) -> None:
        self.run(self.tools.office.catalog.tax_codes, self._show)

    def ask_new(self) -> None:
        """Ask for a tax code."""
        rate = NumberField(self.tools.formats, 0, 100, unit="%")
        rate.show_value(Decimal(0))
        asked = (
            Asked("name", _("Name"), line("", _("VAT 20 %")), is_needed=True),
            Asked("rate", _("Rate"), rate, is_needed=True),
            Asked("category", _("Category"), choice(categories(), "S")),
            Asked("reason", _("Reason"), lines(), _("Printed where no tax is taken.")),
        )
        work = partial(add_tax_code, self.tools.office)
        dialog = AskDialog(_("New tax code"), self.tools, asked, work, self)
        dialog.succeeded.connect(self.kept)
        dialog.open()

    def archive(self) -> None:
        """Take the current tax code out of use."""
        row = self.codes.current()
        if row is not None:
            archive = self.tools.office.catalog.archive
            kind = CatalogKind.TAX_CODE
            work = partial(archive, kind, row.tax_code_id, row.version)
            self.run(work, self.taken_out)

    def _show(self, rows: tuple[TaxCodeRow, ...]) -> None:
        self.codes.show_rows(rows)


def _columns() -> tuple[Column[TaxCodeRow], ...]:
    name, reason, rate = map(attrgetter, ("name", "reason", "rate"))
    return (
        Column("name", _("Name"), name, "strong", width=160),
        Column("rate", _("Rate"), _rate, "number", sort_by=rate, width=88),
        Column("category", _("Category"), _category, width=140),
        Column("reason", _("Reason"), reason, "muted", stretch=True),
    )


def _rate(row: TaxCodeRow) -> str:
    text = f"{row.rate:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


def _category(row: TaxCodeRow) -> str:
    named = {key: words for words, key in categories()}
    return named.get(row.category, row.category)
