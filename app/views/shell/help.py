"""Help: the keys of all commands, and what was told in passing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
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
from app.views.shell.answers import plain
from app.views.tools import Word
from app.views.typography import scaled

ROW = 30  # px
NATIVE = QKeySequence.SequenceFormat.NativeText


class KeyboardSheet(QDialog):
    """A list of commands and keys, made from the commands themselves."""

    def __init__(self, parent: QWidget, actions: Sequence[QAction]) -> None:
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
        self.sheet.setAccessibleName(_("Commands and their keys"))
        for action in actions:
            keys = ", ".join(one.toString(NATIVE) for one in action.shortcuts()[:2])
            if keys:
                item = QTreeWidgetItem(self.sheet, [plain(action.text()), keys])
                item.setSizeHint(0, QSize(0, scaled(ROW)))
        self.sheet.setColumnWidth(0, scaled(320))
        self.sheet.setUniformRowHeights(True)
        column.addWidget(self.sheet)
        column.addWidget(_close_button(self))

    def _filter(self, typed: str) -> None:
        needle = folded(typed)
        for at in range(self.sheet.topLevelItemCount()):
            item = self.sheet.topLevelItem(at)
            if item is not None:
                item.setHidden(needle not in folded(f"{item.text(0)} {item.text(1)}"))


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
