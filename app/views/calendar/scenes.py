"""Makes the scene of a time grid from what was read: columns, shading, sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from app.models.values.schedule import TimeSpan
from app.services.people.tutor_requests import TutorRow
from app.text import _
from app.views.calendar.blocks import (
    Block,
    Choice,
    Look,
    blocks_of,
    count_text,
    minutes_by_tutor,
)
from app.views.calendar.geometry import DAY, merged, pieces
from app.views.calendar.reading import Reading, span_of_days
from app.views.calendar.scene import Bar, Head, Scene, Stretch, bar_rows, laid_out
from app.views.calendar.views import View
from app.views.formats import Formats, initials

WHOLE_DAY = ((0, DAY),)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a scene is made for.

    Attributes:
        shading: also shade when nobody can.
        attached: also draw ways and buffers.
        order: tutors' numbers in the order of their columns; others follow by name.
        height: of the widget, in pixels of the usual text size.
    """

    view: View
    day: date
    choice: Choice
    now: datetime
    width: float
    shading: bool = True
    attached: bool = True
    order: tuple[int, ...] = ()
    height: float = 640


def blocks_shown(reading: Reading, asked: Asked, formats: Formats) -> list[Block]:
    """Make the blocks of the days that a view shows, earliest first."""
    days = reading.days(asked.view, asked.day)
    span = span_of_days(days[0], days[-1], formats.zone)
    near = tuple(
        one
        for one in reading.period.cards
        if one.starts_at < span.end and span.start < one.ends_at
    )
    period = replace(reading.period, cards=near)
    blocks = blocks_of(period, reading.names, asked.choice, formats, asked.now)
    return [block for block in blocks if days[0] <= block.day <= days[-1]]


def scene_of(reading: Reading, asked: Asked, formats: Formats) -> Scene:
    """Make the scene of a time grid around a day."""
    days = reading.days(asked.view, asked.day)
    shown = shown_tutors(reading, asked)
    blocks = blocks_shown(reading, asked, formats)
    heads = heads_of(reading, asked, formats, blocks, days, shown)
    placed, counts = laid_out(heads, blocks, asked.width / max(1, len(heads)))
    bars = _bars(reading, heads, shown, formats)
    local = formats.local(asked.now)
    is_now = any(head.is_today for head in heads)
    return Scene(
        heads,
        bars,
        placed,
        counts,
        local.hour * 60 + local.minute if is_now else None,
        "" if blocks else _empty(asked, days),
        asked.shading,
        asked.attached,
        bar_rows(bars),
    )


def _empty(asked: Asked, days: Sequence[date]) -> str:
    if asked.choice.is_narrowed:
        return _("No sessions pass the filters \N{EN DASH} press Esc to clear them")
    if len(days) == 1:
        return _("No sessions this day \N{EN DASH} press N or draw one")
    return _("No sessions this week \N{EN DASH} press N or draw one")


def shown_tutors(reading: Reading, asked: Asked) -> list[TutorRow]:
    """List the tutors whose sessions are shown, in the order of their columns."""
    places = {tutor_id: n for n, tutor_id in enumerate(asked.order)}

    def place(tutor: TutorRow) -> int:
        """Give where somebody put the tutor; the others come last."""
        return places.get(tutor.tutor_id, len(places))

    hidden = asked.choice.hidden_tutors
    shown = [one for one in reading.tutors if one.tutor_id not in hidden]
    return sorted(shown, key=place)


def heads_of(
    reading: Reading,
    asked: Asked,
    formats: Formats,
    blocks: Sequence[Block],
    days: Sequence[date],
    shown: Sequence[TutorRow],
) -> tuple[Head, ...]:
    """Make the columns of a view."""
    today = formats.local(asked.now).date()
    times = Times(reading, formats)
    if asked.view is View.TUTORS:
        return tuple(
            _tutor_head(times, reading, formats, tutor, days[0], today)
            for tutor in shown
        )
    ids = [tutor.tutor_id for tutor in shown]
    by_day: dict[date, int] = defaultdict(int)
    for block in blocks:
        by_day[block.day] += block.look is not Look.CANCELLED
    alone = ids[0] if len(ids) == 1 else None
    return tuple(
        Head(
            day,
            formats.locale.weekdays[day.weekday()],
            count_text(by_day[day]) if by_day[day] else "",
            str(by_day[day]) if by_day[day] else "",
            is_today=day == today,
            free=times.free(ids, day),
            away=times.away(alone, day) if alone else (),
            extra=times.besides(alone, day) if alone else (),
        )
        for day in days
    )


