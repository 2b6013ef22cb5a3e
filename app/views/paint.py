"""Small pieces of painting that widgets, tables and the calendar share."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.views import icons, theme, typography


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None,
    edge: QColor | None = None,
    width: float = 1.0,
    *,
    dashed: bool = False,
) -> None:
    """Fill and outline a rounded rectangle; the outline lies inside ``rect``."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = width / 2 if edge else 0
    pen = QPen(Qt.PenStyle.NoPen)
    if edge:
        pen = QPen(edge, width)
        if dashed:
            pen.setDashPattern([4 / width, 3 / width])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(
        rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset
    )


def shadow(painter: QPainter, rect: QRectF, radius: float) -> None:
    """Paint the one soft shadow of the system under a popover or drag tip."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    strength = 0.012 if not theme.current.scheme.is_dark else 0.045
    painter.setPen(Qt.PenStyle.NoPen)
    for grow in range(12, 0, -1):
        painter.setBrush(theme.color("shadow", strength))
        painter.drawRoundedRect(
            rect.adjusted(-grow, -grow + 4, grow, grow + 4),
            radius + grow,
            radius + grow,
        )


def hatch(painter: QPainter, rect: QRectF, tint: QColor, step: float = 6) -> None:
    """Draw 45 degree lines inside a rectangle."""
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tint, 1))
    x = rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(
            QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top())
        )
        x += step
    painter.restore()


def write(
    painter: QPainter,
    rect: QRectF,
    content: str,
    font: QFont,
    tint: QColor,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    elide: bool = True,
) -> None:
    """Write one line, vertically centred, elided at the right if it has to be."""
    painter.setFont(font)
    painter.setPen(tint)
    if elide:
        content = QFontMetricsF(font).elidedText(
            content, Qt.TextElideMode.ElideRight, rect.width() + 0.5
        )
    painter.drawText(
        rect,
        int(align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine),
        content,
    )


def width_of(content: str, font: QFont) -> float:
    """Give the advance width of a typography."""
    return QFontMetricsF(font).horizontalAdvance(content)


def _counts(content: str) -> bool:
    """Say whether a word has figures, which then are all as wide."""
    return any(letter.isdigit() for letter in content)


def pill_width(content: str, glyph: str = "") -> float:
    """Give the width of a pill with this word."""
    return (
        width_of(content, typography.font("caption-strong", tabular=_counts(content)))
        + 20
        + (typography.scaled(12) + 4 if glyph else 0)
    )


def pill(
    painter: QPainter, rect: QRectF, content: str, tone: str, glyph: str = ""
) -> None:
    """Paint a status word; its tone is a status or the name of a hue."""
    if tone in theme.HUES:
        fore, back = theme.hue(tone).text, theme.hue(tone).tint
    else:
        fore, back = theme.tone(tone)
    edge = fore if theme.current.scheme.is_high_contrast else None
    rounded(painter, rect, rect.height() / 2, back, edge)
    inner = rect.adjusted(10, 0, -8, 0)
    if glyph:
        side = typography.scaled(12)
        icons.draw(
            painter,
            glyph,
            inner.left() - 2,
            rect.center().y() - side / 2,
            side,
            fore,
            2.25,
        )
        inner.setLeft(inner.left() + side + 2)
    write(
        painter,
        inner,
        content,
        typography.font("caption-strong", tabular=_counts(content)),
        fore,
        elide=False,
    )


def check_box(
    painter: QPainter,
    x: float,
    y: float,
    fill: QColor,
    edge: QColor,
    mark: QColor,
    side: int = 18,
    *,
    checked: bool,
) -> None:
    """Paint a check box as the style sheet draws it."""
    box = QRectF(x, y, side, side)
    rounded(
        painter,
        box,
        4,
        fill if checked else theme.color("surface"),
        None if checked else edge,
    )
    if checked:
        icons.draw(painter, "check", x + 2, y + 2, side - 4, mark, 3)


def disc(painter: QPainter, rect: QRectF, initials: str, hue_name: str) -> None:
    """Paint an initials disc."""
    colours = theme.hue(hue_name)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    is_contrast = theme.current.scheme.is_high_contrast
    edge = colours.text if is_contrast else None
    rounded(painter, rect, rect.height() / 2, colours.tint, edge)
    role = "caption-strong" if rect.width() < typography.scaled(40) else "strong"
    write(
        painter,
        rect,
        initials,
        typography.font(role),
        colours.text,
        Qt.AlignmentFlag.AlignHCenter,
        elide=False,
    )


def round_left(rect: QRectF, radius: float) -> QPainterPath:
    """Give a path rounded at all corners, used to clip the bar of an event."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path
