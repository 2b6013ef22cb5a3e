"""The parts around the content of a page: its header, and panels at its sides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.text import _
from app.views.sizing import fix_height, fix_width, never_squeeze
from app.views.typography import label, scaled
from app.views.widgets.buttons import Button, IconButton, Segmented
from app.views.widgets.inputs import SearchField
from app.views.widgets.labels import ElideLabel, SectionLabel
from app.views.widgets.opener import BOX, Opener


class Panel(QFrame):
    """A panel at the ``left`` or ``right``: its ``body`` scrolls, its ``footer`` stays.

    Attributes:
        body: the rows of the panel.
        footer: what stays at the bottom.
    """

    def __init__(self, side: str, width: int) -> None:
        super().__init__()
        self.setProperty("frame", side)
        fix_width(self, width)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 12, 0, 16)
        outer.setSpacing(8)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(16, 0, 16, 0)
        self._head.setSpacing(8)
        outer.addLayout(self._head)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(8)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body)
        column.addStretch()
        never_squeeze(holder)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(holder)
        holder.setAutoFillBackground(False)  # the area turns it on
        area.viewport().setAutoFillBackground(False)
        outer.addWidget(area, 1)
        self.footer = QVBoxLayout()
        self.footer.setContentsMargins(16, 0, 16, 0)
        self.footer.setSpacing(8)
        outer.addLayout(self.footer)

    def clear_body(self) -> None:
        """Take everything out of the body."""
        empty(self.body)


class Inspector(Panel):
    """Details of the record that is chosen.

    Signals:
        closed: The person does not want to see it now.
    """

    closed = Signal()

    def __init__(self, kind: str, title: str, width: int = 276) -> None:
        super().__init__("right", width)
        self._kind = SectionLabel(kind)
        self._title = label("", "panel", wrap=True)
        self._title.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
        )
        close = IconButton("x", _("Close inspector"), "Ctrl+I", 28)
        close.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._kind)
        head.addStretch()
        head.addWidget(close)
        self._head.addLayout(head)
        self._head.addWidget(self._title)
        self.set_title(kind, title)

    def set_title(self, kind: str, title: str) -> None:
        """Say what is shown now."""
        self._kind.setText(kind.upper())
        self._kind.setAccessibleName(kind)
        self._title.setText(title)
        self.setAccessibleName(f"{kind}: {title}")


class HeaderBar(QFrame):
    """Title, period, filters, search, views and the one primary action of a page.

    Attributes:
        opener: the box that opens the palette; hidden until it is offered.
    """

    def __init__(self, title: str, subtitle: str = "") -> None:
        super().__init__()
        self.opener = Opener()  # made first, so that the keys come to it first
        self.opener.setParent(self)
        self.opener.hide()
        self.setProperty("frame", "header")
        fix_height(self, 56)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(8)
        self._title = ElideLabel(title, "view")
        self._row.addWidget(self._title)
        self._subtitle = ElideLabel(subtitle, "body", "text2", least=32)
        self._subtitle.setVisible(bool(subtitle))
        self._row.addWidget(self._subtitle)
        self._row.addSpacing(8)
        self._left = self._row.count()
        self._row.addStretch()

    def set_title(self, title: str, subtitle: str = "") -> None:
        """Say what the page shows now."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)
        self._subtitle.setVisible(bool(subtitle))

    def add_left(self, widget: QWidget) -> None:
        """Add a widget after the title."""
        self._row.insertWidget(self._left, widget)
        self._left += 1

    def add_right(self, widget: QWidget) -> None:
        """Add a widget at the right end."""
        self._row.addWidget(widget)

    def add_search(self, placeholder: str, key: str = "Ctrl F") -> SearchField:
        """Add the field that filters the page."""
        field = SearchField(placeholder, key)
        field.setMinimumWidth(128)
        field.setMaximumWidth(240)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row.addWidget(field, 100)
        return field

    def offer_search(self, slot: object) -> None:
        """Add the box that finds everything, before what stands at the right."""
        self.opener.clicked.connect(slot)
        at = self._left + 1
        self._row.insertWidget(at, self.opener)
        self.opener.show()
        self._stop_at_opener(at)
        self._fit_opener()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_opener()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit_opener()
        return super().event(event)

    def add_switch(self, choices: Sequence[str], current: str) -> Segmented:
        """Add a choice of views."""
        made = Segmented(choices, current)
        self._row.addWidget(made)
        return made

    def add_primary(self, text: str, icon: str = "plus") -> Button:
        """Add the one filled button of the page."""
        made = Button(text, icon, "primary")
        self._row.addWidget(made)
        return made

    def _stop_at_opener(self, at: int) -> None:
        """Let the keys reach the box in the order in which the eye goes."""
        stops = list(self._stops_by_place())
        right = [stop for place, stop in stops if place > at]
        left = [stop for place, stop in stops if place < at]
        if right:
            QWidget.setTabOrder(right[0], self.opener)
            QWidget.setTabOrder(self.opener, right[0])
        elif left:
            QWidget.setTabOrder(left[-1], self.opener)

    def _stops_by_place(self) -> Iterator[tuple[int, QWidget]]:
        """Give what the keys stop at, with its place in the row."""
        for place in range(self._row.count()):
            item = self._row.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None:
                for one in (widget, *widget.findChildren(QWidget)):
                    if one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                        yield place, one

    def _fit_opener(self) -> None:
        """Show the words of the box only while everything else has its room."""
        if self.opener.isHidden():
            return
        margins = self._row.contentsMargins()
        wanted = margins.left() + margins.right() + scaled(BOX)
        for at in range(self._row.count()):
            item = self._row.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.opener and widget.isHidden():
                continue
            wanted += self._row.spacing()
            if item is not None and widget is not self.opener:
                wanted += item.sizeHint().width()
        self.opener.set_wide(wide=wanted <= self.width())


def empty(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QVBoxLayout | QHBoxLayout):
            empty(inner)
            inner.deleteLater()
