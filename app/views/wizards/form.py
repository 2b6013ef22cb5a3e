"""A short form in a dialog: its one button does it, or says why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.models.values.errors import OfficeError
from app.text import _
from app.views.tools import Tools, Word
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import FormRow
from app.views.widgets.entries import EntryField
from app.views.widgets.feedback import Banner
from app.views.widgets.labels import ElideLabel
from app.views.widgets.sizing import fix_width

T = TypeVar("T")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormDialog(QDialog):
    """Asks for a few things, window-modal, and never loses what was typed.

    Subclasses fill :attr:`rows` and say in ``commit`` what is done.

    Attributes:
        rows: the rows of the form.
        do: the button that does it.

    Signals:
        told: It was done; carries a Word to tell, or none.
    """

    told = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        tools: Tools,
        title: str,
        verb: str,
        *,
        width: int = 420,
        is_danger: bool = False,
    ) -> None:
        super().__init__(parent)
        self.tools = tools
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        fix_width(self, width)
        self._fields: list[FormRow] = []
        self.rows = QVBoxLayout()
        self.rows.setSpacing(8)
        self._banner = Banner("", "err")
        self._banner.hide()
        self.do = Button(verb, kind="danger-filled" if is_danger else "primary")
        self.keep = Button(_("Cancel"))
        self._lay_out(title, is_danger=is_danger)
        self.finished.connect(self.deleteLater)

    def add_row(
        self,
        words: str,
        field: QWidget,
        hint: str = "",
        *,
        optional: bool = False,
        label_width: int = 112,
    ) -> FormRow:
        """Add a field."""
        row = FormRow(words, field, hint, optional=optional, label_width=label_width)
        self.rows.addWidget(row)
        self._fields.append(row)
        return row

    def add_text(self, sentence: str) -> None:
        """Add a sentence across the form."""
        self.rows.addWidget(label(sentence, "body", "text2", wrap=True))

    def commit(self) -> None:
        """Do what the form is for; called when everything in it can be read."""

    def ask(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Have a service do it; the button waits, and a refusal is shown."""
        self._banner.hide()
        self.do.setEnabled(False)
        self.tools.jobs.run(self, work, done=done, failed=self.refuse)

    def finish(self, word: Word | None = None) -> None:
        """Close the form; it was done."""
        self.told.emit(word)
        self.accept()

    def refuse(self, error: OfficeError) -> None:
        """Show why it was not done; everything typed stays."""
        self.complain(str(error))

    def complain(self, sentence: str, row: FormRow | None = None) -> None:
        """Say what is wrong, under a field or above the buttons."""
        self.do.setEnabled(True)
        if row is not None:
            row.set_error(sentence)
            row.field.setFocus()
            return
        self._banner.say(sentence)
        self._banner.show()

    def submit(self) -> None:
        """Check the fields, and do it."""
        if not self.do.isEnabled():
            return
        for row in self._fields:
            wrong = row.field.error() if isinstance(row.field, EntryField) else ""
            row.set_error(wrong)
            if wrong:
                self.complain(wrong, row)
                return
        self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _ENTER and held:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, title: str, *, is_danger: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(ElideLabel(title, "panel"))
        column.addLayout(self.rows)
        column.addWidget(self._banner)
        column.addStretch()
        box = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        box.addButton(self.do, role.AcceptRole)
        box.addButton(self.keep, role.RejectRole)
        self.do.setDefault(not is_danger)
        self.keep.setDefault(is_danger)
        self.do.clicked.connect(self._on_do)
        self.keep.clicked.connect(self.reject)
        column.addWidget(box)

    def _on_do(self) -> None:
        self.submit()
