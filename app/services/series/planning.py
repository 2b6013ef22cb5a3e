"""Lists the dates a series would have, before anything is booked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.models.catalog import Term
from app.models.database import Snapshot, Transaction
from app.models.values.schedule import ClockGapError
from app.services.desk import Desk, fetch, zone
from app.services.scheduling import clashes as checks
from app.services.scheduling import facts as known
from app.services.scheduling.errors import SeriesEndError, SeriesRuleError
from app.services.scheduling.expansion import (
    MOST_DATES,
    WEEK,
    WeeklyRule,
    at_minute,
    minute_of,
    slot_instant,
)
from app.services.scheduling.facts import Draft, Facts
from app.services.scheduling.money import covered_dates
from app.services.scheduling.reach import require_own_contract, require_own_people
from app.services.scheduling.requests import BookSeries, Clash, ClashKind, OnClash
from app.services.scheduling.validating import (
    check_agreements,
    check_length,
    check_people,
    check_wall,
    check_where,
    span_of,
)
from app.text import _

LONGEST_PACKAGE = 200
MOST_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Date:
    """One date of a series' rule.

    Attributes:
        slot_at: the rule's own slot, as an instant.
        start: naive wall-clock start; another than the slot's by choice.
        draft: what would be booked; None where the start is no time at all.
        problem: why it is none.
        is_forced: booked in spite of clashes by choice.
        is_left_out: skipped by choice.
    """

    slot_on: date
    slot_at: datetime
    start: datetime
    draft: Draft | None
    problem: str = ""
    is_forced: bool = False
    is_left_out: bool = False
    is_moved: bool = False
    clashes: tuple[Clash, ...] = ()

    @property
    def closed(self) -> str:
        """Say that the office is closed, if it is."""
        closures = [one for one in self.clashes if one.kind is ClashKind.CLOSED]
        return closures[0].sentence if closures else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A series as it would be: its rule, its last day and its dates."""

    facts: Facts
    rule: WeeklyRule
    until_on: date
    dates: tuple[Date, ...]


def plan(work: Snapshot | Transaction, desk: Desk, request: BookSeries) -> Plan:
    """List the dates of a series with what each runs into.

    Raises:
        NotYoursError: A tutor named others.
        InputError: The request cannot be a series.
        MissingRecordError: Somebody or something in it is not there.
        ArchivedError: Somebody or something in it is archived.
    """
    actor = desk.actor
    require_own_people(work, actor, request.tutor_ids, request.student_ids)
    require_own_contract(work, actor, request.placement_id, request.contract_id)
    here = zone(work)
    rule = rule_of(request)
    dates = [made(request, day, here) for day in _days(work, request, rule)]
    drafts = [one.draft for one in dates if one.draft is not None]
    if not drafts:
        raise SeriesRuleError(_("none of its dates has a time; choose another."))
    facts = known.load(work, drafts, desk.at(work))
    check_people(
        facts,
        request.tutor_ids,
        request.student_ids,
        may_be_empty=request.course is not None,
    )
    check_where(work, facts, drafts[0])
    check_agreements(work, request.placement_id, request.contract_id)
    if request.until_package_used:
        dates = dates[: _covered(facts, drafts)]
    dates = checked(desk, facts, dates)
    return Plan(facts, rule, dates[-1].slot_on, tuple(dates))


def rule_of(request: BookSeries) -> WeeklyRule:
    """Read the rhythm of a series.

    Raises:
        SeriesRuleError: There is no such rhythm.
    """
    check_length(request.minutes)
    check_wall(request.start)
    weekdays = request.weekdays or (request.start.weekday(),)
    if not set(weekdays) <= set(range(WEEK)):
        raise SeriesRuleError(_("weekdays go from 0, Monday, to 6, Sunday."))
    if not 1 <= request.every_weeks <= MOST_WEEKS:
        raise SeriesRuleError(_("it repeats every 1 to 52 weeks."))
    return WeeklyRule(
        request.start.date(), tuple(sorted(set(weekdays))), request.every_weeks
    )


def _days(
    work: Snapshot | Transaction, request: BookSeries, rule: WeeklyRule
) -> list[date]:
    ends = (request.until_on, request.count, request.term_id)
    given = [end for end in ends if end is not None]
    if len(given) + request.until_package_used != 1:
        raise SeriesEndError
    if request.until_package_used:
        return rule.first(LONGEST_PACKAGE)
    if request.count is not None:
        if not 1 <= request.count <= MOST_DATES:
            raise SeriesRuleError(_("it has from 1 to 1000 dates."))
        return rule.first(request.count)
    last = request.until_on
    if request.term_id is not None:
        last = fetch(work, Term, request.term_id, "term").until_on
    days = rule.until(last) if last is not None else []
    return counted(days)


def counted(days: Sequence[date]) -> list[date]:
    """Refuse no dates and more dates than a series may have.

    Raises:
        SeriesRuleError: There are none, or too many.
    """
    if not days:
        raise SeriesRuleError(_("it ends before its first date."))
    if len(days) > MOST_DATES:
        raise SeriesRuleError(_("it has from 1 to 1000 dates."))
    return list(days)


def made(request: BookSeries, day: date, here: ZoneInfo) -> Date:
    """Make one date of the rule, with what was chosen for it."""
    slot = at_minute(day, minute_of(request.start))
    choice = request.by_date.get(day)
    start = choice if isinstance(choice, datetime) else slot
    one = Date(
        day,
        slot_instant(slot, here),
        start,
        None,
        is_forced=choice is OnClash.FORCE,
        is_left_out=choice is OnClash.SKIP,
        is_moved=start != slot,
    )
    try:
        starts_at, ends_at = span_of(start, request.minutes, here)
    except ClockGapError as error:
        return replace(one, problem=str(error))
    draft = Draft(
        starts_at,
        ends_at,
        request.offering_id,
        request.tutor_ids,
        request.student_ids,
        request.place_id,
        request.room_id,
        request.placement_id,
    )
    return replace(one, draft=draft)


def checked(desk: Desk, facts: Facts, dates: Sequence[Date]) -> list[Date]:
    """Check all dates at once, but for those that are left out."""
    numbers = [
        number
        for number, one in enumerate(dates)
        if one.draft is not None and not one.is_left_out
    ]
    placed = {
        number: known.placed(draft, facts.rooms)
        for number in numbers
        if (draft := dates[number].draft) is not None
    }
    found = checks.find(desk, facts, list(placed.values()))
    result = list(dates)
    for (number, draft), clashes in zip(placed.items(), found, strict=True):
        result[number] = replace(result[number], draft=draft, clashes=clashes)
    return result


def _covered(facts: Facts, drafts: Sequence[Draft]) -> int:
    count = covered_dates(facts, drafts)
    if count is None:
        raise SeriesRuleError(_("none of its students is billed by package."))
    if count == 0:
        raise SeriesRuleError(_("the package does not cover its first date."))
    return count
