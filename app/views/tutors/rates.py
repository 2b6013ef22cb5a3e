"""The tab of rates: what a tutor earns, since when, and a new rate from a day on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.models.values.payroll import PayKind, PayLevel, PayPer
from app.services.payroll.requests import RateRow, SetPay
from app.text import _
from app.views.form_dialog import RequestDialog
from app.views.formats import Formats
from app.views.tables.columns import Column
from app.views.tables.view import DataTable
from app.views.tools import Tools, Word
from app.views.tutors.reading import TutorRecord
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import FormRow
from app.views.widgets.inputs import ComboBox, DateEdit, MoneyField
from app.views.widgets.laying import across, down, holder

FIELDS = 104
Target = tuple[PayLevel, int | None]


def kind_words() -> tuple[tuple[str, PayKind], ...]:
    """Name what a rate can be for."""
    return (
        (_("sessions"), PayKind.SESSION),
        (_("preparation"), PayKind.PREPARATION),
        (_("travel time"), PayKind.TRAVEL_TIME),
        (_("other work"), PayKind.OTHER_WORK),
    )


def per_words() -> tuple[tuple[str, PayPer], ...]:
    """Name what a rate can be per."""
    return (
        (_("an hour"), PayPer.HOUR),
        (_("a session"), PayPer.SESSION),
        (_("a student's hour"), PayPer.STUDENT_HOUR),
        (_("percent of the price"), PayPer.PERCENT),
    )


class RatesTable(DataTable[RateRow]):
    """The rates of a tutor, strongest first."""

    def __init__(self, tools: Tools) -> None:
        self._office_formats: Formats = tools.formats
        self._names: dict[tuple[str, int], str] = {}
        super().__init__(
            (
                Column("for", _("For"), self._for, "strong", width=136, stretch=True),
                Column("kind", _("Kind"), _kind, width=100),
                Column(
                    "rate", _("Rate"), self._rate, "money", sort_by=_amount, width=92
                ),
                Column("per", _("Per"), _per, width=112),
                Column(
                    "from", _("Valid from"), self._from, "date", _valid_from, width=128
                ),
            ),
            key=_rate_id,
            noun=(_("rate"), _("rates")),
            name="tutor-rates",
            state=tools.state,
            formats=tools.formats,
        )

    def show_record(self, record: TutorRecord) -> None:
        """Show a tutor's rates."""
        self._names = {
            **{("subject", key): name for key, name in record.subject_names.items()},
            **{("offering", one.offering_id): one.name for one in record.offerings},
            **{("level", one.level_id): one.name for one in record.levels},
        }
        self.show_rows(record.rates)

    def _for(self, row: RateRow) -> str:
        if row.offering_id is not None:
            return self._names.get(("offering", row.offering_id), _("an offering"))
        if row.subject_id is not None:
            word = self._names.get(("subject", row.subject_id), _("a subject"))
            level = self._names.get(("level", row.level_id or 0), "")
            return f"{word}, {level}" if level else word
        return _("one session") if row.session_id else _("everything else")

    def _rate(self, row: RateRow) -> str:
        if row.per is PayPer.PERCENT:
            return self._office_formats.locale.percent(row.percent or Decimal(0))
        return self._office_formats.money(row.amount)

    def _from(self, row: RateRow) -> str:
        return self._office_formats.date(row.valid_from) or _("the beginning")


class Rates(QWidget):
    """Shows a tutor's rates and sets new ones.

    Signals:
        said: A rate was set; carries the word.
    """

    said = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._record: TutorRecord | None = None
        self.add = Button(_("New rate…"), "plus")
        self.add.clicked.connect(self.ask)
        self.table = RatesTable(tools)
        hint = _("The rate that says most precisely what it is for is used.")
        words = label(hint, "body", "text2", wrap=True)
        bar = across(words, self.add, margins=(24, 12, 24, 12))
        bar.setStretch(0, 1)
        self.setLayout(down(holder(bar), self.table, spacing=0))

    def show_record(self, record: TutorRecord) -> None:
        """Show a tutor's rates."""
        self._record = record
        self.table.show_record(record)

    def ask(self) -> None:
        """Ask for a rate that holds from a day on."""
        if self._record is not None:
            dialog = RateDialog(self._tools, self._record, self)
            dialog.succeeded.connect(self._on_set)
            dialog.open()

    def _on_set(self, _row_id: object) -> None:
        self.said.emit(Word(_("The rate was set."), can_undo=True))


