"""The agenda: the sessions of a month as a list, with all that the grid can do."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView

from app.text import _, ngettext
from app.views.calendar.blocks import Block, Look, Names
from app.views.calendar.reading import Reading
from app.views.calendar.scenes import Asked, blocks_shown
from app.views.formats import DASH, Formats
from app.views.state import State
from app.views.tables.arranging import SortKey
from app.views.tables.columns import Column
from app.views.tables.view import DataTable
from app.views.typography import label, scaled

_TONES = {
    Look.DONE: "ok",
    Look.NO_SHOW: "err",
    Look.PLANNED: "info",
    Look.IN_PROGRESS: "info",
    Look.TENTATIVE: "warn",
    Look.TO_CLOSE: "warn",
}


class Agenda(DataTable[Block]):
    """The sessions of a month in the order of time, under the day that is in sight.

    Signals:
        chosen: Another session is the current one; carries its id.
    """

    chosen = Signal(object)

    def __init__(self, formats: Formats, state: State) -> None:
        self._written = formats
        self._names: Names | None = None
        self._reading: Reading | None = None
        self._asked: Asked | None = None
        super().__init__(
            self._columns(),
            key=_session_id,
            noun=(_("session"), _("sessions")),
            name="agenda",
            state=state,
            formats=formats,
        )
        self.sort_by(SortKey("day"))
        self.day_head = label("", "medium", "text2")
        self.day_head.setContentsMargins(scaled(16), scaled(6), scaled(16), scaled(6))
        self.layout().insertWidget(0, self.day_head)  # type: ignore[union-attr]
        self.current_changed.connect(self._on_current_row)
        self.grid.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_days(self, reading: Reading, asked: Asked, selected: int) -> str:
        """Show what a calendar is asked for, and say how many sessions that are.

        Args:
            reading: what was read of the office.
            asked: the month, and what is let through.
            selected: a session that is chosen already; zero for none.
        """
        former, self._asked = self._asked, asked
        self._reading, self._names = reading, reading.names
        found = {
            one.session_id: one
            for one in reversed(blocks_shown(reading, asked, self._written))
        }
        self.show_rows(list(found.values()))
        self.grid.viewport().update()
        current = self.current()
        is_other = selected and (current is None or current.session_id != selected)
        if former is None or former.day != asked.day or is_other:
            self._open_at(asked, selected)
        self._on_scrolled()
        words = ngettext("{count} session", "{count} sessions", len(found))
        return words.format(count=len(found))

    def _open_at(self, asked: Asked, selected: int) -> None:
        """Bring the chosen session into sight, else the first that is still to come."""
        local = self._written.local
        is_today = local(asked.now).date() == asked.day
        since = asked.now if is_today else None
        rows = self.model.rows
        coming = (one for one in rows if _is_coming(one, asked.day, since))
        first = next(coming, rows[-1] if rows else None)
        if not self.select(selected) and first is not None:
            self.select(first.session_id)
        place = self.grid.currentIndex()
        self.grid.scrollTo(place, QAbstractItemView.ScrollHint.PositionAtTop)

    def _on_current_row(self, row: Block | None) -> None:
        if row is not None:
            self.chosen.emit(row.session_id)

    def _on_scrolled(self) -> None:
        """Name the day of the topmost row, while the days stand in order."""
        top = self.model.row(self.grid.indexAt(self.grid.viewport().rect().topLeft()))
        sorting = self.model.sorting
        in_order = bool(sorting) and sorting[0].column in {"day", "time"}
        self.day_head.setVisible(top is not None and in_order)
        if top is not None:
            self.day_head.setText(self._head(top.day))

    def _head(self, day: date) -> str:
        rows = [one for one in self.model.rows if one.day == day]
        words = ngettext("{count} session", "{count} sessions", len(rows))
        parts = [self._word_for(day)] if self._word_for(day) else []
        parts += [self._written.locale.long_date(day), words.format(count=len(rows))]
        closed = self._reading.period.closed if self._reading else ()
        parts += [
            _("Closed: {name}").format(name=one.name)
            for one in closed
            if one.from_on <= day <= one.until_on
        ]
        return " \N{MIDDLE DOT} ".join(parts)

    def _columns(self) -> tuple[Column[Block], ...]:
        money = self._charge
        return (
            Column("day", _("Day"), self._day, "date", _starts, width=76),
            Column("time", _("Time"), _times, "date", _clock, width=112),
            Column("who", _("Students"), _students, "strong", width=116, stretch=True),
            Column("tutor", _("Tutor"), _tutor, width=108),
            Column("what", _("Subject"), _what, width=80),
            Column("where", _("Place"), self._where, "muted", width=76),
            Column("status", _("Status"), _status, "pill", width=88, tone=_tone),
            Column("charge", _("Charge"), money, "money", sort_by=_charged, width=68),
        )

    def _day(self, block: Block) -> str:
        """Write weekday and day; the month stands above."""
        if self._word_for(block.day) == _("Today"):
            return _("Today")
        weekdays = self._written.locale.weekdays
        return f"{weekdays[block.day.weekday()]} {block.day.day}"

    def _word_for(self, day: date) -> str:
        """Say today and tomorrow; nothing for other days."""
        if self._asked is None:
            return ""
        today = self._written.local(self._asked.now).date()
        words = {today: _("Today"), today + timedelta(days=1): _("Tomorrow")}
        return words.get(day, "")

    def _where(self, block: Block) -> str:
        return self._names.where(block.card) if self._names else ""

    def _charge(self, block: Block) -> str:
        mark = block.mark
        if not mark.currency:
            return DASH
        return self._written.amount(mark.charge, mark.currency)


def _is_coming(block: Block, day: date, since: datetime | None) -> bool:
    return block.day >= day and (since is None or block.card.ends_at > since)


def _session_id(block: Block) -> int:
    return block.session_id


def _starts(block: Block) -> datetime:
    return block.card.starts_at


def _clock(block: Block) -> tuple[int, datetime]:
    return block.start, block.card.starts_at


def _times(block: Block) -> str:
    return block.times


def _students(block: Block) -> str:
    return ", ".join(one.name for one in block.card.students)


def _tutor(block: Block) -> str:
    return ", ".join(name for _tutor_id, name in block.card.tutors)


def _what(block: Block) -> str:
    return block.card.offering.split(",")[0]


def _status(block: Block) -> str:
    return _("Clash") if block.is_clash else block.look.word


def _tone(block: Block) -> str:
    return "err" if block.is_clash else _TONES.get(block.look, "neutral")


def _charged(block: Block) -> int | None:
    return block.mark.charge if block.mark.currency else None
