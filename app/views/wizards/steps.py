"""The pages of a wizard in one line: done, here, to come."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.text import _
from app.views import icons, paint, theme, typography

DISC, LINE, GAP = 20, 24, 8


class Steps(QWidget):
    """Says where a person is among a few steps; nothing in it can be pressed."""

    def __init__(self, names: Sequence[str], current: int = 0) -> None:
        super().__init__()
        self._names, self._current = list(names), current
        fixed = QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Maximum, fixed)
        self._name()

    @property
    def is_done(self) -> bool:
        """Say whether all steps are done."""
        return self._current >= len(self._names)

    @property
    def _worded(self) -> int:
        """The step that keeps its word in a narrow place: the last if all are done."""
        return min(self._current, len(self._names) - 1)

    def go_to(self, current: int) -> None:
        """Show that another step has begun; past the last one all are done."""
        self._current = current
        self._name()
        self.update()

    def rename(self, names: Sequence[str]) -> None:
        """Give the steps other words."""
        self._names = list(names)
        self._name()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = sum(self._width(name) for name in self._names)
        width += (LINE + 2 * GAP) * (len(self._names) - 1)
        return QSize(round(width) + 2, typography.scaled(32))

    def minimumSizeHint(self) -> QSize:
        """Narrow, only the step where the person is keeps its word."""
        here = self._names[self._worded]
        side = typography.scaled(DISC)
        width = self._width(here) + (side + GAP) * (len(self._names) - 1)
        return QSize(round(width) + 2, typography.scaled(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        x, side = 0.0, typography.scaled(DISC)
        with QPainter(self) as painter:
            is_narrow = self.width() < self.sizeHint().width() - 2
            for number, name in enumerate(self._names):
                self._paint_disc(painter, x, number)
                if not is_narrow or number == self._worded:
                    self._paint_name(painter, x + side + GAP, number)
                    x += self._width(name)
                else:
                    x += side
                if number < len(self._names) - 1 and not is_narrow:
                    done = number < self._current
                    line = QRectF(x + GAP, round(self.height() / 2), LINE, 1)
                    painter.fillRect(line, theme.color("ok" if done else "control"))
                    x += LINE + 2 * GAP
                else:
                    x += GAP

    def _paint_disc(self, painter: QPainter, x: float, number: int) -> None:
        done, here = number < self._current, number == self._current
        side = typography.scaled(DISC)
        disc = QRectF(x, (self.height() - side) / 2, side, side)
        fill = "accent" if here else "ok_s" if done else "surface"
        edge = None if here or done else theme.color("control")
        paint.rounded(painter, disc, side / 2, theme.color(fill), edge)
        if done:
            mark = typography.scaled(12)
            inset = (side - mark) / 2
            place = x + inset, disc.y() + inset
            icons.draw(painter, "check", *place, mark, theme.color("ok"))
            return
        font = typography.font("caption-strong")
        tint = theme.color("on_accent" if here else "text2")
        center = Qt.AlignmentFlag.AlignHCenter
        paint.write(painter, disc, str(number + 1), font, tint, center, elide=False)

    def _paint_name(self, painter: QPainter, x: float, number: int) -> None:
        here = number == self._current
        name = self._names[number]
        font = typography.font("strong" if here else "medium")
        box = QRectF(x, 0, self._width(name), self.height())
        tint = theme.color("text" if here else "text2")
        paint.write(painter, box, name, font, tint, elide=False)

    def _width(self, name: str) -> float:
        side = typography.scaled(DISC)
        return side + GAP + paint.width_of(name, typography.font("strong"))

    def _name(self) -> None:
        last = len(self._names)
        self.setToolTip(", ".join(self._names))
        if self._current >= last:
            self.setAccessibleName(_("All {count} steps are done").format(count=last))
            return
        words = _("Step {number} of {count}: {name}")
        here = self._names[self._current]
        self.setAccessibleName(
            words.format(number=self._current + 1, count=last, name=here)
        )
