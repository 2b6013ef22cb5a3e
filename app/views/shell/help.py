"""Help: the keys of all commands, and what was told in passing."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.models.values.folding import folded
from app.text import _
from app.views.shell.key_areas import Area
from app.views.tools import Word
from app.views.typography import font, scaled

ROW = 30  # px


class KeyboardSheet(QDialog):
    """Commands and keys by area, made from the commands themselves."""

    def __init__(self, parent: QWidget, areas: Iterable[Area]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 600)
        column = QVBoxLayout(self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Search commands and keys"))
        self.field.setAccessibleName(_("Search commands and keys"))
        self.field.textChanged.connect(self._filter)
        column.addWidget(self.field)
        self.sheet = QTreeWidget()
        self.sheet.setColumnCount(2)
        self.sheet.setHeaderLabels([_("Command"), _("Keys")])
        self.sheet.setRootIsDecorated(False)
        self.sheet.setIndentation(0)
        self.sheet.setAccessibleName(_("Commands and their keys"))
        for area in areas:
            self._add_area(area)
        self.sheet.expandAll()
        self.sheet.setColumnWidth(0, scaled(320))
        self.sheet.setUniformRowHeights(True)
        column.addWidget(self.sheet)
        column.addWidget(_close_button(self))

    def areas(self) -> list[QTreeWidgetItem]:
        """Give the headings; their commands are under them."""
        found = map(self.sheet.topLevelItem, range(self.sheet.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _add_area(self, area: Area) -> None:
        if not area.lines:
            return
        head = _item(area.title, "")
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        head.setFont(0, font("strong"))
        self.sheet.addTopLevelItem(head)
        head.setFirstColumnSpanned(True)
        head.addChildren([_item(*line) for line in area.lines])

    def _filter(self, typed: str) -> None:
        """Show what holds the text; a heading that does shows all under it."""
        needle = folded(typed)
        for head in self.areas():
            is_whole = needle in folded(head.text(0))
            found = 0
            for item in under(head):
                text = folded(f"{item.text(0)} {item.text(1)}")
                item.setHidden(not is_whole and needle not in text)
                found += not item.isHidden()
            head.setHidden(not found)


class RecentMessages(QDialog):
    """What was told in passing, the newest first."""

    def __init__(self, parent: QWidget, words: Iterable[Word]) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Recent messages"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 400)
        column = QVBoxLayout(self)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Recent messages"))
        self.list.addItems([word.sentence for word in words])
        column.addWidget(self.list)
        column.addWidget(_close_button(self))


def _close_button(dialog: QDialog) -> QDialogButtonBox:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    box.rejected.connect(dialog.reject)
    return box


def under(head: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """Give the lines under a heading."""
    found = map(head.child, range(head.childCount()))
    return [item for item in found if item is not None]


def _item(name: str, keys: str) -> QTreeWidgetItem:
    made = QTreeWidgetItem([name, keys])
    made.setSizeHint(0, QSize(0, scaled(ROW)))
    return made
