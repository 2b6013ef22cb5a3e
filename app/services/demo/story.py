"""The sample office's term from its founding to today, as far as it is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random
from zoneinfo import ZoneInfo

from app.models.values.schedule import TimeSpan, instant, local_date
from app.services.demo.clock import StoryClock
from app.services.demo.delivery import deliver
from app.services.demo.founding import ZONE, Sample, found_office
from app.services.demo.money import (
    Month,
    bill_month,
    collect,
    months_before,
    pay_month,
    take_one_back,
)
from app.services.demo.people import Staff
from app.services.demo.present import liven, note_tasks
from app.services.demo.timetable import book_proposals, book_term
from app.services.office import Office

SEED = 20261123
BEFORE_TERM = timedelta(weeks=12)


class Stage(StrEnum):
    """How far the sample office's story is told."""

    BOOKINGS = "bookings"
    CLOSE_OUTS = "close-outs"
    INVOICES = "invoices"
    PAYROLL = "payroll"

    def covers(self, other: Stage) -> bool:
        """Say whether the story goes at least as far as another stage."""
        order = list(Stage)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Told:
    """The sample office as it stands, with the months that were billed or paid."""

    sample: Sample
    months: tuple[Month, ...]


def tell(office: Office, clock: StoryClock, now: datetime, until: Stage) -> Told:
    """Let a new office live through its term; same day, same office.

    Args:
        office: an empty one, whose clock is the story's.
        clock: set to a time before the term; it ends at ``now``.
        now: today, an aware instant.
        until: the last stage that is told.
    """
    zone = ZoneInfo(ZONE)
    today = local_date(now, zone)
    random = Random(SEED)  # noqa: S311  a story, not a secret
    sample = found_office(office, today, random)
    staff = Staff.of(office, sample)
    book_term(staff.administrator, sample, random)
    months = months_before(today)
    past = months if until.covers(Stage.CLOSE_OUTS) else ()
    since = clock.now()
    for month in past:
        boundary = _start_of(month.on, zone)
        deliver(staff, sample, clock, random, TimeSpan(since, boundary), now)
        clock.go_to(boundary)
        _settle(staff, month, Random(month.key), until, today)  # noqa: S311
        since = boundary
    note_tasks(staff.administrator, sample, today)
    if past:
        deliver(staff, sample, clock, random, TimeSpan(since, now), now)
    clock.go_to(now)
    book_proposals(staff.administrator, sample, random, today)
    liven(staff.administrator, sample, now)
    return Told(sample, months if until.covers(Stage.INVOICES) else ())


def _settle(
    staff: Staff, month: Month, random: Random, until: Stage, today: date
) -> None:
    if until.covers(Stage.INVOICES):
        bill_month(staff.administrator, month)
        collect(staff.administrator, month, random, today)
        take_one_back(staff.administrator, month, month.on)
    if until.covers(Stage.PAYROLL):
        pay_month(staff.owner, month)


def _start_of(day: date, zone: ZoneInfo) -> datetime:
    return instant(datetime.combine(day, time(8)), zone)
