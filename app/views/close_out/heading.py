"""The head of a close-out's form: which session, what became of it, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QWidget

from app.services.closing.requests import Outcome
from app.text import _
from app.views.close_out.drafts import Draft
from app.views.close_out.reading import Opened
from app.views.close_out.words import OFFICE_ONLY, OUTCOMES, length_of, who
from app.views.formats import DASH, Formats
from app.views.sizing import fix_width
from app.views.typography import label
from app.views.widgets.buttons import IconButton
from app.views.widgets.inputs import TimeEdit
from app.views.widgets.labels import ElideLabel, Pill
from app.views.widgets.laying import across, down
from app.views.widgets.rows import KeyChoice, Line

_DOT = " \N{MIDDLE DOT} "
_HELD = (Outcome.AS_PLANNED, Outcome.OTHER_TIMES)
DAY_MINUTES = 24 * 60


class Heading(QWidget):
    """Who, what, when and where; with the way to the neighbours in the list."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._who = ElideLabel("", "panel")
        self._pill = Pill("", "neutral")
        self._when = ElideLabel("", "body", "text2")
        self.before = IconButton("chevron-up", _("Session before"), "Alt+Up", 28)
        self.after = IconButton("chevron-down", _("Next session"), "Alt+Down", 28)
        top = across(self._who, self._pill, 0, self.before, self.after)
        top.setStretch(0, 100)
        self.setLayout(down(top, self._when, spacing=2))

    def show_session(self, opened: Opened) -> None:
        """Name a session."""
        card, formats = opened.detail.card, self._formats
        students = tuple(one.name for one in opened.report.students)
        title = who(students, card.offering)
        self._who.setText(opened.detail.course or title)
        word, tone, glyph = _pill(opened, len(students))
        self._pill.show_word(word, tone, glyph)
        self._pill.setVisible(bool(word))
        where = ", ".join(p for p in (opened.detail.place, opened.detail.room) if p)
        tutors = ", ".join(one.name for one in opened.report.tutors)
        day = formats.day_of(card.starts_at)
        times = formats.times(card.starts_at, card.ends_at)
        parts = (f"{day}, {times}", card.offering, tutors, where)
        self._when.setText(_DOT.join(part for part in parts if part))


