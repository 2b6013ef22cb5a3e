"""Paints what is under way: the ghost of a dragged session and why it may not lie."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from app.views import icons, paint, theme, typography
from app.views.calendar.geometry import Grid
from app.views.calendar.gestures import Ghost
from app.views.calendar.painting import RADIUS, rect_of
from app.views.calendar.scene import Verdict


@dataclass(frozen=True, slots=True)
class GhostWords:
    """What a ghost says.

    Attributes:
        times: from and to.
        begins: the start alone, where there is little room.
        forms: whose session it is, in ever shorter forms.
    """

    times: str
    forms: tuple[str, ...] = ()
    hue: str = "blue"
    begins: str = ""


def ghost_box(ghost: Ghost, grid: Grid) -> QRectF:
    """Give the rectangle of a ghost."""
    return rect_of(grid.landing(ghost.column, ghost.start, ghost.end))


def ghost(painter: QPainter, box: QRectF, words: GhostWords, tone: str) -> None:
    """Paint a ghost: in its hue, dashed amber to accept, dashed red to refuse."""
    colours = theme.hue(words.hue)
    back, edge, fore = colours.tint, colours.bar, colours.text
    if tone:
        fore, back = theme.tone(tone)
        edge = fore
    paint.shadow(painter, box, RADIUS)
    paint.rounded(painter, box, RADIUS, back, edge, 1.5, dashed=bool(tone))
    inner = box.adjusted(10, 5 if box.height() > 28 else 2, -6, -2)
    height = float(typography.scaled(16))
    font = typography.font("small-strong", tabular=True)
    first = QRectF(inner.left(), inner.top(), inner.width(), height)
    is_wide = paint.width_of(words.times, font) <= inner.width()
    when = words.times if is_wide or not words.begins else words.begins
    paint.write(painter, first, when, font, fore, elide=False)
    font = typography.font("caption")
    fits = [one for one in words.forms if paint.width_of(one, font) <= inner.width()]
    second = first.translated(0, height)
    if fits and second.bottom() <= box.bottom():
        paint.write(painter, second, fits[0], font, fore, elide=False)


def tip(painter: QPainter, at: QRectF, verdict: Verdict, grid: Grid) -> None:
    """Say in words what stands against the place, and a way out."""
    if not verdict.sentence:
        return
    strong, small = typography.font("strong"), typography.font("small", tabular=True)
    lines = [*_wrapped(verdict.sentence), *_wrapped(verdict.way_out)]
    count = len(_wrapped(verdict.sentence))
    fonts = [strong if n < count else small for n in range(len(lines))]
    wide = max(
        paint.width_of(one, font) for one, font in zip(lines, fonts, strict=True)
    )
    height = typography.scaled(18) * len(lines) + 20
    box = _beside(at, round(wide) + 56, height, grid)
    paint.shadow(painter, box, 8)
    paint.rounded(painter, box, 8, theme.color("raised"), theme.color("border2"))
    tint = theme.color(verdict.tone or "info")
    icons.draw(painter, "triangle-alert", box.left() + 12, box.top() + 10, 18, tint)
    place = QRectF(
        box.left() + 40, box.top() + 9, box.width() - 48, typography.scaled(18)
    )
    for number, (line, font) in enumerate(zip(lines, fonts, strict=True)):
        token = "text" if number < count else "text2"
        paint.write(painter, place, line, font, theme.color(token), elide=False)
        place.translate(0, typography.scaled(18) + (2 if number + 1 == count else 0))


def _beside(at: QRectF, width: int, height: int, grid: Grid) -> QRectF:
    """Find the place of a tip: below, else above, never beyond the widget."""
    x = min(at.left() + 12, grid.width - 8 - width)
    y = at.bottom() + 8
    if y + height > grid.height - 8:
        y = at.top() - 8 - height
    y = max(y, grid.top + 8)
    return QRectF(round(max(8.0, x)), round(y), width, height)


def _wrapped(sentence: str, most: int = 56) -> list[str]:
    """Break a sentence into lines of so many letters."""
    lines: list[str] = []
    for word in sentence.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
