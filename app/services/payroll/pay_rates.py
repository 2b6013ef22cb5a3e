"""Agreeing what tutors earn: rates of pay, premiums and mileage rates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.models.closing import MileageRate
from app.models.database import Transaction
from app.models.payroll import PayPremium, PayRate
from app.models.values import entries
from app.models.values.payroll import PayKind, PayLevel, PayPer
from app.services.desk import Desk, profile
from app.services.payroll import published
from app.services.payroll.errors import MileageTermsError, PayTermsError
from app.services.payroll.mileage import DistanceRate, load_table, year_start
from app.services.payroll.paying import settle_missing
from app.services.payroll.requests import (
    AddPremium,
    RateRow,
    SetMileageRate,
    SetPay,
)
from app.services.payroll.rights import require_own
from app.text import _

_IDS = ("session_id", "placement_id", "tutor_id", "offering_id", "subject_id")
_NEEDED = {
    PayLevel.SESSION: {"session_id"},
    PayLevel.PLACEMENT: {"placement_id"},
    PayLevel.TUTOR_OFFERING: {"tutor_id", "offering_id"},
    PayLevel.TUTOR_SUBJECT: {"tutor_id", "subject_id"},
    PayLevel.TUTOR: {"tutor_id"},
    PayLevel.OFFERING: {"offering_id"},
    PayLevel.OFFICE: set[str](),
}
_TIMED = (PayKind.PREPARATION, PayKind.TRAVEL_TIME, PayKind.OTHER_WORK)
_LARGEST_PERCENT = 1000
_DAY = 1440
_PLAIN_YEAR = date(2001, 1, 1)  # a year without 29 February


class PayRates:
    """Sets and lists the rates that pay is worked out by."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def set_pay(self, request: SetPay) -> int:
        """Let a rate hold from a date on, and give its id.

        What waited for a rate is paid by it at once; what was paid by another rate
        stays until its session is closed out again.

        Raises:
            PayTermsError: The ids do not fit the level, or the terms make no sense.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Set a rate of pay")) as transaction:
            row_id = keep_rate(transaction, request)
            settle_missing(transaction, self._desk)
            return row_id

    def set_mileage_rate(self, request: SetMileageRate) -> int:
        """Let a distance be worth something from a date on, and give the rate's id.

        The office's own rates go before its country's published ones.

        Raises:
            MileageTermsError: The rate, threshold or dates make no sense.
            InputError: The source is too long, or holds what cannot be printed.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        _check_mileage(request)
        source = entries.short(request.source, _("source"))
        with self._desk.transaction(_("Set a mileage rate")) as transaction:
            row = transaction.scalars(
                select(MileageRate).where(
                    MileageRate.country == "",
                    MileageRate.unit == request.unit,
                    MileageRate.valid_from == request.valid_from,
                )
            ).one_or_none()
            if row is None:
                row = MileageRate(
                    unit=request.unit, rate=request.rate, valid_from=request.valid_from
                )
                transaction.add(row)
            row.rate, row.valid_until = request.rate, request.valid_until
            row.threshold, row.rate_beyond = request.threshold, request.rate_beyond
            row.year_starts, row.source = request.year_starts, source
            settle_missing(transaction, self._desk)
            return row.id

    def adopt_published(self) -> int:
        """Take the published mileage rates of the office's country; give how many.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.transaction(_("Take published mileage rates")) as transaction:
            office = profile(transaction)
            count = published.adopt(transaction, office.country, office.currency)
            settle_missing(transaction, self._desk)
            return count

    def add_premium(self, request: AddPremium) -> int:
        """Pay more at certain times or places, and give the premium's id.

        Raises:
            PayTermsError: It has no name, or not exactly one of percent and amount.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        _check_premium(request)
        with self._desk.transaction(_("Add a pay premium")) as transaction:
            row = PayPremium(
                name=request.name.strip(),
                weekdays=sorted(request.weekdays),
                start_minute=request.start_minute,
                end_minute=request.end_minute,
                place_kind=request.place_kind,
                percent=request.percent,
                amount=request.amount,
                valid_from=request.valid_from,
                valid_until=request.valid_until,
            )
            transaction.add(row)
            transaction.flush()
            return row.id

    def rates(self, tutor_id: int | None = None) -> tuple[RateRow, ...]:
        """List a tutor's rates of pay or all, strongest level first, then by date.

        Raises:
            OtherPayError: A tutor asked for more than the own rates.
        """
        require_own(self._desk, tutor_id)
        statement = select(PayRate)
        if tutor_id is not None:
            statement = statement.where(PayRate.tutor_id == tutor_id)
        with self._desk.snapshot() as snapshot:
            rows = [_rate_row(row) for row in snapshot.scalars(statement)]
        return tuple(sorted(rows, key=_order))

    def mileage_rates(self) -> tuple[DistanceRate, ...]:
        """List what distances are worth, oldest first; everybody may know."""
        with self._desk.snapshot() as snapshot:
            table = load_table(snapshot)
        return tuple(sorted(table, key=lambda rate: (rate.country, rate.valid_from)))


