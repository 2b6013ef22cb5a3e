"""Lucide icons, recoloured and rendered sharp at the screen's pixel ratio.

An icon keeps the *name* of a colour and looks it up when it is painted, so that icons
follow a change of the scheme by themselves.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QIcon,
    QIconEngine,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from app.resources import resource
from app.views import theme
from app.views.sizing import fix_height, fix_width

STROKE = 1.75
_NAME = "icon_name"  # "icon" is Qt's own property, which keeps no names


@lru_cache(maxsize=1024)
def _render(name: str, rgba: int, side: int, stroke: float) -> QPixmap:
    """Render an icon to a square, its side in device pixels."""
    tint = QColor.fromRgba(rgba)
    svg = resource(f"icons/{name}.svg").read_text("utf-8")
    svg = svg.replace("currentColor", tint.name())
    svg = svg.replace('stroke-width="2"', f'stroke-width="{stroke}"')
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        painter.setOpacity(tint.alphaF())
        QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    return made


def pixmap(
    name: str, tint: QColor, size: int, ratio: float, stroke: float = STROKE
) -> QPixmap:
    """Give an icon of so many px for a screen with a pixel ratio."""
    made = QPixmap(_render(name, tint.rgba(), round(size * ratio), stroke))
    made.setDevicePixelRatio(ratio)
    return made


def draw(
    painter: QPainter,
    name: str,
    x: float,
    y: float,
    size: int,
    tint: QColor,
    stroke: float = STROKE,
) -> None:
    """Paint an icon by its top left corner, on whole device pixels."""
    ratio = painter.device().devicePixelRatioF()
    place = painter.deviceTransform()
    spot = place.map(QPointF(x, y))
    spot = place.inverted()[0].map(QPointF(round(spot.x()), round(spot.y())))
    painter.drawPixmap(spot, pixmap(name, tint, size, ratio, stroke))


class _Engine(QIconEngine):
    """Looks the colour up when it paints."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def _tint(self, mode: QIcon.Mode) -> QColor:
        disabled = mode == QIcon.Mode.Disabled
        return theme.color("control" if disabled else self._token)

    def paint(
        self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State
    ) -> None:
        side = min(rect.width(), rect.height())
        draw(painter, self._name, rect.x(), rect.y(), side, self._tint(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, _scale: float
    ) -> QPixmap:
        side = min(size.width(), size.height())
        return _render(self._name, self._tint(mode).rgba(), side, STROKE)

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)


def icon(name: str, tint: str = "text2") -> QIcon:
    """Give an icon for buttons, actions and menus."""
    return QIcon(_Engine(name, tint))


def set_name(action: QAction, name: str) -> None:
    """Note the icon of a command, by name, for whoever draws the command."""
    action.setProperty(_NAME, name)


def name_of(action: QAction) -> str:
    """Name the icon of a command; empty if it has none."""
    return str(action.property(_NAME) or "")


class IconLabel(QWidget):
    """An icon that says something and cannot be pressed."""

    def __init__(self, name: str, size: int = 18, tint: str = "text2") -> None:
        super().__init__()
        self._name, self._tint = name, tint
        fix_height(self, size)
        fix_width(self, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw(painter, self._name, 0, 0, self.width(), theme.color(self._tint))