def reshaded(
    scene: Scene, reading: Reading, formats: Formats, tutor_ids: Collection[int]
) -> Scene:
    """Shade the days for the tutors of one session, while it is dragged."""
    if scene.is_by_tutor or not tutor_ids:
        return scene
    times = Times(reading, formats)
    (first, *_others) = tutor_ids
    heads = tuple(
        replace(
            head,
            free=times.free_together(tutor_ids, head.day),
            away=times.away(first, head.day),
            extra=times.besides(first, head.day),
        )
        for head in scene.heads
    )
    return replace(scene, heads=heads)


class Times:
    """When tutors can, laid out on days."""

    def __init__(self, reading: Reading, formats: Formats) -> None:
        self._formats = formats
        self._closed = reading.period.closed
        self._known = {
            tutor_id: times.is_known for tutor_id, times in reading.period.times.items()
        }
        self._free = {
            tutor_id: self._by_day(times.free)
            for tutor_id, times in reading.period.times.items()
        }
        self._exceptions: dict[int, dict[date, list[tuple[int, int, str, bool]]]] = {}
        for away in reading.period.away:
            days = self._exceptions.setdefault(away.tutor_id, defaultdict(list))
            name = away.reason or _("Leave")
            for piece in pieces(away.span, formats.zone):
                found = (piece.start, piece.end, name, away.is_extra)
                days[piece.day].append(found)

    def _by_day(self, spans: Iterable[TimeSpan]) -> Mapping[date, list[Stretch]]:
        found: dict[date, list[Stretch]] = defaultdict(list)
        for span in spans:
            for piece in pieces(span, self._formats.zone):
                found[piece.day].append((piece.start, piece.end))
        return found

    def is_closed(self, day: date) -> bool:
        """Say whether the office is closed on a day."""
        return any(one.from_on <= day <= one.until_on for one in self._closed)

    def closed_name(self, day: date) -> str:
        """Name what the office is closed for on a day; empty if it is open."""
        names = [one.name for one in self._closed if one.from_on <= day <= one.until_on]
        return ", ".join(names)

    def free(self, tutor_ids: Collection[int], day: date) -> tuple[Stretch, ...]:
        """Give when at least one of some tutors can."""
        if self.is_closed(day):
            return ()
        found: list[Stretch] = []
        for tutor_id in tutor_ids:
            found += self.free_of(tutor_id, day)
        return tuple(merged(found))

    def free_together(
        self, tutor_ids: Collection[int], day: date
    ) -> tuple[Stretch, ...]:
        """Give when all of some tutors can."""
        if self.is_closed(day):
            return ()
        found: list[Stretch] = list(WHOLE_DAY)
        for tutor_id in tutor_ids:
            own = self.free_of(tutor_id, day)
            found = [
                (max(one[0], other[0]), min(one[1], other[1]))
                for one in found
                for other in own
                if one[0] < other[1] and other[0] < one[1]
            ]
        return tuple(found)

    def free_of(self, tutor_id: int, day: date) -> Sequence[Stretch]:
        """Give when a tutor can; of whom nothing is known, can all day."""
        if not self.is_known(tutor_id):
            return WHOLE_DAY
        return self._free[tutor_id].get(day, [])

    def is_known(self, tutor_id: int) -> bool:
        """Say whether anything is known of when a tutor can."""
        return self._known.get(tutor_id, False)

    def away(self, tutor_id: int, day: date) -> tuple[tuple[int, int, str], ...]:
        """Give a tutor's leave on a day."""
        found = self._exceptions.get(tutor_id, {}).get(day, [])
        return tuple((one[0], one[1], one[2]) for one in found if not one[3])

    def besides(self, tutor_id: int, day: date) -> tuple[Stretch, ...]:
        """Give a tutor's extra time on a day."""
        found = self._exceptions.get(tutor_id, {}).get(day, [])
        return tuple((one[0], one[1]) for one in found if one[3])


