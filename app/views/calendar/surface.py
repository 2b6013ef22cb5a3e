"""Paints the time grid around the sessions: hours, shading, heads, now-line, ghost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.text import _
from app.views import icons, paint, theme, typography
from app.views.calendar.geometry import DAY, Grid, whole
from app.views.calendar.painting import rect_of
from app.views.calendar.scene import MOST_BARS, Bar, Head, Scene
from app.views.formats import Formats

CENTER = Qt.AlignmentFlag.AlignHCenter
RIGHT = Qt.AlignmentFlag.AlignRight


def line(painter: QPainter, start: QPointF, end: QPointF, token: str) -> None:
    """Draw a hairline, sharp at every scale."""
    lines(painter, [QLineF(start, end)], token)


def lines(painter: QPainter, edges: Sequence[QLineF], token: str) -> None:
    """Draw hairlines of one colour at once."""
    pen = QPen(theme.color(token), 1)
    pen.setCosmetic(True)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(pen)
    painter.drawLines(edges)


def hours(painter: QPainter, scene: Scene, grid: Grid) -> None:
    """Paint shading and the lines of hours and columns."""
    right = grid.x(grid.columns)
    ground = theme.color("unavail" if scene.show_free else "surface")
    height = grid.y(DAY) - grid.y(0)
    painter.fillRect(
        QRectF(grid.gutter, grid.y(0), right - grid.gutter, height), ground
    )
    for column, head in enumerate(scene.heads):
        if scene.show_free:
            _shading(painter, head, grid, column)
    edges = [
        QLineF(grid.gutter - 4, y, right, y)
        for y in (whole(grid.y(minute)) + 0.5 for minute in range(0, DAY + 1, 60))
    ]
    edges += [
        QLineF(x, grid.top, x, grid.height)
        for x in (grid.x(column) + 0.5 for column in range(grid.columns + 1))
    ]
    lines(painter, edges, "grid")


def _shading(painter: QPainter, head: Head, grid: Grid, column: int) -> None:
    left, width = grid.x(column), grid.x(column + 1) - grid.x(column)
    halves: list[QLineF] = []
    for start, end in head.free:
        box = QRectF(left, grid.y(start), width, grid.y(end) - grid.y(start))
        painter.fillRect(box, theme.color("surface"))
        for minute in range(start // 60 * 60 + 30, end, 60):
            if minute > start:
                y = whole(grid.y(minute)) + 0.5
                halves.append(QLineF(left, y, left + width, y))
    lines(painter, halves, "grid2")
    for start, end in head.extra:
        edge = QRectF(left + 1, grid.y(start), 3, grid.y(end) - grid.y(start))
        painter.fillRect(edge, theme.color("ok"))
    for start, end, name in head.away:
        box = QRectF(left, grid.y(start), width, grid.y(end) - grid.y(start))
        painter.fillRect(box, theme.color("unavail"))
        paint.hatch(painter, box, theme.color("border2"))
        _name_leave(painter, box, grid, name)


def _name_leave(painter: QPainter, box: QRectF, grid: Grid, name: str) -> None:
    font = typography.font("caption-strong")
    top = max(box.top(), grid.top) + 6
    room = min(paint.width_of(name, font) + 12, box.width() - 12)
    place = QRectF(box.left() + 6, top, room, typography.scaled(18))
    if place.bottom() < box.bottom():
        paint.rounded(painter, place, 4, theme.color("surface"))
        inner = place.adjusted(6, 0, -6, 0)
        paint.write(painter, inner, name, font, theme.color("text2"))


def hour_labels(painter: QPainter, scene: Scene, grid: Grid, formats: Formats) -> None:
    """Write the hours right-aligned on their lines, without the first."""
    edge = QRectF(0, grid.top, grid.gutter - 4, grid.height - grid.top)
    painter.fillRect(edge, theme.color("surface"))
    font = typography.font("caption", tabular=True)
    tag = grid.y(scene.now) if scene.now is not None else None
    for hour in range(1, 24):
        y = whole(grid.y(hour * 60)) + 0.5
        if y < grid.top + 8 or (tag is not None and abs(tag - y) < 16):
            continue
        place = QRectF(0, y - 8, grid.gutter - 12, 16)
        words, tint = formats.locale.clock(time(hour)), theme.color("text3")
        paint.write(painter, place, words, font, tint, RIGHT, elide=False)


def _now_columns(scene: Scene) -> list[int]:
    return [n for n, head in enumerate(scene.heads) if head.is_today]


def now_line(painter: QPainter, scene: Scene, grid: Grid) -> None:
    """Draw the line of the present time, under the words of the sessions."""
    columns = _now_columns(scene)
    if scene.now is None or not columns:
        return
    y = grid.y(scene.now)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("now"), 1.5))
    start, end = grid.x(columns[0]), grid.x(columns[-1] + 1)
    painter.drawLine(QPointF(start, y), QPointF(end, y))


def now_tag(painter: QPainter, scene: Scene, grid: Grid, formats: Formats) -> None:
    """Write the present time in the gutter, with a dot at the line."""
    columns = _now_columns(scene)
    if scene.now is None or not columns:
        return
    y = grid.y(scene.now)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("now"))
    if (x := grid.x(columns[0])) >= grid.gutter - 1:
        painter.drawEllipse(QPointF(x, y), 4, 4)
    tag = QRectF(4, y - 9, grid.gutter - 12, 18)
    paint.rounded(painter, tag, 5, theme.color("now"))
    words = formats.locale.clock(time(scene.now // 60 % 24, scene.now % 60))
    font, tint = typography.font("caption-strong", tabular=True), "on_accent"
    paint.write(painter, tag, words, font, theme.color(tint), CENTER, elide=False)


def heads(painter: QPainter, scene: Scene, grid: Grid) -> None:
    """Paint the heads of the columns and the row of whole days."""
    ground = QRectF(0, 0, grid.width, grid.top)
    painter.fillRect(ground, theme.color("surface"))
    painter.save()
    painter.setClipRect(QRectF(grid.gutter, 0, grid.width, grid.top))
    is_wide = _notes_fit(scene, grid)
    for column, head in enumerate(scene.heads):
        x, width = grid.x(column), grid.x(column + 1) - grid.x(column)
        if head.tutor_id is not None:
            _tutor_head(painter, head, x, width)
        else:
            _day_head(painter, head, x, width, is_wide=is_wide)
        edge = x + 0.5
        line(painter, QPointF(edge, grid.head - 4), QPointF(edge, grid.top), "grid")
    _bars(painter, scene, grid)
    painter.restore()
    label = QRectF(0, grid.head, grid.gutter - 12, typography.scaled(24))
    font = typography.font("caption")
    words, tint = _("All day"), theme.color("text3")
    paint.write(painter, label, words, font, tint, RIGHT, elide=False)
    y = grid.top - 0.5
    line(painter, QPointF(0, y), QPointF(grid.width, y), "border")


def _notes_fit(scene: Scene, grid: Grid) -> bool:
    font = typography.font("caption", tabular=True)
    number = paint.width_of("88", typography.font("view"))
    room = grid.column_width - number - 24
    return all(paint.width_of(head.note, font) <= room for head in scene.heads)


def _tutor_head(painter: QPainter, head: Head, x: float, width: float) -> None:
    height = typography.scaled(17)
    side = typography.scaled(32)
    disc = QRectF(x + 8, 12, side, side)
    paint.disc(painter, disc, head.initials, head.hue)
    name = QRectF(x + 16 + side, 11, width - side - 20, height)
    font, tint = typography.font("strong"), theme.color("text")
    paint.write(painter, name, head.title, font, tint)
    note, font = name.translated(0, height), typography.font("caption", tabular=True)
    paint.write(painter, note, head.note, font, theme.color("text2"))


def _day_head(
    painter: QPainter, head: Head, x: float, width: float, *, is_wide: bool
) -> None:
    scaled = typography.scaled
    top, side = scaled(26), scaled(28)
    title = QRectF(x + 10, scaled(8), width - 12, scaled(16))
    tint = theme.color("accent" if head.is_today else "text2")
    font = typography.font("small-medium")
    paint.write(painter, title, head.title, font, tint)
    number, font = str(head.day.day), typography.font("view")
    box = QRectF(x + 10, top, paint.width_of("88", font), side)
    if head.is_today:
        block = box.adjusted(-5, 0, 5, 0)
        paint.rounded(painter, block, 7, theme.color("accent"))
    tint = theme.color("on_accent" if head.is_today else "text")
    paint.write(painter, box, number, font, tint, CENTER, elide=False)
    room = QRectF(box.right() + 6, top + 6, width - box.width() - 24, side - 10)
    note = head.note if is_wide else head.short_note
    font = typography.font("caption", tabular=True)
    paint.write(painter, room, note, font, theme.color("text3"), RIGHT)


def _bars(painter: QPainter, scene: Scene, grid: Grid) -> None:
    height = typography.scaled(28)
    hidden: dict[int, int] = {}
    for bar, row in zip(scene.bars, scene.rows, strict=True):
        if row >= MOST_BARS:
            hidden[bar.first] = hidden.get(bar.first, 0) + 1
            continue
        _bar(painter, bar, grid, grid.head + row * height + 3, height - 7)
    font = typography.font("caption-strong", tabular=True)
    for column, count in hidden.items():
        place = QRectF(grid.x(column), grid.top - 16, grid.column_width - 6, 14)
        tint = theme.color("text2")
        paint.write(painter, place, f"+{count}", font, tint, RIGHT, elide=False)


def _bar(painter: QPainter, bar: Bar, grid: Grid, top: float, height: float) -> None:
    left, right = grid.x(bar.first) + 3, grid.x(bar.last + 1) - 4
    rect = QRectF(left, top, right - left, height)
    colours = theme.hue(bar.hue)
    paint.rounded(painter, rect, 5, colours.tint)
    inner = rect.adjusted(8, 0, -8, 0)
    font = typography.font("small-medium")
    paint.write(painter, inner, bar.title, font, colours.text)


def counts(painter: QPainter, scene: Scene, grid: Grid) -> None:
    """Paint the blocks that say how many sessions are not drawn."""
    font = typography.font("small-strong", tabular=True)
    for count in scene.counts:
        box = rect_of(count.box(grid))
        paint.rounded(painter, box, 6, theme.color("neutral_s"))
        words, tint = f"+{len(count.blocks)}", theme.color("neutral")
        top = QRectF(box.left(), box.top() + 4, box.width(), typography.scaled(16))
        paint.write(painter, top, words, font, tint, CENTER, elide=False)


def empty_words(painter: QPainter, scene: Scene, grid: Grid) -> None:
    """Say in the middle of the grid that there are no sessions."""
    if not scene.empty:
        return
    font = typography.font("medium")
    width = paint.width_of(scene.empty, font) + 48
    middle = (grid.top + grid.height) / 2
    centre = (grid.gutter + grid.width) / 2
    box = QRectF(centre - width / 2, middle - 20, width, 40)
    paint.rounded(painter, box, 8, theme.color("raised"), theme.color("border"))
    icons.draw(
        painter, "calendar-plus", box.left() + 12, middle - 9, 18, theme.color("text2")
    )
    place = box.adjusted(24, 0, 0, 0)
    tint: QColor = theme.color("text2")
    paint.write(painter, place, scene.empty, font, tint, CENTER, elide=False)
