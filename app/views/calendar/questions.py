"""What has to be asked: which of a series, why against a clash, who called off."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton

from app.models.values.schedule import CancelledBy, EditScope
from app.services.scheduling.requests import EditPreview
from app.text import _, ngettext
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import FormRow
from app.views.widgets.feedback import Banner, Popover
from app.views.widgets.inputs import ComboBox
from app.views.widgets.rows import KeyChoice

SCOPES = (EditScope.THIS, EditScope.LATER, EditScope.ALL)


def scope_word(scope: EditScope) -> str:
    """Name which sessions of a series are meant."""
    return {
        EditScope.THIS: _("Only this session"),
        EditScope.LATER: _("This and all later ones"),
        EditScope.ALL: _("All in the series"),
    }[scope]


def effect_text(preview: EditPreview) -> str:
    """Say in numbers what an edit would do."""
    count = preview.changes
    parts = [ngettext("changes {count}", "changes {count}", count).format(count=count)]
    if preview.keeps:
        words = _("keeps {count} already closed out")
        parts.append(words.format(count=preview.keeps))
    if preview.clashes:
        words = _("{count} would clash and stay")
        parts.append(words.format(count=preview.clashes))
    return ", ".join(parts)


class Question(Popover):
    """Something asked beside the grid: Enter goes on, a chosen button is pressed."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        focus = self.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()
        else:
            self.answer()

    def answer(self) -> None:
        """Go on with what is chosen."""
        self.dismiss()


class ScopeQuestion(Question):
    """Asks once which sessions of a series a change is meant for.

    Signals:
        answered: The person chose; carries the scope.
    """

    answered = Signal(object)

    def __init__(self, title: str, effects: Mapping[EditScope, str], verb: str) -> None:
        super().__init__(title)
        self._scope = EditScope.THIS
        self._choices: dict[EditScope, KeyChoice] = {}
        for number, scope in enumerate(SCOPES, 1):
            choice = KeyChoice(str(number), scope_word(scope))
            choice.setCheckable(True)
            choice.setChecked(scope is EditScope.THIS)
            choice.setAutoExclusive(True)
            choice.clicked.connect(self._on_clicked)
            self._choices[scope] = choice
            self.rows.addWidget(choice)
            if effects.get(scope):
                note = label(effects[scope], "small", "text2", tabular=True, wrap=True)
                note.setContentsMargins(36, 0, 0, 4)
                self.rows.addWidget(note)
                choice.setAccessibleDescription(effects[scope])
        keep = Button(_("Put it back"))
        keep.clicked.connect(self.dismiss)
        do = Button(verb, kind="primary")
        do.clicked.connect(self.answer)
        self.footer.addWidget(keep)
        self.footer.addStretch()
        self.footer.addWidget(do)

    def begin(self) -> None:
        """Put the cursor on the first choice."""
        self._choices[EditScope.THIS].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)
        if event.key() in keys:
            scope = SCOPES[keys.index(Qt.Key(event.key()))]
            self._choices[scope].setChecked(True)
            self._choices[scope].setFocus()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        for scope, choice in self._choices.items():
            if choice.isChecked():
                choice.setFocus()
                self._scope = scope

    def answer(self) -> None:
        chosen = [one for one, choice in self._choices.items() if choice.isChecked()]
        self.hide()
        self.answered.emit(chosen[0] if chosen else EditScope.THIS)


class OverrideQuestion(Question):
    """Asks for the reason to go against a hard clash.

    Signals:
        answered: The person goes on; carries the reason.
    """

    answered = Signal(str)

    def __init__(self, sentence: str, verb: str) -> None:
        super().__init__(_("This clashes"))
        self.rows.addWidget(Banner(sentence, "err"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why it is right all the same"))
        self.reason.textChanged.connect(self._on_text)
        self.rows.addWidget(FormRow(_("&Reason"), self.reason))
        note = _("Only an administrator may do this; the reason is kept.")
        self.rows.addWidget(label(note, "caption", "text2", wrap=True))
        keep = Button(_("Put it back"), kind="primary")
        keep.clicked.connect(self.dismiss)
        self._do = Button(verb, kind="danger")
        self._do.setEnabled(False)
        self._do.clicked.connect(self.answer)
        self.footer.addWidget(self._do)
        self.footer.addStretch()
        self.footer.addWidget(keep)

    def begin(self) -> None:
        """Put the cursor where the reason is written."""
        self.reason.setFocus()

    def _on_text(self, text: str) -> None:
        self._do.setEnabled(bool(text.strip()))

    def answer(self) -> None:
        if self._do.isEnabled():
            self.hide()
            self.answered.emit(self.reason.text().strip())


class CancelQuestion(Question):
    """Asks on whose side a session is called off, and which of its series.

    Signals:
        answered: The person goes on; carries side, scope and note.
    """

    answered = Signal(object, object, str)

    def __init__(
        self, name: str, *, is_series: bool, verb: str = "", is_one: bool = True
    ) -> None:
        super().__init__(_("Cancel {name}").format(name=name))
        self._by = ComboBox()
        self._by.fill(
            [
                (_("The family"), CancelledBy.HOUSEHOLD),
                (_("The tutor"), CancelledBy.TUTOR),
                (_("The office"), CancelledBy.OFFICE),
            ],
            CancelledBy.HOUSEHOLD,
        )
        self._by.currentIndexChanged.connect(self._on_by)
        self.rows.addWidget(FormRow(_("&Called off by"), self._by, label_width=96))
        self._scope = ComboBox()
        self._scope.fill([(scope_word(one), one) for one in SCOPES], EditScope.THIS)
        row = FormRow(
            _("&Which"),
            self._scope,
            _("More than one session is called off by the office."),
            label_width=96,
        )
        row.setVisible(is_series)
        self._scope.currentIndexChanged.connect(self._on_scope)
        self.rows.addWidget(row)
        self._note = QLineEdit()
        note = FormRow(_("&Note"), self._note, label_width=96)
        note.setVisible(is_one)
        self.rows.addWidget(note)
        keep = Button(_("Keep it") if is_one else _("Keep them"))
        keep.clicked.connect(self.dismiss)
        do = Button(verb or _("Cancel the session"), kind="danger")
        do.clicked.connect(self.answer)
        self.footer.addWidget(keep)
        self.footer.addStretch()
        self.footer.addWidget(do)

    def begin(self) -> None:
        """Put the cursor on the first choice."""
        self._by.setFocus()

    def _on_by(self) -> None:
        if CancelledBy(self._by.currentData()) is not CancelledBy.OFFICE:
            self._scope.choose(EditScope.THIS)

    def _on_scope(self) -> None:
        if EditScope(self._scope.currentData()) is not EditScope.THIS:
            self._by.choose(CancelledBy.OFFICE)

    def answer(self) -> None:
        self.hide()
        by = CancelledBy(self._by.currentData())
        scope = EditScope(self._scope.currentData())
        self.answered.emit(by, scope, self._note.text().strip())
