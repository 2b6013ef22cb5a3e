"""A tutor's week as a schedule to print."""

from __future__ import annotations

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
from app.services.desk import fetch, profile
from app.services.documents.locale import locale_for
from app.services.documents.rendering import Job
from app.services.documents.values import Schedule, Slot
from app.services.letterheads import letterhead_of
from app.services.scheduling.cards import SessionCard, cards_in
from app.text import _

_DAYS = 7
_WORKDAYS = 5


def week_job(snapshot: Snapshot, now: datetime, tutor_id: int, monday: date) -> Job:
    """Gather a tutor's week from its Monday on."""
    office = profile(snapshot)
    zone = ZoneInfo(office.zone)
    tutor = fetch(snapshot, Tutor, tutor_id, _("tutor"))
    start = instant(datetime.combine(monday, time()), zone)
    end = instant(datetime.combine(monday + timedelta(days=_DAYS), time()), zone)
    cards = cards_in(snapshot, TimeSpan(start, end), tutor_ids=[tutor_id])
    locale = locale_for(office.locale)
    minutes = sum(_minutes(card) for card in cards)
    days = max([_WORKDAYS, *(_day(card, zone, monday) + 1 for card in cards)])
    last = monday + timedelta(days=days - 1)
    plan = Schedule(
        title=tutor.name,
        subtitle=f"{_('Week')} {monday.isocalendar().week} · "
        f"{locale.period(monday, last)}",
        total=f"{locale.hours(minutes)} h · {_('{n} sessions').format(n=len(cards))}",
        columns=tuple(
            (locale.weekdays[number], str((monday + timedelta(days=number)).day))
            for number in range(days)
        ),
        slots=tuple(_slot(snapshot, card, zone, monday) for card in cards),
        printed=wall_clock(now, zone),
    )
    return Job(plan, letterhead_of(office), office.locale, office.country)


def _slot(snapshot: Snapshot, card: SessionCard, zone: ZoneInfo, monday: date) -> Slot:
    names = [student.name for student in card.students]
    title = names[0] if len(names) == 1 else f"{card.offering} ({len(names)})"
    where = ""
    if card.room_id is not None:
        where = snapshot.scalar(select(Room.name).where(Room.id == card.room_id)) or ""
    elif card.place_id is not None:
        place = select(Place.name).where(Place.id == card.place_id)
        where = snapshot.scalar(place) or ""
    confirmed = card.status is not SessionStatus.TENTATIVE
    detail = [card.offering if len(names) == 1 else "", where]
    if not confirmed:
        detail.append(_("to confirm"))
    return Slot(
        _day(card, zone, monday),
        wall_clock(card.starts_at, zone).time(),
        wall_clock(card.ends_at, zone).time(),
        title or card.offering,
        " · ".join(filter(None, detail)),
        confirmed,
    )


def _day(card: SessionCard, zone: ZoneInfo, monday: date) -> int:
    return max((wall_clock(card.starts_at, zone).date() - monday).days, 0)


def _minutes(card: SessionCard) -> int:
    return int((card.ends_at - card.starts_at).total_seconds()) // 60
