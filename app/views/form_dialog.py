"""A form in a dialog: its one button does it, or says why not; nothing is lost."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.models.values.errors import OfficeError
from app.text import _
from app.views.jobs import Jobs
from app.views.sizing import fix_width
from app.views.tools import Tools, Word
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import FormRow
from app.views.widgets.entries import EntryField
from app.views.widgets.feedback import Banner
from app.views.widgets.labels import ElideLabel

T = TypeVar("T")
Request = TypeVar("Request")
Result = TypeVar("Result")

COMMIT = (QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter"))


class FormDialog(QDialog):
    """Asks for a few things, window-modal, and never loses what was typed.

    Subclasses fill :attr:`form` and say in ``commit`` what is done.

    Attributes:
        form: the rows of the form.
        verb_button: the button that does it.
        cancel_button: the one that does not.
        complaint: says why it was not done.

    Signals:
        told: It was done; carries a Word to tell, or none.
    """

    told = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        jobs: Jobs,
        title: str,
        verb: str = "",
        *,
        width: int = 440,
        is_danger: bool = False,
    ) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        fix_width(self, width)
        self._form_rows: list[FormRow] = []
        self.form = QVBoxLayout()
        self.form.setSpacing(8)
        self.complaint = Banner("", "err")
        self.complaint.hide()
        kind = "danger-filled" if is_danger else "primary"
        self.verb_button = Button(verb or _("Save"), kind=kind)
        self.cancel_button = Button(_("Cancel"))
        self._lay_out(title, is_danger=is_danger)
        self.finished.connect(self.deleteLater)

    def add_row(self, row: FormRow) -> FormRow:
        """Add a field under those that are there."""
        self.form.addWidget(row)
        self._form_rows.append(row)
        return row

    def add_field(
        self,
        words: str,
        field: QWidget,
        hint: str = "",
        *,
        optional: bool = False,
        label_width: int = 112,
    ) -> FormRow:
        """Add a field with its label."""
        return self.add_row(
            FormRow(words, field, hint, optional=optional, label_width=label_width)
        )

    def add_text(self, sentence: str) -> None:
        """Add a sentence across the form."""
        self.form.addWidget(label(sentence, "body", "text2", wrap=True))

    def commit(self) -> None:
        """Do what the form is for; called when everything in it can be read."""

    def ask(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Have a service do it; the button waits, and a refusal is shown."""
        self.complaint.hide()
        self.verb_button.setEnabled(False)
        self.jobs.run(self, work, done=done, failed=self.refuse)

    def finish(self, word: Word | None = None) -> None:
        """Close the form; it was done."""
        self.told.emit(word)
        self.accept()

    def refuse(self, error: OfficeError) -> None:
        """Show why it was not done; everything typed stays."""
        self.complain(str(error))

    def complain(self, sentence: str, row: FormRow | None = None) -> None:
        """Say what is wrong, under a field or above the buttons."""
        self.verb_button.setEnabled(True)
        if row is not None:
            row.set_error(sentence)
            row.field.setFocus()
            return
        self.complaint.say(sentence)
        self.complaint.show()

    def submit(self) -> None:
        """Check the fields, and do it."""
        if not self.verb_button.isEnabled():
            return
        wrong = [row for row in self._form_rows if _fault(row)]
        for row in self._form_rows:
            row.set_error(_fault(row))
        if wrong:
            wrong[0].field.setFocus()
            return
        self.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if QKeySequence(event.keyCombination()) in COMMIT:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, title: str, *, is_danger: bool) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(ElideLabel(title, "panel"))
        column.addLayout(self.form)
        column.addWidget(self.complaint)
        column.addStretch()
        box = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        box.addButton(self.verb_button, role.AcceptRole)
        box.addButton(self.cancel_button, role.RejectRole)
        self.verb_button.setDefault(not is_danger)
        self.cancel_button.setDefault(is_danger)
        self.verb_button.clicked.connect(self._on_do)
        self.cancel_button.clicked.connect(self.reject)
        column.addWidget(box)

    def _on_do(self) -> None:
        self.submit()


class OfficeForm(FormDialog):
    """A form whose subclasses work with the office themselves."""

    def __init__(
        self,
        parent: QWidget,
        tools: Tools,
        title: str,
        verb: str,
        *,
        width: int = 440,
        is_danger: bool = False,
    ) -> None:
        super().__init__(
            parent, tools.jobs, title, verb, width=width, is_danger=is_danger
        )
        self.tools = tools


class RequestDialog(FormDialog, Generic[Request, Result]):
    """Gathers one request, carries it out, and closes once it is done.

    Signals:
        succeeded: The request was carried out; carries its result.
    """

    succeeded = Signal(object)

    def __init__(
        self,
        title: str,
        jobs: Jobs,
        carry_out: Callable[[Request], Result],
        parent: QWidget,
        *,
        verb: str = "",
        width: int = 440,
    ) -> None:
        super().__init__(parent, jobs, title, verb, width=width)
        self._carry_out = carry_out

    @abstractmethod
    def request(self) -> Request | None:
        """Say what is asked for, as the form stands; None marks the fields at fault."""

    def commit(self) -> None:
        request = self.request()
        if request is not None:
            self.ask(partial(self._carry_out, request), self._finish)

    def _finish(self, result: Result) -> None:
        self.succeeded.emit(result)
        self.finish()


def _fault(row: FormRow) -> str:
    return row.field.error() if isinstance(row.field, EntryField) else ""
