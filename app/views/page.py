"""A page: header, strips, side panels and content, kept fresh by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.models.values.changes import Changes
from app.views import icons
from app.views.command_names import name_command
from app.views.tools import Link, Place, Tools
from app.views.typography import scaled

ONE_PANEL = 1100  # px at a text size of 100 %; below it the left panel gives way
REFRESH_AFTER = 50  # milliseconds that several commits are taken together


class Page(QWidget):
    """What a sidebar entry shows.

    A page reads through ``tools.jobs`` only, and again whenever something that it shows
    was committed: at once if it can be seen, else when it is shown.

    Signals:
        went: The person wants to go somewhere else; carries a Link.
        said: Something happened that is worth a word; carries a Word.
        noted: The status bar should say this of the page.
    """

    went = Signal(object)
    said = Signal(object)
    noted = Signal(str)

    place: Place
    title: str
    icon: str
    tables: frozenset[str] = frozenset()  # what the page shows; none means everything

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self.tools = tools
        self.setAccessibleName(self.title)
        self._is_stale = True
        self._left_panel: QWidget | None = None
        self._inspectors: list[QWidget] = []
        self._left_gave_way = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REFRESH_AFTER)
        self._timer.timeout.connect(self.refresh)
        tools.bus.changed.connect(self._on_changed)
        self._lay_out()

    def refresh(self) -> None:
        """Read what is shown once more, keeping selection and scroll."""

    def show_link(self, link: Link) -> None:
        """Show the record that a link names."""

    def standing(self) -> Mapping[str, str]:
        """Say how the page stands (filter, selection, date), to come back to it."""
        return {}

    def stand(self, standing: Mapping[str, str]) -> None:
        """Come back to how the page stood."""

    def find_in_page(self) -> None:
        """Put the cursor where this page is filtered."""

    def choose_any(self) -> None:
        """Choose some record, so that there is something to give commands for."""

    def states(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """List the ways the page can be looked at: a word, and how to get there."""
        return (("", self.update),)

    def poses(self) -> Sequence[tuple[str, Callable[[], object]]]:
        """List what the page shows only while something is under way.

        A word and how to get there from the one before; without a word it is only a
        step on the way.
        """
        return ()

    def commands(self) -> Mapping[str, Sequence[QAction]]:
        """Give the page's own commands by menu: file, edit, view, session, billing."""
        return {}

    def command(
        self, text: str, slot: object, key: str = "", icon: str = "", *, name: str = ""
    ) -> QAction:
        """Make a command of this page; its key works while the page is shown.

        ``name`` tells commands apart that call the same.
        """
        made = QAction(text, self)
        name_command(made, self.place.value, slot, name)
        if key:
            made.setShortcut(QKeySequence(key))
            made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        icons.set_name(made, icon)
        made.triggered.connect(slot)
        self.addAction(made)
        return made

    def set_content(self, widget: QWidget, *, scroll: bool = False) -> None:
        """Fill the centre; with ``scroll`` it may be taller than the window."""
        if scroll:
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(widget)
            widget = area
        self._content.addWidget(widget, 1)

    def set_page_ground(self) -> None:
        """Use the grey of the window behind cards instead of the white surface."""
        self.content.setProperty("frame", "")

    def set_header(self, widget: QWidget) -> None:
        """Put the header on top."""
        self._column.insertWidget(0, widget)

    def add_strip(self, widget: QWidget) -> None:
        """Add a full-width strip under the header: bulk bar, banner, tabs."""
        self._strips.addWidget(widget)

    def set_left(self, panel: QWidget) -> None:
        """Put a panel left of the content."""
        self._left_panel = panel
        self._body.insertWidget(0, panel)

    def set_inspector(self, panel: QWidget) -> None:
        """Put the inspector right of the content."""
        self._inspectors.append(panel)
        self._body.addWidget(panel)

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            self._fit_panels()
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def _fit_panels(self) -> None:
        """Let the left panel give way to an inspector where both would be too much."""
        if self._left_panel is None or not self._inspectors:
            return
        is_narrow = self.width() < scaled(ONE_PANEL)
        gives_way = is_narrow and any(not one.isHidden() for one in self._inspectors)
        if gives_way != self._left_gave_way:
            self._left_gave_way = gives_way
            self._left_panel.setHidden(gives_way)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._strips = QVBoxLayout()
        self._strips.setSpacing(0)
        self._column.addLayout(self._strips)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._column.addLayout(self._body, 1)
        self.content = QFrame()
        self.content.setProperty("frame", "surface")
        self._content = QVBoxLayout(self.content)
        self._content.setContentsMargins(0, 0, 0, 0)
        self._content.setSpacing(0)
        self._body.addWidget(self.content, 1)

    def _on_changed(self, changes: Changes) -> None:
        if self.tables and not changes.touch(*self.tables):
            return
        if self.isVisible():
            self._timer.start()
        else:
            self._is_stale = True
