"""The line at the bottom: what the page says, what is under way, when it was saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from app.text import _, ngettext
from app.views.typography import label, scaled


class StatusBar(QFrame):
    """Counts at the left, jobs in the middle, saved state at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("frame", "status")
        self.setFixedHeight(scaled(24))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        self.note = label("", "small", "text2", tabular=True)
        self.jobs = label("", "small", "text2")
        self.saved = label("", "small", "text2", tabular=True)
        self.saved.setAccessibleName(_("Saved state"))
        self._ring = QProgressBar()
        self._ring.setRange(0, 0)
        self._ring.setFixedWidth(scaled(80))
        self._ring.setTextVisible(False)
        self._ring.setAccessibleName(_("Work under way"))
        row.addWidget(self.note)
        row.addStretch()
        row.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.jobs)
        row.addWidget(self.saved)
        self.show_jobs(())

    def show_note(self, note: str) -> None:
        """Say what the page says of itself."""
        self.note.setText(note)

    def show_saved(self, clock: str) -> None:
        """Say when the last change was saved."""
        self.saved.setText(_("All changes saved · {clock}").format(clock=clock))

    def show_jobs(self, words: Sequence[str]) -> None:
        """Say what is under way."""
        self._ring.setVisible(bool(words))
        self.jobs.setVisible(bool(words))
        if len(words) == 1:
            self.jobs.setText(words[0])
        elif words:
            text = ngettext("{n} job under way", "{n} jobs under way", len(words))
            self.jobs.setText(text.format(n=len(words)))
        self.jobs.setToolTip("\n".join(words))
