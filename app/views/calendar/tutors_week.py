"""The tutors' week: tutors as rows, days as columns, rows as high as they need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.services.people.tutor_requests import TutorRow
from app.text import _
from app.views.calendar.blocks import Block, Look, count_text
from app.views.calendar.cells import ColumnHead, RowHead, Table
from app.views.calendar.geometry import DAY, Slot
from app.views.calendar.reading import Reading
from app.views.calendar.scene import Head, Placed, Scene
from app.views.calendar.scenes import Asked, Times, leave_text, working_hours
from app.views.formats import Formats, initials


def tutors_week_scene(
    reading: Reading,
    asked: Asked,
    formats: Formats,
    blocks: Sequence[Block],
    shown: Sequence[TutorRow],
) -> Scene:
    """Make the scene of the tutors' week around a day."""
    days = reading.days(asked.view, asked.day)
    times = Times(reading, formats)
    heads: list[Head] = []
    placed: list[Placed] = []
    rows: list[RowHead] = []
    for tutor in shown:
        held = [block for block in blocks if tutor.tutor_id in block.tutor_ids]
        held.sort(key=_by_start)
        most = 0
        for day in days:
            here = [block for block in held if block.day == day]
            placed += [
                Placed(block, len(heads), Slot(line, 1, 1))
                for line, block in enumerate(here)
            ]
            heads.append(_cell(times, reading, formats, tutor, day))
            most = max(most, len(here))
        rows.append(_row(reading, formats, tutor, held, most))
    empty = "" if shown else _("No tutor is shown \N{EN DASH} press Esc to show all")
    return Scene(
        tuple(heads),
        placed=tuple(placed),
        show_free=asked.shading,
        table=_table(reading, asked, formats, days, rows),
        empty=empty,
    )


def _table(
    reading: Reading,
    asked: Asked,
    formats: Formats,
    days: Sequence[date],
    rows: Sequence[RowHead],
) -> Table:
    today = formats.local(asked.now).date()
    first, _last = working_hours(reading, formats, days) or (9 * 60, 0)
    columns = tuple(
        ColumnHead(formats.locale.weekdays[day.weekday()], str(day.day), day == today)
        for day in days
    )
    return Table(columns, tuple(rows), is_month=False, minute=first)


def _by_start(block: Block) -> tuple[int, int]:
    return block.start, block.end


def _cell(
    times: Times, reading: Reading, formats: Formats, tutor: TutorRow, day: date
) -> Head:
    away = times.away(tutor.tutor_id, day)
    note = times.closed_name(day)
    if away:
        start, end, name = away[0]
        is_whole = start <= 0 and end >= DAY
        note = name if is_whole else leave_text(away[0], formats)
    is_closed = times.is_closed(day)
    return Head(
        day,
        tutor.name,
        note,
        tutor_id=tutor.tutor_id,
        initials=initials(tutor.name),
        hue=reading.names.hues[tutor.tutor_id],
        free=() if is_closed else tuple(times.free_of(tutor.tutor_id, day)),
        away=away,
    )


def _row(
    reading: Reading,
    formats: Formats,
    tutor: TutorRow,
    held: Sequence[Block],
    most: int,
) -> RowHead:
    """Say what stands before a tutor's row: the name and the load in hours."""
    counted = [block for block in held if block.look is not Look.CANCELLED]
    minutes = sum(block.end - block.start for block in counted)
    count = len({block.session_id for block in counted})
    note = f"{formats.hours(minutes)} \N{MIDDLE DOT} {count_text(count)}"
    return RowHead(
        tutor.name,
        note if counted else _("Nothing planned"),
        initials(tutor.name),
        reading.names.hues[tutor.tutor_id],
        most,
    )
