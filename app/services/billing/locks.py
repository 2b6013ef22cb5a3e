"""Period locks: what is settled with the tax office or the books stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.billing import PeriodLock
from app.models.database import Transaction
from app.models.values.errors import InputError, RuleError
from app.models.values.schedule import local_date
from app.services.desk import Desk, zone
from app.services.open_days import first_open_day, open_days
from app.text import _


class PeriodLockedError(RuleError):
    """Something was to change in a period that is locked; another day is the way."""

    def __init__(self, day: date, first_open: date, way: str = "") -> None:
        locked = _(
            "{day:%d %b %Y} lies in a locked period: everything before {first:%d %b %Y}"
            " is locked."
        ).format(day=day, first=first_open)
        way = way or _("Give it a day from then on, or have the lock moved.")
        super().__init__(f"{locked} {way}")


class NoLockError(InputError):
    """A lock was to be set that locks nothing."""

    def __init__(self) -> None:
        super().__init__(
            _("Give the first day that stays open, or a number of days, not both.")
        )


@dataclass(frozen=True, slots=True)
class LockPeriod:
    """A request to lock the past.

    Attributes:
        until: the first day that stays open.
        trailing_days: days before today that stay open, where ``until`` is not given.
    """

    until: date | None = None
    trailing_days: int | None = None


def require_open(work: Transaction, day: date, way: str = "") -> None:
    """Refuse a change with a day in a locked period.

    Args:
        work: the step it belongs to.
        day: that of the service, the document or the payment.
        way: the sentence that says what to do instead, if not to give another day.

    Raises:
        PeriodLockedError: The day lies before the first open one.
    """
    first = open_days(work).first
    if day < first:
        raise PeriodLockedError(day, first, way)


class Locks:
    """Locks the past, and says what is open."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def lock(self, request: LockPeriod) -> None:
        """Set the lock that holds from now on, in place of any former one.

        Raises:
            NoLockError: Neither or both of day and number of days are given.
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        days = request.trailing_days
        if (request.until is None) == (days is None) or (days or 0) < 0:
            raise NoLockError
        self._set(request.until, days)

    def unlock(self) -> None:
        """Open every period again.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        self._set(None, None)

    def _set(self, until: date | None, days: int | None) -> None:
        with self._desk.transaction(_("Lock a period")) as transaction:
            transaction.add(
                PeriodLock(
                    locked_until=until, trailing_days=days, made_at=transaction.at
                )
            )

    def first_open_day(self) -> date:
        """Give the first day that may still change; the earliest date when all may."""
        with self._desk.snapshot() as snapshot:
            today = local_date(self._desk.now(), zone(snapshot))
            return first_open_day(snapshot, today)
