"""The section of the office's own record, saved field by field."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.values.billing import PriceBasis, TaxRounding
from app.models.values.errors import OfficeError
from app.models.values.schedule import Unknown
from app.services.office import Office
from app.services.profile import ChangeOffice, OfficeRecord
from app.text import _
from app.views.settings.fields import (
    CheckField,
    ChoiceField,
    Entry,
    LinesField,
    NumberField,
    SavedRow,
    TextField,
)
from app.views.settings.logo import LogoCard
from app.views.settings.section import Section
from app.views.tools import Tools
from app.views.typography import label
from app.views.widgets.cards import Card

GRIDS = (5, 10, 15, 20, 30, 60)
_WHOLE = frozenset(
    ("payment_days", "grid_minutes", "first_weekday", "default_travel_minutes")
)


def change_field(
    office: Office, version: int, name: str, value: object
) -> OfficeRecord:
    """Change one field of the record, and give the record as it is then."""
    kept = int(str(value)) if name in _WHOLE else value
    if name == "payment_rows":
        kept = payment_rows(str(value))
    values: dict[str, Any] = {name: kept}
    office.settings.change_office(ChangeOffice(version, **values))
    return office.settings.office()


def payment_rows(text: str) -> tuple[tuple[str, str], ...]:
    """Read details of payment: a label, a colon and a text on each line."""
    lines = [line.partition(":") for line in text.splitlines() if line.strip()]
    return tuple(
        (label.strip(), rest.strip()) if colon else ("", label.strip())
        for label, colon, rest in lines
    )


def payment_text(rows: Iterable[tuple[str, str]]) -> str:
    """Write details of payment as they are typed."""
    return "\n".join(": ".join(filter(None, row)) for row in rows)


class OfficeSection(Section):
    """Shows who the office is, how it is paid and how it counts."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.rows: dict[str, SavedRow] = {}
        self._record: OfficeRecord | None = None
        self._waiting: deque[Entry] = deque()
        self._saving: Entry | None = None
        self._add_identity()
        self._add_payment()
        self._add_counting()
        self.column.addStretch()

    def refresh(self) -> None:
        self.run(self.tools.office.settings.office, self._show)

    def _add_identity(self) -> None:
        card = Card(_("Who the office is"))
        self._row(card, "name", _("Name"), TextField())
        self._row(card, "address", _("Address"), LinesField())
        contact = TextField(_("Phone, web site"))
        self._row(card, "contact", _("Contact line"), contact, _("Under the name."))
        self._row(card, "email", _("E-mail"), TextField("office@example.org"))
        hint = _("At the foot of invoices: register, manager, supervising authority.")
        self._row(card, "legal", _("Legal line"), LinesField(2), hint)
        self._row(card, "tax_number", _("Tax number"), TextField())
        self._row(card, "country", _("Country"), TextField("GB"), _("Two letters."))
        self.add(card)
        self.logo = LogoCard(self.tools)
        self.logo.said.connect(self.said)
        self.add(self.logo)

    def _add_payment(self) -> None:
        card = Card(_("How families pay"))
        self._row(card, "payee", _("Payee"), TextField())
        self._row(card, "iban", _("IBAN"), TextField())
        self._row(card, "bic", _("BIC"), TextField())
        hint = _("One a line, such as “Sort code: 20-00-00”; printed on invoices.")
        self._row(card, "payment_rows", _("More details"), LinesField(2), hint)
        self._row(card, "payment_link", _("Payment link"), TextField("https://"))
        days = NumberField(self.tools.formats, 0, 365, whole=True, unit=_("days"))
        self._row(card, "payment_days", _("Time to pay"), days)
        credit = CheckField(_("Credit is used as soon as an invoice is issued"))
        self._row(card, "credit_on_issue", _("Credit"), credit)
        self.add(card)

    def _add_counting(self) -> None:
        formats = self.tools.formats
        card = Card(_("How the office counts and writes"))
        grids = [(_("{n} min").format(n=n), n) for n in GRIDS]
        self._row(card, "grid_minutes", _("Calendar grid"), ChoiceField(grids))
        days = [(name, at) for at, name in enumerate(formats.locale.weekdays)]
        self._row(card, "first_weekday", _("Week begins on"), ChoiceField(days))
        way = NumberField(formats, 0, 600, whole=True, unit=_("min"))
        hint = _("Where neither the table nor coordinates say how long a way takes.")
        name = "default_travel_minutes"
        self._row(card, name, _("Usual travel time"), way, hint)
        unknown = [
            (_("ask before booking"), Unknown.ASK),
            (_("counts as available"), Unknown.ALWAYS),
            (_("counts as not available"), Unknown.NEVER),
        ]
        field = ChoiceField(unknown)
        self._row(card, "unknown_availability", _("Times nobody gave"), field)
        units = ChoiceField([(_("kilometres"), "km"), (_("miles"), "mile")])
        self._row(card, "distance_unit", _("Distances"), units)
        prices = [
            (_("without tax"), PriceBasis.NET),
            (_("with tax"), PriceBasis.GROSS),
        ]
        self._row(card, "prices", _("Prices are"), ChoiceField(prices))
        rounding = [
            (_("once for the whole invoice"), TaxRounding.DOCUMENT),
            (_("on every line"), TaxRounding.LINE),
        ]
        self._row(card, "tax_rounding", _("Tax is rounded"), ChoiceField(rounding))
        later = _("Windows write so when Chalkbook is opened again.")
        self._row(card, "locale", _("Language of numbers"), TextField("en-GB"), later)
        self._row(card, "zone", _("Time zone"), TextField("Europe/London"), later)
        self.currency = label("", "small", "text2", wrap=True)
        card.body.addWidget(self.currency)
        self.add(card)

    def _row(
        self, card: Card, name: str, words: str, field: QWidget, hint: str = ""
    ) -> None:
        row = SavedRow(name, words, field, hint)
        row.left.connect(self._on_left)
        self.rows[name] = row
        card.body.addWidget(row)

    def _show(self, record: OfficeRecord) -> None:
        self._record = record
        for name, row in self.rows.items():
            value = getattr(record, name)
            is_rows = name == "payment_rows"
            row.show_saved(payment_text(value) if is_rows else value)
        self.logo.refresh()
        words = _("Money is counted in {currency}, chosen when the office was set up.")
        self.currency.setText(words.format(currency=record.currency))

    def _on_left(self, entry: Entry) -> None:
        self._waiting.append(entry)
        self._save_next()

    def _save_next(self) -> None:
        """Save one field at a time, each with the version the former one left."""
        if self._saving is not None or not self._waiting or self._record is None:
            return
        entry = self._saving = self._waiting.popleft()
        work = partial(
            change_field,
            self.tools.office,
            self._record.version,
            entry.row.name,
            entry.value,
        )
        self.tools.jobs.run(self, work, done=self._on_saved, failed=self._on_failed)

    def _on_saved(self, record: OfficeRecord) -> None:
        entry, self._saving = self._saving, None
        self._show(record)
        if entry is not None:
            words = _("{field} was changed.").format(field=entry.row.label)
            self.tell(words)
        self._save_next()

    def _on_failed(self, error: OfficeError) -> None:
        entry, self._saving = self._saving, None
        if entry is not None:
            entry.row.set_error(str(error))
        self.run(self.tools.office.settings.office, self._on_read_again)

    def _on_read_again(self, record: OfficeRecord) -> None:
        """Take the version that holds; what was refused stays to be mended."""
        self._record = record
        self._save_next()
