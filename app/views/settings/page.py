"""The settings: a list of sections at the left, and the one that was chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.text import _
from app.views.page import Page
from app.views.settings.entries import SECTIONS, SectionEntry
from app.views.settings.section import Section
from app.views.sizing import fix_width
from app.views.tools import Link, Place, Tools
from app.views.widgets.inputs import SearchField
from app.views.widgets.panels import HeaderBar
from app.views.widgets.sidebar import NavEntry, NavItem

LAST, FIRST = "settings/section", "office"
LIST = 236  # px


class SettingsPage(Page):
    """Holds every setting of the office and of this computer.

    It is a page of the main window and no window of its own, so that back and forward,
    links and the one undo lead here as they lead everywhere else.
    """

    place = Place.SETTINGS
    title = _("Settings")
    icon = "settings"

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self.sections: dict[str, Section] = {}
        self._entries = {entry.key: entry for entry in SECTIONS}
        self._areas: dict[str, QScrollArea] = {}
        self._stale: set[str] = set()
        self.key = ""
        self.header = HeaderBar(self.title)
        self.set_header(self.header)
        self.set_left(self._make_list())
        self.stack = QStackedWidget()
        self.set_content(self.stack)
        self.set_page_ground()
        last = tools.state.text(LAST, FIRST)
        self.show_section(last if last in self._entries else FIRST)

    @property
    def section(self) -> Section:
        """The section that is shown."""
        return self.sections[self.key]

    def show_section(self, key: str) -> None:
        """Show a section, and remember it for the next time."""
        entry = self._entries[key]
        is_new = key not in self.sections
        if is_new:
            self._make(entry)
        self.key = key
        self.stack.setCurrentWidget(self._areas[key])
        self.items[key].setChecked(True)
        self.header.set_title(entry.title, entry.about)
        self.tools.state.keep(LAST, key)
        if (is_new or key in self._stale) and self.isVisible():
            self._refresh_section()

    def refresh(self) -> None:
        self._stale = set(self.sections)
        self._refresh_section()

    def show_link(self, link: Link) -> None:
        if link.tab in self._entries:
            self.show_section(link.tab)

    def standing(self) -> Mapping[str, str]:
        return {"section": self.key}

    def stand(self, standing: Mapping[str, str]) -> None:
        if standing.get("section") in self._entries:
            self.show_section(standing["section"])

    def states(self) -> Sequence[tuple[str, Callable[[], None]]]:
        return [(key, partial(self.show_section, key)) for key in self._entries]

    def find_in_page(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _make_list(self) -> QWidget:
        panel = QFrame()
        panel.setProperty("frame", "left")
        fix_width(panel, LIST)
        column = QVBoxLayout(panel)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(0)
        self.search = SearchField(_("Search settings"), "Ctrl F")
        self.search.textChanged.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_entered)
        column.addWidget(self.search)
        column.addSpacing(8)
        self.items: dict[str, NavItem] = {}
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        for entry in SECTIONS:
            item = NavItem(NavEntry(entry.key, entry.title, entry.icon, ""))
            self.items[entry.key] = item
            self._group.addButton(item)
            column.addWidget(item)
        column.addStretch()
        return panel

    def _make(self, entry: SectionEntry) -> None:
        section = entry.make(self.tools)
        section.setAccessibleName(entry.title)
        section.went.connect(self.went)
        section.said.connect(self.said)
        self.sections[entry.key] = section
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(section)
        self._areas[entry.key] = area
        self.stack.addWidget(area)

    def _refresh_section(self) -> None:
        self._stale.discard(self.key)
        self.section.refresh()

    def _on_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, NavItem):
            self.show_section(button.entry.key)

    def _on_searched(self, text: str) -> None:
        for key, item in self.items.items():
            item.setVisible(self._entries[key].is_found_by(text))

    def _on_entered(self) -> None:
        """Go to the first section that was found."""
        text = self.search.text()
        found = [key for key, entry in self._entries.items() if entry.is_found_by(text)]
        if found:
            self.show_section(found[0])
