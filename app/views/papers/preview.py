"""Shows a document as it will be printed, page below page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.models.values.errors import OfficeError
from app.services.documents.rendering import Job
from app.text import _
from app.views import theme
from app.views.papers.drawing import SCREEN_DPI, Paper, draw
from app.views.tools import Tools
from app.views.typography import font

GAP = 12  # px between pages
A4 = 297 / 210
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PagesView(QWidget):
    """The pages of a document, as wide as there is room; white in every scheme.

    Signals:
        opened: The person wants to see it larger.
    """

    opened = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._paper: Paper | None = None
        self._words = ""
        self._sharp: tuple[QImage, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Preview of the document"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_paper(self, paper: Paper | None, words: str = "") -> None:
        """Show a document, or words in its place."""
        self._paper, self._words, self._sharp = paper, words, ()
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, self._height(max(self.width(), 200)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._paper is not None:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS and self._paper is not None:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._paper is None:
                self._paint_words(painter)
            else:
                self._paint_pages(painter, self._paper)
            if self.hasFocus():
                painter.setPen(theme.color("accent"))
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_words(self, painter: QPainter) -> None:
        painter.setPen(theme.color("border"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setFont(font())
        painter.setPen(theme.color("text2"))
        box = self.rect().adjusted(16, 16, -16, -16)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box, flags, self._words)

    def _paint_pages(self, painter: QPainter, paper: Paper) -> None:
        top = 0.0
        for page in self._scaled(paper):
            height = self.width() * page.height() / max(1, page.width())
            box = QRectF(0, top, self.width(), height)
            painter.drawImage(box, page)
            painter.setPen(theme.color("border2"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            top += height + GAP

    def _scaled(self, paper: Paper) -> tuple[QImage, ...]:
        """Give the pages at the width and sharpness of the screen, made once."""
        width = round(self.width() * self.devicePixelRatioF())
        if not self._sharp or self._sharp[0].width() != width:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._sharp = tuple(
                page.scaledToWidth(width, smooth) for page in paper.pages
            )
        return self._sharp

    def _fit(self) -> None:
        self.setFixedHeight(self._height(self.width()))

    def _height(self, width: int) -> int:
        if self._paper is None:
            return round(width * A4)
        heights = [
            width * page.height() / max(1, page.width()) for page in self._paper.pages
        ]
        return round(sum(heights) + GAP * (len(heights) - 1)) + 1


class PaperView(QScrollArea):
    """Reads a document, has it drawn beside the window, and shows it.

    Signals:
        opened: The person wants to see it larger.
        drawn: Another document is shown; carries a Paper, or none.
    """

    opened = Signal()
    drawn = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._asked = 0
        self._dpi = SCREEN_DPI
        self.paper: Paper | None = None
        self.pages = PagesView()
        self.pages.opened.connect(self.opened)
        self.setWidget(self.pages)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_job(self, read: Callable[[], Job | None]) -> None:
        """Show what a service gives; what was asked for before is forgotten."""
        self._asked += 1
        if self.paper is None:
            self.pages.show_paper(None, _("Drawing the document…"))
        mine = self._asked
        self._tools.jobs.run(
            self,
            read,
            done=partial(self._draw, mine),
            failed=partial(self._say, mine),
        )

    def show_words(self, words: str) -> None:
        """Show words in the place of a document."""
        self._asked += 1
        self.paper = None
        self.pages.show_paper(None, words)
        self.drawn.emit(None)

    def show_paper(self, paper: Paper) -> None:
        """Show a document that is drawn already."""
        self._asked += 1
        self._show(self._asked, paper)

    def _draw(self, asked: int, job: Job | None) -> None:
        if asked != self._asked:
            return
        if job is None:
            self.show_words(_("There is nothing to show."))
            return
        self._tools.jobs.errand(
            self,
            partial(draw, job, self._dpi * max(1.0, self.devicePixelRatioF())),
            done=partial(self._show, asked),
            failed=partial(self._say, asked),
        )

    def _show(self, asked: int, paper: Paper) -> None:
        if asked == self._asked:
            self.paper = paper
            self.pages.show_paper(paper)
            self.verticalScrollBar().setValue(0)
            self.drawn.emit(paper)

    def _say(self, asked: int, error: OfficeError) -> None:
        if asked == self._asked:
            self.show_words(str(error))
