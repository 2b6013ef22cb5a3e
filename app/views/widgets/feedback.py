"""What a page says: banners, empty states, what to do with ticked rows, popovers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.text import _
from app.views import icons, paint, theme
from app.views.sizing import fix_height, fix_width, least_height
from app.views.typography import label
from app.views.widgets.buttons import Button, IconButton

MARGIN = 16  # room for the shadow around floating surfaces
_CENTER = Qt.AlignmentFlag.AlignHCenter
_SIGNS = {
    "info": "info",
    "warn": "triangle-alert",
    "err": "circle-alert",
    "ok": "circle-check",
}


class Banner(QWidget):
    """A message in a page: what happened, what to do, one button.

    Attributes:
        button: does what the message suggests; none without a word for it.

    Signals:
        dismissed: The person has read it.
    """

    dismissed = Signal()

    def __init__(
        self,
        sentence: str,
        tone: str = "info",
        action: str = "",
        *,
        closable: bool = False,
    ) -> None:
        super().__init__()
        self._tone = tone
        self.button: Button | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(icons.IconLabel(_SIGNS[tone], 16, tone))
        self._words = label(sentence, "body", wrap=True)
        self._words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
        row.addWidget(self._words, 1)
        if action:
            self.button = Button(action, compact=True)
            row.addWidget(self.button)
        if closable:
            close = IconButton("x", _("Dismiss"), "", 28)
            close.clicked.connect(self.dismissed)
            close.clicked.connect(self.hide)
            row.addWidget(close)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        least_height(self, 40)
        self.setAccessibleName(sentence)

    def say(self, sentence: str) -> None:
        """Say something else."""
        self._words.setText(sentence)
        self.setAccessibleName(sentence)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            fore, back = theme.tone(self._tone)
            fore.setAlphaF(1 if theme.current.scheme.is_high_contrast else 0.35)
            paint.rounded(painter, QRectF(self.rect()), 8, back, fore)


class EmptyState(QWidget):
    """What stands where there is nothing: why, and what to do about it.

    Attributes:
        primary, second: the buttons; hidden without a word for them.
    """

    def __init__(
        self,
        icon: str,
        title: str,
        explanation: str,
        action: str = "",
        second: str = "",
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addStretch()
        column.addWidget(icons.IconLabel(icon, 32, "control"), 0, _CENTER)
        column.addSpacing(4)
        self._title = label("", "panel")
        column.addWidget(self._title, 0, _CENTER)
        self._line = label("", "body", "text2", wrap=True)
        self._line.setAlignment(_CENTER)
        fix_width(self._line, 360)
        column.addWidget(self._line, 0, _CENTER)
        self.primary = Button(action, kind="primary")
        self.second = Button(second)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.primary)
        buttons.addWidget(self.second)
        buttons.addStretch()
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch()
        self.primary.setVisible(bool(action))
        self.second.setVisible(bool(second))
        if action or second:
            self.setFocusProxy(self.primary if action else self.second)
        self.set_texts(title, explanation)

    def set_texts(self, title: str, explanation: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._line.setText(explanation)
        self._line.setVisible(bool(explanation))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give the explanation as many lines as it needs."""
        needed = self._line.heightForWidth(self._line.maximumWidth())
        self._line.setMinimumHeight(max(0, needed))


class BulkBar(QFrame):
    """What can be done with the ticked rows; keeps its height, so that rows stay put.

    Attributes:
        buttons: one for each action, in order.

    Signals:
        cleared: The ticks are to go.
    """

    cleared = Signal()

    def __init__(self, actions: Sequence[tuple[str, str]] = ()) -> None:
        """Make a bar of (icon, words) for each action."""
        super().__init__()
        fix_height(self, 48)
        self.buttons: list[Button] = []
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._resting: QWidget = QFrame()
        self._resting.setProperty("frame", "resting")
        self._bar = QFrame()
        self._bar.setProperty("frame", "bulk")
        self._row = QHBoxLayout(self._bar)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(8)
        self._sentence = label("", "strong", tabular=True)
        self._row.addWidget(self._sentence)
        self._row.addSpacing(8)
        self._row.addStretch()
        clear = Button(_("Clear"), kind="ghost")
        clear.clicked.connect(self.cleared)
        self._row.addWidget(clear)
        self._stack.addWidget(self._resting)
        self._stack.addWidget(self._bar)
        for icon, words in actions:
            self.add(words, icon)

    def add(self, words: str, icon: str = "", kind: str = "plain") -> Button:
        """Add an action."""
        made = Button(words, icon, kind)
        self._row.insertWidget(self._row.count() - 2, made)
        self.buttons.append(made)
        return made

    def set_resting(self, widget: QWidget) -> None:
        """Show this, such as chips of filters, while nothing is ticked."""
        self._stack.removeWidget(self._resting)
        self._resting.deleteLater()
        self._resting = widget
        self._stack.insertWidget(0, widget)
        self._stack.setCurrentWidget(widget)

    def show_selection(self, sentence: str) -> None:
        """Say what is ticked, such as ``3 selected · € 892.00``; nothing hides it."""
        self._sentence.setText(sentence)
        self._stack.setCurrentWidget(self._bar if sentence else self._resting)


