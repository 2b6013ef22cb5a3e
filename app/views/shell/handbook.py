"""The handbook: a window of its own beside the work, with chapters and a search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeyEvent, QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.models.values.folding import folded
from app.resources import resource
from app.text import _, language
from app.views import theme
from app.views.tools import Place
from app.views.typography import font, label, scaled, set_role
from app.views.widgets.inputs import SearchField

FALLBACK = "en"
LINE = 145  # percent of the letters' height
# In reading order: what is always there, then the pages.
CHAPTERS = ("start", *(place.value for place in Place), "search", "keys", "safety")
KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter, written in Markdown; its first line is its title."""

    key: str
    text: str

    @property
    def title(self) -> str:
        """What it is called."""
        return self.text.partition("\n")[0].lstrip("# ").strip()


def chapters(folder: Path | None = None) -> Mapping[str, Chapter]:
    """Read the chapters in the person's language, else in English."""
    root = folder or resource("handbook")
    found, told = {}, language()
    for key in CHAPTERS:
        for name in (told, told.partition("_")[0], FALLBACK):
            path = root / name / f"{key}.md"
            if name and path.is_file():
                found[key] = Chapter(key, path.read_text("utf-8"))
                break
    return found


class Handbook(QWidget):
    """Shows the handbook; it stays open while the work goes on."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner, Qt.WindowType.Window)
        self._chapters: Mapping[str, Chapter] = {}
        self.setWindowTitle(_("Handbook"))
        self.setAccessibleName(_("Handbook"))
        self.search = SearchField(_("Search the handbook"))
        self.search.textChanged.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_entered)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Chapters"))
        set_role(self.list, "body")
        self.list.currentItemChanged.connect(self._on_chosen)
        self.nothing = label(_("No chapter speaks of this."), "body", "text2")
        self.nothing.setWordWrap(True)
        self.nothing.hide()
        self.page = QTextBrowser()
        self.page.setAccessibleName(_("Chapter"))
        self.page.setOpenLinks(False)
        self.page.setFont(font("body"))
        self.page.document().setDocumentMargin(24)
        self.page.anchorClicked.connect(self._on_link)
        theme.current.changed.connect(self._show)
        self._lay_out()

    @property
    def shown(self) -> str:
        """The chapter that is shown; empty for none."""
        chosen = self.list.selectedItems()
        return str(chosen[0].data(KEY)) if chosen else ""

    def open_at(self, key: str) -> None:
        """Open the handbook at a chapter."""
        if not self._chapters:
            self._fill()
        self.search.clear()
        self.turn_to(key)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_to(self, key: str) -> None:
        """Show another chapter."""
        for place in range(self.list.count()):
            item = self.list.item(place)
            if item.data(KEY) == key:
                self.list.setCurrentItem(item)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.resize(scaled(880), scaled(640))
        self.setMinimumSize(560, 400)
        left = QVBoxLayout()
        left.setContentsMargins(16, 16, 0, 16)
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(self.nothing)
        left.addWidget(self.list, 1)
        for widget in (self.search, self.list):
            widget.setFixedWidth(scaled(224))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left)
        row.addWidget(self.page, 1)

    def _fill(self) -> None:
        self._chapters = chapters()
        for key, chapter in self._chapters.items():
            item = QListWidgetItem(chapter.title)
            item.setData(KEY, key)
            self.list.addItem(item)

    def _on_searched(self, typed: str) -> None:
        """Leave only chapters that speak of it, and show where the first one does."""
        words = folded(typed)
        left = []
        for place in range(self.list.count()):
            item = self.list.item(place)
            chapter = self._chapters[str(item.data(KEY))]
            item.setHidden(words not in folded(chapter.text))
            if not item.isHidden():
                left.append(item)
        self.nothing.setVisible(not left)
        if left and self.list.currentItem() not in left:
            self.list.setCurrentItem(left[0])
        self._find(typed, from_top=True)

    def _on_entered(self) -> None:
        self._find(self.search.text(), from_top=False)

    def _find(self, typed: str, *, from_top: bool) -> None:
        """Mark the next place that was searched for; begin again at the end."""
        start = QTextCursor(self.page.document())
        if from_top:
            self.page.setTextCursor(start)
        if typed and not self.page.find(typed, QTextDocument.FindFlag(0)):
            self.page.setTextCursor(start)
            self.page.find(typed)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._show()
            self._find(self.search.text(), from_top=True)

    def _show(self) -> None:
        chapter = self._chapters.get(self.shown)
        if chapter is not None:
            accent = theme.color("accent").name()
            self.page.document().setDefaultStyleSheet(f"a {{ color: {accent}; }}")
            self.page.setMarkdown(chapter.text)
            _give_air(self.page.document())

    def _on_link(self, address: QUrl) -> None:
        self.search.clear()
        self.turn_to(address.path().removesuffix(".md"))


def _give_air(document: QTextDocument) -> None:
    """Set the lines of a chapter apart, and its headings more."""
    block = document.begin()
    while block.isValid():
        heading = block.blockFormat().headingLevel()
        format_ = QTextBlockFormat()
        percent = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        format_.setLineHeight(LINE, percent)
        is_first = block.blockNumber() == 0
        format_.setTopMargin(scaled(20) if heading and not is_first else 0)
        format_.setBottomMargin(scaled(10) if heading else scaled(8))
        QTextCursor(block).mergeBlockFormat(format_)
        block = block.next()
