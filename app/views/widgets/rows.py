"""Lists in cards: rows with a line under them, one-line texts, figures, key choices."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from app.views import icons, paint, theme, typography
from app.views.sizing import fix_height, fix_width
from app.views.widgets.laying import across, down, holder

_GROWS, _FIXED = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed


def hair(
    painter: QPainter,
    x: float,
    y: float,
    width: float,
    tint: QColor,
    *,
    strong: bool = False,
) -> None:
    """Draw a horizontal hairline that is equally thick at every scale."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    ratio = painter.device().devicePixelRatioF()
    pen = QPen(tint, max(1, round(ratio) if strong else int(ratio)))
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(x, y), QPointF(x + width, y))


class Line(QWidget):
    """One line of text that elides at the right; hovering tells the whole of it."""

    def __init__(
        self,
        content: str,
        role: str = "body",
        tone: str = "text",
        *,
        tabular: bool = False,
        right: bool = False,
        width: int = 0,
    ) -> None:
        super().__init__()
        self._content, self._role, self._tone = content, role, tone
        self._tabular, self._right = tabular, right
        self.setAccessibleName(content)
        self.setSizePolicy(_FIXED if width else _GROWS, _FIXED)
        if width:
            fix_width(self, width)

    @property
    def text(self) -> str:
        """What it says."""
        return self._content

    def say(self, content: str, tone: str = "") -> None:
        """Say something else."""
        self._content, self._tone = content, tone or self._tone
        self.setAccessibleName(content)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(typography.font(self._role, tabular=self._tabular))
        width = metrics.horizontalAdvance(self._content)
        return QSize(round(width) + 2, round(metrics.height()) + 1)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(24, hint.width()), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        font = typography.font(self._role, tabular=self._tabular)
        side = Qt.AlignmentFlag
        align = side.AlignRight if self._right else side.AlignLeft
        tint = theme.color(self._tone)
        with QPainter(self) as painter:
            paint.write(painter, QRectF(self.rect()), self._content, font, tint, align)
        is_cut = self.sizeHint().width() > self.width() + 2
        self.setToolTip(self._content if is_cut else "")


