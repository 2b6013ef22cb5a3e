"""The time grid: one painted widget for days and for tutors side by side.

What stands still is painted into a pixmap once; while something is dragged only the
ghost, the selection and the edge under the pointer are painted on top of it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.text import _
from app.views import theme
from app.views.calendar import ghosts, painting
from app.views.calendar.accessible import Board
from app.views.calendar.companions import companions
from app.views.calendar.geometry import Grid
from app.views.calendar.gestures import Ghost, Part
from app.views.calendar.hands import Hands
from app.views.calendar.key_hands import KeyHands
from app.views.calendar.layer import StaticLayer
from app.views.calendar.scene import Scene, Verdict
from app.views.formats import Formats
from app.views.widgets.keys import WAYS

HOVER_AFTER = 400


class TimeCanvas(Board):
    """Shows sessions in a time grid, and turns hands into intents.

    Signals:
        chosen: Other sessions are selected now.
        menu_asked: A menu is wanted; carries a session's number (or 0) and a point.
        hovered: The pointer rests on a session; carries its number, or 0.
        resized: There is more or less room.
    """

    chosen = Signal()
    menu_asked = Signal(object, object)
    hovered = Signal(object)
    resized = Signal()

    def __init__(self, formats: Formats, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.formats = formats
        self.step, self.usual_minutes = 15, 60
        self.is_read_only = False
        self.selected: tuple[int, ...] = ()
        self.verdict: Verdict | None = None
        self._opened_at: int | None = None
        self._layer = StaticLayer()
        self._hover = 0
        self.hands = Hands(self, self)
        self.keys = KeyHands(self, self.hands)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(HOVER_AFTER)
        self._resting.timeout.connect(self._on_rest)
        self.setAccessibleName(_("Calendar"))
        theme.current.changed.connect(self.repaint_all)

    # -- what is shown ---------------------------------------------------------------

    def show_scene(self, scene: Scene, *, open_at: int | None = None) -> None:
        """Show other sessions; keep selection and scroll unless told where to open."""
        self.scene = scene
        known = {one.block.session_id for one in scene.placed}
        known |= {one.session_id for count in scene.counts for one in count.blocks}
        self.selected = tuple(one for one in self.selected if one in known)
        self.hands.fit(len(scene.heads))
        self.fit_bars()
        if open_at is not None:
            self._opened_at = open_at
            self.scroll_to(open_at)
        self.repaint_all()

    def show_verdict(self, verdict: Verdict) -> None:
        """Say what was found about a place, if the ghost is still there."""
        if verdict.ghost == self.hands.ghost:
            self.verdict = verdict
            self.viewport().update()

    def select(self, *session_ids: int) -> None:
        """Select sessions; scroll to a single one, unless a hand holds the grid."""
        if session_ids != self.selected:
            self.selected = session_ids
            self.viewport().update()
            self.chosen.emit()
            self.tell_focus()
        alone = len(session_ids) == 1 and not self.hands.is_busy
        if alone and (found := self.scene.find(session_ids[0])):
            self.scroll_into_view(found)

    def settle(self) -> None:
        """Let go of a ghost that was dropped."""
        self.hands.cancel()

    # -- events ------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._resting.stop()
        if event.button() in WAYS:
            event.ignore()  # the window goes back or forward
        else:
            self.hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() == Qt.MouseButton.NoButton:
            self._look_at(event.position())
        self.hands.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hands.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.hands.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        point = QPointF(event.pos())
        found = self.placed_at(point)
        if event.reason() is QContextMenuEvent.Reason.Keyboard and self.selected:
            found = self.scene.find(self.selected[0])
            if found is not None:
                box = found.box(self.grid())
                point = QPointF(box.x + 8, box.y + 8)
        if found is not None and found.block.session_id not in self.selected:
            self.select(found.block.session_id)
        where = self.viewport().mapToGlobal(point.toPoint())
        self.menu_asked.emit(found.block.session_id if found else 0, where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.key(event):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001, N802
        return self.keys.tab(forward=forward) or super().focusNextPrevChild(forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()
        self.tell_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1, event.position().y())
            event.accept()
        else:
            super().wheelEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hover(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_bars()
        if self._opened_at is not None and event.oldSize().height() < 1:
            self.scroll_to(self._opened_at)
        self.repaint_all()
        self.resized.emit()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802
        self.viewport().update()

    def _look_at(self, point: QPointF) -> None:
        found = self.placed_at(point)
        self._set_hover(found.block.session_id if found else 0)
        shape = Qt.CursorShape.ArrowCursor
        if found is not None and not self.is_read_only:
            part = self.hands.part_of(found, point)
            if part is not Part.BODY:
                shape = Qt.CursorShape.SizeVerCursor
        self.viewport().setCursor(shape)

    def _set_hover(self, session_id: int) -> None:
        if session_id == self._hover:
            return
        self._hover = session_id
        if session_id:
            self._resting.start()
        else:
            self._resting.stop()
            self.hovered.emit(0)
        self.viewport().update()

    def _on_rest(self) -> None:
        if self._hover and self.hands.ghost is None:
            self.hovered.emit(self._hover)

    # -- painting ----------------------------------------------------------------------

    def repaint_all(self) -> None:
        """Paint also what stands still."""
        self._layer.forget()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(760, 640)

    def paintEvent(self, _event: QPaintEvent) -> None:
        grid = self.grid()
        still: QPixmap = self._layer.pixmap(
            self.viewport().devicePixelRatioF(), self.scene, grid, self.formats
        )
        with QPainter(self.viewport()) as painter:
            painter.drawPixmap(0, 0, still)
            painter.setClipRect(
                QRectF(grid.gutter, grid.top, grid.width, grid.height - grid.top)
            )
            self._focused(painter, grid)
            ghost = self.hands.ghost
            if ghost is None:
                self.hands.paint_band(painter)
                if self.hasFocus():
                    self.hands.paint_cursor(painter, grid)
                return
            self._ghost(painter, ghost, grid)

    def _focused(self, painter: QPainter, grid: Grid) -> None:
        ghost = self.hands.ghost
        moving = {one.session_id for one in self._with_others(ghost)}
        for one in self.scene.placed:
            number = one.block.session_id
            if number not in {self._hover, *moving, *self.selected}:
                continue
            box = painting.rect_of(one.box(grid))
            if ghost is not None and number in moving and not ghost.is_copy:
                veil = theme.color("surface", 0.6)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(veil)
                painter.drawRoundedRect(box, painting.RADIUS, painting.RADIUS)
            else:
                is_selected = number in self.selected
                focus = "selected" if is_selected else "hover"
                painting.outline(painter, one.block, box, focus)

    def _with_others(self, ghost: Ghost | None) -> list[Ghost]:
        """Give a ghost with those of the other chosen sessions that it takes along."""
        if ghost is None:
            return []
        return [ghost, *companions(ghost, self.scene, self.selected)]

    def _ghost(self, painter: QPainter, ghost: Ghost, grid: Grid) -> None:
        verdict = self.verdict
        if verdict is not None and verdict.ghost != ghost:
            verdict = None
        box = ghosts.ghost_box(ghost, grid)
        tone = verdict.tone if verdict else ""
        for one in reversed(self._with_others(ghost)):
            place = ghosts.ghost_box(one, grid)
            ghosts.ghost(painter, place, self.hands.ghost_words(one), tone)
        if verdict is not None:
            painter.setClipping(False)
            ghosts.tip(painter, box, verdict, grid)
