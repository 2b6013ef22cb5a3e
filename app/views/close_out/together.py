"""Closes several chosen sessions out as one step, and names those that it leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.values.errors import OfficeError
from app.services.closing.results import ClosedMany, OpenCloseOut
from app.text import _
from app.views.close_out.drafts import Draft
from app.views.close_out.reading import ManyEffects, close_some, effect_of_some
from app.views.close_out.several import Chosen, SeveralView, sort_out
from app.views.close_out.words import session_count, who
from app.views.tools import Tools, Word


class Together(QObject):
    """What is done with several sessions at once.

    Signals:
        said: They were closed out; carries the Word.
        left: Some were left out; carries the sentence that names them.
        closed: They are off the list; carries their numbers.
    """

    said = Signal(object)
    left = Signal(str)
    closed = Signal(object)

    def __init__(self, tools: Tools, view: SeveralView, parent: QObject) -> None:
        super().__init__(parent)
        self._tools, self._view = tools, view
        self._chosen, self._number = Chosen((), ()), 0
        self._is_marked = self._is_busy = False
        view.finished.connect(self.finish)

    def show(self, rows: Sequence[OpenCloseOut], drafts: Mapping[int, Draft]) -> None:
        """Show what was chosen."""
        chosen = sort_out(rows, drafts)
        if chosen == self._chosen and self._number == len(rows):
            return
        self._chosen, self._number, self._is_marked = chosen, len(rows), False
        self._show()

    def mark(self) -> None:
        """Mark them as planned, to be looked at before they are saved."""
        self._is_marked = True
        self._show()
        tools = self._tools
        work = partial(
            effect_of_some, tools.office, self._chosen.drafts, tools.formats.zone
        )
        tools.jobs.run(self, work, done=self._on_effects, failed=self._on_failed)

    def finish(self) -> None:
        """Close those out that are ready."""
        if not self._chosen.ready or self._is_busy:
            return
        self._is_busy = True
        tools = self._tools
        work = partial(
            close_some, tools.office, self._chosen.drafts, tools.formats.zone
        )
        tools.jobs.run(
            self,
            work,
            done=self._on_closed,
            failed=self._on_failed,
            words=_("Closing out several sessions"),
        )

    def _show(self) -> None:
        self._view.show_chosen(self._chosen, self._number, is_marked=self._is_marked)

    def _on_effects(self, effects: ManyEffects) -> None:
        if self._is_marked:
            self._view.show_effects(effects)

    def _on_closed(self, done: ClosedMany) -> None:
        self._is_busy = False
        names = {row.session_id: _name(row) for row, _draft in self._chosen.ready}
        left = [f"{_name(row)} ({why})" for row, why in self._chosen.left]
        left += [f"{names[one.session_id]} ({one.why})" for one in done.left_out]
        self.closed.emit([one.session_id for one in done.closed])
        if done.closed:
            text = _("Closed out {sessions} as planned.")
            words = text.format(sessions=session_count(len(done.closed)))
            self.said.emit(Word(words, can_undo=True))
        if left:
            text = _("Left out: {names}.")
            self.left.emit(text.format(names="; ".join(left)))

    def _on_failed(self, error: OfficeError) -> None:
        self._is_busy = False
        self.left.emit(_("Nothing was closed out: {why}").format(why=error))


def _name(row: OpenCloseOut) -> str:
    return who(row.students, row.offering)
