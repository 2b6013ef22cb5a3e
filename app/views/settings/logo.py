"""The card of the office's logo: what is printed in the place of the mark."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from app.models.values.errors import OfficeError
from app.services.office import Office
from app.text import _
from app.views.tools import Tools, Word
from app.views.typography import label, scaled
from app.views.widgets.buttons import Button
from app.views.widgets.cards import Card
from app.views.widgets.laying import across

KINDS = "PNG, JPEG (*.png *.jpg *.jpeg)"
HEIGHT = 48  # px of the picture


def take_logo(office: Office, file: Path) -> bytes:
    """Take a file as the logo, and give it as it is printed."""
    office.settings.set_logo(file)
    return office.settings.logo()


def take_away(office: Office) -> bytes:
    """Print the office's letter again."""
    office.settings.take_logo_away()
    return b""


class LogoCard(Card):
    """Shows the logo; another one is chosen, or none.

    Signals:
        said: Another logo is printed now, or a file was refused; carries a Word.
    """

    said = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__(_("Logo"))
        self._tools = tools
        words = _(
            "Printed 8 mm high at the head of documents, beside the office's name; "
            "without one the office's first letter stands there. Documents that were "
            "issued keep theirs."
        )
        self.body.addWidget(label(words, "small", "text2", wrap=True))
        self.picture = QLabel()
        self.picture.setAccessibleName(_("The office's logo"))
        self.picture.setProperty("frame", "paper")
        self.body.addWidget(self.picture)
        self.choose = Button(_("Choose a picture…"), "image")
        self.choose.clicked.connect(self._on_choose)
        self.remove = Button(_("Remove"), "x")
        self.remove.clicked.connect(self._on_remove)
        self.body.addLayout(across(self.choose, self.remove, 0))
        self._show(b"")

    def refresh(self) -> None:
        """Read the logo once more."""
        jobs, settings = self._tools.jobs, self._tools.office.settings
        jobs.run(self, settings.logo, done=self._show, failed=self._on_failed)

    def _show(self, content: bytes) -> None:
        shown = QPixmap()
        shown.loadFromData(content)
        if not shown.isNull():
            ratio = self.devicePixelRatioF()
            height = round(scaled(HEIGHT) * ratio)
            smooth = Qt.TransformationMode.SmoothTransformation
            shown = shown.scaledToHeight(height, smooth)
            shown.setDevicePixelRatio(ratio)
        self.picture.setPixmap(shown)
        self.picture.setVisible(not shown.isNull())
        self.remove.setVisible(not shown.isNull())

    def _on_choose(self) -> None:
        title = _("Which picture?")
        self._tools.prompts.choose_file(self, title, KINDS, self._take)

    def _take(self, file: Path) -> None:
        work = partial(take_logo, self._tools.office, file)
        self._tools.jobs.run(self, work, done=self._on_taken, failed=self._on_failed)

    def _on_taken(self, content: bytes) -> None:
        self._show(content)
        words = _("The logo is printed on documents from now on.")
        self.said.emit(Word(words, can_undo=True))

    def _on_remove(self) -> None:
        work = partial(take_away, self._tools.office)
        self._tools.jobs.run(self, work, done=self._on_removed, failed=self._on_failed)

    def _on_removed(self, content: bytes) -> None:
        self._show(content)
        self.said.emit(Word(_("The logo was taken away."), can_undo=True))

    def _on_failed(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))
