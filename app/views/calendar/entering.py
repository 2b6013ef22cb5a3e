"""Entering new sessions: in the small window beside the grid, or by one typed line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from app.text import _
from app.views.calendar.booking import QuickBooking, names_in
from app.views.calendar.drafting import Draft
from app.views.calendar.gestures import Ghost, Kind
from app.views.calendar.ghosts import ghost_box
from app.views.calendar.quick_line import Known, parsed
from app.views.calendar.reading import Reading
from app.views.calendar.turning import Sheet
from app.views.tools import NOBODY, Word
from app.views.typography import label
from app.views.widgets.feedback import Popover

BESIDE, ROOM = 12, 400  # pixels: from the block, and what the window takes
USUAL = 60  # minutes of a session that nothing is known of
DAY = 24 * 60  # minutes


class QuickLine(Popover):
    """One line such as “maya tue 16-17 weekly”, and how it is understood.

    Signals:
        entered: The line was finished; carries its text.
    """

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("New session in one line"), 440)
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("maya tue 16:30 90m maths with anna weekly"))
        self.line.setAccessibleName(_("Session in one line"))
        self.line.returnPressed.connect(self._on_entered)
        self.rows.addWidget(self.line)
        words = _("Student, day, time, length, subject, with whom, how often.")
        self.rows.addWidget(label(words, "small", "text2", wrap=True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _on_entered(self) -> None:
        self.entered.emit(self.line.text())


class Entering(QObject):
    """Opens what a new session is entered in, one at a time.

    Signals:
        said: A session was booked; carries a Word.
    """

    said = Signal(object)

    def __init__(self, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.booking: QuickBooking | None = None
        self.line: QuickLine | None = None
        self._wanted = 0  # a student to book for
        self._typed = ""  # a line to book by
        sheet.body().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close what is open when another page is shown, not when the window goes."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous():
            self._wanted, self._typed = 0, ""
            self.leave()
        return super().eventFilter(watched, event)

    def leave(self) -> None:
        """Close what is open: it belongs to what was shown."""
        if self.booking is not None or self.line is not None:
            self._leave()

    def open_at(self, ghost: Ghost) -> None:
        """Enter a session where a block was drawn."""
        reading = self._sheet.reading
        if reading is None:
            return
        booking = self._open_beside(reading, ghost)
        if not ghost.is_guess:
            booking.keep(minutes=ghost.end - ghost.start)

    def open_for(self, student_id: int) -> None:
        """Enter a session for a student, at the next full hour of today.

        For nobody yet it is at the cursor, if there is one.
        """
        reading, canvas = self._sheet.reading, self._sheet.canvas
        if reading is None:
            return
        names = [one.name for one in reading.students if one.student_id == student_id]
        ghost = self._guess(student_id)
        if canvas.isVisible():
            canvas.setFocus()  # where the focus returns to
        if ghost is None:
            draft = Draft((), None, None, self._next_hour(), USUAL)
            booking = self._open(reading, draft, self._middle())
        else:
            booking = self._open_beside(reading, ghost)
        if names:
            booking.name_students(names)

    def _guess(self, student_id: int) -> Ghost | None:
        """Propose a block; none where its day is not shown."""
        canvas, start = self._sheet.canvas, self._next_hour()
        if canvas.is_read_only or not canvas.isVisible():
            return None
        place = canvas.hands.cursor if student_id == NOBODY else None
        if place is None:
            column = canvas.scene.column_of(start.date())
            if column is None:
                return None
            place = column, start.hour * 60
        column, minute = place
        end = min(DAY, minute + canvas.usual_minutes)
        return Ghost(Kind.DRAW, 0, column, minute, end, column, is_guess=True)

    def _open_beside(self, reading: Reading, ghost: Ghost) -> QuickBooking:
        """Open the small window beside a block, which stays as long as it does."""
        canvas = self._sheet.canvas
        self.leave()
        canvas.hands.show(ghost)
        head = canvas.scene.heads[ghost.column]
        start = _at(head.day, ghost.start)
        draft = Draft((), head.tutor_id, None, start, ghost.end - ghost.start)
        grid = canvas.grid()
        box = ghost_box(ghost, grid).toRect()
        left = box.right() + BESIDE
        if left + ROOM > grid.width:
            left = max(0, box.left() - ROOM)
        place = canvas.viewport().mapTo(self._sheet.body(), QPoint(left, box.top()))
        return self._open(reading, draft, place)

    def want(self, student_id: int) -> None:
        """Enter a session for a student, as soon as people are known."""
        canvas, today = self._sheet.canvas, self._next_hour().date()
        is_at_cursor = student_id == NOBODY and canvas.hands.cursor is not None
        is_read = bool(canvas.scene.heads)
        if is_read and not is_at_cursor and canvas.scene.column_of(today) is None:
            self._sheet.go(today)
        self._wanted = student_id
        self.on_read()

    def want_line(self, text: str) -> None:
        """Enter a session by a typed line, as soon as people are known."""
        self._typed = text
        self.on_read()

    def on_read(self) -> None:
        """Go on with what waited for people to be known."""
        if self._typed and self._sheet.reading is not None:
            text, self._typed = self._typed, ""
            self._on_line(text)
        if self._wanted and self._sheet.reading is not None:
            student_id, self._wanted = self._wanted, 0
            self.open_for(student_id)

    def ask_line(self) -> None:
        """Ask for a session in one line."""
        self._leave()
        self.line = QuickLine()
        self.line.entered.connect(self._on_line)
        self.line.closed.connect(self._leave)
        place = self._middle()
        self.line.place(self._sheet.body(), place.x(), place.y())
        self.line.line.setFocus()

    def _on_line(self, text: str) -> None:
        reading = self._sheet.reading
        if reading is None:
            return
        known = Known(
            {one.tutor_id: one.name for one in reading.tutors},
            {one.offering_id: one.name for one in reading.offerings},
            self._sheet.today(),
            self._sheet.tools.formats.locale.weekdays,
        )
        line = parsed(text, known)
        start = line.starts(self._sheet.today()) or self._next_hour()
        draft = Draft((), line.tutor_id, line.offering_id, start, line.minutes or USUAL)
        booking = self._open(reading, draft, self._middle())
        booking.keep(minutes=line.minutes)
        booking.name_students(names_in(reading, line.names))
        said = booking.draft
        booking.take_over(
            replace(
                said,
                start=start,
                minutes=line.minutes or said.minutes,
                rhythm=line.rhythm,
                tutor_id=line.tutor_id or said.tutor_id,
                offering_id=line.offering_id or said.offering_id,
            )
        )

    def _open(self, reading: Reading, draft: Draft, place: QPoint) -> QuickBooking:
        self.leave()
        booking = QuickBooking(self._sheet.tools, reading, draft)
        booking.booked.connect(self._on_booked)
        booking.closed.connect(self._leave)
        booking.place(self._sheet.body(), place.x(), place.y())
        booking.begin()
        self.booking = booking
        return booking

    def _on_booked(self, word: Word) -> None:
        self.said.emit(word)

    def _leave(self) -> None:
        """Close what is open, and let go of the block that was drawn."""
        for shown in (self.booking, self.line):
            if shown is not None:
                shown.hide()
                shown.deleteLater()
        self.booking = self.line = None
        if not self._sheet.canvas.hands.is_dragging:
            self._sheet.canvas.settle()

    def _middle(self) -> QPoint:
        body = self._sheet.body()
        return QPoint(max(0, (body.width() - ROOM) // 2), body.height() // 6)

    def _next_hour(self) -> datetime:
        tools = self._sheet.tools
        now = tools.formats.local(tools.clock.now()).replace(tzinfo=None)
        return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _at(day: date, minute: int) -> datetime:
    return datetime.combine(day, time()) + timedelta(minutes=minute)
