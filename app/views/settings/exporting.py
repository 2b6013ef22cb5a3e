"""The section of the export: everything the office keeps, as plain tables."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout

from app.models.values.errors import OfficeError
from app.services.exporting.export import Exported
from app.text import _
from app.views.settings.section import Section
from app.views.tools import Tools, Word
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import Card
from app.views.widgets.labels import fact
from app.views.widgets.laying import across
from app.views.widgets.panels import empty


class ExportSection(Section):
    """Writes the whole office into a folder."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        card = Card(_("Export"))
        words = _(
            "One CSV file for every kind of record, the attachments, and a "
            "description of the columns. Everything is in it, so that the office "
            "can leave at any time."
        )
        card.body.addWidget(label(words, "body", "text2", wrap=True))
        self.write = Button(_("Export everything…"), "download")
        self.write.clicked.connect(self.choose)
        card.body.addLayout(across(self.write, 0))
        self._written = QVBoxLayout()
        self._written.setSpacing(4)
        card.body.addLayout(self._written)
        self.add(card)
        self.column.addStretch()

    def choose(self) -> None:
        """Have a folder chosen, and write into it."""
        title = _("Export into which folder?")
        self.tools.prompts.choose_folder(self, title, self.export)

    def export(self, folder: Path) -> None:
        """Write everything into a folder."""
        self.write.setEnabled(False)
        work = partial(self.tools.office.export.write, folder)
        words = _("Exporting")
        run = self.tools.jobs.run
        run(self, work, done=self._on_written, failed=self._on_failed, words=words)

    def _on_written(self, exported: Exported) -> None:
        self.write.setEnabled(True)
        empty(self._written)
        self._written.addWidget(fact(_("Folder"), str(exported.folder)))
        for file, rows in sorted(exported.rows.items()):
            if rows:
                self._written.addWidget(fact(file, str(rows)))
        self.said.emit(Word(_("Everything was exported.")))

    def _on_failed(self, error: OfficeError) -> None:
        self.write.setEnabled(True)
        self.said.emit(Word(str(error)))
