"""The columns of payroll's tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services.payroll.explaining import PaidLine
from app.services.payroll.requests import StatementRow
from app.text import _
from app.views.formats import Formats
from app.views.payroll.rows import (
    AmountRow,
    TutorRow,
    flag_of,
    flag_tone,
    mark_words,
    signed,
)
from app.views.tables.columns import Column


@dataclass(frozen=True, slots=True)
class TutorColumns:
    """What a run shows of each tutor."""

    formats: Formats
    is_open: bool

    def all(self) -> tuple[Column[TutorRow], ...]:
        """List the columns in order."""
        return (
            Column(
                "tutor", _("Tutor"), _name, "avatar", None, 168, stretch=True, tone=_hue
            ),
            Column("sessions", _("Held"), _sessions, "number", _held, 60),
            Column("hours", _("Hours"), self._hours, "hours", _minutes, 68),
            *self._amounts(),
            Column("change", _("Change"), self._change, "number", _change, 84),
            Column("flag", _("Flag"), flag_of, "pill", None, 128, tone=flag_tone),
            *(
                [
                    Column(
                        "state", _("Check"), _state, "pill", None, 88, tone=_state_tone
                    )
                ]
                if self.is_open
                else []
            ),
        )

    def _amounts(self) -> tuple[Column[TutorRow], ...]:
        sign = self.formats.sign()
        money = (
            ("gross", _("Sessions"), self._taught, _taught, 104),
            ("extra", _("Supplements"), self._extra, _extra, 116),
            ("late", _("Corrections"), self._late, _late, 112),
            ("less", _("Deductions"), self._less, _less, 112),
            ("net", _("Net"), self._net, _net, 96),
        )
        return tuple(
            Column(
                key,
                f"{title} {sign}",
                text,
                "money",
                None,
                width,
                total=total,
                currency=_currency,
            )
            for key, title, text, total, width in money
        )

    def _hours(self, row: TutorRow) -> str:
        return self.formats.locale.hours(row.pay.minutes)

    def _taught(self, row: TutorRow) -> str:
        return self.formats.amount(row.pay.taught, row.pay.currency)

    def _extra(self, row: TutorRow) -> str:
        return self.formats.amount(row.pay.supplements, row.pay.currency)

    def _late(self, row: TutorRow) -> str:
        return self.formats.amount(row.pay.corrections, row.pay.currency)

    def _less(self, row: TutorRow) -> str:
        return self.formats.amount(-row.pay.deducted, row.pay.currency)

    def _net(self, row: TutorRow) -> str:
        return self.formats.amount(row.pay.net, row.pay.currency)

    def _change(self, row: TutorRow) -> str:
        return "" if row.change is None else signed(row.change, self.formats)


@dataclass(frozen=True, slots=True)
class AmountColumns:
    """What is shown of each amount of a tutor."""

    formats: Formats

    def all(self) -> tuple[Column[AmountRow], ...]:
        """List the columns in order."""
        return (
            Column("label", _("Pay line"), _label, "strong", _place, 120, stretch=True),
            Column("mark", "", _mark, "pill", _place, 88, tone=_mark_tone),
            Column("sum", _("Sum"), _sum, "number", _place, 128),
            Column(
                "amount",
                f"{_('Amount')} {self.formats.sign()}",
                self._amount,
                "money",
                _amount_of,
                88,
            ),
        )

    def _amount(self, row: AmountRow) -> str:
        return self.formats.amount(row.amount)


@dataclass(frozen=True, slots=True)
class LineColumns:
    """What is shown of each line behind an amount."""

    formats: Formats

    def all(self) -> tuple[Column[PaidLine], ...]:
        """List the columns in order."""
        return (
            Column("day", _("Date"), self._day, "date", _service_on, 112),
            Column("who", _("Student"), _students, "strong", None, 120, stretch=True),
            Column("what", _("For"), _offering, "muted", None, 110, stretch=True),
            Column("mark", "", _line_mark, "pill", None, 80, tone=_line_tone),
            Column("hours", _("Hours"), self._hours, "hours", _line_minutes, 60),
            Column(
                "rate",
                f"{_('Rate')} {self.formats.sign()}",
                self._rate,
                "number",
                _rate,
                72,
            ),
            Column(
                "amount",
                f"{_('Amount')} {self.formats.sign()}",
                self._amount,
                "money",
                _amount,
                88,
            ),
        )

    def _day(self, row: PaidLine) -> str:
        return self.formats.date(row.service_on)

    def _hours(self, row: PaidLine) -> str:
        return "" if row.minutes is None else self.formats.locale.hours(row.minutes)

    def _rate(self, row: PaidLine) -> str:
        return "" if row.rate is None else self.formats.amount(row.rate)

    def _amount(self, row: PaidLine) -> str:
        return self.formats.amount(row.amount)


@dataclass(frozen=True, slots=True)
class StatementColumns:
    """What a tutor sees of the own statements."""

    formats: Formats

    def all(self) -> tuple[Column[StatementRow], ...]:
        """List the columns in order."""
        sign = self.formats.sign()
        return (
            Column("number", _("Statement"), _number, "strong", None, 150),
            Column(
                "period", _("Period"), self._period, "date", _from_on, 168, stretch=True
            ),
            Column("on", _("Pay day"), self._pay_day, "date", _on, 112),
            Column("hours", _("Hours"), self._hours, "hours", _statement_minutes, 72),
            Column("gross", f"{_('Gross')} {sign}", self._gross, "money", _gross, 96),
            Column(
                "less", f"{_('Deductions')} {sign}", self._less, "money", _deducted, 116
            ),
            Column("net", f"{_('Net')} {sign}", self._net, "money", _statement_net, 96),
            Column("state", _("Status"), _paid, "pill", None, 96, tone=_paid_tone),
        )

    def _period(self, row: StatementRow) -> str:
        return self.formats.locale.period(row.from_on, row.until_on)

    def _pay_day(self, row: StatementRow) -> str:
        return self.formats.date(row.on)

    def _hours(self, row: StatementRow) -> str:
        return self.formats.locale.hours(row.minutes)

    def _gross(self, row: StatementRow) -> str:
        return self.formats.amount(row.gross, row.currency)

    def _less(self, row: StatementRow) -> str:
        return self.formats.amount(-row.deducted, row.currency)

    def _net(self, row: StatementRow) -> str:
        return self.formats.amount(row.net, row.currency)


def _name(row: TutorRow) -> str:
    return row.pay.tutor


def _hue(row: TutorRow) -> str:
    return row.hue


def _held(row: TutorRow) -> int:
    return row.pay.sessions


def _sessions(row: TutorRow) -> str:
    return str(row.pay.sessions)


def _minutes(row: TutorRow) -> int:
    return row.pay.minutes


def _taught(row: TutorRow) -> int:
    return row.pay.taught


def _extra(row: TutorRow) -> int:
    return row.pay.supplements


def _late(row: TutorRow) -> int:
    return row.pay.corrections


def _less(row: TutorRow) -> int:
    return -row.pay.deducted


def _net(row: TutorRow) -> int:
    return row.pay.net


def _currency(row: TutorRow) -> str:
    return row.pay.currency


def _change(row: TutorRow) -> int:
    return row.change or 0


def _state(row: TutorRow) -> str:
    return _("Checked") if row.is_ticked else _("Open")


def _state_tone(row: TutorRow) -> str:
    return "ok" if row.is_ticked else "neutral"


def _label(row: AmountRow) -> str:
    return row.label


def _place(row: AmountRow) -> int:
    return row.place


def _amount_of(row: AmountRow) -> int:
    return row.amount


def _mark(row: AmountRow) -> str:
    return row.mark


def _mark_tone(_row: AmountRow) -> str:
    return "warn"


def _sum(row: AmountRow) -> str:
    return row.sum


def _service_on(row: PaidLine) -> date:
    return row.service_on


def _students(row: PaidLine) -> str:
    return row.students or row.reason


def _offering(row: PaidLine) -> str:
    return row.offering


def _line_mark(row: PaidLine) -> str:
    return _("Question") if row.question else mark_words(row.mark)


def _line_tone(row: PaidLine) -> str:
    return "info" if row.question else "warn"


def _line_minutes(row: PaidLine) -> int:
    return row.minutes or 0


def _rate(row: PaidLine) -> int:
    return row.rate or 0


def _amount(row: PaidLine) -> int:
    return row.amount


def _number(row: StatementRow) -> str:
    return row.number


def _from_on(row: StatementRow) -> date:
    return row.from_on


def _on(row: StatementRow) -> date:
    return row.on


def _statement_minutes(row: StatementRow) -> int:
    return row.minutes


def _gross(row: StatementRow) -> int:
    return row.gross


def _deducted(row: StatementRow) -> int:
    return -row.deducted


def _statement_net(row: StatementRow) -> int:
    return row.net


def _paid(row: StatementRow) -> str:
    return _("Paid") if row.is_paid else _("Approved")


def _paid_tone(row: StatementRow) -> str:
    return "ok" if row.is_paid else "warn"
