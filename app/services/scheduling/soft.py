"""Finds the soft clashes: what a booking may go against if somebody says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from app.models.values.occupancy import ResourceKind, resource
from app.models.values.schedule import TimeSpan, Unknown, day_span
from app.services.availability.loading import StudentTimes, TutorTimes
from app.services.scheduling.facts import Draft, Facts
from app.services.scheduling.hard import Own, name_of
from app.services.scheduling.money import money_findings
from app.services.scheduling.neighbours import held_in
from app.services.scheduling.requests import ClashKind
from app.services.scheduling.rules import Stop
from app.services.scheduling.sentences import Finding, day_text, span_text
from app.text import _

WEEK = 7


def soft_findings(
    facts: Facts, drafts: Sequence[Draft], moved: Collection[int]
) -> list[list[Finding]]:
    """List for each draft what somebody has to agree to."""
    found: list[list[Finding]] = [[] for _ in drafts]
    for number, draft in enumerate(drafts):
        found[number] += _availability(facts, draft)
        found[number] += _holiday(facts, draft)
        found[number] += _notice(facts, draft)
    for number, finding in _weekly(facts, drafts, moved):
        found[number].append(finding)
    for number, finding in money_findings(facts, drafts, moved):
        found[number].append(finding)
    return found


def _availability(facts: Facts, draft: Draft) -> Iterator[Finding]:
    for tutor_id in draft.tutor_ids:
        times = facts.tutor_times[tutor_id]
        yield from _within(facts, draft, (ResourceKind.TUTOR, tutor_id), times)
    for student_id in draft.student_ids:
        known = facts.student_times[student_id]
        if known.is_known:
            yield from _within(facts, draft, (ResourceKind.STUDENT, student_id), known)


def _within(
    facts: Facts, draft: Draft, own: Own, times: TutorTimes | StudentTimes
) -> Iterator[Finding]:
    span = TimeSpan(draft.starts_at, draft.ends_at)
    if any(free.start <= span.start and span.end <= free.end for free in times.free):
        return
    kind = ClashKind.OUTSIDE_AVAILABILITY
    text = _("{who} is not available {when}.")
    if not times.is_known:
        if facts.unknown is Unknown.ALWAYS:
            return
        if facts.unknown is Unknown.ASK:
            kind = ClashKind.AVAILABILITY_UNKNOWN
            text = _("It is not known whether {who} is available {when}.")
        else:
            text = _("{who} has given no times, so is not available {when}.")
    yield Finding(
        kind,
        name_of(facts, own),
        own,
        detail=text.format(
            who=name_of(facts, own),
            when=span_text(Stop(draft.start, draft.end), facts.zone),
        ),
        way_out=_("Ask first, then book all the same."),
    )


def _holiday(facts: Facts, draft: Draft) -> Iterator[Finding]:
    day = facts.day(draft.starts_at)
    for term, following in pairwise(facts.terms):
        if term.last < day < following.first:
            yield Finding(
                ClashKind.HOLIDAY,
                detail=_("{day} is a holiday, between {term} and {following}.").format(
                    day=day_text(day), term=term.name, following=following.name
                ),
                way_out=_("Choose a day in term, or book all the same."),
            )
            return


def _notice(facts: Facts, draft: Draft) -> Iterator[Finding]:
    offering = facts.offerings[draft.offering_id]
    if is_short_notice(facts, draft, offering.notice_hours):
        yield Finding(
            ClashKind.SHORT_NOTICE,
            offering.name,
            detail=_(
                "{name} needs {hours} hours' notice, and {when} is sooner."
            ).format(
                name=offering.name,
                hours=offering.notice_hours,
                when=span_text(Stop(draft.start, draft.end), facts.zone),
            ),
            way_out=_("Choose a later time, or book all the same."),
        )


def is_short_notice(facts: Facts, draft: Draft, hours: int | None) -> bool:
    """Say whether a start still ahead is sooner than the hours; just so is enough."""
    ahead = draft.starts_at - facts.now
    return hours is not None and timedelta(0) < ahead < timedelta(hours=hours)


def _weekly(
    facts: Facts, drafts: Sequence[Draft], moved: Collection[int]
) -> Iterator[tuple[int, Finding]]:
    limits = {
        tutor.row_id: tutor.weekly_limit
        for tutor in facts.tutors.values()
        if tutor.weekly_limit is not None
    }
    if not limits:
        return
    minutes = _minutes_by_week(facts, drafts, limits, moved)
    for number in sorted(range(len(drafts)), key=lambda n: drafts[n].start):
        draft = drafts[number]
        week = week_of(facts.day(draft.starts_at), facts.first_weekday)
        for tutor_id in draft.tutor_ids:
            if tutor_id not in limits:
                continue
            minutes[tutor_id, week] += draft.minutes
            if minutes[tutor_id, week] > limits[tutor_id]:
                own = (ResourceKind.TUTOR, tutor_id)
                yield (
                    number,
                    _over_limit(
                        facts, own, week, minutes[tutor_id, week], limits[tutor_id]
                    ),
                )


def _minutes_by_week(
    facts: Facts,
    drafts: Sequence[Draft],
    tutor_ids: Collection[int],
    moved: Collection[int],
) -> dict[tuple[int, date], int]:
    weeks = [
        week_of(facts.day(draft.starts_at), facts.first_weekday) for draft in drafts
    ]
    first = day_span(min(weeks), facts.zone).start
    last = day_span(max(weeks) + timedelta(days=WEEK), facts.zone).start
    numbers = {resource(ResourceKind.TUTOR, row_id): row_id for row_id in tutor_ids}
    held = held_in(
        facts.work, numbers, int(first.timestamp()) // 60, int(last.timestamp()) // 60
    )
    minutes: dict[tuple[int, date], int] = defaultdict(int)
    for number, rows in held.items():
        for row in rows:
            if row.session_id not in moved:
                week = week_of(facts.day(row.starts_at), facts.first_weekday)
                minutes[numbers[number], week] += row.end - row.start
    return minutes


def week_of(day: date, first_weekday: int) -> date:
    """Give the first day of a day's week."""
    return day - timedelta(days=(day.weekday() - first_weekday) % WEEK)


def _over_limit(
    facts: Facts, own: Own, week: date, minutes: int, limit: int
) -> Finding:
    return Finding(
        ClashKind.WEEKLY_LIMIT,
        name_of(facts, own),
        own,
        detail=_(
            "{who} would teach {minutes} minutes in the week of {week}, and {limit} "
            "are agreed."
        ).format(
            who=name_of(facts, own), minutes=minutes, week=day_text(week), limit=limit
        ),
        way_out=_("Choose another week or another tutor, or book all the same."),
    )
