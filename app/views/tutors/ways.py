"""What can become of a session whose tutor is away: each way with its request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from app.models.values.schedule import CancelledBy, EditScope, WeekWindow
from app.services.closing.requests import CancelSession
from app.services.office import Office
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.requests import (
    EditSeries,
    FindFree,
    FreeTime,
    Substitute,
)
from app.services.scheduling.standing_in import StandIn
from app.services.together import WayOut
from app.text import _, ngettext
from app.views.formats import Formats
from app.views.tutors.painting import DAY
from app.views.tutors.reading import minutes_in_day

FEW_TUTORS, FEW_TIMES, AHEAD = 5, 4, 28  # days
MOST_TIMES, ABOUT = 250, 120  # minutes before and after the session's own time
KEEP, CANCEL = "keep", "cancel"


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can become of a session.

    Attributes:
        name: of the way: keep, cancel, the substitute's number or the new start.
        words: what it is called before it is done, and afterwards.
        tutor_id: who would hold the session instead.
    """

    name: str
    words: str
    done: str
    request: WayOut | None = None
    tutor_id: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Who could hold a session instead, and when it could be held instead."""

    stand_ins: tuple[StandIn, ...] = ()
    times: tuple[FreeTime, ...] = ()


def read_found(
    office: Office,
    cards: Sequence[SessionCard],
    tutor_id: int,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[Found, ...]:
    """Read what could become of some sessions of a tutor."""
    return tuple(_read_one(office, card, tutor_id, now, zone) for card in cards)


def ways_of(
    card: SessionCard, found: Found, tutor_id: int, formats: Formats
) -> list[Way]:
    """List the ways of a session: kept, handed on, moved or cancelled."""
    return [
        Way(KEEP, _("Keep as it is"), _("Stays as it is")),
        *(_handed_on(card, one, tutor_id) for one in found.stand_ins[:FEW_TUTORS]),
        *(_moved(card, one, formats) for one in found.times[:FEW_TIMES]),
        Way(
            CANCEL,
            _("Cancel, by the tutor"),
            _("Cancelled"),
            CancelSession(card.session_id, CancelledBy.TUTOR),
        ),
    ]


def overlap(one: SessionCard, other: SessionCard) -> bool:
    """Say whether two sessions lie at the same time."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _read_one(
    office: Office, card: SessionCard, tutor_id: int, now: datetime, zone: ZoneInfo
) -> Found:
    first, last = minutes_in_day(card, zone)
    low, high = max(0, first - ABOUT), min(DAY, last + ABOUT)
    asked = FindFree(
        tuple(each for each, _name in card.tutors),
        tuple(each.student_id for each in card.students if not each.state.is_cancelled),
        last - first,
        card.offering_id,
        now,
        place_id=card.place_id,
        room_id=card.room_id,
        windows=tuple(WeekWindow(day, low, high) for day in range(7)),
        days=AHEAD,
        limit=MOST_TIMES,
        without=card.session_id,
    )
    return Found(
        office.bookings.stand_ins(card.session_id, tutor_id),
        nearest(office.free_times.next_free(asked), first, zone),
    )


def nearest(
    times: Sequence[FreeTime], minute: int, zone: ZoneInfo
) -> tuple[FreeTime, ...]:
    """Give the time of each day that is nearest to a minute of the day."""
    found: dict[date, tuple[int, FreeTime]] = {}
    for one in times:
        start = one.span.start.astimezone(zone)
        way = abs(start.hour * 60 + start.minute - minute)
        best = found.get(start.date())
        if best is None or way < best[0]:
            found[start.date()] = (way, one)
    return tuple(one for _way, one in found.values())[:FEW_TIMES]


def _handed_on(card: SessionCard, one: StandIn, tutor_id: int) -> Way:
    words = _("Substitute: {tutor}").format(tutor=one.tutor)
    if one.knows:
        known = ngettext("{n} session together", "{n} sessions together", one.knows)
        words = f"{words}, {known.format(n=one.knows)}"
    if one.remarks:
        words = f"{words} \N{MIDDLE DOT} {one.remarks[0]}"
    request = Substitute(card.session_id, one.tutor_id, tutor_id, accept_soft=True)
    done = _("{tutor} holds it").format(tutor=one.tutor)
    return Way(f"tutor:{one.tutor_id}", words, done, request, one.tutor_id)


def _moved(card: SessionCard, free: FreeTime, formats: Formats) -> Way:
    span = free.span
    when = f"{formats.day_of(span.start)}, {formats.times(span.start, span.end)}"
    start = formats.local(span.start).replace(tzinfo=None)
    request = EditSeries(card.session_id, EditScope.THIS, start=start, accept_soft=True)
    return Way(
        f"time:{start.isoformat()}",
        _("Move to {when}").format(when=when),
        _("Moved to {when}").format(when=when),
        request,
    )