class RateDialog(RequestDialog[SetPay, int]):
    """Asks what a tutor earns from a day on."""

    def __init__(self, tools: Tools, record: TutorRecord, parent: QWidget) -> None:
        super().__init__(
            _("New rate of {name}").format(name=record.row.name),
            tools.jobs,
            tools.office.pay_rates.set_pay,
            parent,
            verb=_("Set rate"),
        )
        self._tutor_id = record.row.tutor_id
        today = tools.formats.local(tools.clock.now()).date()
        self.target, self.kind, self.per = ComboBox(), ComboBox(), ComboBox()
        self.target.fill(_targets(record), (PayLevel.TUTOR, None))
        self.kind.fill(kind_words(), PayKind.SESSION)
        self.per.fill(per_words(), PayPer.HOUR)
        self.amount = MoneyField(None, tools.formats)
        self.percent = QLineEdit()
        self.valid_from = DateEdit(today, tools.formats, today)
        self.add_row(FormRow(_("For"), self.target, label_width=FIELDS))
        self.add_row(FormRow(_("Kind"), self.kind, label_width=FIELDS))
        self.add_row(FormRow(_("Per"), self.per, label_width=FIELDS))
        self.amount_row = self.add_row(
            FormRow(_("Amount"), self.amount, label_width=FIELDS)
        )
        self.percent_row = self.add_row(
            FormRow(_("Percent"), self.percent, label_width=FIELDS)
        )
        hint = _("Sessions that were paid before keep their rate.")
        self.from_row = self.add_row(
            FormRow(_("Valid from"), self.valid_from, hint, label_width=FIELDS)
        )
        self.per.currentIndexChanged.connect(self._on_per)
        self._on_per(0)
        self.amount.setFocus()

    def request(self) -> SetPay | None:
        """Say the rate; nothing while a field is at fault."""
        is_percent = PayPer(self.per.currentData()) is PayPer.PERCENT
        percent = _percent(self.percent.text()) if is_percent else None
        amount = 0 if is_percent else self.amount.minor
        wrong = is_percent and percent is None
        self.percent_row.set_error(_("Type a number such as 55.") if wrong else "")
        self.amount_row.set_error(_("Give an amount.") if amount is None else "")
        day = self.valid_from.day
        self.from_row.set_error("" if day else _("Give a day."))
        if amount is None or wrong or day is None:
            return None
        level, row_id = self.target.currentData()
        return SetPay(
            PayLevel(level),
            kind=PayKind(self.kind.currentData()),
            tutor_id=self._tutor_id,
            offering_id=row_id if level == PayLevel.TUTOR_OFFERING else None,
            subject_id=row_id if level == PayLevel.TUTOR_SUBJECT else None,
            per=PayPer(self.per.currentData()),
            amount=amount,
            percent=percent,
            valid_from=day,
        )

    def _on_per(self, _place: object) -> None:
        is_percent = PayPer(self.per.currentData()) is PayPer.PERCENT
        self.percent_row.setVisible(is_percent)
        self.amount_row.setVisible(not is_percent)


def _targets(record: TutorRecord) -> list[tuple[str, Target]]:
    names = record.subject_names
    subjects: list[tuple[str, Target]] = [
        (names[one.subject_id], (PayLevel.TUTOR_SUBJECT, one.subject_id))
        for one in record.row.teaches
        if one.subject_id in names
    ]
    offerings: list[tuple[str, Target]] = [
        (one.name, (PayLevel.TUTOR_OFFERING, one.offering_id))
        for one in record.offerings
        if not one.is_archived
    ]
    everything: Target = (PayLevel.TUTOR, None)
    return [(_("everything else"), everything), *subjects, *offerings]


def _percent(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def _rate_id(row: RateRow) -> int:
    return row.rate_id


def _kind(row: RateRow) -> str:
    return {kind: word for word, kind in kind_words()}.get(row.kind, row.kind.value)


def _per(row: RateRow) -> str:
    return {per: word for word, per in per_words()}[row.per]


def _amount(row: RateRow) -> int:
    return row.amount


def _valid_from(row: RateRow) -> date:
    return row.valid_from or date.min
