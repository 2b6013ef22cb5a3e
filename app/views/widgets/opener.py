"""The box in a header that opens the palette: a field where there is room, an icon."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QStyle, QStyleOptionButton

from app.text import _
from app.views import icons, paint, theme, typography
from app.views.sizing import fix_width
from app.views.widgets.buttons import Button
from app.views.widgets.keys import key_width
from app.views.widgets.rows import key_cap

BOX, ICON_ONLY = 248, 32  # px wide at a text size of 100 %
_EDGE, _GAP, _CAP = 10, 8, 20


class Opener(Button):
    """Looks like a search field, and asks for the box that finds everything."""

    def __init__(self, key: str = "Ctrl+K") -> None:
        super().__init__("")
        self._key, self._is_wide = key, True
        name = _("Search or do anything")
        self.words = name
        self.setAccessibleName(name)
        self.setToolTip(f"{name}  {key}")
        fix_width(self, BOX)

    @property
    def is_wide(self) -> bool:
        """Say whether its words are shown."""
        return self._is_wide

    def set_wide(self, *, wide: bool) -> None:
        """Show the words and the key, or the magnifier alone."""
        if wide != self._is_wide:
            self._is_wide = wide
            fix_width(self, BOX if wide else ICON_ONLY)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Let the style draw the box; write the words at the left, the key right."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        side, height = typography.scaled(16), self.height()
        with QPainter(self) as painter:
            box = QStyle.ControlElement.CE_PushButton
            self.style().drawControl(box, option, painter, self)
            left = float(_EDGE) if self._is_wide else (self.width() - side) / 2
            tint = theme.color("text3" if self._is_wide else "text2")
            icons.draw(painter, "search", left, (height - side) / 2, side, tint)
            if not self._is_wide:
                return
            width = key_width(self._key)
            right = self.width() - _GAP - width
            cap = QRectF(right, (height - _CAP) // 2, width, _CAP)
            key_cap(painter, cap, self._key)
            start = left + side + _GAP
            words = QRectF(start, 0, right - _GAP - start, height)
            paint.write(painter, words, self.words, typography.font("body"), tint)
