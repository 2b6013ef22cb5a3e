"""A tutor's sessions: those of the record, and those that hours or leave would hit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QScrollArea, QWidget

from app.services.concerned import SessionConcerned
from app.services.scheduling.cards import SessionCard
from app.text import _
from app.views.formats import Formats
from app.views.lists import status_word
from app.views.state import State
from app.views.tables.arranging import SortKey
from app.views.tables.columns import Column
from app.views.tables.view import DataTable
from app.views.tools import Link, Place
from app.views.typography import label, scaled
from app.views.widgets.buttons import Button
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import Line, ListRow

_TONES = {"held": "ok", "no_show": "err", "planned": "info", "tentative": "warn"}


@dataclass(frozen=True, slots=True)
class Hit:
    """A session that is named with its way to the calendar."""

    session_id: int
    starts_at: datetime
    ends_at: datetime
    what: str
    who: str

    @classmethod
    def of(cls, one: SessionCard | SessionConcerned) -> Hit:
        """Take a session from wherever it was read."""
        if isinstance(one, SessionCard):
            who = ", ".join(student.name for student in one.students)
        else:
            who = ", ".join(one.students)
        return cls(one.session_id, one.starts_at, one.ends_at, one.offering, who)

    @property
    def name(self) -> str:
        """Whom it is for, or what is taught."""
        return self.who or self.what


def when(hit: Hit, formats: Formats) -> str:
    """Write day and time of a session."""
    times = formats.times(hit.starts_at, hit.ends_at)
    return f"{formats.day_of(hit.starts_at)}, {times}"


class HitRow(ListRow):
    """A session with the way to the calendar.

    Signals:
        wanted: It is to be shown; carries its id.
    """

    wanted = Signal(object)

    def __init__(self, hit: Hit, formats: Formats) -> None:
        super().__init__(52)
        self._id = hit.session_id
        self.show_button = Button(_("Show in calendar"), kind="link", compact=True)
        self.show_button.setAutoDefault(False)
        self.show_button.clicked.connect(self._on_show)
        name = _("Show {name} in the calendar").format(name=hit.name)
        self.show_button.setAccessibleName(name)
        words = f"{when(hit, formats)} · {hit.what}"
        both = down(Line(hit.name, "medium"), Line(words, "small", "text2"), spacing=2)
        self.setLayout(across(both, self.show_button, margins=(4, 6, 0, 6)))

    def _on_show(self) -> None:
        self.wanted.emit(self._id)


class HitsDialog(QDialog):
    """Names the sessions that are hit, each with its way to the calendar.

    Signals:
        went: One of them is to be shown; carries the link.
    """

    went = Signal(object)

    def __init__(
        self, title: str, words: str, hits: Sequence[Hit], formats: Formats, at: QWidget
    ) -> None:
        super().__init__(at)
        self.setWindowTitle(title)
        self.finished.connect(self.deleteLater)
        self.setMinimumWidth(scaled(480))
        self.rows = [HitRow(hit, formats) for hit in hits]
        column = down(spacing=0)
        for row in self.rows:
            row.wanted.connect(self._on_wanted)
            column.addWidget(row)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder(column))
        area.setMinimumHeight(scaled(min(360, 20 + 52 * len(hits))))
        close = Button(_("Close"), kind="primary")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        intro = label(words, "body", "text2", wrap=True)
        margins = (16, 16, 16, 16)
        self.setLayout(down(intro, area, across(0, close), spacing=12, margins=margins))

    def _on_wanted(self, session_id: int) -> None:
        self.went.emit(Link(Place.CALENDAR, "session", session_id))
        self.accept()


class SessionsTable(DataTable[SessionCard]):
    """The sessions of a tutor, by day."""

    def __init__(self, formats: Formats, state: State) -> None:
        self._office_formats = formats
        super().__init__(
            (
                Column("day", _("Day"), self._day, "date", _starts, width=128),
                Column("time", _("Time"), self._time, "date", _starts, width=112),
                Column("what", _("What"), _what, "strong", width=160, stretch=True),
                Column("who", _("Students"), _students, width=180, stretch=True),
                Column("status", _("Status"), _status, "pill", width=120, tone=_tone),
                Column(
                    "hours",
                    _("Hours"),
                    self._hours,
                    "hours",
                    width=80,
                    total=_minutes,
                ),
            ),
            key=_session_id,
            noun=(_("session"), _("sessions")),
            name="tutor-sessions",
            state=state,
            formats=formats,
        )
        self.sort_by(SortKey("day"))

    def show_next(self, now: datetime) -> None:
        """Make the next session ahead the current one."""
        ahead = [card for card in self.model.rows if card.ends_at > now]
        if ahead:
            self.select(min(ahead, key=_starts).session_id)

    def _day(self, card: SessionCard) -> str:
        return self._office_formats.day_of(card.starts_at)

    def _time(self, card: SessionCard) -> str:
        return self._office_formats.times(card.starts_at, card.ends_at)

    def _hours(self, card: SessionCard) -> str:
        return self._office_formats.hours(_minutes(card))


def _session_id(card: SessionCard) -> int:
    return card.session_id


def _starts(card: SessionCard) -> datetime:
    return card.starts_at


def _what(card: SessionCard) -> str:
    return card.offering


def _students(card: SessionCard) -> str:
    return ", ".join(one.name for one in card.students)


def _status(card: SessionCard) -> str:
    return status_word(card.status)


def _tone(card: SessionCard) -> str:
    return _TONES.get(card.status.value, "neutral")


def _minutes(card: SessionCard) -> int:
    return int((card.ends_at - card.starts_at).total_seconds() // 60)