class HueBar(QWidget):
    """The narrow bar in somebody's colour; dashed for what is only proposed."""

    def __init__(self, hue: str, height: int = 32, *, dashed: bool = False) -> None:
        super().__init__()
        self._hue, self._dashed = hue, dashed
        self.setFixedWidth(3)
        fix_height(self, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        bar = theme.hue(self._hue).bar
        with QPainter(self) as painter:
            if not self._dashed:
                paint.rounded(painter, QRectF(self.rect()), 1.5, bar)
                return
            for y in range(0, self.height(), 7):
                painter.fillRect(QRectF(0, y, 3, 4), bar)


class IconTile(QWidget):
    """An icon on a small square in the colours of a status."""

    def __init__(self, icon: str, tone: str = "neutral", size: int = 32) -> None:
        super().__init__()
        self._icon, self._tone = icon, tone
        self.setFixedSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fore, back = theme.tone(self._tone)
        with QPainter(self) as painter:
            is_large = self.width() > 24
            side = 18 if is_large else 14
            paint.rounded(painter, QRectF(self.rect()), 8 if is_large else 6, back)
            at = (self.width() - side) / 2
            icons.draw(painter, self._icon, at, at, side, fore)


class HairLine(QWidget):
    """A line across a card."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            hair(painter, 0, 0.5, self.width(), theme.color("border"))


class ListRow(QFrame):
    """A full-width row of a list card, with a line under it unless it is the last."""

    def __init__(self, height: int = 48, *, last: bool = False, tint: str = "") -> None:
        super().__init__()
        self._last, self._tint = last, tint
        self._is_current = False
        if height:
            fix_height(self, height)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_current(self, *, on: bool) -> None:
        """Show that the keys act on this row."""
        self._is_current = on
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        with QPainter(self) as painter:
            fill = self._tint
            if self.underMouse():
                fill = "hover"
            if self._is_current:
                fill = "sel"
            if fill:
                painter.fillRect(box, theme.color(fill))
            if self._is_current:
                painter.fillRect(QRectF(0, 0, 3, box.height()), theme.color("accent"))
            if not self._last:
                line = theme.color("grid")
                hair(painter, 0, box.height() - 0.5, box.width(), line)


class ListCard(QFrame):
    """A card whose rows run to its edges, under a title with a note."""

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self.setProperty("frame", "card")
        self.note = typography.label(note, "small", "text2")
        self.title = typography.label(title, "strong")
        self.head = across(self.title, self.note, 0, margins=(16, 0, 6, 0))
        self.rows = down(spacing=0)
        top = holder(self.head, height=43)
        self.setLayout(
            down(top, HairLine(), self.rows, spacing=0, margins=(1, 1, 1, 1))
        )

    def show_rows(self, rows: list[QWidget]) -> None:
        """Show these rows in place of the former ones."""
        while self.rows.count():
            item = self.rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            self.rows.addWidget(row)


class Figure(QAbstractButton):
    """A number that leads to its list."""

    def __init__(self, caption: str, *, first: bool = False) -> None:
        super().__init__()
        self._caption, self._first = caption, first
        self._value, self._note, self._tone = "", "", "text2"
        fix_height(self, 68)
        self.setSizePolicy(_GROWS, _FIXED)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_value("", "")

    def show_value(self, value: str, note: str, tone: str = "text2") -> None:
        """Show another number, with a word on it."""
        self._value, self._note, self._tone = value, note, tone
        self.setAccessibleName(f"{self._caption}: {value}, {note}")
        self.setToolTip(note)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(typography.scaled(160), typography.scaled(68))

    def minimumSizeHint(self) -> QSize:
        return QSize(typography.scaled(96), typography.scaled(68))

    def paintEvent(self, _event: QPaintEvent) -> None:
        width, high = float(self.width()), typography.scaled
        with QPainter(self) as painter:
            if self.underMouse():
                paint.rounded(painter, QRectF(self.rect()), 9, theme.color("hover"))
            if not self._first:
                line = QRectF(0, 12, 1, self.height() - 24)
                painter.fillRect(line, theme.color("border"))
            box = QRectF(16, high(8), width - 48, high(20))
            font, tint = typography.font("small-medium"), theme.color("text2")
            paint.write(painter, box, self._caption, font, tint)
            icons.draw(
                painter, "chevron-right", width - 28, high(10), 16, theme.color("text3")
            )
            font = typography.font("figure", tabular=True)
            box = QRectF(16, high(28), width - 24, high(32))
            paint.write(painter, box, self._value, font, theme.color("text"))
            x = 16 + paint.width_of(self._value, font) + 8
            font = typography.font("small", tabular=True)
            box = QRectF(x, high(32), width - x - 12, high(30))
            paint.write(painter, box, self._note, font, theme.color(self._tone))
            if self.hasFocus():
                edge = theme.color("accent")
                paint.rounded(painter, QRectF(self.rect()), 9, None, edge, 2)


class KeyChoice(QAbstractButton):
    """A choice with its key in a small box."""

    def __init__(self, key: str, word: str) -> None:
        super().__init__()
        self.key = key
        self.setText(word)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        fix_height(self, 36)
        self.setSizePolicy(_GROWS, _FIXED)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{word}, {key}")
        self.setToolTip(f"{word}  {key}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        width = paint.width_of(self.text(), typography.font("strong"))
        return QSize(round(width) + 56, typography.scaled(36))

    def minimumSizeHint(self) -> QSize:
        width = paint.width_of(self.text(), typography.font("strong"))
        return QSize(round(width) + 44, typography.scaled(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        box, on = QRectF(self.rect()), self.isChecked()
        with QPainter(self) as painter:
            fill = "accent_soft" if on else "hover" if self.underMouse() else "raised"
            edge = theme.color("accent" if on else "border2")
            width = 1.5 if on else 1
            paint.rounded(painter, box, 7, theme.color(fill), edge, width)
            side = typography.scaled(20)
            cap = QRectF(8, (box.height() - side) / 2, side, side)
            key_cap(painter, cap, self.key, on=on)
            font = typography.font("strong" if on else "medium")
            words = QRectF(
                cap.right() + 8, 0, box.width() - cap.right() - 10, box.height()
            )
            tint = theme.color("accent" if on else "text")
            paint.write(painter, words, self.text(), font, tint)
            if self.hasFocus():
                paint.rounded(painter, box, 7, None, theme.color("accent"), 2)


def key_cap(painter: QPainter, box: QRectF, keys: str, *, on: bool = False) -> None:
    """Paint a key in its box."""
    edge = None if on else theme.color("border2")
    ground = theme.color("accent" if on else "surface")
    paint.rounded(painter, box, 5, ground, edge)
    font = typography.font("caption-strong" if on else "caption")
    tint = theme.color("on_accent" if on else "text2")
    center = Qt.AlignmentFlag.AlignHCenter
    paint.write(painter, box, keys, font, tint, center, elide=False)


class KeyCap(QWidget):
    """A key in a small box, for the eye."""

    def __init__(self, keys: str) -> None:
        super().__init__()
        self._keys = keys
        self.setAccessibleName(keys)
        self.setSizePolicy(_FIXED, _FIXED)

    def sizeHint(self) -> QSize:
        side = typography.scaled(20)
        width = paint.width_of(self._keys, typography.font("caption"))
        return QSize(max(side, round(width) + 12), side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            key_cap(painter, QRectF(self.rect()), self._keys)


class Quote(QFrame):
    """A quiet block for what was said before, a rule or a hint."""

    def __init__(self, ground: str = "window", edge: str = "border") -> None:
        super().__init__()
        self._ground, self._edge = ground, edge
        self.body = down(spacing=4, margins=(12, 10, 12, 10))
        self.setLayout(self.body)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground, edge = theme.color(self._ground), theme.color(self._edge)
        with QPainter(self) as painter:
            paint.rounded(painter, QRectF(self.rect()), 8, ground, edge)
