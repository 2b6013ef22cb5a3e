"""The section of backups: how the office is kept, a new one, and one put back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from app.models.values.errors import OfficeError
from app.services.backups import BackupFile, Standing
from app.text import _, ngettext
from app.views.keeping import Keeper
from app.views.settings.restoring import RestoreCard
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
MEGA = 1_000_000


class BackupSection(Section):
    """Shows the backups there are, makes one, and puts one back."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.warning = Banner(
            _("This office has had no backup for more than 3 days."), "warn"
        )
        self.warning.hide()
        self.add(self.warning)
        self._add_standing()
        self.restoring = RestoreCard(tools, self._folder)
        self.restoring.said.connect(self.said)
        self.add(self.restoring)
        self.column.addStretch()

    @property
    def keeper(self) -> Keeper | None:
        """Who makes backups by itself while the window is open."""
        found = self.window().findChild(Keeper)
        return found if isinstance(found, Keeper) else None

    def refresh(self) -> None:
        work = partial(self.tools.office.backups.standing, self._folder())
        self.run(work, self._show)

    def make(self) -> None:
        """Make a backup now."""
        self.now.setEnabled(False)
        work = partial(self.tools.office.backups.back_up, self._folder())
        words = _("Making a backup")
        run = self.tools.jobs.run
        run(self, work, done=self._on_made, failed=self._on_failed, words=words)

    def _add_standing(self) -> None:
        card = Card(_("How the office is kept"))
        self._facts = QVBoxLayout()
        self._facts.setSpacing(4)
        card.body.addLayout(self._facts)
        self.now = Button(_("Back up now"), "database-backup", "primary")
        self.now.clicked.connect(self.make)
        card.body.addLayout(across(self.now, 0))
        words = _(
            "Since a backup was put back every backup is kept; when the office is as "
            "it should be, old ones may be thrown away again."
        )
        self.why_all = label(words, "small", "text2", wrap=True)
        self.thin = Button(_("Thin old backups again"))
        self.thin.clicked.connect(self._on_thin)
        card.body.addWidget(self.why_all)
        card.body.addLayout(across(self.thin, 0))
        self._show_frozen(is_frozen=False)
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

    def _folder(self) -> Path:
        keeper = self.keeper
        usual = self.tools.office.backups.usual_folder
        return keeper.folder if keeper is not None else usual()

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
        self._show_frozen(is_frozen=standing.is_frozen)
        empty(self._facts)
        for name, value in (
            (_("Last backup"), last),
            (_("Changed since then"), since),
            (_("Size"), f"{files} · {self._size(total)}"),
            *([(_("Old backups"), _("all are kept"))] if standing.is_frozen else []),
        ):
            self._facts.addWidget(fact(name, value))
        folder = str(standing.folder)
        self._facts.addWidget(fact(_("Folder"), folder, may_be_long=True))
        empty(self._files)
        for file in standing.files[:SHOWN]:
            self._files.addWidget(fact(formats.stamp(file.at), self._size(file.size)))

    def _show_frozen(self, *, is_frozen: bool) -> None:
        self.why_all.setVisible(is_frozen)
        self.thin.setVisible(is_frozen)

    def _on_thin(self) -> None:
        self.thin.setEnabled(False)
        work = partial(self.tools.office.backups.thaw, self._folder())
        run = self.tools.jobs.run
        run(self, work, done=self._on_thinned, failed=self._on_failed)

    def _on_thinned(self, _nothing: None) -> None:
        self.thin.setEnabled(True)
        self.refresh()

    def _on_made(self, file: BackupFile) -> None:
        self.now.setEnabled(True)
        words = _("A backup was made: {name}").format(name=file.path.name)
        self.said.emit(Word(words))
        keeper = self.keeper
        if keeper is not None:
            keeper.look()
        self.refresh()

    def _on_failed(self, error: OfficeError) -> None:
        self.now.setEnabled(True)
        self.thin.setEnabled(True)
        self.said.emit(Word(str(error)))

    def _size(self, octets: int) -> str:
        tenths = round(octets * 10 / MEGA)
        return _("{n} MB").format(n=self.tools.formats.locale.number(tenths, 1))
