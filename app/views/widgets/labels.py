"""What is read and not pressed: status words, initials, captions, facts, loads."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QWidget,
)

from app.text import _
from app.views import paint, theme, typography
from app.views.sizing import fix_height, fix_width
from app.views.typography import label as make_label

FIXED = QSizePolicy.Policy.Fixed


class Pill(QWidget):
    """A status word in its colours: ok, warn, err, info, neutral or a hue's."""

    def __init__(self, word: str, tone: str = "neutral", glyph: str = "") -> None:
        super().__init__()
        self._word, self._tone, self._glyph = word, tone, glyph
        self.setAccessibleName(word)
        self.setSizePolicy(FIXED, FIXED)

    def show_word(self, word: str, tone: str = "neutral", glyph: str = "") -> None:
        """Show another status."""
        self._word, self._tone, self._glyph = word, tone, glyph
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = round(paint.pill_width(self._word, self._glyph))
        return QSize(width, typography.scaled(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        with QPainter(self) as painter:
            paint.pill(painter, box, self._word, self._tone, self._glyph)


class Avatar(QWidget):
    """A disc with initials, in somebody's hue."""

    def __init__(self, initials: str, hue: str = "slate", size: int = 32) -> None:
        super().__init__()
        self._initials, self._hue = initials, hue
        fix_height(self, size)
        fix_width(self, size)
        self.setAccessibleName(initials)

    def show_person(self, initials: str, hue: str) -> None:
        """Show somebody else."""
        self._initials, self._hue = initials, hue
        self.setAccessibleName(initials)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            paint.disc(painter, QRectF(self.rect()), self._initials, self._hue)


class HueCheck(QCheckBox):
    """A check box filled with a person's hue."""

    def __init__(self, label: str, hue: str, *, checked: bool = True) -> None:
        super().__init__(label)
        self._hue = hue
        self.setChecked(checked)
        typography.set_role(self, "body")

    def sizeHint(self) -> QSize:
        width = round(paint.width_of(self.text(), self.font())) + 18
        width += typography.scaled(16)
        return QSize(width, typography.scaled(28))

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802  Qt's own name
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            bar, mark = theme.hue(self._hue).bar, theme.color("surface")
            side = typography.scaled(16)
            top, left = (self.height() - side) // 2, side + 12
            checked = self.isChecked()
            paint.check_box(painter, 4, top, bar, bar, mark, side, checked=checked)
            words = QRectF(left, 0, self.width() - left, self.height())
            shown = self.text().replace("&&", "&")
            paint.write(painter, words, shown, self.font(), theme.color("text"))
            if self.hasFocus():
                ring = theme.color("accent")
                paint.rounded(painter, QRectF(self.rect()), 6, None, ring, 2)


class SectionLabel(QLabel):
    """The caption of a section; the only place for capitals."""

    def __init__(self, content: str) -> None:
        super().__init__(content.upper())
        typography.set_role(self, "label")
        self.setProperty("tone", "text3")
        self.setAccessibleName(content)
        fix_height(self, 20)


class Rule(QFrame):
    """A line of one pixel between things."""

    def __init__(self, *, vertical: bool = False) -> None:
        super().__init__()
        self.setProperty("frame", "rule")
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class ElideLabel(QLabel):
    """A line that gives way when room is scarce, and then says itself in a tooltip."""

    def __init__(
        self, content: str, role: str = "body", tone: str = "", least: int = 96
    ) -> None:
        super().__init__()
        self._tone, self._least = tone or "text", least
        typography.set_role(self, role)
        self.setText(content)

    def setText(self, content: str) -> None:  # noqa: N802  Qt's own name
        super().setText(content)
        self.setToolTip(content)
        self.setAccessibleName(content)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = round(paint.width_of(self.text(), self.font())) + 2
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), typography.scaled(self._least)), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        tint = theme.color(self._tone)
        with QPainter(self) as painter:
            paint.write(painter, QRectF(self.rect()), self.text(), self.font(), tint)


class LoadBar(QWidget):
    """Planned hours against those agreed; in another colour when it is too much."""

    def __init__(self, value: float, target: float, hue: str = "blue") -> None:
        super().__init__()
        self._hue = hue
        self.setFixedHeight(8)
        self.setMinimumWidth(64)
        self.show_load(value, target)

    def show_load(self, value: float, target: float) -> None:
        """Show another load."""
        self._share = value / target if target else 0.0
        text = _("{value} of {target} hours")
        self.setAccessibleName(text.format(value=f"{value:g}", target=f"{target:g}"))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            track = QRectF(0, 1, self.width(), 6)
            edge = (
                theme.color("control")
                if theme.current.scheme.is_high_contrast
                else None
            )
            paint.rounded(painter, track, 3, theme.color("grid"), edge)
            over = self._share > 1
            fill = theme.color("warn") if over else theme.hue(self._hue).bar
            if self._share > 0:
                width = max(6.0, track.width() * min(self._share, 1))
                paint.rounded(painter, QRectF(0, 1, width, 6), 3, fill)
            if over:
                at = track.width() / self._share
                painter.fillRect(QRectF(at, 0, 2, 8), theme.color("surface"))


def fact(
    label: str, value: str, tone: str = "", *, may_be_long: bool = False
) -> QWidget:
    """Make a line to read: its name left, its value right in tabular figures.

    A value that may be long, such as a folder, gives way and is told by its tooltip.
    """
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(make_label(label, "body", "text2"))
    row.addStretch()
    if may_be_long:
        row.addWidget(ElideLabel(value, "medium", tone))
    else:
        words = make_label(value, "medium", tone, tabular=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(words)
    fix_height(holder, 24)
    return holder
