"""Carries out what hands asked for: moves, copies, changes, cancellations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from app.models.values.errors import OfficeError
from app.models.values.schedule import CancelledBy, EditScope
from app.services.closing.requests import CancelSession
from app.services.office import Office
from app.services.scheduling.cards import SessionCard
from app.services.scheduling.errors import ClashError
from app.services.scheduling.requests import (
    BookSession,
    CancelSeries,
    EditSeries,
    OnClash,
)
from app.text import _, ngettext
from app.views.calendar.asking import Asker
from app.views.calendar.blocks import titles_of
from app.views.calendar.questions import (
    SCOPES,
    CancelQuestion,
    OverrideQuestion,
    ScopeQuestion,
    effect_text,
)
from app.views.tools import Tools, Word
from app.views.widgets.feedback import Popover


@dataclass(frozen=True, slots=True)
class _Change:
    """A change that is being asked about or carried out."""

    card: SessionCard
    request: EditSeries


class Mover(QObject):
    """Changes sessions, and asks what has to be asked about it.

    Signals:
        said: Something was done; carries a Word.
        noted: Something was not done, and why.
        settled: Nothing is under way any more; carries whether something changed.
    """

    said = Signal(object)
    noted = Signal(str)
    settled = Signal(bool)

    def __init__(self, tools: Tools, over: QWidget) -> None:
        super().__init__(over)
        self._tools = tools
        self._change: _Change | None = None
        self._copy: BookSession | None = None
        self._reset: SessionCard | None = None
        self._asker = Asker(over, self)
        self._asker.given_up.connect(self._on_given_up)
        self._at = QPoint()
        self._words = ""

    @property
    def question(self) -> Popover | None:
        """What is being asked."""
        return self._asker.question

    def change(self, card: SessionCard, request: EditSeries, at: QPoint) -> None:
        """Move or change a session; of a series, ask which ones are meant."""
        self._change, self._copy, self._at = _Change(card, request), None, at
        if card.series_id is None:
            self._edit(request)
            return
        work = partial(effects, self._tools.office, request)
        done, failed = self._on_effects, self._on_refused
        self._tools.jobs.run(self, work, done=done, failed=failed)

    def copy(self, card: SessionCard, request: BookSession, at: QPoint) -> None:
        """Book a session like another."""
        self._change, self._copy, self._at = None, request, at
        when = self._when(request)
        self._words = _("{name} copied to {when}").format(name=name_of(card), when=when)
        self._book(request)

    def place(self, name: str, request: BookSession, at: QPoint) -> None:
        """Book a missed session at another time."""
        self._change, self._copy, self._at = None, request, at
        when = self._when(request)
        self._words = _("{name} is placed again: {when}").format(name=name, when=when)
        self._book(request)

    def cancel(self, card: SessionCard, at: QPoint) -> None:
        """Call a session off, after asking on whose side."""
        if card.status.is_cancelled:
            self.noted.emit(_("This session is cancelled already."))
            return
        self._change = _Change(card, EditSeries(card.session_id, EditScope.THIS))
        is_series = card.series_id is not None
        question = CancelQuestion(name_of(card), is_series=is_series)
        question.answered.connect(self._on_cancel)
        self._asker.ask(question, at)
        question.begin()

    def put_back(self, card: SessionCard) -> None:
        """Put a cancelled session back into the timetable."""
        self._words = _("{name} is planned again").format(name=name_of(card))
        work = partial(self._tools.office.cancellations.restore, card.session_id)
        self._run(work)

    def reset(self, card: SessionCard, at: QPoint) -> None:
        """Take back what was changed by hand on one session of a series."""
        self._change = self._copy = None
        self._reset, self._at = card, at
        self._words = _("{name} is as its series again").format(name=name_of(card))
        work = partial(self._tools.office.series.reset, card.session_id)
        done, failed = self._on_done, self._on_taken
        self._tools.jobs.run(self, work, done=done, failed=failed)

    def confirm(self, card: SessionCard) -> None:
        """Make a tentative session a planned one."""
        self._words = _("{name} is confirmed").format(name=name_of(card))
        self._run(partial(self._tools.office.bookings.confirm, card.session_id))

    # -- questions ---------------------------------------------------------------------

    def _on_given_up(self) -> None:
        self.settled.emit(False)

    def _on_effects(self, found: Mapping[EditScope, str]) -> None:
        if self._change is None:
            return
        title = _("{name} repeats").format(name=name_of(self._change.card))
        question = ScopeQuestion(title, found, _("Move"))
        question.answered.connect(self._on_scope)
        self._asker.ask(question, self._at)
        question.begin()

    def _on_scope(self, scope: EditScope) -> None:
        self._asker.drop()
        if self._change is not None:
            on_clash = OnClash.REFUSE if scope is EditScope.THIS else OnClash.SKIP
            request = self._change.request
            self._edit(replace(request, scope=scope, on_clash=on_clash))

    def _on_reason(self, reason: str) -> None:
        self._asker.drop()
        if self._copy is not None:
            self._book(replace(self._copy, override_reason=reason))
        elif self._change is not None:
            self._edit(replace(self._change.request, override_reason=reason))

    def _on_cancel(self, by: CancelledBy, scope: EditScope, note: str) -> None:
        self._asker.drop()
        if self._change is None:
            return
        number = self._change.card.session_id
        name = name_of(self._change.card)
        if scope is EditScope.THIS:
            request = CancelSession(number, by, note=note)
            self._words = _("{name} cancelled").format(name=name)
            self._run(partial(self._tools.office.cancellations.cancel, request))
        else:
            series = CancelSeries(number, scope)
            self._words = _("Sessions of {name} cancelled").format(name=name)
            self._run(partial(self._tools.office.series.cancel_series, series))

    # -- deeds -------------------------------------------------------------------------

    def _edit(self, request: EditSeries) -> None:
        if self._change is None:
            return
        self._change = replace(self._change, request=request)
        self._words = self._told(self._change)
        asked = replace(request, accept_soft=True)
        self._run(partial(self._tools.office.series.edit, asked))

    def _book(self, request: BookSession) -> None:
        asked = replace(request, accept_soft=True)
        self._run(partial(self._tools.office.bookings.book, asked))

    def _run(self, work: Callable[[], object]) -> None:
        done, failed = self._on_done, self._on_refused
        self._tools.jobs.run(self, work, done=done, failed=failed)

    def _on_done(self, _result: object) -> None:
        self.said.emit(Word(self._words, can_undo=True))
        self.settled.emit(True)

    def _on_refused(self, error: OfficeError) -> None:
        """Offer to go on with a reason where that is possible; else put it back."""
        is_moved = self._change is not None or self._copy is not None
        if isinstance(error, ClashError) and is_moved:
            question = OverrideQuestion(str(error), _("Move all the same"))
            question.answered.connect(self._on_reason)
            self._asker.ask(question, self._at)
            question.begin()
            return
        self.noted.emit(_("Not done: {why}").format(why=error))
        self.settled.emit(False)

    def _on_taken(self, error: OfficeError) -> None:
        """Offer to go back to a slot that is taken, with a reason."""
        if isinstance(error, ClashError):
            question = OverrideQuestion(str(error), _("Reset all the same"))
            question.answered.connect(self._on_reset_reason)
            self._asker.ask(question, self._at)
            question.begin()
        else:
            self._on_refused(error)

    def _on_reset_reason(self, reason: str) -> None:
        self._asker.drop()
        if self._reset is not None:
            number = self._reset.session_id
            self._run(partial(self._tools.office.series.reset, number, reason))

    def _told(self, change: _Change) -> str:
        request, name = change.request, name_of(change.card)
        if request.start is not None:
            formats = self._tools.formats
            when = f"{formats.day(request.start.date())} " + formats.locale.clock(
                request.start.time()
            )
            return _("{name} moved to {when}").format(name=name, when=when)
        if request.tutor_ids is not None:
            return _("{name} has another tutor").format(name=name)
        if request.minutes is not None:
            minutes = request.minutes
            words = ngettext(
                "{name} lasts {minutes} minute now",
                "{name} lasts {minutes} minutes now",
                minutes,
            )
            return words.format(name=name, minutes=minutes)
        return _("{name} changed").format(name=name)

    def _when(self, request: BookSession) -> str:
        formats = self._tools.formats
        day = formats.day(request.start.date())
        return f"{day} {formats.locale.clock(request.start.time())}"


def effects(office: Office, request: EditSeries) -> dict[EditScope, str]:
    """Say for each scope what an edit would do."""
    found: dict[EditScope, str] = {}
    for scope in SCOPES:
        asked = replace(request, scope=scope)
        try:
            found[scope] = effect_text(office.series.preview_edit(asked))
        except OfficeError as error:
            found[scope] = str(error)
    return found


def name_of(card: SessionCard) -> str:
    """Name a session in a sentence."""
    return titles_of(card)[0]
