"""The first window of a new office: what must be known before anything can be kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from zoneinfo import available_timezones

from PySide6.QtCore import QLocale, QTimeZone, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from app.models.values.errors import OfficeError
from app.models.values.money import check_currency
from app.services.profile import SetUpOffice
from app.text import _
from app.views.icons import IconLabel
from app.views.typography import label, scaled
from app.views.widgets.buttons import Button
from app.views.widgets.cards import FormRow
from app.views.widgets.inputs import ComboBox
from app.views.widgets.laying import across

LABELS = 96  # px


class Choice(Enum):
    """What somebody wants of a program that has no office yet."""

    NEW = "new"
    SAMPLE = "sample"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was chosen, and the record of a new office."""

    choice: Choice
    office: SetUpOffice | None = None


class Welcome(QDialog):
    """Asks for the office's name, zone and currency; the system's are proposed.

    Signals:
        wished: Something was chosen; carries the Wish.
    """

    wished = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(_("Welcome to Chalkbook"))
        self.setFixedWidth(scaled(520))
        here = QLocale.system()
        self.name = QLineEdit()
        self.name.setPlaceholderText(_("Lindenstraße Tutoring"))
        self.zone = ComboBox()
        zones = sorted(available_timezones())
        own = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
        known = own if own in zones else "Europe/London"
        self.zone.fill([(zone, zone) for zone in zones], known)
        self.currency = QLineEdit(here.currencySymbol(_ISO) or "EUR")
        self.currency.setMaxLength(3)
        self.country = here.name().rpartition("_")[2]
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        mark = IconLabel("book-open", 32, "accent")
        column.addLayout(across(mark, label(_("A new office"), "view"), 0, spacing=12))
        words = _("Three things to begin with; everything else can wait for Settings.")
        column.addWidget(label(words, "body", "text2", wrap=True))
        self._name_row = FormRow(_("Name"), self.name, label_width=LABELS)
        self._currency_row = FormRow(_("Currency"), self.currency, label_width=LABELS)
        column.addWidget(self._name_row)
        column.addWidget(FormRow(_("Time zone"), self.zone, label_width=LABELS))
        column.addWidget(self._currency_row)
        self.sample_button = Button(_("Look round with a sample office"))
        self.sample_button.setAutoDefault(False)
        self.sample_button.clicked.connect(self._on_sample)
        self.begin_button = Button(_("Begin"), kind="primary")
        self.begin_button.setDefault(True)
        self.begin_button.clicked.connect(self._on_begin)
        column.addSpacing(4)
        column.addLayout(across(self.sample_button, 0, self.begin_button))

    def _on_sample(self) -> None:
        self.wished.emit(Wish(Choice.SAMPLE))
        self.accept()

    def _on_begin(self) -> None:
        name, currency = self.name.text().strip(), self.currency.text().strip().upper()
        self._name_row.set_error("" if name else _("Give the office a name."))
        fault = _fault_of(currency)
        self._currency_row.set_error(fault)
        if not name or fault:
            (self.currency if name else self.name).setFocus()
            return
        office = SetUpOffice(name, str(self.zone.currentData()), currency)
        self.wished.emit(Wish(Choice.NEW, office))
        self.accept()


_ISO = QLocale.CurrencySymbolFormat.CurrencyIsoCode


def _fault_of(currency: str) -> str:
    try:
        check_currency(currency)
    except OfficeError as error:
        return str(error)
    return ""