def keep_rate(transaction: Transaction, request: SetPay) -> int:
    """Keep a rate of pay and give its id; for steps that agree one with other things.

    Raises:
        PayTermsError: The ids do not fit the level, or the terms make no sense.
    """
    if request.per is None:
        request = _continued(transaction, request)
    _check_ids(request)
    _check_terms(request)
    row = PayRate(
        level=request.level,
        kind=request.kind,
        session_id=request.session_id,
        placement_id=request.placement_id,
        tutor_id=request.tutor_id,
        offering_id=request.offering_id,
        subject_id=request.subject_id,
        level_id=request.level_id,
        per=request.per or PayPer.HOUR,
        amount=request.amount,
        percent=request.percent,
        minimum=request.minimum,
        per_extra_student=request.per_extra_student,
        tiers={str(count): amount for count, amount in request.tiers.items()},
        valid_from=request.valid_from,
    )
    transaction.add(row)
    transaction.flush()
    return row.id


def _continued(transaction: Transaction, request: SetPay) -> SetPay:
    """Take over everything but the amount from the rate that holds so far."""
    on = request.valid_from or date.max
    rows = transaction.scalars(
        select(PayRate).where(
            PayRate.level == request.level,
            PayRate.kind == request.kind,
            *(
                getattr(PayRate, name).is_not_distinct_from(getattr(request, name))
                for name in (*_IDS, "level_id")
            ),
        )
    )
    fitting = [row for row in rows if (row.valid_from or date.min) <= on]
    if not fitting:
        return replace(request, per=PayPer.HOUR)
    held = max(fitting, key=lambda row: (row.valid_from or date.min, row.id))
    return replace(
        request,
        per=held.per,
        percent=request.percent if request.percent is not None else held.percent,
        minimum=held.minimum,
        per_extra_student=held.per_extra_student,
        tiers={int(count): amount for count, amount in held.tiers.items()},
    )


def _check_ids(request: SetPay) -> None:
    given = {name for name in _IDS if getattr(request, name) is not None}
    needed = _NEEDED[request.level]
    if request.level is PayLevel.SESSION:
        given -= {"tutor_id"}
    if given != needed:
        words = " and ".join(sorted(name.removesuffix("_id") for name in needed))
        raise PayTermsError(
            _("a rate of this level names {what}").format(
                what=words.replace("_", " ") or _("nothing else")
            )
        )
    if request.level_id is not None and request.level is not PayLevel.TUTOR_SUBJECT:
        raise PayTermsError(_("a level of difficulty goes with a subject only"))


def _check_terms(request: SetPay) -> None:
    amounts = (request.amount, request.minimum, request.per_extra_student)
    if any(amount is not None and amount < 0 for amount in amounts):
        raise PayTermsError(_("an amount is below zero"))
    if any(count < 1 or amount < 0 for count, amount in request.tiers.items()):
        raise PayTermsError(_("a tier starts at one student and is not below zero"))
    is_percent = request.per is PayPer.PERCENT
    if is_percent != (request.percent is not None):
        raise PayTermsError(_("a percentage goes with pay by percent, and only there"))
    if request.percent is not None and not 0 <= request.percent <= _LARGEST_PERCENT:
        raise PayTermsError(_("the percentage is out of range"))
    if request.kind is PayKind.SESSION:
        return
    if request.kind not in _TIMED or request.per not in {PayPer.HOUR, PayPer.SESSION}:
        raise PayTermsError(
            _("preparation, travel time and other work are paid by hour or session")
        )


def _check_premium(request: AddPremium) -> None:
    if not request.name.strip():
        raise PayTermsError(_("the premium has no name"))
    if (request.percent is None) == (request.amount is None):
        raise PayTermsError(_("a premium is either a percentage or an amount an hour"))
    more = request.amount if request.percent is None else request.percent
    if more is not None and more < 0:
        raise PayTermsError(_("a premium is not below zero"))
    is_window = 0 <= request.start_minute < request.end_minute <= _DAY
    if not is_window or not set(request.weekdays) <= set(range(7)):
        raise PayTermsError(_("the premium's times lie outside the week"))


def _check_mileage(request: SetMileageRate) -> None:
    numbers = (request.rate, request.threshold, request.rate_beyond)
    for number in numbers:
        if number is not None and (not number.is_finite() or number < 0):
            raise MileageTermsError(_("a number is below zero"))
    if (request.threshold is None) != (request.rate_beyond is None):
        raise MileageTermsError(_("a threshold needs the rate beyond it, and back"))
    if request.valid_until is not None and request.valid_until < request.valid_from:
        raise MileageTermsError(_("it ends before it starts"))
    try:
        year_start(_PLAIN_YEAR, request.year_starts)
    except ValueError:
        raise MileageTermsError(
            _("the tax year starts on a day such as 04-06")
        ) from None


def _order(row: RateRow) -> tuple[int, date, int]:
    level = list(PayLevel).index(row.level)
    return (level, row.valid_from or date.min, row.rate_id)


def _rate_row(row: PayRate) -> RateRow:
    return RateRow(
        rate_id=row.id,
        level=row.level,
        kind=row.kind,
        per=row.per,
        amount=row.amount,
        percent=row.percent,
        minimum=row.minimum,
        per_extra_student=row.per_extra_student,
        tiers={int(count): amount for count, amount in row.tiers.items()},
        valid_from=row.valid_from,
        session_id=row.session_id,
        placement_id=row.placement_id,
        tutor_id=row.tutor_id,
        offering_id=row.offering_id,
        subject_id=row.subject_id,
        level_id=row.level_id,
    )
