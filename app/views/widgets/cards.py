"""Boxes of a page and the rows of its forms."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.text import _
from app.views import paint, typography
from app.views.icons import IconLabel
from app.views.sizing import fix_height, fix_width, least_height
from app.views.typography import label as make_label
from app.views.widgets.buttons import Button
from app.views.widgets.entries import EntryField
from app.views.widgets.labels import ElideLabel


class Card(QFrame):
    """A box with a title at most and one way onward; fill its ``body``.

    Attributes:
        body: what stands in the box.
        action: the way onward, none without a word for it.
    """

    def __init__(self, title: str = "", action: str = "", padding: int = 16) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.action: Button | None = None
        outer = QVBoxLayout(self)
        top = padding - 4 if title else padding
        outer.setContentsMargins(padding, top, padding, padding)
        outer.setSpacing(8)
        if title:
            head = QHBoxLayout()
            self.title = make_label(title, "strong")
            head.addWidget(self.title)
            head.addStretch()
            if action:
                self.action = Button(action, kind="link", compact=True)
                head.addWidget(self.action)
            outer.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body)


class StatTile(QFrame):
    """A figure with its name, and a line to compare it with."""

    def __init__(
        self,
        caption: str,
        value: str,
        note: str = "",
        tone: str = "text3",
        icon: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self._caption = caption
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        if icon:
            head.addWidget(IconLabel(icon, 16, "text3"))
        head.addWidget(make_label(caption, "small-medium", "text2"))
        head.addStretch()
        outer.addLayout(head)
        self._value = make_label("", "figure", tabular=True)
        outer.addWidget(self._value)
        self._note = make_label("", "small", tone)
        outer.addWidget(self._note)
        self.show_value(value, note, tone)

    def show_value(self, value: str, note: str = "", tone: str = "text3") -> None:
        """Show another figure."""
        self._value.setText(value)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        repolish(self._note, "tone", tone)
        self.setAccessibleName(f"{self._caption}: {value} {note}".strip())


class FormRow(QWidget):
    """A label left of a field, and under it a hint or what is wrong."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        hint: str = "",
        *,
        optional: bool = False,
        label_width: int = 64,
        error: str = "",
    ) -> None:
        super().__init__()
        self.field, self._hint = field, hint
        caption = make_label(label, "body", "text2", wrap=True)
        fix_width(caption, max(label_width, _longest_word(caption)))
        least_height(caption, 32)
        caption.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(
                label.replace("&&", "\0").replace("&", "").replace("\0", "&")
            )
        policy = field.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Expanding)
        field.setSizePolicy(policy)
        self._note = make_label(hint, "caption", "text3", wrap=True)
        self._mark = IconLabel("circle-alert", 14, "err")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(caption, 0, top)
        row.addLayout(self._right(), 1)
        if optional:
            word = make_label(_("optional"), "caption", "text3")
            fix_height(word, 32)
            row.addWidget(word, 0, top)
        if isinstance(field, EntryField):
            field.checked.connect(self._on_checked)
        self.set_error(error)

    def set_error(self, message: str) -> None:
        """Say under the field what is wrong, nothing with an empty text."""
        repolish(self.field, "error", bool(message))
        repolish(self._note, "tone", "err" if message else "text3")
        self._note.setText(message or self._hint)
        self._note.setVisible(bool(message or self._hint))
        self._mark.setVisible(bool(message))
        self.field.setAccessibleDescription(message or self._hint)

    def _right(self) -> QVBoxLayout:
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.field)
        under = QHBoxLayout()
        under.setSpacing(4)
        under.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        under.addWidget(self._note, 1)
        right.addLayout(under)
        return right

    def _on_checked(self) -> None:
        if isinstance(self.field, EntryField):
            self.set_error(self.field.error())


def _longest_word(label: QLabel) -> int:
    """Give the width in px at 100 % that no word of a label is cut at."""
    widths = [paint.width_of(word, label.font()) for word in label.text().split()]
    return ceil(max(widths, default=0) / typography.scale.factor) + 1


def pair(*fields: QWidget | str) -> QWidget:
    """Put short fields in one row; a text stands between them."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for item in fields:
        if isinstance(item, str):
            row.addWidget(ElideLabel(item, "body", "text2"))
        else:
            row.addWidget(item, 1)
            if holder.focusProxy() is None:
                holder.setFocusProxy(item)
    return holder


def repolish(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
