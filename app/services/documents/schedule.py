"""The schedule grid: white cells, dark edge and bar; unconfirmed ones are dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.services.documents.lanes import Placed, in_lanes, used_hours
from app.services.documents.lettering import width
from app.services.documents.locale import Locale
from app.services.documents.sheet import Sheet
from app.services.documents.style import (
    FIGURE,
    FINE,
    GREY,
    HEADING,
    INK,
    KIND,
    MM,
    SMALL,
    SMALL_STRONG,
    STRONG,
    TEXT,
    WHITE,
    Page,
    Type,
)
from app.services.documents.values import Letterhead, Schedule
from app.services.documents.wrapping import elided, wrapped

_MARGIN: Final = 14 * MM
_TOP: Final = 38 * MM
_HOURS: Final = 12 * MM  # the column of hours
_TALLEST: Final = 15 * MM  # an hour; a short day is not stretched
_NARROWEST: Final = 24 * MM  # a column; more columns go to the next page
_LEAD: Final = 3.6 * MM
_DASHED: Final = "[2 2] 0 d"

Line = tuple[str, Type]


def draw(plan: Schedule, letterhead: Letterhead, locale: Locale, page: Page) -> bytes:
    """Draw landscape pages; columns are days, tutors or rooms."""
    _ = locale.t
    sender = replace(letterhead, legal=letterhead.name)
    dashed = any(not slot.confirmed for slot in plan.slots)
    legend = _("Dashed: not yet confirmed") if dashed else ""
    sheet = Sheet(
        sender,
        locale,
        page.turned(),
        plan.title,
        plan.subtitle,
        legend,
        margin=_MARGIN,
    )
    most = max(int((sheet.right - sheet.left - _HOURS) // _NARROWEST), 1)
    sheet.count = max(-(-len(plan.columns) // most), 1)
    share = max(-(-len(plan.columns) // sheet.count), 1)
    hours = used_hours(plan.slots)
    for number in range(sheet.count):
        if number:
            sheet.turn_page()
        _head(sheet, plan)
        shown = range(number * share, min((number + 1) * share, len(plan.columns)))
        _Grid(sheet, plan, shown, hours).draw()
    return sheet.finish()


def _head(sheet: Sheet, plan: Schedule) -> None:
    _ = sheet.locale.t
    half = (sheet.right - sheet.left) / 2 - 4 * MM
    printed = _("Printed {when}").format(when=sheet.locale.stamp(plan.printed))
    sender = elided(f"{printed} · {sheet.letterhead.name}", SMALL, half)
    sheet.fitted(sheet.left, 20 * MM, plan.title, (KIND, FIGURE, HEADING), half)
    total = elided(plan.total, HEADING, half)
    sheet.text(sheet.right, 20 * MM, total, HEADING, INK, "right")
    sheet.text(sheet.left, 26 * MM, elided(plan.subtitle, TEXT, half), TEXT, GREY)
    sheet.text(sheet.right, 26 * MM, sender, SMALL, GREY, "right")


class _Grid:
    """Hours down, some of the columns across."""

    def __init__(
        self, sheet: Sheet, plan: Schedule, shown: range, hours: tuple[int, int]
    ) -> None:
        self.sheet, self.plan, self.shown = sheet, plan, shown
        self.first, self.last = hours
        self.left = sheet.left + _HOURS
        room = (sheet.bottom - 4 * MM - _TOP) / (self.last - self.first)
        self.hour = min(room, _TALLEST)
        self.wide = (sheet.right - self.left) / max(len(shown), 1)

    def draw(self) -> None:
        """Draw headings, lines and slots."""
        sheet = self.sheet
        bottom = self._y(self.last * 60)
        for number in range(len(self.shown) + 1):
            x = self.left + number * self.wide
            sheet.upright(x, _TOP - 5 * MM, bottom)
        for hour in range(self.first, self.last + 1):
            y = self._y(hour * 60)
            sheet.rule(self.left - 2 * MM, sheet.right, y)
            label = sheet.locale.hour(hour)
            sheet.text(self.left - 3 * MM, y + 0.9 * MM, label, FINE, GREY, "right")
        for number, column in enumerate(self.shown):
            x = self.left + number * self.wide
            self._heading(x, *self.plan.columns[column])
            slots = [slot for slot in self.plan.slots if slot.column == column]
            for placed in in_lanes(slots):
                self._slot(x, placed)

    def _y(self, minute: int) -> float:
        return _TOP + (minute / 60 - self.first) * self.hour

    def _heading(self, x: float, name: str, addition: str) -> None:
        room = self.wide - 4 * MM
        short = elided(name, HEADING, room)
        self.sheet.text(x + 2 * MM, _TOP - 2 * MM, short, HEADING)
        taken = width(short, HEADING) + 2 * MM
        if addition and width(addition, SMALL) <= room - taken:
            at = x + 2 * MM + taken
            self.sheet.text(at, _TOP - 2 * MM, addition, SMALL, GREY)

    def _slot(self, left: float, placed: Placed) -> None:
        sheet, slot = self.sheet, placed.slot
        lane = (self.wide - 1.2 * MM) / placed.lanes
        x = left + 0.8 * MM + placed.lane * lane
        y, low = self._y(placed.start) + 1, self._y(placed.end) - 1
        size = (lane - 0.4 * MM, max(low - y, 2))
        dash = "[] 0 d" if slot.confirmed else _DASHED
        sheet.box(x, y, size, WHITE, INK, 2, dash)
        sheet.bar(x, y, (0.9 * MM, size[1]))
        room = size[0] - 3.2 * MM
        count = int((size[1] - 1 * MM) // _LEAD)
        for number, (line, kind) in enumerate(self._texts(placed, room, count)):
            colour = INK if kind in {STRONG, SMALL_STRONG} else GREY
            base = y + 3.5 * MM + number * _LEAD
            sheet.text(x + 2.3 * MM, base, line, kind, colour)

    def _texts(self, placed: Placed, room: float, count: int) -> Sequence[Line]:
        """Choose what a slot has room for: the name before all else."""
        slot, clock = placed.slot, self.sheet.locale.clock
        if count < 2:  # noqa: PLR2004  one line
            text = f"{clock(slot.start)} {slot.title}"
            return [(elided(text, SMALL_STRONG, room), SMALL_STRONG)]
        times = elided(self.sheet.locale.times(slot.start, slot.end), FINE, room)
        names = wrapped(slot.title, STRONG, room, min(count - 1, 3))
        rest = count - 1 - len(names)
        details = wrapped(slot.detail, FINE, room, rest) if rest and slot.detail else []
        return [
            (times, FINE),
            *((line, STRONG) for line in names),
            *((line, FINE) for line in details),
        ]
