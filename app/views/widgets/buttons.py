"""Buttons: with a word, with an icon alone, chips of filters, and views to choose."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStyleOptionToolButton,
    QToolButton,
)

from app.views import icons, paint, theme, typography
from app.views.sizing import fix_height, fix_width

ICON, GAP = 16, 8
EDGE = 8  # px beside a word that gives way
_TINTS = {
    "primary": "on_accent",
    "danger-filled": "on_accent",
    "danger": "err",
    "link": "accent",
    "toast": "toast_link",
}


class Button(QPushButton):
    """A button: plain, primary, danger, danger-filled, ghost, link or toast."""

    def __init__(
        self, label: str, icon: str = "", kind: str = "plain", *, compact: bool = False
    ) -> None:
        super().__init__(label)
        self.setProperty("kind", kind)
        self.setProperty("compact", compact)
        is_strong = kind in {"primary", "danger-filled"}
        typography.set_role(self, "strong" if is_strong else "medium")
        self._icon, self._token = icon, _TINTS.get(kind, "text2")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        if icon:
            self.setIcon(icons.icon(icon, self._token))
            self._size_icon()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.setIcon(icons.icon(icon, self._token))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let the style draw box and word; put the icon on whole device pixels."""
        if not self._icon:
            super().paintEvent(event)
            return
        self._size_icon()
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.icon, word, option.text = QIcon(), option.text, ""
        with QPainter(self) as painter:
            self.style().drawControl(
                QStyle.ControlElement.CE_PushButton, option, painter, self
            )
            side = typography.scaled(ICON)
            gap = GAP if word else 0
            shown = word.replace("&&", "\0").replace("&", "").replace("\0", "&")
            width = paint.width_of(shown, self.font())
            option.text = word
            option.rect = option.rect.translated((side + gap) // 2, 0)
            self.style().drawControl(
                QStyle.ControlElement.CE_PushButtonLabel, option, painter, self
            )
            token = self._token if self.isEnabled() else "text3"
            left = (self.width() - width - side - gap) / 2
            top = (self.height() - side) / 2
            icons.draw(painter, self._icon, left, top, side, theme.color(token))

    def _size_icon(self) -> None:
        side = typography.scaled(ICON)
        if self.iconSize().height() != side:
            self.setIconSize(QSize(side + 4, side))


class IconButton(QToolButton):
    """A button with an icon alone; its tooltip names what it does and its key."""

    def __init__(
        self,
        icon: str,
        name: str,
        shortcut: str = "",
        size: int = 32,
        tint: str = "text2",
    ) -> None:
        super().__init__()
        self._icon, self._token = icon, tint
        self._icon_px = 18 if size >= 28 else 16
        self.setIcon(icons.icon(icon, tint))
        fix_height(self, size)
        fix_width(self, size)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(f"{name}  {shortcut}".strip())
        self.setAccessibleName(name)

    def set_icon(self, icon: str, name: str) -> None:
        """Show another icon, for another deed."""
        self._icon = icon
        self.setIcon(icons.icon(icon, self._token))
        self.setToolTip(name)
        self.setAccessibleName(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.icon = QIcon()
        with QPainter(self) as painter:
            self.style().drawComplexControl(
                QStyle.ComplexControl.CC_ToolButton, option, painter, self
            )
            token = self._token if self.isEnabled() else "text3"
            side = typography.scaled(self._icon_px)
            left, top = (self.width() - side) / 2, (self.height() - side) / 2
            icons.draw(painter, self._icon, left, top, side, theme.color(token))


class Chip(QPushButton):
    """A filter with a live count, such as ``Overdue 4``."""

    def __init__(
        self, label: str, count: int | None = None, *, checked: bool = False
    ) -> None:
        super().__init__()
        self._label = label
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setChecked(checked)
        typography.set_role(self, "medium", tabular=count is not None)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Show how many there are now."""
        text = self._label if count is None else f"{self._label} {count}"
        self.setText(text)
        self.setAccessibleName(text)


class Segment(QPushButton):
    """One of a row of choices; gives way where room is scarce, with its tooltip."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.setToolTip(word.replace("&&", "&"))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), typography.scaled(48)), hint.height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:  # noqa: N802  Qt's own name
        super().initStyleOption(option)
        room = self.width() - 2 * EDGE
        elide = Qt.TextElideMode.ElideRight
        option.text = self.fontMetrics().elidedText(self.text(), elide, room)


class Segmented(QFrame):
    """A row of choices of which one holds.

    Signals:
        chosen: Another one holds; carries its word.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[str], current: str = "") -> None:
        super().__init__()
        self.setProperty("frame", "segmented")
        fix_height(self, 32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        for choice in choices:
            button = Segment(choice)
            button.setProperty("kind", "segment")
            button.setCheckable(True)
            button.setChecked(choice == current)
            fix_height(button, 32)
            typography.set_role(button, "medium")
            self._group.addButton(button)
            row.addWidget(button)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def current(self) -> str:
        """The word of the choice that holds."""
        button = self._group.checkedButton()
        return button.text() if button is not None else ""

    def choose(self, word: str) -> None:
        """Let another choice hold, without telling."""
        for button in self._group.buttons():
            if button.text() == word:
                button.setChecked(True)

    def _on_clicked(self, button: QAbstractButton) -> None:
        self.chosen.emit(button.text())
