"""What the page shows when nothing waits: what was done today, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.services.closing.results import ClosedOut
from app.services.scheduling.cards import SessionCard
from app.text import _
from app.views import icons, paint, theme
from app.views.close_out.reading import Board
from app.views.close_out.words import STATUS_WORDS, session_count, who
from app.views.formats import Formats
from app.views.tools import Link, Place
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.labels import Pill
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import HueBar, Line, ListCard, ListRow

_CENTER = Qt.AlignmentFlag.AlignHCenter


class Mark(QWidget):
    """A check in a ring: the sign that all is done."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(64, 64)
        self.setAccessibleName(_("Done"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.rounded(painter, QRectF(self.rect()), 32, theme.color("ok_s"))
            icons.draw(painter, "check", 16, 16, 32, theme.color("ok"), 2.25)


class ReopenButton(Button):
    """Takes one close-out back.

    Signals:
        asked: It is to be taken back; carries the session's number.
    """

    asked = Signal(object)

    def __init__(self, session_id: int) -> None:
        super().__init__(_("Reopen"), kind="link", compact=True)
        self._session_id = session_id
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.asked.emit(self._session_id)


class ClearedView(QWidget):
    """All closed out: how many, how long, what is next; each can be reopened.

    Signals:
        reopened: A session is to be opened again; carries its number.
        went: Another page is wanted; carries the Link.
    """

    reopened = Signal(object)
    went = Signal(object)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._line = label("", "body", "text2", wrap=True)
        self._line.setAlignment(_CENTER)
        self.calendar = Button(_("Show the calendar"), "calendar-days")
        self.today = Button(_("Go to Today"), "sun", "primary")
        self.today.clicked.connect(self._on_today)
        self.calendar.clicked.connect(self._on_calendar)
        self._card = ListCard(_("Closed out today"))
        self._card.setMaximumWidth(720)
        column = down(32, spacing=0, margins=(16, 16, 16, 16))
        column.addWidget(Mark(), 0, _CENTER)
        column.addSpacing(16)
        column.addWidget(label(_("All closed out"), "view"), 0, _CENTER)
        column.addSpacing(4)
        column.addWidget(self._line)
        column.addSpacing(20)
        column.addLayout(across(0, self.today, self.calendar, 0))
        column.addSpacing(24)
        column.addLayout(_centred(self._card))
        column.addStretch()
        self.setLayout(column)

    def show_board(self, board: Board) -> None:
        """Show what was done."""
        minutes = sum(minutes_of(row) for row in board.closed)
        parts = []
        if board.closed:
            number = session_count(len(board.closed))
            parts.append(f"{number}, {self._formats.hours(minutes)}.")
        parts.append(following_words(board.following, self._formats))
        self._line.setText(" ".join(parts))
        self._card.setVisible(bool(board.closed))
        rows = [self._row(row) for row in board.closed]
        self._card.show_rows(rows)
        self._card.note.setText(_reopening(board.closed))

    def _row(self, row: ClosedOut) -> QWidget:
        made, formats = ListRow(52), self._formats
        times = formats.times(row.starts_at, row.ends_at)
        day = formats.day_of(row.starts_at)
        when = down(
            0,
            Line(times, "strong", tabular=True),
            Line(day, "small", "text3"),
            0,
            spacing=1,
        )
        names = down(
            0,
            Line(who(row.students, row.offering), "strong"),
            Line(f"{row.offering} \N{MIDDLE DOT} {row.tutor}", "small", "text2"),
            0,
            spacing=1,
        )
        word, tone, glyph = STATUS_WORDS[row.status]
        pill = holder(across(Pill(word, tone, glyph), 0), 132)
        length = formats.hours(minutes_of(row))
        hours = Line(length, "body", tabular=True, right=True, width=48)
        layout = across(
            holder(when, 92),
            HueBar(theme.hue_of_tutor(row.tutor_id or 0)),
            holder(names),
            pill,
            hours,
            spacing=12,
            margins=(16, 0, 10, 0),
        )
        layout.setStretch(2, 1)
        layout.addWidget(self._way_back(row, f"{times} {day}"))
        made.setLayout(layout)
        return made

    def _way_back(self, row: ClosedOut, when: str) -> QWidget:
        if row.fixed_why:
            fixed = label(_("fixed"), "small", "text3")
            fixed.setToolTip(row.fixed_why)
            return fixed
        button = ReopenButton(row.session_id)
        name = who(row.students, row.offering)
        words = _("Reopen: {name}, {when}").format(name=name, when=when)
        button.setAccessibleName(words)
        button.asked.connect(self._on_asked)
        return button

    def _on_today(self) -> None:
        self.went.emit(Link(Place.TODAY))

    def _on_calendar(self) -> None:
        self.went.emit(Link(Place.CALENDAR))

    def _on_asked(self, session_id: object) -> None:
        self.reopened.emit(session_id)


def minutes_of(row: ClosedOut) -> int:
    """Give how long was taught; nothing where nobody came."""
    return row.minutes or 0


def following_words(card: SessionCard | None, formats: Formats) -> str:
    """Say what comes next."""
    if card is None:
        return _("No session is planned in the next two weeks.")
    students = tuple(student.name for student in card.students)
    return _("Next: {day} {time}, {name}.").format(
        day=formats.day_of(card.starts_at),
        time=formats.clock(card.starts_at),
        name=who(students, card.offering),
    )


def _reopening(rows: Sequence[ClosedOut]) -> str:
    if any(not row.fixed_why for row in rows):
        return _("can be reopened until invoiced or paid")
    return ""


def _centred(widget: QFrame) -> QHBoxLayout:
    layout = across()
    layout.addStretch(1)
    layout.addWidget(widget, 20)
    layout.addStretch(1)
    return layout
