"""The small window beside the grid in which a session is booked in seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from app.models.values.errors import OfficeError
from app.services.scheduling.errors import ClashError
from app.services.scheduling.faces import Usual
from app.services.scheduling.requests import Booked, SeriesBooked
from app.text import _, ngettext
from app.views.calendar.checking import Found, look_into
from app.views.calendar.drafting import (
    Draft,
    Rhythm,
    filled,
    named,
    rhythm_words,
    term_for,
)
from app.views.calendar.inspector import length, lot_left, places, slim
from app.views.calendar.lacking import lacking
from app.views.calendar.reading import Reading
from app.views.calendar.student_field import StudentField
from app.views.tools import Tools, Word
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import FormRow, pair
from app.views.widgets.feedback import Banner, Popover
from app.views.widgets.inputs import ComboBox, DateEdit, TimeEdit

CHECK_AFTER = 120


class QuickBooking(Popover):
    """Books a session: the student first, the rest fills itself.

    Signals:
        booked: A session was booked; carries a Word.
        drafted: Something was entered; carries the draft.
    """

    booked = Signal(object)
    drafted = Signal(object)

    def __init__(self, tools: Tools, reading: Reading, draft: Draft) -> None:
        super().__init__(_("New session"))
        self._tools, self._reading, self._draft = tools, reading, draft
        self._fills = False  # the fields are being filled, not edited
        self._given: dict[str, Any] = {}  # what was said stays, whatever is usual
        self.keep(tutor_id=draft.tutor_id, offering_id=draft.offering_id)
        self._rows: dict[QWidget, FormRow] = {}
        self._tentative = QCheckBox(_("Tentative, to be confirmed"))
        self._tentative.hide()
        self._make_fields(draft)
        self._note = label("", "small", "text2", tabular=True, wrap=True)
        self._note.hide()
        self.rows.addWidget(self._note)
        more = Button(_("More…"))
        more.clicked.connect(self._on_more)
        self._book = Button(_("Book"), kind="primary")
        self._book.setToolTip(_("Book  Ctrl+Enter"))
        self._book.clicked.connect(self.book)
        self.footer.addWidget(more)
        self.footer.addStretch()
        self.footer.addWidget(self._book)
        self._check = QTimer(self)
        self._check.setSingleShot(True)
        self._check.setInterval(CHECK_AFTER)
        self._check.timeout.connect(self._look)
        self._found: Found | None = None
        self._show_draft()

    def _make_fields(self, draft: Draft) -> None:
        formats, reading = self._tools.formats, self._reading
        today = formats.local(self._tools.clock.now()).date()
        self.student = StudentField(reading.students)
        self._tutor, self._subject = ComboBox(), ComboBox()
        self._rhythm, self._place = ComboBox(), ComboBox()
        self._day = DateEdit(draft.start.date(), formats, today)
        self._from = TimeEdit(draft.start.time(), formats)
        self._to = TimeEdit(_end(draft), formats)
        self._from.setAccessibleName(_("From"))
        self._to.setAccessibleName(_("To"))
        self._tutor.fill([(one.name, one.tutor_id) for one in reading.tutors])
        offerings = [one for one in reading.offerings if not one.is_archived]
        self._subject.fill([(one.name, one.offering_id) for one in offerings])
        self._place.fill(places(reading))
        term = term_for(reading.terms, draft.start.date())
        self._term_id = term.days_id if term else None
        self._rhythm.fill(rhythm_words(term, formats), Rhythm.ONCE)
        self._student_row = FormRow(_("&Student"), self.student)
        self.rows.addWidget(self._student_row)
        for words, field in (
            (_("&Tutor"), self._tutor),
            (_("S&ubject"), self._subject),
            (_("&Date"), self._day),
            (_("T&ime"), pair(self._from, "\N{EN DASH}", self._to)),
            (_("&Repeat"), self._rhythm),
            (_("&Place"), self._place),
        ):
            self._rows[field] = FormRow(words, field)
            self.rows.addWidget(self._rows[field])
        self.rows.addWidget(self._tentative)
        self.student.changed.connect(self._on_student)
        self._day.changed.connect(self._on_changed)
        self._from.changed.connect(self._on_from)
        self._to.changed.connect(self._on_changed)
        self._tentative.toggled.connect(self._on_changed)
        for box in (self._tutor, self._subject, self._rhythm, self._place):
            slim(box)
            box.currentIndexChanged.connect(self._on_changed)

    def begin(self) -> None:
        """Put the cursor into the first field."""
        self.student.setFocus()

    def name_students(self, names: list[str]) -> None:
        """Name the students, as if they were typed."""
        self.student.show_names(names)

    def keep(self, **given: int | None) -> None:
        """Keep tutor, offering or minutes that were said, whatever is usual."""
        self._given.update({name: one for name, one in given.items() if one})

    def take_over(self, draft: Draft) -> None:
        """Show another draft, as a typed line says it."""
        self._draft = draft
        self._show_draft()
        self._rhythm.choose(draft.rhythm)

    @property
    def draft(self) -> Draft:
        """What is entered."""
        return self._draft

    # -- fields ------------------------------------------------------------------------

    def _show_draft(self) -> None:
        draft = self._draft
        self._fills = True
        for box, known in (
            (self._tutor, draft.tutor_id),
            (self._subject, draft.offering_id),
        ):
            box.setCurrentIndex(-1)  # nothing is said of whom nobody knows yet
            box.choose(known)
        self._place.choose((draft.place_id, draft.room_id))
        self._day.show_day(draft.start.date())
        self._from.show_value(draft.start.time())
        self._to.show_value(_end(draft))
        self._fills = False
        self._take()

    def _on_student(self) -> None:
        self._student_row.set_error("")
        students = self.student.student_ids
        if len(students) == 1 and students != self._draft.student_ids:
            work = partial(self._tools.office.timetable.usual, students[0])
            self._tools.jobs.run(self, work, done=self._on_usual)
        self._take()

    def _on_usual(self, usual: Usual | None) -> None:
        """Fill the rest as it was the last time; the time stays as it was drawn."""
        if usual is not None:
            self._draft = replace(filled(self._draft, usual), **self._given)
            self._show_draft()

    def _on_from(self) -> None:
        start = self._from.clock
        if start is not None and not self._fills:
            end = datetime.combine(self._draft.start, start)
            end += timedelta(minutes=self._draft.minutes)
            self._to.show_value(end.time())
            self._take()

    def _on_changed(self) -> None:
        if not self._fills:
            self._take()

    def _take(self) -> None:
        """Take what is entered, and check it in a moment."""
        day, start, end = self._day.day, self._from.clock, self._to.clock
        if self._fills or day is None or start is None or end is None:
            return
        tutor_id = self._tutor.currentData()
        offering_id = self._subject.currentData()
        place_id, room_id = self._place.currentData() or (None, None)
        former = self._draft
        is_same = (tutor_id, offering_id) == (former.tutor_id, former.offering_id)
        self._draft = replace(
            former,
            student_ids=self.student.student_ids,
            tutor_id=tutor_id,
            offering_id=offering_id,
            start=datetime.combine(day, start),
            minutes=length(start, end),
            place_id=place_id,
            room_id=room_id,
            rhythm=Rhythm(self._rhythm.currentData()),
            term_id=self._term_id,
            placement_id=former.placement_id if is_same else None,
            is_tentative=self._tentative.isChecked(),
        )
        self.drafted.emit(self._draft)
        self._check.start()

    # -- checking and booking ----------------------------------------------------------

    def _look(self) -> None:
        if not self._draft.is_whole:
            return
        homes = {one.student_id: one.household_id for one in self._reading.students}
        home = homes.get(self._draft.student_ids[0])
        office, formats = self._tools.office, self._tools.formats
        work = partial(look_into, office, formats, self._draft, home)
        self._tools.jobs.run(self, work, done=self._on_found)

    def _on_found(self, found: Found) -> None:
        if found.draft != self._draft:
            return
        self._found = found
        self._clear_message()
        if found.sentence:
            action = self._free_words(found)
            banner = Banner(found.sentence, found.tone, action)
            if banner.button is not None:
                banner.button.clicked.connect(self._on_free)
            self.rows.insertWidget(self.rows.count() - 1, banner)
        notes = [found.note] if found.note else []
        for lot in found.lots[:1]:
            left = lot_left(lot, self._tools.formats)
            notes.append(f"{lot.package}: {left}")
        self._note.setText("\n".join(notes))
        self._note.setVisible(bool(notes))
        self._fit()

    def _free_words(self, found: Found) -> str:
        if found.free is None or found.free == found.draft.start:
            return ""
        formats = self._tools.formats
        clock = formats.locale.clock(found.free.time())
        if found.free.date() == found.draft.start.date():
            return clock
        return f"{formats.day(found.free.date())} {clock}"

    def _on_free(self) -> None:
        if self._found is not None and self._found.free is not None:
            self._draft = replace(self._draft, start=self._found.free)
            self._show_draft()

    def _clear_message(self) -> None:
        banner = self.findChild(Banner)
        if banner is not None:
            self.rows.removeWidget(banner)
            banner.hide()
            banner.setParent(None)
            banner.deleteLater()

    def _fit(self) -> None:
        """Take the height that is needed, and stay within what lies under it."""
        self.adjustSize()
        parent = self.parentWidget()
        if parent is not None:
            y = min(self.y(), parent.height() - self.height() + 8)
            self.move(self.x(), max(-8, y))

    def _on_more(self) -> None:
        self._tentative.setVisible(not self._tentative.isVisible())
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.book()
        else:
            super().keyPressEvent(event)

    def book(self) -> None:
        """Book what is entered."""
        self._take()
        self._check.stop()
        if self._complains():
            self._fit()
            return
        self._book.setEnabled(False)
        run = self._tools.jobs.run
        run(self, self._work(), done=self._on_booked, failed=self._on_refused)

    def _complains(self) -> bool:
        """Say what is missing under its field, and put the cursor into the first."""
        rows = (self._student_row, self._rows[self._tutor], self._rows[self._subject])
        fields = (self.student, self._tutor, self._subject)
        found = lacking(self.student, self._draft)
        for row, words in zip(rows, found, strict=True):
            row.set_error(words)
        at = next((at for at, words in enumerate(found) if words), None)
        if at is not None:
            fields[at].setFocus()
        return at is not None

    def _work(self) -> Callable[[], Booked | SeriesBooked]:
        draft, office = self._draft, self._tools.office
        if draft.rhythm is Rhythm.ONCE:
            request = replace(draft.single(), accept_soft=True)
            return partial(office.bookings.book, request)
        return partial(office.series.book_series, draft.series())

    def _on_booked(self, result: Booked | SeriesBooked) -> None:
        formats, draft = self._tools.formats, self._draft
        names = {one.student_id: one.name for one in self._reading.students}
        name = ", ".join(names[one] for one in draft.student_ids)
        if isinstance(result, Booked):
            when = formats.day(draft.start.date())
            when += f" {formats.locale.clock(draft.start.time())}"
            words = _("{name} booked on {when}").format(name=name, when=when)
        else:
            count = len(result.session_ids)
            words = ngettext(
                "{count} session of {name} booked",
                "{count} sessions of {name} booked",
                count,
            ).format(count=count, name=name)
        self.booked.emit(Word(words, can_undo=True))
        self.dismiss()

    def _on_refused(self, error: OfficeError) -> None:
        self._book.setEnabled(True)
        draft = self._draft
        if isinstance(error, ClashError):
            free = self._found.free if self._found else None
            self._on_found(Found(draft, "err", str(error), free))
        else:
            self._on_found(Found(draft, "err", str(error)))


def _end(draft: Draft) -> time:
    return (draft.start + timedelta(minutes=draft.minutes)).time()


def names_in(reading: Reading, text: str) -> list[str]:
    """Give the whole names of the students that a text names."""
    found, _unknown = named(text, reading.students)
    names = {one.student_id: one.name for one in reading.students}
    return [names[one] for one in found]
