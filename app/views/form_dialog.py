"""A dialog that asks for something and stays open until the office agrees."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.models.values.errors import OfficeError
from app.text import _
from app.views.jobs import Jobs
from app.views.typography import scaled
from app.views.widgets.buttons import Button
from app.views.widgets.cards import FormRow
from app.views.widgets.feedback import Banner

Request = TypeVar("Request")
Result = TypeVar("Result")

COMMIT = (QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter"))


class FormDialog(QDialog, Generic[Request, Result]):
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
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(scaled(width))
        self.finished.connect(self.deleteLater)
        self._jobs, self._carry_out = jobs, carry_out
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        self.form = QVBoxLayout()
        self.form.setSpacing(8)
        column.addLayout(self.form)
        self.complaint = Banner("", "err")
        self.complaint.hide()
        column.addWidget(self.complaint)
        self.verb_button = Button(verb or _("Save"), kind="primary")
        self.verb_button.setDefault(True)
        self.verb_button.clicked.connect(self.submit)
        self.cancel_button = Button(_("Cancel"))
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        row.addWidget(self.cancel_button)
        row.addWidget(self.verb_button)
        column.addLayout(row)

    def add_row(self, row: FormRow) -> FormRow:
        """Add a field under those that are there."""
        self.form.addWidget(row)
        return row

    @abstractmethod
    def request(self) -> Request | None:
        """Say what is asked for, as the form stands; None marks the fields at fault."""

    def submit(self) -> None:
        """Have the request carried out."""
        request = self.request()
        if request is None:
            return
        self.complaint.hide()
        self._let_press(is_free=False)
        work = partial(self._carry_out, request)
        self._jobs.run(self, work, done=self._finish, failed=self._complain)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if QKeySequence(event.keyCombination()) in COMMIT:
            self.submit()
        else:
            super().keyPressEvent(event)

    def _finish(self, result: Result) -> None:
        self.succeeded.emit(result)
        self.accept()

    def _complain(self, error: OfficeError) -> None:
        self.complaint.say(str(error))
        self.complaint.show()
        self._let_press(is_free=True)

    def _let_press(self, *, is_free: bool) -> None:
        self.verb_button.setEnabled(is_free)
