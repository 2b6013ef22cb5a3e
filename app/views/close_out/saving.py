"""Saves close-outs while the person goes on; what fails stays, and is tried again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.values.errors import OfficeError, UnavailableError
from app.services.closing.results import Closed
from app.views.close_out.drafts import Draft
from app.views.close_out.reading import close_one
from app.views.tools import Tools

RETRY_AFTER = 10_000  # milliseconds until an office out of reach is tried again


class Saving(QObject):
    """One close-out on its way; it lives until it is saved or given up.

    Signals:
        saved: It was kept; carries the Saving.
        failed: It was not; carries the Saving.
    """

    saved = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        tools: Tools,
        session_id: int,
        draft: Draft | None,
        words: str,
        parent: QObject,
        retry_after: int = RETRY_AFTER,
    ) -> None:
        super().__init__(parent)
        self._tools, self.draft = tools, draft
        self.session_id, self.words = session_id, words
        self.error = ""
        self.is_retrying = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(retry_after)
        self._timer.timeout.connect(self.start)

    def start(self) -> None:
        """Save it."""
        tools = self._tools
        work = partial(
            close_one, tools.office, self.session_id, self.draft, tools.formats.zone
        )
        tools.jobs.run(self, work, done=self._on_done, failed=self._on_failed)

    def give_up(self) -> None:
        """Try no more."""
        self._timer.stop()
        self.deleteLater()

    def _on_done(self, _closed: Closed) -> None:
        self.saved.emit(self)
        self.give_up()

    def _on_failed(self, error: OfficeError) -> None:
        self.error = str(error)
        self.is_retrying = isinstance(error, UnavailableError)
        self.failed.emit(self)
        if self.is_retrying:
            self._timer.start()
        else:
            self.deleteLater()