class Outcomes(QWidget):
    """The seven outcomes under their headings, each with its key.

    Signals:
        chosen: Another one holds; carries the Outcome.
    """

    chosen = Signal(object)

    def __init__(self, *, is_office: bool) -> None:
        super().__init__()
        self._is_office = is_office
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._group = QButtonGroup(self)
        self._buttons: dict[Outcome, KeyChoice] = {}
        self._captions = [
            label(heading, "small", "text2") for heading, _some in OUTCOMES
        ]
        for _heading, some in OUTCOMES:
            for key, outcome, word in some:
                self._add(outcome, KeyChoice(key, word))
        self._group.buttonClicked.connect(self._on_clicked)
        self._columns = 0
        self.fold(narrow=False)
        if not is_office:
            for each in OFFICE_ONLY:
                self._buttons[each].hide()

    def fold(self, *, narrow: bool) -> None:
        """Stand in rows of four, or of three where room is scarce."""
        columns = 3 if narrow else 4
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        held, missed, off = self._captions
        self._grid.addWidget(held, 0, 0, 1, 2)
        self._grid.addWidget(missed, 0, 2)
        self._grid.addWidget(off, 2, 0, 1, columns)
        offered = sorted(self._buttons, key=self.offers, reverse=True)
        for place, outcome in enumerate(offered):
            button = self._buttons[outcome]
            row, column = 1, place
            if place > 2:
                row, column = divmod(place - 3, columns)
                row += 3
            self._grid.addWidget(button, row, column)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show which one holds; what is the office's is there for others to read."""
        self._buttons[outcome].setChecked(True)
        if not self._is_office:
            for each in OFFICE_ONLY:
                self._buttons[each].setVisible(each is outcome)

    def offers(self, outcome: Outcome) -> bool:
        """Say whether the person may choose an outcome."""
        return self._is_office or outcome not in OFFICE_ONLY

    def focus(self) -> None:
        """Put the cursor on the one that holds."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, outcome: Outcome, button: KeyChoice) -> None:
        names = {
            Outcome.CANCELLED_LATE: _("Cancelled late"),
            Outcome.CANCELLED_IN_TIME: _("Cancelled in time"),
            Outcome.CANCELLED_BY_TUTOR: _("Cancelled by the tutor"),
            Outcome.CANCELLED_BY_OFFICE: _("Cancelled by the office"),
        }
        if outcome in names:
            button.setAccessibleName(f"{names[outcome]}, {button.key}")
        self._buttons[outcome] = button
        self._group.addButton(button)

    def _on_clicked(self, clicked: QAbstractButton) -> None:
        for outcome, button in self._buttons.items():
            if button is clicked:
                self.chosen.emit(outcome)


class Times(QWidget):
    """Planned and actual times of the tutor, which go to pay.

    Signals:
        edited: Another start or end was typed.
    """

    edited = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats
        self._start_on = datetime(2000, 1, 3)  # noqa: DTZ001  wall clock
        self._planned = 60
        self._words = label("", "medium", tabular=True)
        self._length = label("", "medium", tabular=True)
        self.start = TimeEdit(None, formats, snap=5)
        self.end = TimeEdit(None, formats, snap=5)
        self.start.setAccessibleName(_("Actual start"))
        self.end.setAccessibleName(_("Actual end"))
        for field in (self.start, self.end):
            fix_width(field, 84)
            field.changed.connect(self._on_changed)
        planned = across(label(_("Planned"), "body", "text2"), self._words)
        actual = across(
            label(_("Actual"), "body", "text2"),
            self.start,
            label(DASH, "body", "text2"),
            self.end,
            self._length,
        )
        remark = Line(_("Tutor's time, for pay"), "small", "text3", right=True)
        row = across(planned, 12, actual)
        row.addWidget(remark, 1)
        self.setLayout(row)

    def show_draft(self, opened: Opened, draft: Draft) -> None:
        """Show a draft's times."""
        self._start_on, self._planned = opened.start, opened.minutes
        card = opened.detail.card
        self._words.setText(self._formats.times(card.starts_at, card.ends_at))
        begin, minutes = self._from(draft)
        if not self.start.hasFocus():
            self.start.show_value(begin.time())
        if not self.end.hasFocus():
            self.end.show_value((begin + timedelta(minutes=minutes)).time())
        self._length.setText(length_of(minutes, self._formats))
        is_held = draft.outcome in _HELD
        self.start.setEnabled(is_held)
        self.end.setEnabled(is_held)

    def into(self, draft: Draft) -> Draft:
        """Put the times that are understood into a draft."""
        begin, end = self.start.clock, self.end.clock
        if begin is None or end is None or draft.outcome not in _HELD:
            return draft
        minutes = (_minute(end) - _minute(begin)) % DAY_MINUTES
        moved = begin if begin != self._start_on.time() else None
        length = minutes if minutes != self._planned else None
        if moved is None and length is None:
            return replace(draft, start=None, minutes=None)
        return replace(draft, outcome=Outcome.OTHER_TIMES, start=moved, minutes=length)

    def faults(self) -> str:
        """Say what cannot be read."""
        return self.start.error() or self.end.error()

    def _from(self, draft: Draft) -> tuple[datetime, int]:
        begin = self._start_on
        if draft.start is not None:
            begin = datetime.combine(begin.date(), draft.start)
        minutes = self._planned if draft.minutes is None else draft.minutes
        return begin, minutes

    def _on_changed(self, _value: object) -> None:
        self.edited.emit()


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _pill(opened: Opened, students: int) -> tuple[str, str, str]:
    """Name what is particular about a session."""
    if not opened.is_open:
        return (
            _("Closed out by {name}").format(name=opened.report.closed_by),
            "ok",
            "check",
        )
    if opened.detail.card.status.value == "tentative":
        return _("Never confirmed"), "warn", "circle-question-mark"
    if students > 1:
        return _("{number} students").format(number=students), "neutral", "users"
    if opened.detail.card.is_trial:
        return _("Trial"), "info", ""
    if opened.detail.card.series_id is not None:
        return _("Series"), "neutral", "repeat"
    return "", "neutral", ""
