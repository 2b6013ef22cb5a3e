"""The commands of the close-out page, with the keys that the menus show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from app.models.values.schedule import CloseOutState
from app.services.closing.requests import Outcome
from app.text import _
from app.views.close_out.words import KEYS, OFFICE_ONLY, outcome_word
from app.views.page import Page


class Commands(QObject):
    """Outcomes by key, words, and the way through the list.

    Signals:
        chosen: An outcome is to hold; carries it.
        noted, set_: The cursor is wanted in the note, or in the homework.
        finished: What is shown is to be saved.
        decided: What is chosen is to be reviewed or approved; carries the step.
        went: The next session is wanted, or the one before; carries 1 or -1.
    """

    chosen = Signal(object)
    noted = Signal()
    set_ = Signal()
    finished = Signal()
    decided = Signal(object)
    went = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._outcomes: dict[QAction, Outcome] = {}
        for key, outcome in KEYS.items():
            action = page.command(
                outcome_word(outcome), self._on_outcome, key, name=outcome.value
            )
            self._outcomes[action] = outcome
            if not page.tools.office.actor.is_office and outcome in OFFICE_ONLY:
                action.setVisible(False)
                action.setEnabled(False)
        note = page.command(_("Write the note"), self.noted, "N", "pencil")
        homework = page.command(_("Set homework"), self.set_, "H", "book-open")
        finish = page.command(
            _("Save the close-out"), self.finished, "Ctrl+Return", "check"
        )
        review = page.command(
            _("Review the close-out"), self._on_review, "R", "clipboard-check"
        )
        approve = page.command(
            _("Approve the close-out"), self._on_approve, "A", "shield-check"
        )
        decisions = (review, approve) if page.tools.office.actor.is_office else ()
        for action in (review, approve):
            action.setEnabled(bool(decisions))
        before = page.command(_("Session before"), self._on_before, "Alt+Up")
        after = page.command(_("Next session"), self._on_after, "Alt+Down")
        self.by_menu: Mapping[str, Sequence[QAction]] = {
            "session": (
                *self._outcomes,
                note,
                homework,
                finish,
                *decisions,
                before,
                after,
            )
        }

    def _on_outcome(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.chosen.emit(self._outcomes[action])

    def _on_review(self) -> None:
        self.decided.emit(CloseOutState.REVIEWED)

    def _on_approve(self) -> None:
        self.decided.emit(CloseOutState.APPROVED)

    def _on_before(self) -> None:
        self.went.emit(-1)

    def _on_after(self) -> None:
        self.went.emit(1)
