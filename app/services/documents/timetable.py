"""A schedule as a list of sessions: agendas, family months, door sheets, plain text."""

from __future__ import annotations

from app.services.documents.content import (
    Column,
    Content,
    Part,
    Remark,
    Row,
    Rows,
    Table,
    Title,
)
from app.services.documents.locale import Locale
from app.services.documents.values import Schedule, Slot


def timetable_content(plan: Schedule, locale: Locale) -> Content:
    """Say what stands on a schedule, column after column, in order of time."""
    _ = locale.t
    columns = (Column(_("Time"), 30), Column(_("Session")), Column(_("Details"), 60))
    groups = tuple(
        Rows(rows, " · ".join(filter(None, heading)))
        for number, heading in enumerate(plan.columns)
        if (rows := _rows(plan, number, locale))
    )
    below = " · ".join(filter(None, (plan.subtitle, plan.total)))
    printed = _("Printed {when}").format(when=locale.stamp(plan.printed))
    parts: list[Part] = [Title(plan.title, below)]
    if groups:
        parts.append(Table(columns, groups))
    else:
        parts.append(Remark(_("No sessions.")))
    parts.append(Remark(printed))
    return Content(_("Schedule"), f"{plan.title} · {plan.subtitle}", tuple(parts))


def _rows(plan: Schedule, number: int, locale: Locale) -> tuple[Row, ...]:
    slots = [slot for slot in plan.slots if slot.column == number]
    slots.sort(key=lambda slot: (slot.start, slot.end, slot.title))
    return tuple(_row(slot, locale) for slot in slots)


def _row(slot: Slot, locale: Locale) -> Row:
    _ = locale.t
    note = "" if slot.confirmed else _("not yet confirmed")
    return Row((locale.times(slot.start, slot.end), slot.title, slot.detail), note)
