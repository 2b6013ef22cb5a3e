"""Paints cells with their chips: the ground, the heads, and what each chip says."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from app.text import _
from app.views import icons, paint, theme, typography
from app.views.calendar import painting, surface
from app.views.calendar.blocks import Block, Look
from app.views.calendar.cells import CellGrid, ColumnHead, RowHead, Table
from app.views.calendar.geometry import DAY, Box
from app.views.calendar.painting import rect_of
from app.views.calendar.scene import Count, Head, Scene
from app.views.calendar.stamps import Stamps

CENTER = Qt.AlignmentFlag.AlignHCenter
RIGHT = Qt.AlignmentFlag.AlignRight


def cells(painter: QPainter, scene: Scene, grid: CellGrid, chips: Stamps) -> None:
    """Paint everything of a table of cells that stands still."""
    if scene.table is None:
        return
    painter.setClipRect(QRectF(0, grid.top, grid.width, grid.height - grid.top))
    for number, head in enumerate(scene.heads):
        box = grid.cell(number)
        if _is_seen(box, grid):
            _cell(painter, scene, head, rect_of(box), grid)
    _lines(painter, scene.table, grid)
    for one in scene.placed:
        box = one.box(grid)
        if _is_seen(box, grid):
            chips.put(painter, one, box)
    for count in scene.counts:
        _count(painter, count, rect_of(count.box(grid)))
    surface.empty_words(painter, scene, grid)
    _rows(painter, scene.table, grid)
    painter.setClipping(False)
    _columns(painter, scene.table, grid)


def _is_seen(box: Box, grid: CellGrid) -> bool:
    is_beside = box.right < grid.gutter or box.x > grid.width
    return not is_beside and grid.top < box.bottom and box.y < grid.height


def _cell(
    painter: QPainter, scene: Scene, head: Head, box: QRectF, grid: CellGrid
) -> None:
    """Paint the ground of a cell: who can, who is away, which day it is."""
    is_shut = scene.show_free and not head.free
    painter.fillRect(box, theme.color("unavail" if is_shut else "surface"))
    if scene.show_free and any(one[0] <= 0 and one[1] >= DAY for one in head.away):
        paint.hatch(painter, box, theme.color("border2"))
    if grid.has_numbers:
        _number(painter, head, box, grid.number)
    elif head.note:
        # Under the chips, where a row is higher than what lies in this cell.
        height = typography.scaled(16)
        place = QRectF(
            box.left() + 8, box.bottom() - height - 4, box.width() - 12, height
        )
        ground = QRectF(place)
        font = typography.font("caption-strong")
        ground.setWidth(min(place.width(), paint.width_of(head.note, font) + 8))
        paint.rounded(painter, ground, 4, theme.color("surface"))
        inner = ground.adjusted(4, 0, -2, 0)
        paint.write(painter, inner, head.note, font, theme.color("text2"))


def _number(painter: QPainter, head: Head, box: QRectF, height: float) -> None:
    """Write the number of a day, and the name of a closure beside it."""
    scaled, words = typography.scaled, str(head.day.day)
    font = typography.font("small-strong", tabular=True)
    side = QRectF(box.left() + 3, box.top() + 2, scaled(24), height - 4)
    tint = "text3" if head.is_faint else "text"
    if head.is_today:
        paint.rounded(painter, side, 6, theme.color("accent"))
        tint = "on_accent"
    paint.write(painter, side, words, font, theme.color(tint), CENTER, elide=False)
    room = QRectF(
        side.right() + 4, side.top(), box.right() - side.right() - 8, side.height()
    )
    note = typography.font("caption-strong")
    paint.write(painter, room, head.note, note, theme.color("text2"))


def _lines(painter: QPainter, table: Table, grid: CellGrid) -> None:
    right, bottom = grid.x(grid.columns), grid.row_y(len(table.rows))
    for row in range(1, len(table.rows) + 1):
        y = grid.row_y(row) + 0.5
        surface.line(painter, QPointF(0, y), QPointF(right, y), "grid")
    for column in range(grid.columns + 1):
        x = grid.x(column) + 0.5
        surface.line(painter, QPointF(x, grid.top), QPointF(x, bottom), "grid")


def one_line(
    painter: QPainter,
    block: Block,
    box: QRectF,
    now_y: float | None,  # noqa: ARG001  a cell has no now-line
) -> None:
    """Write begin and name, and draw the most important mark at the right."""
    hue, is_off = theme.hue(block.hue), block.look is Look.CANCELLED
    tint = theme.color("text3") if is_off else hue.text
    right = box.right() - 4
    if marks := painting.glyphs_of(block):
        name, token = marks[0]
        side = typography.scaled(13)
        right -= side
        y = box.center().y() - side / 2
        colour = theme.color(token) if token else tint
        icons.draw(painter, name, right, y, side, colour)
        right -= 3
    begin = typography.font("caption", tabular=True)
    name_font = typography.font("small-strong")
    name_font.setStrikeOut(is_off)
    left = box.left() + 8
    width = paint.width_of(block.begins, begin)
    room = right - left
    fits = (
        one
        for one in block.titles[:-1]
        if width + 5 + paint.width_of(one, name_font) <= room
    )
    title = next(fits, "")
    if not title:  # no room for both: the name says more than the hour
        fits = (one for one in block.titles if paint.width_of(one, name_font) <= room)
        place = QRectF(left, box.top(), room, box.height())
        paint.write(painter, place, next(fits, ""), name_font, tint, elide=False)
        return
    place = QRectF(left, box.top(), width + 2, box.height())
    paint.write(painter, place, block.begins, begin, tint, elide=False)
    place = QRectF(left + width + 5, box.top(), room - width - 5, box.height())
    paint.write(painter, place, title, name_font, tint, elide=False)


def _count(painter: QPainter, count: Count, box: QRectF) -> None:
    """Say how many more sessions a day has; a press lists them."""
    words = _("+{count} more").format(count=len(count.blocks))
    paint.rounded(painter, box, 6, theme.color("neutral_s"))
    font = typography.font("caption-strong", tabular=True)
    inner, tint = box.adjusted(8, 0, -4, 0), theme.color("neutral")
    paint.write(painter, inner, words, font, tint)


def _columns(painter: QPainter, table: Table, grid: CellGrid) -> None:
    painter.fillRect(QRectF(0, 0, grid.width, grid.top), theme.color("surface"))
    painter.save()
    painter.setClipRect(QRectF(grid.gutter, 0, grid.width, grid.top))
    for number, head in enumerate(table.columns):
        x, width = grid.x(number), grid.x(number + 1) - grid.x(number)
        _column(painter, head, QRectF(x, 0, width, grid.top))
    painter.restore()
    y = grid.top - 0.5
    surface.line(painter, QPointF(0, y), QPointF(grid.width, y), "border")


def _column(painter: QPainter, head: ColumnHead, box: QRectF) -> None:
    font = typography.font("small-medium")
    tint = theme.color("accent" if head.is_today else "text2")
    inner = box.adjusted(10, 0, -4, 0)
    paint.write(painter, inner, head.title, font, tint)
    if not head.number:
        return
    x = inner.left() + paint.width_of(head.title, font) + 8
    font = typography.font("panel")
    width = paint.width_of(head.number, font)
    height = typography.scaled(24)
    block = QRectF(x, box.center().y() - height / 2, width + 10, height)
    if head.is_today:
        paint.rounded(painter, block, 6, theme.color("accent"))
    tint = theme.color("on_accent" if head.is_today else "text")
    paint.write(painter, block, head.number, font, tint, CENTER, elide=False)


def _rows(painter: QPainter, table: Table, grid: CellGrid) -> None:
    """Paint the heads of the rows; they stay while the columns are scrolled."""
    edge = QRectF(0, grid.top, grid.gutter, grid.height - grid.top)
    painter.fillRect(edge, theme.color("surface"))
    for number, row in enumerate(table.rows):
        y = grid.row_y(number)
        box = QRectF(0, y, grid.gutter, grid.row_y(number + 1) - y)
        if box.bottom() < grid.top or box.top() > grid.height:
            continue
        if table.is_month:
            place = QRectF(0, y, grid.gutter - 8, grid.number)
            font, tint = typography.font("caption", tabular=True), theme.color("text3")
            paint.write(painter, place, row.title, font, tint, RIGHT, elide=False)
        else:
            _tutor(painter, row, box)
        line = box.bottom() + 0.5
        surface.line(painter, QPointF(0, line), QPointF(grid.gutter, line), "grid")
    x = grid.gutter - 0.5
    surface.line(painter, QPointF(x, 0), QPointF(x, grid.height), "grid")


def _tutor(painter: QPainter, row: RowHead, box: QRectF) -> None:
    scaled = typography.scaled
    disc = QRectF(box.left() + 12, box.top() + 10, scaled(32), scaled(32))
    paint.disc(painter, disc, row.initials, row.hue)
    height = scaled(17)
    left = disc.right() + 8
    name = QRectF(left, box.top() + 9, box.right() - left - 6, height)
    font, tint = typography.font("strong"), theme.color("text")
    paint.write(painter, name, row.title, font, tint)
    font = typography.font("caption", tabular=True)
    place = name.translated(0, height)
    paint.write(painter, place, row.note, font, theme.color("text2"))
