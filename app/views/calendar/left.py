"""The panel at the left: a small month, the tutors, and what else is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.text import _
from app.views.calendar.blocks import Choice, ColourBy
from app.views.calendar.reading import Reading
from app.views.formats import Formats
from app.views.sizing import fix_height
from app.views.state import State
from app.views.typography import label
from app.views.widgets.inputs import ComboBox
from app.views.widgets.labels import HueCheck, SectionLabel
from app.views.widgets.minimonth import MiniMonth
from app.views.widgets.panels import Panel, empty

WIDTH = 228
_SHADING, _ATTACHED = "calendar.shading", "calendar.attached"
_CANCELLED, _TENTATIVE = "calendar.cancelled", "calendar.tentative"
_COLOUR, _HIDDEN = "calendar.colour", "calendar.hidden_tutors"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the left panel asks the grid to show."""

    choice: Choice
    shading: bool = True
    attached: bool = True


class LeftPanel(Panel):
    """Goes to days, and chooses whose sessions are shown and how.

    Signals:
        day_picked: A day was chosen in the small month; carries it.
        turned: The small month shows another month; carries its first day.
        chosen: Something else is to be shown.
    """

    day_picked = Signal(object)
    turned = Signal(object)
    chosen = Signal()

    def __init__(self, formats: Formats, state: State, today: date) -> None:
        super().__init__("left", WIDTH)
        self._formats, self._state, self._today = formats, state, today
        self._tutors: dict[int, HueCheck] = {}
        self._notes: dict[int, QLabel] = {}
        self._hidden = set(state.numbers(_HIDDEN))
        self.month = MiniMonth(today, (today, today), formats)
        self.month.picked.connect(self.day_picked)
        self.month.turned.connect(self.turned)
        self.body.addWidget(self.month)
        self.body.addWidget(SectionLabel(_("Tutors")))
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self._show_section()
        self.setAccessibleName(_("What the calendar shows"))

    def _show_section(self) -> None:
        self.body.addWidget(SectionLabel(_("Show")))
        self._checks = QVBoxLayout()
        self._checks.setSpacing(0)
        self.body.addLayout(self._checks)
        self._shading = self._check(_("Availability"), _SHADING, on=True)
        self._attached = self._check(_("Travel && buffers"), _ATTACHED, on=True)
        self._cancelled = self._check(_("Cancelled earlier"), _CANCELLED, on=False)
        self._tentative = self._check(_("Tentative"), _TENTATIVE, on=True)
        self.body.addWidget(SectionLabel(_("Colour by")))
        self._colour = ComboBox()
        self._colour.setAccessibleName(_("Colour by"))
        words = {
            ColourBy.TUTOR: _("Tutor"),
            ColourBy.SUBJECT: _("Subject"),
            ColourBy.STATUS: _("Status"),
            ColourBy.PLACE: _("Place"),
        }
        kept = self._state.text(_COLOUR, ColourBy.TUTOR.value)
        current = ColourBy(kept) if kept in set(ColourBy) else ColourBy.TUTOR
        self._colour.fill([(word, by) for by, word in words.items()], current)
        self._colour.currentIndexChanged.connect(self._on_checked)
        self.body.addWidget(self._colour)

    def _check(self, words: str, name: str, *, on: bool) -> QCheckBox:
        made = QCheckBox(words)
        made.setAccessibleName(words.replace("&&", "&"))
        made.setChecked(self._state.flag(name, default=on))
        made.toggled.connect(self._on_checked)
        fix_height(made, 28)
        self._checks.addWidget(made)
        return made

    def show_reading(self, reading: Reading, minutes: Mapping[int, int]) -> None:
        """Show the tutors with their hours, and the days that have sessions."""
        names = [one.tutor_id for one in reading.tutors]
        if names != list(self._tutors):
            self._rebuild(reading)
        for tutor_id, check in self._tutors.items():
            sum_of = minutes.get(tutor_id, 0)
            hours = self._formats.hours(sum_of) if sum_of else ""
            note = self._notes[tutor_id]
            note.setText(hours)
            check.setAccessibleDescription(hours)
        local = self._formats.local
        busy = {
            local(card.starts_at).date()
            for card in reading.period.cards
            if not card.status.is_cancelled
        }
        self.month.show_busy(frozenset(busy))

    def show_days(self, first: date, last: date) -> None:
        """Put the band of the small month over the days that are shown."""
        self.month.show_days((first, last))

    def shown(self) -> Shown:
        """Say what is chosen."""
        choice = Choice(
            colour_by=ColourBy(self._colour.currentData()),
            hidden_tutors=frozenset(self._hidden),
            cancelled=self._cancelled.isChecked(),
            tentative=self._tentative.isChecked(),
        )
        shading, attached = self._shading.isChecked(), self._attached.isChecked()
        return Shown(choice, shading, attached)

    def show_all(self) -> None:
        """Show every tutor again."""
        self._hidden.clear()
        for check in self._tutors.values():
            check.blockSignals(True)
            check.setChecked(True)
            check.blockSignals(False)
        self._keep()
        self.chosen.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show a tutor alone on a double click."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            for tutor_id, check in self._tutors.items():
                if check is watched:
                    self._only(tutor_id)
                    return True
        return super().eventFilter(watched, event)

    def _only(self, tutor_id: int) -> None:
        self._hidden = set(self._tutors) - {tutor_id}
        for number, check in self._tutors.items():
            check.blockSignals(True)
            check.setChecked(number == tutor_id)
            check.blockSignals(False)
        self._keep()
        self.chosen.emit()

    def _rebuild(self, reading: Reading) -> None:
        empty(self._list)
        self._tutors, self._notes = {}, {}
        for tutor in reading.tutors:
            number = tutor.tutor_id
            check = HueCheck(tutor.name, reading.names.hues[number])
            check.setChecked(number not in self._hidden)
            check.setToolTip(
                _("{name}. Double click to show only this tutor.").format(
                    name=tutor.name
                )
            )
            check.toggled.connect(self._on_checked)
            check.installEventFilter(self)
            note = label("", "body", "text2", tabular=True)
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(check, 1)
            row.addWidget(note)
            self._list.addWidget(holder)
            self._tutors[number], self._notes[number] = check, note

    def _on_checked(self) -> None:
        self._hidden = {
            tutor_id
            for tutor_id, check in self._tutors.items()
            if not check.isChecked()
        }
        self._keep()
        self.chosen.emit()

    def _keep(self) -> None:
        state = self._state
        state.keep_texts(_HIDDEN, [str(one) for one in sorted(self._hidden)])
        state.keep_flag(_SHADING, value=self._shading.isChecked())
        state.keep_flag(_ATTACHED, value=self._attached.isChecked())
        state.keep_flag(_CANCELLED, value=self._cancelled.isChecked())
        state.keep_flag(_TENTATIVE, value=self._tentative.isChecked())
        state.keep(_COLOUR, str(self._colour.currentData()))