def working_hours(
    reading: Reading, formats: Formats, days: Sequence[date]
) -> tuple[int, int] | None:
    """Give from when until when anybody of the office works on some days.

    Sessions count as work; none if nothing is known of anybody.
    """
    times = Times(reading, formats)
    found: list[Stretch] = []
    for tutor in reading.tutors:
        if times.is_known(tutor.tutor_id):
            for day in days:
                found += times.free_of(tutor.tutor_id, day)
    for card in reading.period.cards:
        if not card.status.is_cancelled:
            for piece in pieces(TimeSpan(card.starts_at, card.ends_at), formats.zone):
                if piece.day in days:
                    found.append((piece.start, piece.end))
    if not found:
        return None
    return min(one[0] for one in found), max(one[1] for one in found)


def _tutor_head(
    times: Times,
    reading: Reading,
    formats: Formats,
    tutor: TutorRow,
    day: date,
    today: date,
) -> Head:
    held = [
        card
        for card in reading.period.cards
        if formats.local(card.starts_at).date() == day
        and any(tutor_id == tutor.tutor_id for tutor_id, _name in card.tutors)
        and not card.status.is_cancelled
    ]
    minutes = minutes_by_tutor(held).get(tutor.tutor_id, 0)
    note = f"{count_text(len(held))} · {formats.hours(minutes)}" if held else ""
    away = times.away(tutor.tutor_id, day)
    if away:
        note = leave_text(away[0], formats)
    free = () if times.is_closed(day) else tuple(times.free_of(tutor.tutor_id, day))
    return Head(
        day,
        tutor.name,
        note or (_("Free all day") if free else _("Not in")),
        tutor_id=tutor.tutor_id,
        initials=initials(tutor.name),
        hue=reading.names.hues[tutor.tutor_id],
        is_today=day == today,
        free=free,
        away=away,
        extra=times.besides(tutor.tutor_id, day),
    )


def leave_text(away: tuple[int, int, str], formats: Formats) -> str:
    """Say from or until when somebody is on leave on a day."""
    start, end, _name = away
    if start <= 0 and end >= DAY:
        return _("On leave")
    if start <= 0:
        return _("Leave until {time}").format(time=_clock(end, formats))
    return _("Leave from {time}").format(time=_clock(start, formats))


def _clock(minute: int, formats: Formats) -> str:
    moment = datetime(2000, 1, 1, minute // 60 % 24, minute % 60)  # noqa: DTZ001
    return formats.locale.clock(moment.time())


def _bars(
    reading: Reading,
    heads: Sequence[Head],
    shown: Sequence[TutorRow],
    formats: Formats,
) -> tuple[Bar, ...]:
    """List closures, and the leave of tutors where columns are days."""
    if not heads:
        return ()
    found = [
        Bar(*span, one.name)
        for one in reading.period.closed
        if (span := _columns(heads, one.from_on, one.until_on))
    ]
    if heads[0].tutor_id is not None or len(shown) == 1:
        return tuple(found)
    names = {tutor.tutor_id: tutor.name for tutor in shown}
    for away in reading.period.away:
        first = formats.local(away.span.start).date()
        days = pieces(away.span, formats.zone)
        span = _columns(heads, first, days[-1].day) if days else None
        if span and not away.is_extra and away.tutor_id in names:
            title = _("{tutor}: {reason}").format(
                tutor=names[away.tutor_id], reason=away.reason or _("leave")
            )
            found.append(Bar(*span, title, reading.names.hues[away.tutor_id]))
    return tuple(found)


def _columns(heads: Sequence[Head], first: date, last: date) -> tuple[int, int] | None:
    """Give the columns that some days take."""
    inside = [n for n, head in enumerate(heads) if first <= head.day <= last]
    return (inside[0], inside[-1]) if inside else None
