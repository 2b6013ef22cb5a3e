"""What is done while the program runs: backups, and the chores of the day."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.values.errors import OfficeError
from app.services.backups import BackupFile, Standing
from app.services.upkeep import UpkeepDone
from app.text import _
from app.views.tools import Tools, Word

LOOK_EVERY = 15 * 60 * 1000  # milliseconds
CHORES_EVERY = 60 * 60 * 1000


class Keeper(QObject):
    """Has backups made without being asked, and says so when that fails.

    Signals:
        warned: People should make a backup; carries the sentence.
        calmed: There is no reason to warn.
        said: A backup was made because somebody asked; carries a Word.
    """

    warned = Signal(str)
    calmed = Signal()
    said = Signal(object)

    def __init__(self, tools: Tools, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self.folder = folder
        self._tools = tools
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now, and every quarter of an hour."""
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Make a backup if one is due."""
        work = partial(self._tools.office.backups.back_up_if_due, self.folder)
        self._tools.jobs.run(self, work, done=self._on_looked, failed=self._on_failed)

    def back_up(self) -> None:
        """Make a backup because somebody asked."""
        work = partial(self._tools.office.backups.back_up, self.folder)
        self._tools.jobs.run(
            self,
            work,
            done=self._on_made,
            failed=self._on_failed,
            words=_("Making a backup"),
        )

    def _on_looked(self, _file: BackupFile | None) -> None:
        work = partial(self._tools.office.backups.standing, self.folder)
        self._tools.jobs.run(self, work, done=self._on_standing)

    def _on_standing(self, standing: Standing) -> None:
        if standing.is_overdue:
            self.warned.emit(_("This office has had no backup for more than 3 days."))
        else:
            self.calmed.emit()

    def _on_made(self, file: BackupFile) -> None:
        self.calmed.emit()
        words = _("A backup was made: {name}").format(name=file.path.name)
        self.said.emit(Word(words))

    def _on_failed(self, error: OfficeError) -> None:
        words = _("No backup could be made. {why}").format(why=error)
        self.warned.emit(words)


class Chores(QObject):
    """Has the day's chores done at the start and every hour, without a word."""

    def __init__(self, tools: Tools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        self._timer = QTimer(self)
        self._timer.setInterval(CHORES_EVERY)
        self._timer.timeout.connect(self.run)

    def start(self) -> None:
        """Do them now, and every hour."""
        self._timer.start()
        self.run()

    def run(self) -> None:
        """Do what is due."""
        work = self._tools.office.upkeep.run
        self._tools.jobs.run(self, work, done=self._on_done)

    def _on_done(self, _done: UpkeepDone) -> None:
        """Nothing is to be told: what changed is heard by the pages."""
