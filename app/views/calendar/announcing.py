"""Says what happens in the grid to those who hear it: moves, clashes, refusals."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.text import _
from app.views.calendar.canvas import TimeCanvas
from app.views.calendar.deeds import CalendarDeeds
from app.views.calendar.geometry import wall
from app.views.calendar.gestures import Ghost
from app.views.calendar.scene import Verdict
from app.views.speech import speech


class Announcer(QObject):
    """Announces where a session is held, and at once what it runs into."""

    def __init__(self, canvas: TimeCanvas, deeds: CalendarDeeds) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._last = ""
        deeds.judged.connect(self._on_judged)
        deeds.noted.connect(self._on_noted)
        canvas.hands.under_way.connect(self._on_under_way)
        canvas.keys.pointed.connect(self._on_pointed)

    def _on_judged(self, verdict: Verdict) -> None:
        hands = self._canvas.hands
        if verdict.ghost != hands.ghost:
            return
        is_clash = verdict.tone == "err"
        words = "" if hands.is_dragging else self._where(verdict.ghost)
        if verdict.sentence:
            against = _("Conflict: {why}") if is_clash else _("Note: {why}")
            told = against.format(why=verdict.sentence)
            words = f"{words}. {told}" if words else told
        if words != self._last:
            self._last = words
            speech.say(self._canvas, words, is_urgent=is_clash)

    def _where(self, ghost: Ghost) -> str:
        """Say the place of a ghost: day, from and to, and whose column it is."""
        formats, head = self._canvas.formats, self._canvas.scene.heads[ghost.column]
        start, end = wall(head.day, ghost.start), wall(head.day, ghost.end)
        clock = formats.locale.clock
        words = _("{day} {start} to {end}").format(
            day=formats.day(head.day), start=clock(start.time()), end=clock(end.time())
        )
        return f"{words}, {head.title}" if head.tutor_id is not None else words

    def _on_noted(self, words: str) -> None:
        speech.say(self._canvas, words, is_urgent=True)

    def _on_under_way(self, ghost: Ghost | None) -> None:
        if ghost is None:
            self._last = ""

    def _on_pointed(self) -> None:
        cursor, scene = self._canvas.hands.cursor, self._canvas.scene
        if cursor is None or cursor[0] >= len(scene.heads):
            return
        formats, head = self._canvas.formats, scene.heads[cursor[0]]
        clock = formats.locale.clock(wall(head.day, cursor[1]).time())
        words = _("{day} {time}").format(day=formats.day(head.day), time=clock)
        speech.say(self._canvas, words)
