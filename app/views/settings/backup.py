"""The section of backups: how the office is kept, a new one, and a look into one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from app.models.values.errors import OfficeError
from app.services.backups import BackupFile, Backups, Contents, Standing
from app.text import _, ngettext
from app.views.formats import DASH
from app.views.keeping import Keeper
from app.views.settings.section import Section
from app.views.tools import Tools, Word
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import Card
from app.views.widgets.feedback import Banner
from app.views.widgets.labels import fact
from app.views.widgets.laying import across
from app.views.widgets.panels import empty

SHOWN = 8  # backups in the list
KINDS = "Chalkbook (*.chalkbook)"
MEGA = 1_000_000


def read_standing(backups: Backups, folder: Path | None) -> Standing:
    """Tell how well the office is kept, in its usual folder where none is given."""
    return backups.standing(folder or backups.usual_folder())


def back_up(backups: Backups, folder: Path | None) -> BackupFile:
    """Make a backup now."""
    return backups.back_up(folder or backups.usual_folder())


class BackupSection(Section):
    """Shows the backups there are, makes one, and looks into one."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._file: Path | None = None
        self.warning = Banner(
            _("This office has had no backup for more than 3 days."), "warn"
        )
        self.warning.hide()
        self.add(self.warning)
        self._add_standing()
        self._add_restoring()
        self.column.addStretch()

    @property
    def keeper(self) -> Keeper | None:
        """Who makes backups by itself while the window is open."""
        found = self.window().findChild(Keeper)
        return found if isinstance(found, Keeper) else None

    def refresh(self) -> None:
        work = partial(read_standing, self.tools.office.backups, self._folder())
        self.run(work, self._show)

    def make(self) -> None:
        """Make a backup now."""
        self.now.setEnabled(False)
        work = partial(back_up, self.tools.office.backups, self._folder())
        words = _("Making a backup")
        run = self.tools.jobs.run
        run(self, work, done=self._on_made, failed=self._on_failed, words=words)

    def choose(self) -> None:
        """Have a backup chosen, to look into it."""
        title = _("Which backup?")
        self.tools.prompts.choose_file(self, title, KINDS, self.look_into)

    def look_into(self, file: Path) -> None:
        """Really restore a backup somewhere else, and tell what it holds."""
        self._file = file
        self.restore.setEnabled(False)
        work = partial(self.tools.office.backups.look_into, file)
        words = _("Looking into a backup")
        run = self.tools.jobs.run
        run(self, work, done=self._on_looked, failed=self._on_failed, words=words)

    def _add_standing(self) -> None:
        card = Card(_("How the office is kept"))
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        card.body.addLayout(self._facts)
        self.now = Button(_("Back up now"), "database-backup", "primary")
        self.now.clicked.connect(self.make)
        card.body.addLayout(across(self.now, 0))
        self.add(card)
        kept = Card(_("Newest backups"))
        self._files = QVBoxLayout()
        self._files.setSpacing(4)
        kept.body.addLayout(self._files)
        words = _(
            "A backup is made when something changed, at most once an hour. Of older "
            "ones 7 days, 4 weeks and 12 months stay."
        )
        kept.body.addWidget(label(words, "small", "text2", wrap=True))
        self.add(kept)

    def _add_restoring(self) -> None:
        card = Card(_("Restore"))
        words = _(
            "Choose a backup: it is restored into a place of its own first, so that "
            "you see what it holds. The open office is not touched."
        )
        card.body.addWidget(label(words, "body", "text2", wrap=True))
        self.restore = Button(_("Restore…"), "history")
        self.restore.clicked.connect(self.choose)
        card.body.addLayout(across(self.restore, 0))
        self._found = QVBoxLayout()
        self._found.setSpacing(4)
        card.body.addLayout(self._found)
        self.steps = Banner("", "info")
        self.steps.hide()
        card.body.addWidget(self.steps)
        self.add(card)

    def _folder(self) -> Path | None:
        keeper = self.keeper
        return keeper.folder if keeper is not None else None

    def _show(self, standing: Standing) -> None:
        self.warning.setVisible(standing.is_overdue)
        formats = self.tools.formats
        newest = standing.files[0] if standing.files else None
        last = formats.stamp(newest.at) if newest else _("never")
        since = _("nothing") if standing.is_current else _("something")
        if newest is None:
            since = _("everything")
        total = sum(file.size for file in standing.files)
        count = len(standing.files)
        files = ngettext("{n} file", "{n} files", count).format(n=count)
        empty(self._facts)
        for name, value in (
            (_("Last backup"), last),
            (_("Changed since then"), since),
            (_("Size"), f"{files} · {self._size(total)}"),
            (_("Folder"), str(standing.folder)),
            *([(_("Old backups"), _("all are kept"))] if standing.is_frozen else []),
        ):
            self._facts.addWidget(fact(name, value))
        empty(self._files)
        for file in standing.files[:SHOWN]:
            self._files.addWidget(fact(formats.stamp(file.at), self._size(file.size)))

    def _on_made(self, file: BackupFile) -> None:
        self.now.setEnabled(True)
        words = _("A backup was made: {name}").format(name=file.path.name)
        self.said.emit(Word(words))
        keeper = self.keeper
        if keeper is not None:
            keeper.look()
        self.refresh()

    def _on_looked(self, held: Contents) -> None:
        self.restore.setEnabled(True)
        empty(self._found)
        changed = DASH
        if held.last_change_at is not None:
            changed = self.tools.formats.stamp(held.last_change_at)
        for name, value in (
            (_("Backup"), self._file.name if self._file else ""),
            (_("Office"), held.office),
            (_("Families"), str(held.households)),
            (_("Students"), str(held.students)),
            (_("Tutors"), str(held.tutors)),
            (_("Sessions"), str(held.sessions)),
            (_("Last change"), changed),
        ):
            self._found.addWidget(fact(name, value))
        words = _(
            "This backup is whole and can be restored. To put it in the office's "
            "place, close Chalkbook at every desk and run: python start.py restore "
            "“{file}”. What is there now is copied first."
        )
        self.steps.say(words.format(file=self._file))
        self.steps.show()

    def _on_failed(self, error: OfficeError) -> None:
        self.now.setEnabled(True)
        self.restore.setEnabled(True)
        empty(self._found)
        self.steps.hide()
        self.said.emit(Word(str(error)))

    def _size(self, octets: int) -> str:
        tenths = round(octets * 10 / MEGA)
        return _("{n} MB").format(n=self.tools.formats.locale.number(tenths, 1))
