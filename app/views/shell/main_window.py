"""The main window: the pages, the way between them, and what is always at hand."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.models.values.actors import Actor
from app.models.values.errors import OfficeError
from app.models.values.schedule import local_date
from app.text import _
from app.views.appearance import Appearance
from app.views.formats import DASH
from app.views.keeping import Keeper
from app.views.key_choices import KeyChoices
from app.views.page import Page
from app.views.pages import BELOW, PageEntry, pages_for
from app.views.shell.commands import Commands
from app.views.shell.curtain import FIRST, GEOMETRY, SMALLEST
from app.views.shell.handbook import Handbook
from app.views.shell.history import History, Stop
from app.views.shell.menus import Menus
from app.views.shell.notices import Notices
from app.views.shell.palette import Palette
from app.views.shell.panes import Panes
from app.views.shell.remembering import Used
from app.views.shell.status_bar import StatusBar
from app.views.shell.steps import Steps
from app.views.shell.tutor_colours import TutorColours
from app.views.shell.waiting import badges
from app.views.tools import DEEDS, NOBODY, Link, Place, Tools, Word
from app.views.typography import scaled
from app.views.widgets.panels import HeaderBar
from app.views.widgets.sidebar import Badge, NavEntry, Sidebar
from app.views.widgets.toasts import ToastQueue

NARROW = 1100  # px at a text size of 100 %; below it the sidebar is a rail of icons
BADGES_AFTER = 300  # milliseconds
REMEMBERED = 50  # messages
LAST_PLACE = "window/place"


class MainWindow(QMainWindow):
    """Shows one page at a time and keeps the way back."""

    def __init__(
        self, tools: Tools, actor: Actor, office_name: str, appearance: Appearance
    ) -> None:
        super().__init__()
        self.tools, self.actor, self.appearance = tools, actor, appearance
        self.menus = Menus(self.menuBar())
        self.sidebar: Sidebar
        self._wants_rail = False
        self._office_name = office_name
        self._entries = {entry.place: entry for entry in pages_for(actor)}
        self.pages: dict[Place, Page] = {}
        self._history = History()
        self._notes: dict[Page, str] = {}
        self._here = Link(Place.TODAY)
        self.recent: deque[Word] = deque(maxlen=REMEMBERED)
        self.steps = Steps(tools, self)
        self.colours = TutorColours(tools, self)
        self._keys = KeyChoices(tools.state)
        self._build()
        self._keys.take(self.findChildren(QAction))
        self._wire()
        self._restore()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self.pages[self._here.place]

    @property
    def here(self) -> Link:
        """Where the window is."""
        return self._here

    @property
    def places(self) -> tuple[Place, ...]:
        """The pages that this person sees, in order."""
        return tuple(self._entries)

    def go(self, link: Link) -> None:
        """Go to a place, remembering the one that is left."""
        if link.place not in self._entries:
            return
        if link != self._here and self._here.place in self.pages:
            self._history.leave(self._stop())
        self._show(link)

    def go_to(self, key: str) -> None:
        """Go to a page by its key."""
        self.go(Link(Place(key)))

    def back(self) -> None:
        """Go where the window was before."""
        if self._history.can_go_back:
            self._return(self._history.back(self._stop()))

    def forward(self) -> None:
        """Go where the window was before going back."""
        if self._history.can_go_forward:
            self._return(self._history.forward(self._stop()))

    def open_palette(self, text: str = "") -> None:
        """Open the box for people, sessions, documents and commands."""
        actions = [one for one in self.menus.everything() if one.isVisible()]
        self.palette_box.open_with(actions, text)

    def say(self, word: Word) -> None:
        """Tell something in passing; its way back is that of the step just taken."""
        if word.can_undo:
            word = replace(word, step=self.steps.latest)
        self.recent.appendleft(word)
        action = _("Undo") if word.step else word.link_text
        self.toasts.say(word.sentence, action, word)

    def complain(self, error: OfficeError) -> None:
        """Tell why something was refused that nobody waited for."""
        self.say(Word(str(error)))

    def keep(self, keeper: Keeper) -> None:
        """Show what the keeper of backups has to say."""
        keeper.warned.connect(self.notices.show_backup)
        keeper.calmed.connect(self.notices.hide_backup)
        keeper.said.connect(self.say)
        self.notices.backed_up.connect(keeper.back_up)
        self.commands.add_backup(keeper)

    def make_page(self, place: Place) -> None:
        """Make a page without showing it."""
        self._page_at(place)

    def come_forward(self) -> None:
        """Show the window above the others."""
        if self.isMinimized():
            self.showNormal()
        self.raise_()
        self.activateWindow()

    def toggle_sidebar(self) -> None:
        """Show titles in the sidebar, or icons only."""
        self._wants_rail = not self._wants_rail
        self._fit_sidebar()

    def new_session(self) -> None:
        """Enter a session in the calendar."""
        self.go(Link(Place.CALENDAR, "book", NOBODY))

    def find_in_page(self) -> None:
        """Put the cursor where the page is filtered."""
        self.page.find_in_page()

    def refresh(self) -> None:
        """Read the page's records once more."""
        self.page.refresh()
        self._read_badges()

    def next_pane(self) -> None:
        """Go on round the window's parts with the keyboard."""
        self.panes.turn(1)

    def former_pane(self) -> None:
        """Go back round the window's parts with the keyboard."""
        self.panes.turn(-1)

    def help_here(self) -> None:
        """Open the handbook at the chapter of this page."""
        self.handbook.open_at(self._here.place.value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_sidebar()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.BackButton:
            self.back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.forward()
        else:
            super().mousePressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.tools.state.keep(GEOMETRY, self.saveGeometry())
        self.tools.state.keep(LAST_PLACE, self._here.place.value)
        super().closeEvent(event)

    def _build(self) -> None:
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST)
        middle = QWidget()
        outer = QVBoxLayout(middle)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        outer.addLayout(row, 1)
        self.sidebar = Sidebar(*_entries(tuple(self._entries.values())))
        row.addWidget(self.sidebar)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        self.notices = Notices()
        column.addWidget(self.notices)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.status = StatusBar()
        outer.addWidget(self.status)
        self.setCentralWidget(middle)
        self.commands = Commands(self, self)
        self.used = Used(self.tools.state, self.actor.name)
        self.palette_box = Palette(self, self.tools, self.used, self.places)
        self.toasts = ToastQueue(self.stack)
        self.panes = Panes(self)
        self.handbook = Handbook(self)
        self._badges_timer = QTimer(self)
        self._badges_timer.setSingleShot(True)
        self._badges_timer.setInterval(BADGES_AFTER)

    def _wire(self) -> None:
        self.sidebar.chosen.connect(self.go_to)
        self.palette_box.went.connect(self.go)
        self.palette_box.ran.connect(self._run)
        self.palette_box.said.connect(self.say)
        self.steps.went.connect(self.go)
        self.steps.said.connect(self.say)
        self.toasts.acted.connect(self._on_word_answered)
        bus = self.tools.bus
        bus.changed.connect(self._on_changed)
        self.appearance.changed.connect(self._fit_sidebar)
        bus.lost.connect(self.notices.show_lost)
        bus.found.connect(self.notices.hide_lost)
        self.notices.retried.connect(bus.look)
        self._badges_timer.timeout.connect(self._read_badges)

    def _restore(self) -> None:
        geometry = self.tools.state.bytes(GEOMETRY)
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        last = self.tools.state.text(LAST_PLACE, Place.TODAY.value)
        known = [place for place in self._entries if place == last]
        self._show(Link(known[0] if known else next(iter(self._entries))))
        self.steps.read()
        self._read_badges()

    def _show(self, link: Link) -> None:
        page = self._page_at(link.place)
        self._here = Link(link.place) if link.kind in DEEDS else link
        self.used.see(link)
        self.stack.setCurrentWidget(page)
        self.sidebar.set_active(link.place.value)
        self.menus.show_page(page.commands())
        self.commands.show_way(self._history)
        self.setWindowTitle(f"{page.title} {DASH} {self._office_name}[*]")
        self.status.show_note(self._notes.get(page, ""))
        if not self.sidebar.isAncestorOf(self.focusWidget()):
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        page.show_link(link)  # may put the focus into what it opens

    def _return(self, stop: Stop) -> None:
        self._show(stop.link)
        self.page.stand(stop.standing)

    def _stop(self) -> Stop:
        return Stop(self._here, dict(self.page.standing()))

    def _page_at(self, place: Place) -> Page:
        if place not in self.pages:
            page = self._entries[place].make(self.tools)
            self._keys.take(page.findChildren(QAction))
            page.went.connect(self.go)
            page.said.connect(self.say)
            page.noted.connect(self._on_noted)
            for header in page.findChildren(HeaderBar):
                header.offer_search(self._on_search)
            self.pages[place] = page
            self.stack.addWidget(page)
        return self.pages[place]

    def _on_search(self) -> None:
        self.open_palette()

    def _fit_sidebar(self) -> None:
        is_narrow = self.width() < scaled(NARROW)
        self.sidebar.set_rail(is_rail=is_narrow or self._wants_rail)

    def _on_noted(self, note: str) -> None:
        page = self.sender()
        if isinstance(page, Page):
            self._notes[page] = note
            if page is self.stack.currentWidget():
                self.status.show_note(note)

    def _on_word_answered(self, word: Word) -> None:
        if word.step:
            self.steps.undo_one(word.step)
        elif word.link is not None:
            self.go(word.link)

    def _run(self, action: QAction) -> None:
        action.trigger()

    def _read_badges(self) -> None:
        today = local_date(self.tools.clock.now(), self.tools.formats.zone)
        office, is_office = self.tools.office, self.actor.is_office
        work = partial(badges, office, today, is_office=is_office)
        self.tools.jobs.run(self, work, done=self._show_badges, failed=self._no_badges)

    def _show_badges(self, found: Mapping[str, Badge]) -> None:
        self.sidebar.set_badges(found)

    def _no_badges(self, _error: OfficeError) -> None:
        self.sidebar.set_badges({})

    def _on_changed(self, _changes: object) -> None:
        self.status.show_saved(self.tools.formats.clock(self.tools.clock.now()))
        self._badges_timer.start()


def _entries(
    pages: Sequence[PageEntry],
) -> tuple[Sequence[Sequence[NavEntry]], Sequence[NavEntry]]:
    """Put pages into the sidebar's groups, those at its foot apart."""
    groups: dict[int, list[NavEntry]] = {}
    for page in pages:
        entry = NavEntry(page.place.value, page.title, page.icon, page.keys)
        groups.setdefault(page.group, []).append(entry)
    below = groups.pop(BELOW, [])
    return [groups[number] for number in sorted(groups)], below
