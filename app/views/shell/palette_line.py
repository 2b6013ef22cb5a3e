"""One painted line of the palette."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.views import icons, paint, theme
from app.views.shell.answers import Answer, runs
from app.views.shell.keycaps import paint_keys
from app.views.typography import font, scaled

ROW, CAPTION = 40, 26
_EDGE, _ICON, _GAP = 20, 18, 12


class Caption(QWidget):
    """Names the group of the answers under it.

    Attributes:
        words: the group's name.
    """

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words
        self.setFixedHeight(scaled(CAPTION if words else 0))
        self.setAccessibleName(words)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            place = QRectF(_EDGE, 0, self.width() - 2 * _EDGE, self.height())
            role, tint = font("caption-strong"), theme.color("text2")
            paint.write(painter, place, self.words.upper(), role, tint)


class AnswerLine(QWidget):
    """Shows an answer: icon, name, context, and its kind, keys or reason.

    Signals:
        pressed: It was clicked; carries itself.
    """

    pressed = Signal(object)

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
        self.is_chosen = False
        self.setFixedHeight(scaled(ROW))
        parts = (answer.name, answer.kind, answer.context, answer.why_not)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip(answer.context)

    def sizeHint(self) -> QSize:
        return QSize(200, scaled(ROW))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        answer = self.answer
        with QPainter(self) as painter:
            height = float(self.height())
            if self.is_chosen:
                box = QRectF(8, 0, self.width() - 16, height)
                paint.rounded(painter, box, 7, theme.color("sel"))
            tint = theme.color("accent" if self.is_chosen else "text2")
            if answer.why_not:
                tint = theme.color("text3")
            side = scaled(_ICON)
            icons.draw(painter, answer.icon, _EDGE, (height - side) / 2, side, tint)
            right = self._paint_right(painter, height)
            left = self._paint_name(painter, height, right)
            if answer.context and right - left > 3 * _GAP:
                place = QRectF(left + _GAP, 0, right - left - 2 * _GAP, height)
                role, tint = font("small"), theme.color("text3")
                paint.write(painter, place, answer.context, role, tint)

    def _paint_right(self, painter: QPainter, height: float) -> float:
        """Paint reason, keys or kind at the right, and give where they begin."""
        answer, right = self.answer, self.width() - float(_EDGE)
        if answer.keys and not answer.why_not:
            return paint_keys(painter, right, height, answer.keys)
        words = answer.why_not or answer.kind
        if not words:
            return right
        role = font("small")
        left = right - min(paint.width_of(words, role) + 2, self.width() * 0.45)
        place = QRectF(left, 0, right - left, height)
        paint.write(painter, place, words, role, theme.color("text3"))
        return left

    def _paint_name(self, painter: QPainter, height: float, right: float) -> float:
        """Write the name, typed letters bold, and give where it ends."""
        tint = theme.color("text3" if self.answer.why_not else "text")
        left, most = float(_EDGE + scaled(_ICON) + _GAP + 2), right - _GAP
        for run, is_bold in runs(self.answer.name, self.answer.letters):
            role = font("strong" if is_bold else "body")
            width = min(paint.width_of(run, role), most - left)
            if width <= 0:
                break
            place = QRectF(left, 0, width + 2, height)
            paint.write(painter, place, run, role, tint)
            left += width
        return left
