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

Work = Callable[[], object]


@dataclass(frozen=True, slots=True, eq=False)
class _Deed:
    """What is being asked about or carried out.

    Attributes:
        at: where a question about it stands.
        words: said when it is done.
        refusal: said when it is not done; names why.
        work: does it; None while it is asked which of it is meant.
        again: makes the work once more for a reason; None where no reason helps.
        verb: going on all the same.
        card: whose session is asked about.
        request: what is changed about it, where it is asked which ones are meant.
    """

    at: QPoint
    words: str = ""
    refusal: str = ""
    work: Work | None = None
    again: Callable[[str], Work] | None = None
    verb: str = ""
    card: SessionCard | None = None
    request: EditSeries | None = None


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
        self._deed: _Deed | None = None  # the one that is pending
        self._asker = Asker(over, self)
        self._asker.given_up.connect(self._on_given_up)

    @property
    def question(self) -> Popover | None:
        """What is being asked."""
        return self._asker.question

    def change(self, card: SessionCard, request: EditSeries, at: QPoint) -> None:
        """Move or change a session; of a series, ask which ones are meant."""
        if card.series_id is None:
            self._edit(card, at, request)
            return
        refusal = _("Not done: {why}")
        asked = _Deed(at, refusal=refusal, card=card, request=request)
        deed = self._begin(asked)
        work = partial(effects, self._tools.office, request)
        done = partial(self._on_effects, deed, card)
        failed = partial(self._on_refused, deed)
        self._tools.jobs.run(self, work, done=done, failed=failed)

    def copy(self, card: SessionCard, request: BookSession, at: QPoint) -> None:
        """Book a session like another."""
        when, name = self._when(request), name_of(card)
        words = _("{name} copied to {when}").format(name=name, when=when)
        self._book(request, at, words, _("Copy all the same"))

    def place(self, name: str, request: BookSession, at: QPoint) -> None:
        """Book a missed session at another time."""
        when = self._when(request)
        words = _("{name} is placed again: {when}").format(name=name, when=when)
        self._book(request, at, words, _("Place all the same"))

    def cancel(self, card: SessionCard, at: QPoint) -> None:
        """Call a session off, after asking on whose side."""
        if card.status.is_cancelled:
            self.noted.emit(_("This session is cancelled already."))
            return
        self._begin(_Deed(at, card=card))
        is_series = card.series_id is not None
        question = CancelQuestion(name_of(card), is_series=is_series)
        question.answered.connect(self._on_cancel)
        self._asker.ask(question, at)
        question.begin()

    def put_back(self, card: SessionCard) -> None:
        """Put a cancelled session back into the timetable."""
        name = name_of(card)
        words = _("{name} is planned again").format(name=name)
        refusal = _("Could not restore {name}: {why}").replace("{name}", name)
        work = partial(self._tools.office.cancellations.restore, card.session_id)
        self._run(_Deed(QPoint(), words, refusal, work))

    def reset(self, card: SessionCard, at: QPoint) -> None:
        """Take back what was changed by hand on one session of a series."""
        words = _("{name} is as its series again").format(name=name_of(card))
        work = partial(self._tools.office.series.reset, card.session_id)
        again, refusal = partial(partial, work), _("Not done: {why}")
        verb = _("Reset all the same")
        self._run(_Deed(at, words, refusal, work, again, verb))

    def confirm(self, card: SessionCard) -> None:
        """Make a tentative session a planned one."""
        words = _("{name} is confirmed").format(name=name_of(card))
        work = partial(self._tools.office.bookings.confirm, card.session_id)
        self._run(_Deed(QPoint(), words, _("Not done: {why}"), work))

    # -- questions ---------------------------------------------------------------------

    def _on_given_up(self) -> None:
        self._deed = None
        self.settled.emit(False)

    def _on_effects(
        self,
        deed: _Deed,
        card: SessionCard,
        found: Mapping[EditScope, str],
    ) -> None:
        if deed is not self._deed:
            return
        title = _("{name} repeats").format(name=name_of(card))
        question = ScopeQuestion(title, found, _("Move"))
        question.answered.connect(self._on_scope)
        self._asker.ask(question, deed.at)
        question.begin()

    def _on_scope(self, scope: EditScope) -> None:
        deed = self._deed
        if deed is not None and deed.card is not None and deed.request is not None:
            on_clash = OnClash.REFUSE if scope is EditScope.THIS else OnClash.SKIP
            request = replace(deed.request, scope=scope, on_clash=on_clash)
            self._edit(deed.card, deed.at, request)

    def _on_reason(self, reason: str) -> None:
        deed = self._deed
        if deed is not None and deed.again is not None:
            self._run(replace(deed, work=deed.again(reason)))

    def _on_cancel(self, by: CancelledBy, scope: EditScope, note: str) -> None:
        if self._deed is None or self._deed.card is None:
            return
        card, at = self._deed.card, self._deed.at
        number, name, office = card.session_id, name_of(card), self._tools.office
        work: Work
        if scope is EditScope.THIS:
            words = _("{name} cancelled").format(name=name)
            request = CancelSession(number, by, note=note)
            work = partial(office.cancellations.cancel, request)
        else:
            words = _("Sessions of {name} cancelled").format(name=name)
            work = partial(office.series.cancel_series, CancelSeries(number, scope))
        self._run(_Deed(at, words, _("Not done: {why}"), work))

    # -- deeds -------------------------------------------------------------------------

    def _edit(self, card: SessionCard, at: QPoint, request: EditSeries) -> None:
        edit = self._tools.office.series.edit
        asked = replace(request, accept_soft=True)

        def again(reason: str) -> Work:
            return partial(edit, replace(asked, override_reason=reason))

        words, refusal = self._told(card, request), _("Not done: {why}")
        verb = _("Move all the same")
        self._run(_Deed(at, words, refusal, partial(edit, asked), again, verb))

    def _book(self, request: BookSession, at: QPoint, words: str, verb: str) -> None:
        book = self._tools.office.bookings.book
        asked = replace(request, accept_soft=True)

        def again(reason: str) -> Work:
            return partial(book, replace(asked, override_reason=reason))

        refusal = _("Not done: {why}")
        self._run(_Deed(at, words, refusal, partial(book, asked), again, verb))

    def _begin(self, deed: _Deed) -> _Deed:
        """Let a deed be the pending one; what was asked before is not any more."""
        self._asker.drop()
        self._deed = deed
        return deed

    def _run(self, deed: _Deed) -> None:
        self._begin(deed)
        if deed.work is not None:
            done, failed = partial(self._on_done, deed), partial(self._on_refused, deed)
            self._tools.jobs.run(self, deed.work, done=done, failed=failed)

    def _on_done(self, deed: _Deed, _result: object) -> None:
        self.said.emit(Word(deed.words, can_undo=True))
        self._end(deed, changed=True)

    def _on_refused(self, deed: _Deed, error: OfficeError) -> None:
        """Offer to go on with a reason where that is possible; else put it back."""
        is_asked = isinstance(error, ClashError) and deed is self._deed
        if is_asked and deed.again is not None:
            question = OverrideQuestion(str(error), deed.verb)
            question.answered.connect(self._on_reason)
            self._asker.ask(question, deed.at)
            question.begin()
            return
        self.noted.emit(deed.refusal.replace("{why}", str(error)))
        self._end(deed, changed=False)

    def _end(self, deed: _Deed, *, changed: bool) -> None:
        """Forget a deed; one that was begun since settles what is under way."""
        if deed is self._deed:
            self._deed = None
            self.settled.emit(changed)

    def _told(self, card: SessionCard, request: EditSeries) -> str:
        name = name_of(card)
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
