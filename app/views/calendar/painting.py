"""Paints one session: the fill first, the words later (the now-line goes between)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from app.views import icons, paint, theme, typography
from app.views.calendar.blocks import Block, Look
from app.views.calendar.geometry import Box

RADIUS = 6
WIDE, MIDDLE, NARROW = 64, 44, 24  # widths of lanes at which less is written
TALL = 28
_GLYPHS = {
    Look.TENTATIVE: ("circle-question-mark", ""),
    Look.IN_PROGRESS: ("clock", ""),
    Look.TO_CLOSE: ("clock-alert", "warn"),
    Look.DONE: ("circle-check", ""),
    Look.NO_SHOW: ("user-x", "err"),
    Look.CANCELLED: ("ban", "text3"),
}
Glyph = tuple[str, str]


def rect_of(box: Box) -> QRectF:
    """Give a box as Qt's rectangle."""
    return QRectF(box.x, box.y, box.width, box.height)


def fill(painter: QPainter, block: Block, box: QRectF) -> None:
    """Paint the ground, the bar and the outline."""
    colours = theme.hue(block.hue)
    surface = theme.color("surface")
    if block.look is Look.TENTATIVE:
        paint.rounded(painter, box, RADIUS, surface, colours.bar, 1.5, dashed=True)
    elif block.look is Look.CANCELLED:
        grey = theme.color("control")
        paint.rounded(painter, box, RADIUS, surface, grey, 1, dashed=True)
    else:
        is_plain = theme.current.scheme.is_high_contrast
        edge = colours.bar if is_plain else None
        paint.rounded(painter, box, RADIUS, colours.tint, edge)
        painter.save()
        clip = paint.round_left(box, RADIUS)
        painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
        bar = 6 if block.look is Look.IN_PROGRESS else 4
        painter.fillRect(QRectF(box.left(), box.top(), bar, box.height()), colours.bar)
        painter.restore()
    if block.is_clash:
        paint.rounded(painter, box, RADIUS, None, theme.color("err"), 2)


def outline(painter: QPainter, block: Block, box: QRectF, focus: str) -> None:
    """Paint the edge of a session that is ``selected`` or under ``hover``."""
    if focus == "selected":
        accent = theme.color("accent")
        around = box.adjusted(-1, -1, 1, 1)
        paint.rounded(painter, around, RADIUS + 1, None, accent, 2)
    elif focus == "hover" and not block.is_clash:
        edge = theme.hue(block.hue).bar
        paint.rounded(painter, box, RADIUS, None, edge, 1)


def attached(painter: QPainter, block: Block, box: QRectF, words: str) -> None:
    """Paint a buffer or a way that belongs to a session, as a hatched block."""
    colours = theme.hue(block.hue)
    paint.rounded(painter, box, RADIUS, theme.color("surface"))
    line = QColor(colours.bar)
    line.setAlphaF(0.35)
    paint.hatch(painter, box.adjusted(1, 1, -1, -1), line)
    font = typography.font("caption", tabular=True)
    width, height = paint.width_of(words, font), typography.scaled(16)
    if width + 16 <= box.width() and height <= box.height():
        top = box.center().y() - height / 2
        ground = QRectF(box.left() + 6, top, width + 8, height)
        painter.fillRect(ground, theme.color("surface"))
        place = ground.adjusted(4, 0, 4, 0)
        paint.write(painter, place, words, font, colours.text, elide=False)


def words(painter: QPainter, block: Block, box: QRectF, now_y: float | None) -> None:
    """Write name, time, details and marks; what does not fit takes a shorter form."""
    if box.width() >= NARROW:
        _Words(painter, block, box, now_y).write()


def glyphs_of(block: Block) -> list[Glyph]:
    """List icon and colour token of every mark, the most important first."""
    found = [("triangle-alert", "err")] if block.is_clash else []
    if block.look in _GLYPHS:
        found.append(_GLYPHS[block.look])
    for is_on, name in (
        (block.group, "users"),
        (block.is_online, "video"),
        (block.mark.invoice, "lock"),
        (block.mark.has_note, "message-square"),
        (block.card.series_id, "repeat"),
    ):
        if is_on:
            found.append((name, ""))
    return found


