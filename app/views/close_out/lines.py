"""Turns what waits into the lines of the list, by day, as the filters want them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from app.models.values.schedule import CloseOutState
from app.services.closing.results import ClosedOut, OpenCloseOut
from app.text import _, ngettext
from app.views.close_out.reading import Board
from app.views.close_out.waiting import WaitingRow
from app.views.close_out.words import STATUS_WORDS, who
from app.views.formats import Formats

REVIEWED, APPROVED = CloseOutState.REVIEWED, CloseOutState.APPROVED


class Wanted(StrEnum):
    """Which sessions the list shows."""

    ALL = "all"
    LATE = "late"
    DRAFTS = "drafts"


@dataclass(frozen=True, slots=True)
class Filter:
    """What the person wants to see; no tutor means all."""

    wanted: Wanted = Wanted.ALL
    tutor_id: int | None = None
    text: str = ""


def fitting(
    board: Board, filter_: Filter, drafts: Collection[int]
) -> list[OpenCloseOut]:
    """List the open sessions that a filter lets through."""
    found = []
    for row in board.open:
        words = f"{who(row.students, row.offering)} {row.offering} {row.tutor}"
        if (
            (filter_.wanted is Wanted.LATE and not row.is_late)
            or (filter_.wanted is Wanted.DRAFTS and row.session_id not in drafts)
            or filter_.tutor_id not in {None, row.tutor_id}
            or filter_.text.casefold() not in words.casefold()
        ):
            continue
        found.append(row)
    return found


def lines_of(
    rows: Sequence[OpenCloseOut],
    closed: Sequence[ClosedOut],
    marks: Mapping[int, tuple[str, str]],
    formats: Formats,
) -> list[WaitingRow]:
    """Make the lines: days with their sessions, then what is closed out.

    Args:
        rows: open sessions, oldest first.
        closed: those to review, to approve, and what was closed out today.
        marks: words with their tone that stand out, by session.
        formats: how times and days are written.
    """
    lines: list[WaitingRow] = []

    def day_of(row: OpenCloseOut) -> date:
        """Give the day in the office's zone."""
        return formats.local(row.starts_at).date()

    for day, group in groupby(rows, day_of):
        some = list(group)
        lines.append(WaitingRow(0, formats.day(day), count=len(some)))
        lines += [open_line(row, marks, formats) for row in some]
    for title, some_closed in (
        (_("To review"), [r for r in closed if r.waits_for is REVIEWED]),
        (_("To approve"), [r for r in closed if r.waits_for is APPROVED]),
        (_("Closed out today"), [r for r in closed if r.waits_for is None]),
    ):
        if some_closed:
            lines.append(WaitingRow(0, title, count=len(some_closed)))
            lines += [_closed_line(row, formats) for row in some_closed]
    return lines


def done_of(board: Board) -> tuple[ClosedOut, ...]:
    """List what is closed out: what the office has still to decide, then today's."""
    waiting = {row.session_id for row in board.undecided}
    rest = (row for row in board.closed if row.session_id not in waiting)
    return (*board.undecided, *rest)


def waiting_words(board: Board, formats: Formats) -> str:
    """Say how many sessions wait, and since when."""
    number = len(board.open)
    if not number:
        return _("Nothing to close out")
    words = ngettext(
        "{number} session to close out, oldest {day}",
        "{number} sessions to close out, oldest {day}",
        number,
    )
    oldest = formats.day_of(board.open[0].starts_at)
    return words.format(number=number, day=oldest)


def name_of(board: Board, session_id: int) -> str:
    """Name a session by its students."""
    for row in board.open:
        if row.session_id == session_id:
            return who(row.students, row.offering)
    for done in done_of(board):
        if done.session_id == session_id:
            return who(done.students, done.offering)
    return _("Session")


def open_line(
    row: OpenCloseOut, marks: Mapping[int, tuple[str, str]], formats: Formats
) -> WaitingRow:
    """Make the line of an open session."""
    mark, tone = marks.get(row.session_id, ("", "warn"))
    if not mark and row.is_never_confirmed:
        mark = _("never confirmed")
    elif not mark and row.stayed_away:
        mark = _("absent last time")
    elif not mark and row.is_late:
        mark = _("late")
    return WaitingRow(
        session_id=row.session_id,
        head=formats.clock(row.starts_at),
        who=who(row.students, row.offering),
        what=row.offering,
        mark=mark,
        mark_tone=tone,
        tutor=row.tutor,
        tutor_id=row.tutor_id or 0,
    )


def _closed_line(row: ClosedOut, formats: Formats) -> WaitingRow:
    return WaitingRow(
        session_id=row.session_id,
        head=formats.clock(row.starts_at),
        who=who(row.students, row.offering),
        what=STATUS_WORDS[row.status][0],
        tutor=row.tutor,
        tutor_id=row.tutor_id or 0,
        is_closed=True,
    )