class Floating(QWidget):
    """A raised surface with the one shadow; fill its ``body``."""

    def __init__(
        self,
        width: int = 0,
        ground: str = "raised",
        radius: int = 10,
        padding: int = 16,
        *,
        edge: bool = True,
    ) -> None:
        super().__init__()
        self._ground, self._radius, self._edge = ground, radius, edge
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        if width:
            fix_width(self, width + 2 * MARGIN)
        self.body = QVBoxLayout(self)
        inset = MARGIN + padding
        self.body.setContentsMargins(inset, inset, inset, inset)
        self.body.setSpacing(8)

    def place(self, parent: QWidget, x: int, y: int) -> None:
        """Show the surface over a widget, its visible corner at x, y or near it."""
        self.setParent(parent)
        self.adjustSize()
        self.move(QPoint(x, y) - QPoint(MARGIN, MARGIN))
        self.keep_inside()
        self.show()
        self.raise_()

    def keep_inside(self) -> None:
        """Come back from the edges of what it lies over, as when it has grown."""
        parent = self.parentWidget()
        if parent is not None:
            x = min(self.x(), parent.width() - self.width())
            y = min(self.y(), parent.height() - self.height())
            self.move(max(-MARGIN, x), max(-MARGIN, y))

    def adjustSize(self) -> None:  # noqa: N802  Qt's own
        """Be as high as what it holds is at its width, wrapped lines included."""
        super().adjustSize()
        self.body.activate()
        if self.body.hasHeightForWidth():
            self.resize(self.width(), self.body.totalHeightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            box = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            edge = self._edge or theme.current.scheme.is_high_contrast
            paint.shadow(painter, box, self._radius)
            rim = theme.color("border2") if edge else None
            paint.rounded(painter, box, self._radius, theme.color(self._ground), rim)


class Popover(Floating):
    """A surface with a title, rows of a form and buttons; Esc closes it.

    When it goes, the focus returns to where it was before.

    Attributes:
        rows: the rows.
        footer: the buttons.

    Signals:
        closed: The person is done with it.
    """

    closed = Signal()

    def __init__(self, title: str, width: int = 360) -> None:
        super().__init__(width)
        self._before: QWidget | None = None
        self.setAccessibleName(title)
        self.title = label(title, "panel")
        close = IconButton("x", _("Close"), _("Esc"), 28)
        close.clicked.connect(self.dismiss)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(close)
        self.body.addLayout(head)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(8)
        self.body.addLayout(self.rows)
        self.body.addSpacing(4)
        self.footer = QHBoxLayout()
        self.footer.setSpacing(8)
        self.body.addLayout(self.footer)

    def place(self, parent: QWidget, x: int, y: int) -> None:
        """Show it over a widget, and remember where the focus is."""
        self._before = QApplication.focusWidget()
        super().place(parent, x, y)

    def dismiss(self) -> None:
        """Close it."""
        self.hide()
        self.closed.emit()

    def setVisible(self, visible: bool) -> None:  # noqa: FBT001, N802  Qt's own
        # Qt would hand the focus to what comes next, such as the Undo of a toast.
        spot = QApplication.focusWidget()
        if not visible and spot is not None and self.isAncestorOf(spot):
            self._give_focus_back()
        super().setVisible(visible)

    def _give_focus_back(self) -> None:
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep presses from what lies below, and fit what comes in later."""
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.adjustSize()
            self.keep_inside()
        presses = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease)
        return True if event.type() in presses else super().event(event)
