"""A tutor's week as a schedule to print, and how a session stands on any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.models.catalog import Place, Room
from app.models.database import Snapshot
from app.models.people import Tutor
from app.models.values.schedule import (
    SessionStatus,
    TimeSpan,
    instant,
    wall_clock,
)
from app.services.desk import Desk, fetch, profile
from app.services.documents.locale import Locale, locale_for
from app.services.documents.rendering import Job
from app.services.documents.values import Schedule, Slot
from app.services.letterheads import letterhead_of
from app.services.logos import logo_of
from app.services.payroll.errors import OtherWeekError
from app.services.rights import is_own
from app.services.scheduling.cards import SessionCard, cards_in
from app.text import _, ngettext

_DAYS = 7
_WORKDAYS = 5


def require_own_week(desk: Desk, tutor_id: int) -> None:
    """Refuse a tutor somebody else's week.

    Raises:
        OtherWeekError: It is another tutor's.
    """
    if not is_own(desk.actor, tutor_id):
        raise OtherWeekError


def week_job(snapshot: Snapshot, now: datetime, tutor_id: int, monday: date) -> Job:
    """Gather a tutor's week from its Monday on."""
    office = profile(snapshot)
    zone = ZoneInfo(office.zone)
    tutor = fetch(snapshot, Tutor, tutor_id, _("tutor"))
    start = instant(datetime.combine(monday, time()), zone)
    end = instant(datetime.combine(monday + timedelta(days=_DAYS), time()), zone)
    cards = cards_in(snapshot, TimeSpan(start, end), tutor_ids=[tutor_id])
    locale = locale_for(office.locale)
    where = Where.load(snapshot)
    days = max([_WORKDAYS, *(_day(card, zone, monday) + 1 for card in cards)])
    last = monday + timedelta(days=days - 1)
    plan = Schedule(
        title=tutor.name,
        subtitle=f"{_('Week')} {monday.isocalendar().week} · "
        f"{locale.period(monday, last)}",
        total=total_of(cards, locale),
        columns=tuple(
            (locale.weekdays[number], str((monday + timedelta(days=number)).day))
            for number in range(days)
        ),
        slots=tuple(
            slot_of(card, _day(card, zone, monday), zone, where) for card in cards
        ),
        printed=wall_clock(now, zone),
    )
    letterhead = letterhead_of(office, logo_of(snapshot, office.logo_id))
    return Job(plan, letterhead, office.locale, office.country)


@dataclass(frozen=True, slots=True)
class Where:
    """The names of places and rooms, read at once for all sessions of a sheet."""

    places: Mapping[int, str]
    rooms: Mapping[int, str]

    @classmethod
    def load(cls, snapshot: Snapshot) -> Where:
        """Read them."""
        places = snapshot.execute(select(Place.id, Place.name))
        rooms = snapshot.execute(select(Room.id, Room.name))
        return cls(
            {row.id: row.name for row in places},
            {row.id: row.name for row in rooms},
        )

    def of(self, card: SessionCard) -> str:
        """Say where a session is held: the room, else the place."""
        if card.room_id is not None:
            return self.rooms.get(card.room_id, "")
        return self.places.get(card.place_id or 0, "")


def slot_of(
    card: SessionCard,
    column: int,
    zone: ZoneInfo,
    where: Where,
    *details: str,
    is_public: bool = False,
) -> Slot:
    """Give a session's slot.

    Args:
        card: the session.
        column: that it stands in.
        zone: of the office.
        where: the names of places.
        details: what is said besides subject and place, such as the tutor.
        is_public: the sheet hangs where strangers read it, so it has first names only.
    """
    coming = [one.name for one in card.students if not one.state.is_cancelled]
    names = [name.split()[0] if is_public else name for name in coming]
    title = names[0] if len(names) == 1 else f"{card.offering} ({len(names)})"
    confirmed = card.status is not SessionStatus.TENTATIVE
    subject = card.offering if len(names) == 1 else ""
    unsure = "" if confirmed else _("to confirm")
    return Slot(
        column,
        wall_clock(card.starts_at, zone).time(),
        wall_clock(card.ends_at, zone).time(),
        title,
        " · ".join(filter(None, (subject, where.of(card), *details, unsure))),
        confirmed,
    )


def total_of(cards: Sequence[SessionCard], locale: Locale) -> str:
    """Give the hours and the number of sessions of a sheet."""
    minutes = sum(TimeSpan(card.starts_at, card.ends_at).minutes for card in cards)
    count = ngettext("{n} session", "{n} sessions", len(cards)).format(n=len(cards))
    return f"{locale.hours(minutes)} h · {count}"


def _day(card: SessionCard, zone: ZoneInfo, monday: date) -> int:
    return max((wall_clock(card.starts_at, zone).date() - monday).days, 0)
