"""What the office decides about close-outs here: reviewed, approved, one or several."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.models.values.errors import OfficeError
from app.models.values.schedule import CloseOutState
from app.services.closing.results import ClosedOut
from app.text import _, ngettext
from app.views.close_out.one import OneSession
from app.views.close_out.reading import Board
from app.views.close_out.waiting import WaitingList
from app.views.close_out.words import session_count, verb_of, who
from app.views.formats import Formats
from app.views.tools import Tools, Word
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.laying import across, add_rest, down
from app.views.widgets.rows import KeyCap, Line, ListCard, ListRow

REVIEW, APPROVE = CloseOutState.REVIEWED, CloseOutState.APPROVED


class Deciding(QObject):
    """Reviews and approves close-outs, several as one step.

    Signals:
        said: It was done; carries the Word.
        refused: It was not; carries the sentence.
        decided: Close-outs say something else now.
    """

    said = Signal(object)
    refused = Signal(str)
    decided = Signal()

    def __init__(
        self, tools: Tools, rows: WaitingList, one: OneSession, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._tools, self._rows, self._one = tools, rows, one
        self._undecided: tuple[ClosedOut, ...] = ()
        self._is_busy = False

    @property
    def chosen(self) -> list[ClosedOut]:
        """The chosen close-outs that wait."""
        chosen = set(self._rows.chosen())
        return [row for row in self._undecided if row.session_id in chosen]

    def show_board(self, board: Board) -> None:
        """Hear what waits."""
        self._undecided = board.undecided

    def decide(self, step: object) -> None:
        """Review or approve what is chosen, where it waits for that."""
        opened = self._one.current
        numbers = waiting_for(self.chosen, step)
        if not self._rows.chosen() and opened and opened.report.waits_for is step:
            numbers = [opened.session_id]
        if self._is_busy or not numbers:
            return
        self._is_busy = True
        service = self._tools.office.close_outs
        work = service.review if step is REVIEW else service.approve
        self._tools.jobs.run(
            self,
            partial(work, numbers),
            done=partial(self._on_done, step is REVIEW, len(numbers)),
            failed=self._on_failed,
        )

    def _on_done(self, is_review: bool, number: int, _nothing: None) -> None:  # noqa: FBT001
        self._is_busy = False
        text = _("Reviewed: {sessions}.") if is_review else _("Approved: {sessions}.")
        sentence = text.format(sessions=session_count(number))
        self.said.emit(Word(sentence, can_undo=True))
        shown = self._one.current
        if shown is not None:
            self._one.open(shown.session_id)
        else:
            self._rows.clearSelection()
        self.decided.emit()

    def _on_failed(self, error: OfficeError) -> None:
        self._is_busy = False
        self.refused.emit(str(error))


class DecisionView(QFrame):
    """What stands in place of the form while several that wait here are chosen.

    Signals:
        asked: They are to be reviewed or approved; carries the step.
    """

    asked = Signal(object)

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.setProperty("frame", "surface")
        self._formats = formats
        self._title = label("", "panel")
        self.review = Button("", "clipboard-check")
        self.approve = Button("", "shield-check")
        self.review.clicked.connect(self._on_review)
        self.approve.clicked.connect(self._on_approve)
        self._card = ListCard(_("Closed out"))
        keys = across(KeyCap("R"), self.review, 12, KeyCap("A"), self.approve, 0)
        column = down(self._title, keys, self._card, margins=(24, 16, 24, 16))
        column.setSpacing(14)
        self.setLayout(column)
        add_rest(self)

    def show_rows(self, rows: Sequence[ClosedOut]) -> None:
        """Show what was chosen."""
        words = ngettext(
            "{number} close-out chosen", "{number} close-outs chosen", len(rows)
        )
        self._title.setText(words.format(number=len(rows)))
        for button, step, text in (
            (self.review, REVIEW, _("Review {sessions}")),
            (self.approve, APPROVE, _("Approve {sessions}")),
        ):
            number = len(waiting_for(rows, step))
            button.setText(text.format(sessions=session_count(number)))
            button.setEnabled(bool(number))
        self._card.show_rows([self._row(row) for row in rows])

    def _row(self, row: ClosedOut) -> QWidget:
        made, formats = ListRow(40), self._formats
        when = formats.day_of(row.starts_at)
        times = formats.times(row.starts_at, row.ends_at)
        by = _("closed out by {name}").format(name=row.closed_by)
        line = across(
            Line(f"{when}, {times}", "body", "text2", tabular=True, width=180),
            Line(who(row.students, row.offering), "medium"),
            Line(by, "body", "text2", width=180),
            Line(verb_of(row.waits_for), "small", "text2", width=80),
            margins=(16, 0, 12, 0),
        )
        made.setLayout(line)
        return made

    def _on_review(self) -> None:
        self.asked.emit(REVIEW)

    def _on_approve(self) -> None:
        self.asked.emit(APPROVE)


def waiting_for(rows: Sequence[ClosedOut], step: object) -> list[int]:
    """Pick the sessions that wait for a step."""
    return [row.session_id for row in rows if row.waits_for is step]
