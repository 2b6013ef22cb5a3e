"""Fields that hold several values: boxes to tick, and numbers in one line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.text import _
from app.views.widgets.entries import EntryField


class SeveralField(QWidget):
    """A box to tick for each choice."""

    def __init__(
        self, choices: Sequence[tuple[str, Any]], ticked: Collection[Any]
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        column.setSpacing(6)
        self.boxes = dict[Any, QCheckBox]()
        for words, value in choices:
            box = QCheckBox(words)
            box.setChecked(value in ticked)
            self.boxes[value] = box
            column.addWidget(box)

    @property
    def value(self) -> tuple[Any, ...]:
        """What is ticked, in order."""
        return tuple(each for each, box in self.boxes.items() if box.isChecked())


class LengthsField(EntryField[tuple[int, ...]]):
    """Lengths in minutes, with commas or spaces between them."""

    def __init__(self, lengths: Sequence[int]) -> None:
        super().__init__()
        self.setPlaceholderText("45, 60, 90")
        if lengths:
            self.show_value(tuple(lengths))

    def read(self, text: str) -> tuple[int, ...] | None:
        words = text.replace(",", " ").replace(";", " ").split()
        if not all(word.isascii() and word.isdigit() for word in words):
            return None
        return tuple(sorted({int(word) for word in words}))

    def written(self, value: tuple[int, ...]) -> str:
        return ", ".join(map(str, value))

    def complaint(self) -> str:
        return _("Write minutes with commas between them, such as 45, 60, 90.")