class _Words:
    """The words and marks of one block while they are painted."""

    def __init__(
        self, painter: QPainter, block: Block, box: QRectF, now_y: float | None
    ) -> None:
        self._painter, self._block, self._box, self._now = painter, block, box, now_y
        is_dashed = block.look in {Look.TENTATIVE, Look.CANCELLED}
        colours = theme.hue(block.hue)
        is_off = block.look is Look.CANCELLED
        self._fore = theme.color("text3") if is_off else colours.text
        self._back = theme.color("surface") if is_dashed else colours.tint
        self._line = float(typography.scaled(16))
        self._is_wide = box.width() >= WIDE
        left = 7.0 if box.width() < MIDDLE or (is_dashed and not self._is_wide) else 10
        top = 5 if box.height() > typography.scaled(TALL) else 2
        right = -2 if box.width() < MIDDLE else -5
        self._inner = box.adjusted(left, top, right, -2)

    def write(self) -> None:
        """Write everything that fits."""
        marks = glyphs_of(self._block)
        name_end = self._name(bool(marks))
        y, end = self._lines()
        if marks and self._is_wide:
            side = typography.scaled(14)
            x = self._box.right() - side - 5
            self._glyph(marks[0], x, self._inner.top() + 1, side)
            self._quiet(marks[1:], y, end)
        elif marks:
            self._squeezed(marks[0], name_end, y)

    def _name(self, has_mark: bool) -> float:  # noqa: FBT001  one of two layouts
        font = typography.font("small-strong")
        font.setStrikeOut(self._block.look is Look.CANCELLED)
        room = self._inner.width()
        if self._is_wide and has_mark:
            room -= typography.scaled(14) + 2
        titles: Sequence[str] = self._block.titles
        if not self._is_wide:
            titles = (self._block.initials, self._block.initials[:1])
            room += 2
        name = next((one for one in titles if paint.width_of(one, font) <= room), "")
        inner = self._inner
        self._say(QRectF(inner.left(), inner.top(), room, self._line), name, font)
        return inner.left() + paint.width_of(name, font)

    def _lines(self) -> tuple[float, float]:
        """Write time and details; give where they end."""
        times = typography.font("caption", tabular=True)
        plain = typography.font("caption")
        y, end = self._inner.top() + self._line, self._inner.left()
        for number, line in enumerate(self._fitting(times)):
            if y + self._line > self._box.bottom() + 1:
                break
            font = times if number == 0 else plain
            place = QRectF(self._inner.left(), y, self._inner.width(), self._line)
            self._say(place, line, font)
            end = self._inner.left() + paint.width_of(line, font)
            y += typography.scaled(15)
        return y, end

    def _fitting(self, font: QFont) -> list[str]:
        block, room = self._block, self._inner.width()
        if self._box.width() < MIDDLE:
            return []
        forms = (block.times, block.begins)
        first = next((one for one in forms if paint.width_of(one, font) <= room), "")
        details = list(block.details)
        if first and details and self._is_wide:
            joined = f"{first} · {details[0]}"
            if paint.width_of(joined, font) <= room:
                first, details = joined, details[1:]
        found = [first] if first else []
        if self._is_wide:
            found += [one for one in details if paint.width_of(one, font) <= room]
        return found

    def _squeezed(self, mark: Glyph, name_end: float, y: float) -> None:
        """Find a place for the one mark of a narrow block."""
        side = typography.scaled(14)
        if name_end + 4 + side <= self._box.right() - 3:
            x = self._box.right() - side - 4
            self._glyph(mark, x, self._inner.top() + 1, side)
        elif self._box.bottom() - y >= side + 2:
            self._glyph(mark, self._inner.left(), y + 2, side)

    def _quiet(self, marks: Sequence[Glyph], y: float, end: float) -> None:
        """Draw the quiet marks below at the right, never over the last line."""
        side = typography.scaled(12)
        is_tight = self._box.bottom() - y < side + 3
        left = end + 6 if is_tight else self._box.left() + 8
        x, base = self._box.right() - 5.0, self._box.bottom() - side - 5
        if base < self._inner.top() + self._line - 4:
            return
        if self._block.group:
            font = typography.font("caption-strong", tabular=True)
            x -= paint.width_of(self._block.group, font)
            if x < left:
                return
            place = QRectF(x, base - 2, self._box.width(), side + 4)
            tint = self._fore
            paint.write(self._painter, place, self._block.group, font, tint)
            x -= 5
        for mark in marks:
            if x - side < left:
                return
            x -= side
            self._glyph(mark, x, base, side)
            x -= 4

    def _glyph(self, mark: Glyph, x: float, y: float, side: int) -> None:
        name, token = mark
        tint = theme.color(token) if token else self._fore
        icons.draw(self._painter, name, x, y, side, tint)

    def _say(self, place: QRectF, content: str, font: QFont) -> None:
        """Write a line; where the now-line passes, restore the fill behind it."""
        if not content:
            return
        now = self._now
        if now is not None and place.top() - 1 <= now <= place.bottom() + 1:
            width = paint.width_of(content, font) + 4
            ground = QRectF(place.left() - 2, place.top() + 1, width, self._line - 2)
            self._painter.fillRect(ground, self._back)
        paint.write(self._painter, place, content, font, self._fore, elide=False)
