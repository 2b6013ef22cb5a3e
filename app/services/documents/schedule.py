"""The schedule grid: white cells, dark edge and bar; unconfirmed ones are dashed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import time
from typing import Final

from app.services.documents.locale import Locale
from app.services.documents.sheet import Sheet
from app.services.documents.style import (
    EDGE,
    FINE,
    GREY,
    HEADING,
    INK,
    KIND,
    MM,
    SMALL,
    STRONG,
    TEXT,
    WHITE,
    Page,
)
from app.services.documents.values import Letterhead, Schedule, Slot
from app.services.documents.wrapping import elided, wrapped

_TALLEST_HOUR: Final = 17 * MM
_TOP: Final = 40 * MM
_EARLIEST, _LATEST = 9, 17
_MIDNIGHT: Final = 24


def render(plan: Schedule, letterhead: Letterhead, locale: Locale, page: Page) -> bytes:
    """Draw a landscape page; columns are days, tutors or rooms."""
    sheet = Sheet(
        letterhead, locale, page.turned(), plan.title, plan.subtitle, letterhead.name
    )
    printed = f"{locale.t('Printed')} {locale.stamp(plan.printed)} · {letterhead.name}"
    half = (sheet.right - sheet.left) / 2
    sheet.text(sheet.left, 20 * MM, elided(plan.title, KIND, half), KIND)
    sheet.text(sheet.right, 20 * MM, plan.total, HEADING, INK, "right")
    sheet.text(sheet.left, 26 * MM, elided(plan.subtitle, TEXT, half), TEXT, GREY)
    fitting = elided(printed, SMALL, half)
    sheet.text(sheet.right, 26 * MM, fitting, SMALL, GREY, "right")
    _Grid(sheet, plan).draw()
    return sheet.finish()


class _Grid:
    """Hours down, columns across; cropped to the hours that are used."""

    def __init__(self, sheet: Sheet, plan: Schedule) -> None:
        self.sheet, self.plan = sheet, plan
        self.first = min((slot.start.hour for slot in plan.slots), default=_EARLIEST)
        ends = (-(-_minute(slot.end, slot.start) // 60) for slot in plan.slots)
        self.last = max(ends, default=_LATEST)
        self.left = sheet.left + 14 * MM
        hours = self.last - self.first
        self.step = min((sheet.bottom - _TOP) / hours, _TALLEST_HOUR)
        self.wide = (sheet.right - self.left) / max(len(plan.columns), 1)

    def draw(self) -> None:
        """Draw columns, hours and slots."""
        sheet = self.sheet
        bottom = _TOP + (self.last - self.first) * self.step
        for number, (name, below) in enumerate(self.plan.columns):
            x = self.left + number * self.wide
            title = f"{name} {below}".strip()
            fitting = elided(title, HEADING, self.wide - 3 * MM)
            sheet.text(x + 2 * MM, 37 * MM, fitting, HEADING)
        for number in range(len(self.plan.columns) + 1):
            x = self.left + number * self.wide
            self._upright(x, _TOP - 4 * MM, bottom)
        for hour in range(self.first, self.last + 1):
            y = _TOP + (hour - self.first) * self.step
            sheet.rule(self.left - 2 * MM, sheet.right, y)
            label = sheet.locale.clock(time(hour % _MIDNIGHT))
            sheet.text(self.left - 3 * MM, y + 1, label, FINE, GREY, "right")
        for slot, lane, lanes in in_lanes(self.plan.slots):
            self._slot(slot, lane, lanes)

    def _upright(self, x: float, top: float, bottom: float) -> None:
        canvas, height = self.sheet.canvas, self.sheet.page.height
        canvas.setStrokeColorRGB(*EDGE)
        canvas.setLineWidth(0.4)
        canvas.line(x, height - top, x, height - bottom)

    def _slot(self, slot: Slot, lane: int, lanes: int) -> None:
        sheet, canvas = self.sheet, self.sheet.canvas
        wide = (self.wide - 2 * MM) / lanes
        x = self.left + slot.column * self.wide + 1 * MM + lane * wide
        start, end = _minute(slot.start), _minute(slot.end, slot.start)
        y = _TOP + (start / 60 - self.first) * self.step + 1
        height = (end - start) / 60 * self.step - 2
        canvas.setDash([] if slot.confirmed else [2, 2])
        sheet.box(x, y, (wide - 0.6 * MM, height), WHITE, INK, 2)
        canvas.setDash([])
        canvas.setFillColorRGB(*INK)
        top = sheet.page.height - y - height
        canvas.rect(x, top, 1 * MM, height, stroke=0, fill=1)
        self._texts(slot, (x + 3 * MM, y), wide - 5 * MM, height)

    def _texts(
        self, slot: Slot, at: tuple[float, float], room: float, height: float
    ) -> None:
        """Write as many lines as the slot is tall enough for."""
        sheet = self.sheet
        most = max(1, int((height - 1 * MM) // (3.6 * MM)))
        lines = [(sheet.locale.times(slot.start, slot.end), FINE)]
        lines += [(line, STRONG) for line in wrapped(slot.title, STRONG, room, 2)]
        lines += [(line, FINE) for line in wrapped(slot.detail, FINE, room, 2)]
        if most == 1:
            lines = [(slot.title, STRONG)]
        for number, (line, kind) in enumerate(lines[:most]):
            colour = INK if kind is STRONG else GREY
            y = at[1] + (3.8 + 3.7 * number) * MM
            sheet.text(at[0], y, elided(line, kind, room), kind, colour)


def in_lanes(slots: Sequence[Slot]) -> Iterator[tuple[Slot, int, int]]:
    """Give each slot a lane, and the number of lanes where slots overlap."""
    group: list[tuple[Slot, int]] = []
    ends: list[int] = []
    column = -1
    ordered = sorted(slots, key=lambda slot: (slot.column, slot.start, slot.end))
    for slot in ordered:
        start = _minute(slot.start)
        if slot.column != column or all(end <= start for end in ends):
            yield from ((one, lane, len(ends)) for one, lane in group)
            group, ends, column = [], [], slot.column
        free = [lane for lane, end in enumerate(ends) if end <= start]
        lane = free[0] if free else len(ends)
        if not free:
            ends.append(0)
        ends[lane] = _minute(slot.end, slot.start)
        group.append((slot, lane))
    yield from ((one, lane, len(ends)) for one, lane in group)


def _minute(value: time, after: time | None = None) -> int:
    """Give minutes after midnight; an end at or before its start is the next day's."""
    minutes = value.hour * 60 + value.minute
    if after is not None and value <= after:
        return _MIDNIGHT * 60
    return minutes
