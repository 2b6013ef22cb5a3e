"""The month: weeks as rows, days as cells, sessions as chips of one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from app.services.people.tutor_requests import TutorRow
from app.views.calendar.blocks import Block
from app.views.calendar.cells import (
    ColumnHead,
    RowHead,
    Table,
    lines_of_month,
    shown_of,
)
from app.views.calendar.geometry import WEEK, Slot
from app.views.calendar.lanes import More
from app.views.calendar.reading import Reading
from app.views.calendar.scene import Count, Head, Placed, Scene
from app.views.calendar.scenes import Asked, Times, working_hours
from app.views.formats import Formats


def month_scene(
    reading: Reading,
    asked: Asked,
    formats: Formats,
    blocks: Sequence[Block],
    shown: Sequence[TutorRow],
) -> Scene:
    """Make the scene of a month around a day."""
    days = reading.days(asked.view, asked.day)
    heads = _heads(reading, asked, formats, days, shown)
    columns = [one for one in days if (one - days[0]).days < WEEK]
    weeks = [days[n] for n in range(0, len(days), len(columns))]
    lines = lines_of_month(asked.height, len(weeks))
    placed, counts = _laid_out(heads, blocks, lines)
    first, _last = working_hours(reading, formats, days) or (9 * 60, 0)
    table = Table(
        tuple(ColumnHead(formats.locale.weekdays[one.weekday()]) for one in columns),
        tuple(RowHead(str(week.isocalendar().week)) for week in weeks),
        is_month=True,
        minute=first,
    )
    return Scene(
        heads, placed=placed, counts=counts, show_free=asked.shading, table=table
    )


def _heads(
    reading: Reading,
    asked: Asked,
    formats: Formats,
    days: Sequence[date],
    shown: Sequence[TutorRow],
) -> tuple[Head, ...]:
    times = Times(reading, formats)
    ids = [tutor.tutor_id for tutor in shown]
    today = formats.local(asked.now).date()
    return tuple(
        Head(
            day,
            formats.locale.weekdays[day.weekday()],
            times.closed_name(day),
            is_today=day == today,
            free=times.free(ids, day),
            is_faint=day.month != asked.day.month,
        )
        for day in days
    )


def _laid_out(
    heads: Sequence[Head], blocks: Sequence[Block], lines: int
) -> tuple[tuple[Placed, ...], tuple[Count, ...]]:
    """Put chips below one another; what has no line is counted in the last."""
    placed: list[Placed] = []
    counts: list[Count] = []
    by_day = _by_day(blocks)
    for cell, head in enumerate(heads):
        here = by_day.get(head.day, [])
        drawn = shown_of(len(here), lines)
        placed += [
            Placed(block, cell, Slot(line, 1, 1))
            for line, block in enumerate(here[:drawn])
        ]
        if rest := here[drawn:]:
            hidden = tuple(range(drawn, len(here)))
            more = More(rest[0].start, rest[-1].end, Slot(drawn, 1, 1), hidden)
            counts.append(Count(cell, more, tuple(rest)))
    return tuple(placed), tuple(counts)


def _by_day(blocks: Sequence[Block]) -> Mapping[date, list[Block]]:
    found: dict[date, list[Block]] = defaultdict(list)
    for block in blocks:
        found[block.day].append(block)
    for here in found.values():
        here.sort(key=_by_start)
    return found


def _by_start(block: Block) -> tuple[int, int]:
    return block.start, block.end
