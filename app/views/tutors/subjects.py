"""The tab of subjects and levels: what a tutor teaches, from which level to which."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from app.models.values.errors import OfficeError
from app.services.catalog.requests import LevelRow, SubjectRow
from app.services.people.tutor_requests import SetTeaches, Teaches
from app.text import _
from app.views.sizing import fix_width
from app.views.tools import Tools, Word
from app.views.tutors.reading import TutorRecord
from app.views.typography import label, set_role
from app.views.widgets.buttons import Button
from app.views.widgets.cards import Card
from app.views.widgets.feedback import Banner, EmptyState
from app.views.widgets.inputs import ComboBox
from app.views.widgets.laying import across, down


class SubjectLine:
    """The fields of one subject: whether it is taught, and the range of levels."""

    def __init__(self, subject: SubjectRow, levels: tuple[LevelRow, ...]) -> None:
        self.subject_id = subject.subject_id
        self.check = QCheckBox(subject.name.replace("&", "&&"))
        set_role(self.check, "medium")
        self.lowest, self.highest = ComboBox(), ComboBox()
        choices = [(one.name, one.level_id) for one in levels]
        self.lowest.fill([(_("any level"), None), *choices])
        self.highest.fill([(_("any level"), None), *choices])
        name = subject.name
        self.lowest.setAccessibleName(_("{subject} from level").format(subject=name))
        self.highest.setAccessibleName(_("{subject} to level").format(subject=name))

    def show_teaches(self, teaches: Teaches | None) -> None:
        """Show what is kept, without telling."""
        for field in (self.check, self.lowest, self.highest):
            field.blockSignals(True)
        self.check.setChecked(teaches is not None)
        self.lowest.choose(teaches.from_level_id if teaches else None)
        self.highest.choose(teaches.to_level_id if teaches else None)
        for field in (self.check, self.lowest, self.highest):
            field.blockSignals(False)
        self.settle()

    def settle(self) -> None:
        """Let levels be chosen where the subject is taught."""
        self.lowest.setEnabled(self.check.isChecked())
        self.highest.setEnabled(self.check.isChecked())

    def teaches(self) -> Teaches | None:
        """Say what is taught."""
        if not self.check.isChecked():
            return None
        return Teaches(
            self.subject_id, self.lowest.currentData(), self.highest.currentData()
        )


class Subjects(QWidget):
    """Shows and changes what a tutor teaches.

    Signals:
        said: It was saved; carries the word.
    """

    said = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._record: TutorRecord | None = None
        self._key: tuple[object, ...] = ()
        self.lines: list[SubjectLine] = []
        self._card = Card(_("Subjects & levels"))
        self._fields = QWidget()
        self._card.body.addWidget(self._fields)
        self.complaint = Banner("", "err")
        self.complaint.hide()
        self.save = Button(_("Save subjects"), kind="primary")
        self.save.clicked.connect(self.submit)
        self.back = Button(_("Discard"))
        self.back.clicked.connect(self.discard)
        buttons = across(0, self.back, self.save)
        self._empty = EmptyState(
            "book-open",
            _("No subject yet"),
            _("Subjects are added with what the office offers."),
        )
        parts = (self._card, self._empty, self.complaint, buttons, 0)
        self.setLayout(down(*parts, spacing=12, margins=(24, 16, 24, 16)))

    @property
    def is_changed(self) -> bool:
        """Say whether something else stands here than is kept."""
        return self._record is not None and set(self._typed()) != set(
            self._record.row.teaches
        )

    def show_record(self, record: TutorRecord) -> None:
        """Show what a tutor teaches; what is being changed stays for the same one."""
        former = self._record
        is_same = former is not None and former.row.tutor_id == record.row.tutor_id
        keeps = is_same and self.is_changed
        key = (record.subjects, record.levels)
        if key != self._key:
            self._key, keeps = key, False
            self._make_lines(record)
        if not keeps:
            self._record = record
            kept = {one.subject_id: one for one in record.row.teaches}
            for line in self.lines:
                line.show_teaches(kept.get(line.subject_id))
            self.complaint.hide()
        self._settle()

    def discard(self) -> None:
        """Show what is kept again."""
        if self._record is not None:
            record, self._record = self._record, None
            self.show_record(record)

    def submit(self) -> None:
        """Keep what was chosen."""
        if self._record is None:
            return
        row = self._record.row
        request = SetTeaches(row.tutor_id, self._typed(), row.teaches)
        work = partial(self._tools.office.tutors.set_teaches, request)
        run = self._tools.jobs.run
        run(self, work, done=self._on_saved, failed=self._on_refused)

    def _make_lines(self, record: TutorRecord) -> None:
        fields = QWidget()
        grid = QGridLayout(fields)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        for column, word in enumerate((_("Subject"), _("From level"), _("To level"))):
            grid.addWidget(label(word, "small-medium", "text2"), 0, column)
        levels = tuple(one for one in record.levels if not one.is_archived)
        shown = [one for one in record.subjects if not one.is_archived]
        self.lines = [SubjectLine(one, levels) for one in shown]
        for place, line in enumerate(self.lines, 1):
            line.check.toggled.connect(self._on_changed)
            for column, field in enumerate((line.check, line.lowest, line.highest)):
                grid.addWidget(field, place, column)
            for combo in (line.lowest, line.highest):
                fix_width(combo, 168)
                combo.currentIndexChanged.connect(self._on_changed)
        grid.setColumnStretch(0, 1)
        self._card.body.replaceWidget(self._fields, fields)
        self._fields.deleteLater()
        self._fields = fields
        self._card.setVisible(bool(self.lines))
        self._empty.setVisible(not self.lines)

    def _typed(self) -> tuple[Teaches, ...]:
        """Give what is chosen, and what is kept of subjects that are put away."""
        shown = {line.subject_id for line in self.lines}
        kept = self._record.row.teaches if self._record else ()
        hidden = [one for one in kept if one.subject_id not in shown]
        chosen = [one for line in self.lines if (one := line.teaches())]
        return (*chosen, *hidden)

    def _on_changed(self, _value: object) -> None:
        for line in self.lines:
            line.settle()
        self._settle()

    def _settle(self) -> None:
        self.save.setEnabled(self.is_changed)
        self.back.setEnabled(self.is_changed)

    def _on_saved(self, _nothing: object) -> None:
        self._record = None
        self.complaint.hide()
        self.save.setEnabled(False)
        self.back.setEnabled(False)
        self.said.emit(Word(_("What is taught was saved."), can_undo=True))

    def _on_refused(self, error: OfficeError) -> None:
        self.complaint.say(str(error))
        self.complaint.show()
