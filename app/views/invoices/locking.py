"""The form that locks a period, and opens it again."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from app.services.billing.locks import LockPeriod
from app.text import _
from app.views.form_dialog import OfficeForm
from app.views.invoices.paying import today_of
from app.views.prompts import Question
from app.views.tools import Tools, Word
from app.views.widgets.buttons import Button
from app.views.widgets.inputs import DateEdit


class LockDialog(OfficeForm):
    """Sets the first day that stays open."""

    def __init__(self, parent: QWidget, tools: Tools, first_open: date) -> None:
        super().__init__(parent, tools, _("Lock period"), _("Lock…"))
        today = today_of(tools)
        is_locked = first_open > date.min
        words = _("Every day may change so far.")
        if is_locked:
            words = _("Locked is what lies before {day}.").format(
                day=tools.formats.date(first_open)
            )
        self.add_text(words)
        self.day = DateEdit(today.replace(day=1), tools.formats, today)
        self.row = self.add_field(_("First open day"), self.day)
        self.add_text(
            _(
                "Sessions before it can no longer be closed out otherwise; corrections "
                "are dated in the open period."
            )
        )
        self.open_again = Button(_("Open every period again…"), kind="danger")
        self.open_again.setVisible(is_locked)
        self.open_again.clicked.connect(self._on_open)
        self.form.addWidget(self.open_again)
        self.day.setFocus()

    def commit(self) -> None:
        """Ask, and lock."""
        if self.day.day is None:
            self.complain(_("Choose a date."), self.row)
            return
        day = self.tools.formats.date(self.day.day)
        question = Question(
            _("Lock everything before {day}?").format(day=day),
            _(
                "Close-outs, charges and documents with an earlier date stay as they "
                "are; you can move the lock later."
            ),
            _("Lock the period"),
            _("Keep it open"),
        )
        self.tools.prompts.ask(self, question, self._lock)

    def _lock(self) -> None:
        request = LockPeriod(self.day.day)
        self.ask(partial(self.tools.office.locks.lock, request), self._on_locked)

    def _on_locked(self, _nothing: None) -> None:
        day = self.tools.formats.date(self.day.day)
        self.finish(Word(_("Locked everything before {day}.").format(day=day)))

    def _on_open(self) -> None:
        question = Question(
            _("Open every period again?"),
            _("Past close-outs and charges can then be changed again."),
            _("Open all periods"),
            _("Keep the lock"),
            is_danger=True,
        )
        self.tools.prompts.ask(self, question, self._unlock)

    def _unlock(self) -> None:
        self.ask(self.tools.office.locks.unlock, self._on_unlocked)

    def _on_unlocked(self, _nothing: None) -> None:
        self.finish(Word(_("Every period is open again.")))
