"""One session in the form: reads it, keeps its draft, previews and saves it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.values.errors import OfficeError
from app.services.billing.locks import PeriodLockedError
from app.services.closing.requests import Outcome
from app.services.closing.results import MoneyEffect
from app.text import _
from app.views.close_out.drafts import Draft
from app.views.close_out.form import SessionForm
from app.views.close_out.keeping import DraftBook
from app.views.close_out.money import MoneyPanel
from app.views.close_out.reading import Opened, read_session
from app.views.close_out.saving import Saving
from app.views.close_out.words import outcome_word
from app.views.tools import Tools

KEEP_AFTER, PREVIEW_AFTER = 1000, 150  # milliseconds


class OneSession(QObject):
    """What is done with the session in the form.

    Signals:
        shown: The form shows another session.
        kept: A draft was kept or dropped.
        saved, failed: A close-out was saved or not; carry the Saving.
        reopened: A close-out was taken back; carries the session's number.
        refused: Something could not be done; carries the sentence.
    """

    shown = Signal()
    kept = Signal()
    saved = Signal(object)
    failed = Signal(object)
    reopened = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        tools: Tools,
        form: SessionForm,
        money: MoneyPanel,
        book: DraftBook,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tools, self._form, self._money, self._book = tools, form, money, book
        self._asked = 0
        self._previewed: Draft | None = None
        self._reopening = 0
        self._keeping = QTimer(self)
        self._previewing = QTimer(self)
        for timer, length in (
            (self._keeping, KEEP_AFTER),
            (self._previewing, PREVIEW_AFTER),
        ):
            timer.setSingleShot(True)
            timer.setInterval(length)
        self._keeping.timeout.connect(self.keep)
        self._previewing.timeout.connect(self.preview)
        form.edited.connect(self._on_edited)
        form.reopened.connect(self._on_reopen)
        money.edited.connect(self._on_exception)
        money.corrected.connect(form.set_correction)

    @property
    def current(self) -> Opened | None:
        """The session that was asked for last, once it is there."""
        opened = self._form.opened
        is_it = opened is not None and opened.session_id == self._asked
        return opened if is_it else None

    def open(self, session_id: int) -> None:
        """Show a session in the form."""
        self.keep()
        self._asked = session_id
        tools = self._tools
        work = partial(read_session, tools.office, session_id, tools.formats.zone)
        tools.jobs.run(self, work, done=self._on_read, failed=self._on_unread)

    def read_again(self) -> None:
        """Read the session once more, as it may have changed elsewhere."""
        opened, tools = self.current, self._tools
        if opened is None:
            return
        work = partial(
            read_session, tools.office, opened.session_id, tools.formats.zone
        )
        tools.jobs.run(self, work, done=self._on_fresh, failed=self._on_gone)

    def forget(self) -> None:
        """Have no session in the form."""
        self.keep()
        self._asked = 0

    def keep(self) -> None:
        """Keep what was entered, without saving it."""
        self._keeping.stop()
        opened, draft = self.current, self._form.draft
        if opened is None:
            return
        if draft == opened.kept:
            self._book.drop(opened.session_id)
            self._form.note.kept.setText("")
        elif self._book.drafts.get(opened.session_id) != draft:
            self._book.keep(opened.session_id, draft)
            now = self._tools.formats.clock(self._tools.clock.now())
            words = _("Draft saved {time}").format(time=now)
            self._form.note.kept.setText(words)
        self.kept.emit()

    def preview(self) -> None:
        """Ask what saving would charge and pay."""
        opened, draft = self.current, self._form.draft
        if opened is None:
            return
        if draft.money is not None and not draft.money_reason.strip():
            return  # the reason is still to be typed
        self._previewed = draft
        work = partial(self._tools.office.close_outs.preview, opened.request(draft))
        self._tools.jobs.run(
            self, work, done=self._on_effect, failed=self._on_no_effect
        )

    def send(self, session_id: int, draft: Draft | None, name: str) -> Saving:
        """Make ready to save a session; its draft stays until it is saved."""
        self._previewing.stop()
        self._keeping.stop()
        opened = self.current
        is_it = opened is not None and opened.session_id == session_id
        if draft is not None and not (is_it and opened and draft == opened.kept):
            self._book.keep(session_id, draft)
        outcome = draft.outcome if draft is not None else Outcome.AS_PLANNED
        words = _("{name}, {outcome}").format(
            name=name, outcome=outcome_word(outcome).lower()
        )
        saving = Saving(self._tools, session_id, draft, words, self)
        saving.saved.connect(self.saved)
        saving.failed.connect(self.failed)
        return saving

    def reopen(self, session_id: int) -> None:
        """Take a close-out back."""
        self._reopening = session_id
        work = partial(self._tools.office.close_outs.reopen, session_id)
        self._tools.jobs.run(
            self, work, done=self._on_reopened, failed=self._on_refused
        )

    def _on_read(self, opened: Opened) -> None:
        if opened.session_id != self._asked:
            return
        draft = self._book.drafts.get(opened.session_id, opened.kept)
        self._form.show_error("")
        self._form.note.kept.setText(
            _("Draft") if opened.session_id in self._book.drafts else ""
        )
        self._form.show_session(opened, draft)
        self._money.show_draft(opened, draft)
        self.shown.emit()
        self.preview()

    def _on_fresh(self, fresh: Opened) -> None:
        former = self.current
        if former is None or fresh.session_id != self._asked or fresh == former:
            return
        draft = self._form.show_fresh(fresh)
        self._money.show_draft(fresh, draft)
        self.preview()

    def _on_gone(self, _error: OfficeError) -> None:
        """Leave a session that is no more to the list, which chooses another."""

    def _on_unread(self, error: OfficeError) -> None:
        self._asked = 0
        self.refused.emit(str(error))

    def _on_edited(self) -> None:
        self._keeping.start()
        self._previewing.start()
        opened = self.current
        if opened is not None:
            self._money.show_draft(opened, self._form.draft)
        if self._form.error.isVisible():
            self._form.show_error(self._form.faults())

    def _on_exception(self) -> None:
        self._form.set_exception(*self._money.exception.value())

    def _on_effect(self, effect: MoneyEffect) -> None:
        opened, draft = self.current, self._previewed
        is_it = opened is not None and opened.session_id == effect.session_id
        if opened is not None and draft is not None and is_it:
            self._money.show_effect(opened, draft, effect)

    def _on_no_effect(self, error: OfficeError) -> None:
        self._money.show_nothing()
        is_locked = isinstance(error, PeriodLockedError)
        self._money.show_error(str(error), is_locked=is_locked)

    def _on_reopen(self) -> None:
        if self._form.opened is not None:
            self.reopen(self._form.opened.session_id)

    def _on_reopened(self, _nothing: None) -> None:
        self._book.drop(self._reopening)
        self.reopened.emit(self._reopening)

    def _on_refused(self, error: OfficeError) -> None:
        self.refused.emit(str(error))
