"""What tutors claim beyond the office's limits, in rows that wait for a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from app.models.values.payroll import DistanceUnit
from app.services.office import Office
from app.services.payroll.deciding import DecideExpense, DecideMileage, Decision
from app.text import _
from app.views.formats import Formats
from app.views.payroll.reading import read_tutors
from app.views.tables.columns import Column
from app.views.theme import hue_of

PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """An expense or a way that nobody has decided on.

    Attributes:
        number: of the expense or of the way.
        amount: of an expense, minor units of the office's currency.
        distance: of a way, in ``unit``.
    """

    number: int
    tutor_id: int
    tutor: str
    hue: str
    session_id: int | None
    on: date
    what: str
    amount: int = 0
    distance: Decimal | None = None
    unit: DistanceUnit | None = None

    @property
    def is_way(self) -> bool:
        """Say whether a distance is claimed."""
        return self.distance is not None

    @property
    def key(self) -> int:
        """Tell the row from all others, expenses and ways alike."""
        return self.number * 2 + self.is_way

    def as_claimed(self) -> Decision:
        """Decide that it is paid as it was claimed."""
        return DecideMileage(self.number) if self.is_way else DecideExpense(self.number)

    def refused(self) -> Decision:
        """Decide that nothing is paid for it."""
        if self.is_way:
            return DecideMileage(self.number, Decimal(0))
        return DecideExpense(self.number, 0)


def read_claims(office: Office) -> tuple[ClaimRow, ...]:
    """Read what waits for the office's decision, the oldest first."""
    tutors, lines = read_tutors(office), office.pay_lines
    names = tutors.names
    rows = [
        ClaimRow(
            one.expense_id,
            one.tutor_id,
            names.get(one.tutor_id, ""),
            hue_of(tutors.colours.get(one.tutor_id, 0)),
            one.session_id,
            one.spent_on,
            one.what,
            one.amount,
        )
        for one in lines.waiting_expenses()
    ]
    rows += [
        ClaimRow(
            way.claim_id,
            way.tutor_id,
            names.get(way.tutor_id, ""),
            hue_of(tutors.colours.get(way.tutor_id, 0)),
            way.session_id,
            way.travelled_on,
            _("Way to the session"),
            distance=way.distance,
            unit=way.unit,
        )
        for way in lines.waiting_mileage()
    ]
    return tuple(sorted(rows, key=_day))


def claimed(row: ClaimRow, formats: Formats) -> str:
    """Write what is claimed: money, or a distance with its unit."""
    if row.distance is None or row.unit is None:
        return formats.money(row.amount)
    return f"{plain(row.distance)}\N{NO-BREAK SPACE}{unit_word(row.unit)}"


def plain(distance: Decimal) -> str:
    """Write a distance without zeros at its end."""
    return f"{distance.quantize(PLACES):f}".rstrip("0").rstrip(".")


def unit_word(unit: DistanceUnit) -> str:
    """Name a unit of distance as short as it is written behind a number."""
    return _("mi") if unit is DistanceUnit.MILE else _("km")


def kind_word(row: ClaimRow) -> str:
    """Name what is claimed."""
    return _("Mileage") if row.is_way else _("Expense")


def claim_columns(formats: Formats) -> tuple[Column[ClaimRow], ...]:
    """List the columns of waiting claims in order."""
    return (
        Column("tutor", _("Tutor"), _tutor, "avatar", None, 200, tone=_hue),
        Column("day", _("Day"), partial(_date, formats), "date", _day, 128),
        Column("kind", _("Kind"), kind_word, "pill", None, 112, tone=_tone),
        Column("what", _("What for"), _what, "strong", None, 240, stretch=True),
        Column(
            "claimed",
            _("Claimed"),
            partial(_claimed, formats),
            "money",
            _size,
            132,
        ),
    )


def _tutor(row: ClaimRow) -> str:
    return row.tutor


def _hue(row: ClaimRow) -> str:
    return row.hue


def _day(row: ClaimRow) -> date:
    return row.on


def _date(formats: Formats, row: ClaimRow) -> str:
    return formats.date(row.on)


def _tone(row: ClaimRow) -> str:
    return "info" if row.is_way else "neutral"


def _what(row: ClaimRow) -> str:
    return row.what


def _claimed(formats: Formats, row: ClaimRow) -> str:
    return claimed(row, formats)


def _size(row: ClaimRow) -> tuple[bool, Decimal]:
    return row.is_way, row.distance or Decimal(row.amount)
