"""The way between pages: a list in groups, with what waits for this person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QVBoxLayout

from app.views import icons, paint, theme
from app.views.typography import font, scaled

WIDE, RAIL = 204, 56
ICON = 18
MOST = 99


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A line of the sidebar."""

    key: str
    title: str
    icon: str
    keys: str = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """What waits: how many, how urgent, and in words."""

    count: int
    tone: str
    words: str


class NavItem(QAbstractButton):
    """A painted line of the sidebar."""

    def __init__(self, entry: NavEntry) -> None:
        super().__init__()
        self.entry = entry
        self.badge: Badge | None = None
        self.is_rail = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves it to the page
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_badge(None)

    def set_badge(self, badge: Badge | None) -> None:
        """Show what waits there."""
        self.badge = badge if badge and badge.count else None
        words = self.badge.words if self.badge else ""
        name = f"{self.entry.title}, {words}" if words else self.entry.title
        self.setAccessibleName(name)
        tip = "  ".join(part for part in (self.entry.title, self.entry.keys) if part)
        self.setToolTip("\n".join(part for part in (tip, words) if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(scaled(RAIL if self.is_rail else 180), scaled(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(40), scaled(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            box = QRectF(self.rect())
            is_here = self.isChecked()
            if is_here or self.underMouse():
                ground = "accent_soft" if is_here else "border"
                paint.rounded(painter, box, 7, theme.color(ground))
            fore = theme.color("accent" if is_here else "text2")
            side = scaled(ICON)
            left = (self.width() - side) / 2 if self.is_rail else 12
            top = (self.height() - side) / 2
            icons.draw(painter, self.entry.icon, left, top, side, fore)
            right = self.width() - 8.0
            if self.badge is not None:
                right = self._paint_badge(painter, self.badge)
            if not self.is_rail:
                start = 22 + side
                place = QRectF(start, 0, right - start - 4, self.height())
                paint.write(painter, place, self.entry.title, font("medium"), fore)
            if self.hasFocus():
                paint.rounded(painter, box, 7, None, theme.color("accent"), 2)

    def _paint_badge(self, painter: QPainter, badge: Badge) -> float:
        """Paint what waits, and give where the title must end."""
        fore, back = theme.tone(badge.tone)
        if self.is_rail:
            dot = QRectF(self.width() / 2 + 6, self.height() / 2 - 12, 8, 8)
            paint.rounded(painter, dot, 4, fore)
            return 0
        word = str(badge.count) if badge.count <= MOST else f"{MOST}+"
        role = font("caption-strong", tabular=True)
        width = max(scaled(24), paint.width_of(word, role) + 12)
        right = self.width() - 8.0 - width
        high = scaled(20)
        tag = QRectF(right, (self.height() - high) / 2, width, high)
        ground = theme.color("surface") if self.isChecked() else back
        paint.rounded(painter, tag, high / 2, ground)
        center = Qt.AlignmentFlag.AlignHCenter
        paint.write(painter, tag, word, role, fore, center, elide=False)
        return right


class Sidebar(QFrame):
    """Pages in groups, settings at the bottom; a rail of icons in a narrow window.

    Signals:
        chosen: A page is wanted; carries its key.
    """

    chosen = Signal(str)

    def __init__(
        self, groups: Sequence[Sequence[NavEntry]], bottom: Sequence[NavEntry]
    ) -> None:
        super().__init__()
        self.setProperty("frame", "sidebar")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 8)
        column.setSpacing(0)
        self.items: dict[str, NavItem] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        for number, group in enumerate(groups):
            if number:
                column.addSpacing(12)
            for entry in group:
                column.addWidget(self._item(entry))
        column.addStretch()
        for entry in bottom:
            column.addWidget(self._item(entry))
        self.set_rail(is_rail=False)

    def set_active(self, key: str) -> None:
        """Mark the page that is shown."""
        if key in self.items:
            self.items[key].setChecked(True)

    @property
    def active(self) -> NavItem | None:
        """The line of the page that is shown."""
        checked = self._group.checkedButton()
        return checked if isinstance(checked, NavItem) else None

    def set_badges(self, badges: Mapping[str, Badge]) -> None:
        """Show what waits where."""
        for key, item in self.items.items():
            item.set_badge(badges.get(key))

    def set_rail(self, *, is_rail: bool) -> None:
        """Show icons only, or titles too."""
        self.setFixedWidth(scaled(RAIL if is_rail else WIDE))
        for item in self.items.values():
            item.is_rail = is_rail
            item.updateGeometry()
            item.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}
        step = steps.get(event.key(), 0)
        items = list(self.items.values())
        focused = [at for at, item in enumerate(items) if item.hasFocus()]
        if not step or not focused:
            super().keyPressEvent(event)
            return
        items[(focused[0] + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)

    def _item(self, entry: NavEntry) -> NavItem:
        item = NavItem(entry)
        self.items[entry.key] = item
        self._group.addButton(item)
        return item

    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, NavItem):
            self.chosen.emit(button.entry.key)
