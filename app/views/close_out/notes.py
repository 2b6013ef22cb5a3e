"""The note for the family: three prompts beside what was written last time."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QGridLayout,
    QMenu,
    QPlainTextEdit,
    QWidget,
)

from app.text import _
from app.views.close_out.drafts import Draft
from app.views.close_out.reading import LastTime, Opened
from app.views.close_out.words import PROMPTS
from app.views.formats import Formats
from app.views.sizing import fix_height
from app.views.state import State
from app.views.typography import label, scaled
from app.views.widgets.buttons import Button
from app.views.widgets.labels import SectionLabel
from app.views.widgets.laying import across, down
from app.views.widgets.panels import empty
from app.views.widgets.rows import Quote

PHRASES = "close_out/phrases"
_EXAMPLES = (
    _("For example: fractions, adding and comparing"),
    _("For example: explains each step"),
    _("For example: word problems"),
)
_MOST = 30  # phrases that are kept
_MOST_WIDE = 16777215  # what Qt takes for no limit


class PromptField(QPlainTextEdit):
    """An answer of a line or two; Tab goes on to the next field."""

    def __init__(self, prompt: str, example: str) -> None:
        super().__init__()
        self.setAccessibleName(prompt)
        self.setPlaceholderText(example)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        fix_height(self, 52)

    def say(self, words: str) -> None:
        """Show words without telling; what is being typed stays."""
        if self.toPlainText() != words:
            self.blockSignals(True)
            self.setPlainText(words)
            self.blockSignals(False)


class Phrases(QMenu):
    """This person's own phrases, to be put into the field that was used last.

    Signals:
        picked: A phrase is to be put in.
        wanted: What stands in the field is to be kept as a phrase.
    """

    picked = Signal(str)
    wanted = Signal()

    def __init__(self, state: State, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._on_triggered)

    def fill(self) -> None:
        """Offer the phrases as they are now."""
        self.clear()
        for phrase in self._state.texts(PHRASES):
            action = self.addAction(phrase if len(phrase) < 60 else phrase[:58] + "…")
            action.setData(phrase)
        if not self.isEmpty():
            self.addSeparator()
        keep = self.addAction(_("Keep this text as a phrase"))
        keep.setData("")

    def keep(self, phrase: str) -> None:
        """Remember a phrase, the newest first."""
        words = " ".join(phrase.split())
        if not words:
            return
        others = [one for one in self._state.texts(PHRASES) if one != words]
        self._state.keep_texts(PHRASES, [words, *others][:_MOST])

    def _on_triggered(self, action: QAction) -> None:
        phrase = str(action.data() or "")
        if phrase:
            self.picked.emit(phrase)
        else:
            self.wanted.emit()


class FamilyNote(QWidget):
    """Did, went well, next; with phrases, and the last note and homework in sight.

    Signals:
        edited: Something else is written.
    """

    edited = Signal()

    def __init__(self, formats: Formats, state: State) -> None:
        super().__init__()
        self._formats = formats
        self.fields = [
            PromptField(prompt, example)
            for prompt, example in zip(PROMPTS, _EXAMPLES, strict=True)
        ]
        self._used = self.fields[0]
        self.kept = label("", "small", "text3", tabular=True)
        self.phrases = Phrases(state, self)
        self.phrases.picked.connect(self._on_picked)
        self.phrases.wanted.connect(self._on_wanted)
        button = Button(_("Phrases"), "", "ghost", compact=True)
        button.setMenu(self.phrases)
        button.setAccessibleName(_("Phrases for the note"))
        self.copy = QCheckBox(_("A copy for each student"))
        self.copy.toggled.connect(self._on_toggled)
        head = across(
            SectionLabel(_("Note for the family")), 0, self.copy, self.kept, button
        )
        self._last = Quote()
        self._body = across(spacing=12)
        self._body.addLayout(self._grid(), 3)
        self._body.addWidget(self._last, 2)
        self.setLayout(down(head, self._body, spacing=4))

    def fold(self, *, narrow: bool) -> None:
        """Show what was written last time under the prompts where room is scarce."""
        direction = QBoxLayout.Direction
        self._last.setMaximumWidth(_MOST_WIDE if narrow else scaled(260))
        self._body.setDirection(
            direction.BottomToTop if narrow else direction.LeftToRight
        )

    def show_session(self, opened: Opened) -> None:
        """Show what the session before left behind."""
        self.copy.setVisible(len(opened.report.students) > 1)
        self._show_last(opened.last)

    def show_draft(self, draft: Draft) -> None:
        """Show a draft's note."""
        for field, words in zip(self.fields, draft.prompts, strict=True):
            field.say(words)
        self.copy.blockSignals(True)
        self.copy.setChecked(draft.copy_note)
        self.copy.blockSignals(False)

    def into(self, draft: Draft) -> Draft:
        """Put the note into a draft."""
        did, well, following = (field.toPlainText() for field in self.fields)
        return replace(
            draft, prompts=(did, well, following), copy_note=self.copy.isChecked()
        )

    def focus(self) -> None:
        """Put the cursor into the note."""
        self.fields[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        for row, (prompt, field) in enumerate(zip(PROMPTS, self.fields, strict=True)):
            caption = label(prompt, "body", "text2")
            caption.setContentsMargins(0, 8, 0, 0)
            caption.setBuddy(field)
            grid.addWidget(caption, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, row, 1)
            field.textChanged.connect(self._on_edited)
            field.cursorPositionChanged.connect(self._on_used)
        grid.setColumnStretch(1, 1)
        return grid

    def _show_last(self, last: LastTime | None) -> None:
        empty(self._last.body)
        add = self._last.body.addWidget
        if last is None:
            add(label(_("No earlier note"), "small", "text2", wrap=True))
            self._last.body.addStretch()
            return
        when = self._formats.day_of(last.starts_at)
        add(label(_("Last time, {day}").format(day=when), "small-strong"))
        for note in last.notes:
            text = label(note.text, "small", "text2", wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            add(text)
        if last.homework:
            add(label(_("Homework"), "small-strong"))
        for words in dict.fromkeys(_homework(last, self._formats)):
            add(label(words, "small", "text2", wrap=True))
        self._last.body.addStretch()

    def _on_edited(self) -> None:
        self.edited.emit()

    def _on_toggled(self, _on: bool) -> None:  # noqa: FBT001  Qt's signal
        self.edited.emit()

    def _on_used(self) -> None:
        for field in self.fields:
            if field.hasFocus():
                self._used = field

    def _on_picked(self, phrase: str) -> None:
        before = self._used.toPlainText()
        self._used.setPlainText(f"{before} {phrase}".strip())
        self._used.setFocus()

    def _on_wanted(self) -> None:
        self.phrases.keep(self._used.toPlainText())


def _homework(last: LastTime, formats: Formats) -> list[str]:
    found = []
    for each in last.homework:
        due = ""
        if each.due_on is not None:
            due = _("due {day}").format(day=formats.day(each.due_on))
        done = _("handed in") if each.done_at is not None else ""
        parts = [part for part in (each.text, due, done) if part]
        found.append(" \N{MIDDLE DOT} ".join(parts))
    return found
