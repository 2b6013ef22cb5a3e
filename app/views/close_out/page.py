"""The close-out page: every past session is settled here, most of them by one key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.models.values.errors import OfficeError
from app.services.closing.requests import Outcome
from app.services.closing.results import OpenCloseOut
from app.text import _
from app.views.close_out.commands import Commands
from app.views.close_out.deciding import Deciding
from app.views.close_out.drafts import Draft
from app.views.close_out.form import SessionForm
from app.views.close_out.frame import Parts
from app.views.close_out.keeping import DraftBook
from app.views.close_out.lines import (
    Filter,
    done_of,
    fitting,
    lines_of,
    name_of,
    waiting_words,
)
from app.views.close_out.notices import Notice
from app.views.close_out.one import OneSession
from app.views.close_out.reading import Board, read_board
from app.views.close_out.saving import Saving
from app.views.close_out.sieve import Sieve
from app.views.close_out.together import Together
from app.views.close_out.words import KEYS
from app.views.page import Page
from app.views.tools import Link, Place, Tools, Word

_SHOWN = (
    "session close_out attendance session_tutor series note homework student tutor "
    "charge pay_line offering"
)


class CloseOutPage(Page):
    """Past sessions at the left, one of them in the centre, its money at the right."""

    place = Place.CLOSE_OUT
    title = _("Close-out")
    icon = "clipboard-check"
    tables = frozenset(_SHOWN.split())

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        today = tools.formats.local(tools.clock.now()).date()
        self.board = Board((), (), None)
        self.book = DraftBook(tools.state, tools.office.actor)
        self._marks: dict[int, tuple[str, str]] = {}
        self._leaving: set[int] = set()
        self._wanted = 0
        self._pending: Outcome | None = None
        is_office = tools.office.actor.is_office
        self.form = SessionForm(tools.formats, tools.state, today, is_office=is_office)
        self.parts = Parts(tools.office, tools.formats, self.form)
        self.rows, self._centre = self.parts.rows, self.parts.centre
        self.one = OneSession(tools, self.form, self.parts.money, self.book, self)
        self.together = Together(tools, self.parts.several, self)
        self.deciding = Deciding(tools, self.rows, self.one, self)
        self.sieve = Sieve(self.parts.left.tutors, self)
        self.notice = Notice()
        self.set_header(self.sieve.header)
        self.add_strip(self.notice)
        self.set_left(self.parts.left)
        self.set_content(self._centre)
        self.setFocusProxy(self.rows)
        self._commands = Commands(self)
        self._listen()
        self._centre.show_part(self.parts.reading)

    def refresh(self) -> None:
        tools = self.tools
        work = partial(read_board, tools.office, tools.clock.now(), tools.formats.zone)
        tools.jobs.run(self, work, done=self._on_board, failed=self._on_unread)
        self.one.read_again()

    def show_link(self, link: Link) -> None:
        if link.kind == "session":
            self._wanted = link.id
            if not self.rows.choose(link.id):
                self.one.open(link.id)

    def standing(self) -> Mapping[str, str]:
        chosen = self.rows.chosen()
        return {"session": str(chosen[0])} if len(chosen) == 1 else {}

    def stand(self, standing: Mapping[str, str]) -> None:
        number = int(standing.get("session", "0"))
        if number and not self.rows.choose(number):
            self._wanted = number

    def find_in_page(self) -> None:
        self.sieve.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def commands(self) -> Mapping[str, Sequence[QAction]]:
        return self._commands.by_menu

    def choose(self, outcome: Outcome) -> None:
        """Let an outcome hold; as planned is saved at once, the others are shown."""
        is_planned = outcome is Outcome.AS_PLANNED
        if len(self.rows.chosen()) > 1:
            if is_planned:
                self.together.mark()
            return
        opened = self.one.current
        if is_planned and (opened is None or opened.is_open):
            self._close_as_planned()
        elif opened is None:
            self._pending = outcome  # typed ahead of the session's arrival
        else:
            self.form.choose(outcome)
            if outcome is Outcome.OTHER_TIMES:
                self.form.times.start.setFocus()
                self.form.times.start.selectAll()

    def save(self) -> None:
        """Save what is shown, and go on to the next."""
        if len(self.rows.chosen()) > 1:
            self.together.finish()
            return
        opened, fault = self.one.current, self.form.faults()
        if opened is None or not self._centre.shows(self.form):
            return
        if fault:
            self.form.show_error(fault)
            return
        self._send(opened.session_id, self.form.draft)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        word = event.text().lower()
        if event.key() == Qt.Key.Key_Escape:
            self.rows.setFocus()
        elif word in KEYS:
            self.choose(KEYS[word])
        elif word == "n":
            self.form.note.focus()
        elif word == "h":
            self.form.extras.focus()
        elif is_enter and not _is_at(
            self.sieve.header, self.parts.left.tutors, self.notice
        ):
            self.save()
        else:
            super().keyPressEvent(event)

    def _listen(self) -> None:
        parts, commands = self.parts, self._commands
        self.rows.opened.connect(self._on_chosen)
        self.rows.several.connect(self._on_several)
        self.one.shown.connect(self._on_shown)
        self.one.kept.connect(self._show_marks)
        self.one.saved.connect(self._on_saved)
        self.one.failed.connect(self._on_not_saved)
        self.one.reopened.connect(self._on_reopened)
        self.one.refused.connect(self.notice.warn)
        commands.chosen.connect(self._on_outcome)
        commands.noted.connect(self.form.note.focus)
        commands.set_.connect(self.form.extras.focus)
        commands.finished.connect(self.save)
        commands.went.connect(self.rows.step)
        commands.decided.connect(self.deciding.decide)
        self.form.decided.connect(self.deciding.decide)
        parts.decisions.asked.connect(self.deciding.decide)
        self.deciding.said.connect(self.said)
        self.deciding.refused.connect(self.notice.warn)
        self.deciding.decided.connect(self.refresh)
        self.form.heading.before.clicked.connect(self.rows.step_back)
        self.form.heading.after.clicked.connect(self.rows.step_on)
        parts.money.save.clicked.connect(self.save)
        parts.cleared.reopened.connect(self._on_reopen)
        parts.cleared.went.connect(self.went)
        parts.nothing.primary.clicked.connect(self.sieve.clear)
        self.sieve.changed.connect(self._show_board)
        self.sieve.all_wanted.connect(self._on_all)
        self.together.said.connect(self.said)
        self.together.left.connect(self.notice.warn)
        self.together.closed.connect(self._on_closed_together)
        self.notice.opened.connect(self._on_notice)

    def _close_as_planned(self) -> None:
        opened, chosen = self.one.current, self.rows.chosen()
        session_id = opened.session_id if opened else chosen[0] if chosen else 0
        if not session_id:
            return
        draft = self.form.draft if opened else self.book.drafts.get(session_id)
        if draft is not None:
            draft = draft.choose(Outcome.AS_PLANNED)
        self._send(session_id, draft)

    def _send(self, session_id: int, draft: Draft | None) -> None:
        """Save one session and go on; what was entered stays until it is saved."""
        if session_id in self._leaving:
            return
        saving = self.one.send(session_id, draft, name_of(self.board, session_id))
        self._leaving.add(session_id)
        self._marks[session_id] = (_("saving"), "text3")
        self._show_marks()
        if any(row.session_id == session_id for row in self.board.open):
            self.rows.go_on()
        saving.start()

    def _take_off(self, numbers: Sequence[int]) -> None:
        """Take sessions off the list at once; the next reading confirms it."""
        left = tuple(r for r in self.board.open if r.session_id not in numbers)
        self.board = replace(self.board, open=left)
        self._show_board()

    def _show_board(self) -> None:
        board, formats = self.board, self.tools.formats
        rows = fitting(board, self.sieve.filter, self.book.drafts.keys())
        waits = bool(board.open or board.undecided)
        is_whole = self.sieve.filter == Filter() and waits
        closed = done_of(board) if is_whole else ()
        self.sieve.show_board(board, self.book.drafts.keys())
        self.deciding.show_board(board)
        self.parts.left.setVisible(waits)
        self.parts.cleared.show_board(board)
        self.rows.show_rows(lines_of(rows, closed, self._all_marks(), formats))
        self._choose_first(rows)
        self.noted.emit(waiting_words(self.board, self.tools.formats))

    def _choose_first(self, rows: Sequence[OpenCloseOut]) -> None:
        """Show a session that is wanted, else the oldest, else that nothing waits."""
        if self._wanted and self.rows.choose(self._wanted):
            self._wanted = 0
        shown = self.one.current
        if self.rows.chosen() or (shown is not None and not shown.is_open):
            return
        if rows:
            self.rows.choose_at(0)
        elif self.board.open:
            self._centre.show_part(self.parts.nothing)
        else:
            self.one.forget()
            self._centre.show_part(self.parts.cleared)

    def _all_marks(self) -> dict[int, tuple[str, str]]:
        drafts = {number: (_("Draft"), "warn") for number in self.book.drafts}
        return {**drafts, **self._marks}

    def _show_marks(self) -> None:
        self.sieve.show_board(self.board, self.book.drafts.keys())
        fresh = lines_of(self.board.open, (), self._all_marks(), self.tools.formats)
        self.rows.mark({row.session_id: row for row in fresh if row.session_id})

    def _on_board(self, board: Board) -> None:
        self.board = board
        self._show_board()

    def _on_unread(self, error: OfficeError) -> None:
        self.notice.warn(str(error))

    def _on_chosen(self, session_id: object) -> None:
        number = int(str(session_id))
        self._pending = None
        if number:
            if self.form.is_left_for(number):
                self.rows.setFocus()
            self.one.open(number)

    def _on_several(self) -> None:
        chosen = set(self.rows.chosen())
        if len(chosen) < 2:
            several = (self.parts.several, self.parts.decisions)
            if len(chosen) == 1 and any(map(self._centre.shows, several)):
                self._centre.show_part(self.form)
            return
        self.one.forget()
        rows = [row for row in self.board.open if row.session_id in chosen]
        self.together.show(rows, self.book.drafts)
        decisions = self.parts.decisions
        decisions.show_rows(self.deciding.chosen)
        is_decision = self.deciding.chosen and not rows
        self._centre.show_part(decisions if is_decision else self.parts.several)

    def _on_shown(self) -> None:
        self._centre.show_part(self.form)
        pending, self._pending = self._pending, None
        if pending is not None:
            self.choose(pending)

    def _on_outcome(self, outcome: object) -> None:
        self.choose(Outcome(str(outcome)))

    def _on_all(self) -> None:
        self.rows.setFocus()
        self.rows.selectAll()

    def _on_saved(self, saving: Saving) -> None:
        self._leaving.discard(saving.session_id)
        self._marks.pop(saving.session_id, None)
        self.book.drop(saving.session_id)
        self.notice.settle(saving.session_id)
        sentence = _("Closed out: {what}.").format(what=saving.words)
        self.said.emit(Word(sentence, can_undo=True))
        shown = self.one.current
        if shown is not None and shown.session_id == saving.session_id:
            self.one.forget()
        self._take_off([saving.session_id])

    def _on_not_saved(self, saving: Saving) -> None:
        if not saving.is_retrying:
            self._leaving.discard(saving.session_id)
        word = _("not saved, trying again") if saving.is_retrying else _("not saved")
        self._marks[saving.session_id] = (word, "err")
        if saving.draft is not None:
            self.book.keep(saving.session_id, saving.draft)
        self._show_marks()
        text = _("{what}: not saved. {why}")
        sentence = text.format(what=saving.words, why=saving.error)
        self.notice.fail(sentence, saving.session_id)

    def _on_closed_together(self, numbers: object) -> None:
        closed = [int(each) for each in numbers] if isinstance(numbers, list) else []
        for number in closed:
            self.book.drop(number)
        self.rows.clearSelection()
        self._take_off(closed)

    def _on_reopen(self, session_id: object) -> None:
        self.one.reopen(int(str(session_id)))

    def _on_reopened(self, session_id: object) -> None:
        self._wanted = int(str(session_id))
        self.one.forget()
        name = name_of(self.board, self._wanted)
        words = _("Reopened: {name}.").format(name=name)
        self.said.emit(Word(words, can_undo=True))
        self.refresh()

    def _on_notice(self, session_id: object) -> None:
        number = int(str(session_id))
        if not self.rows.choose(number):
            self.one.open(number)


def _is_at(*widgets: QWidget) -> bool:
    """Say whether the cursor is in one of these, where Enter has its own meaning."""
    spot = QApplication.focusWidget()
    return spot is not None and any(
        one is spot or one.isAncestorOf(spot) for one in widgets
    )
