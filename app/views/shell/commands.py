"""The commands that are always there, with their keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow

from app.text import _
from app.views import icons
from app.views.appearance import Appearance, Wanted
from app.views.command_names import name_command
from app.views.keeping import Keeper
from app.views.page import Page
from app.views.possible import allow
from app.views.shell import menus
from app.views.shell.help import KeyboardSheet, RecentMessages
from app.views.shell.history import History
from app.views.shell.key_areas import areas_of
from app.views.shell.menus import Menus
from app.views.shell.steps import Steps
from app.views.tools import Word
from app.views.widgets.sidebar import Sidebar

Key = QKeySequence.StandardKey


class Frame(Protocol):
    """What the commands need of the window that they belong to."""

    menus: Menus
    steps: Steps
    sidebar: Sidebar
    appearance: Appearance

    @property
    def page(self) -> Page:
        """The page that is shown."""

    @property
    def recent(self) -> Iterable[Word]:
        """What was told in passing, the newest first."""

    def go_to(self, key: str) -> None:
        """Go to a page."""

    def back(self) -> None:
        """Go where the window was before."""

    def forward(self) -> None:
        """Go where the window was before going back."""

    def find_in_page(self) -> None:
        """Put the cursor where the page is filtered."""

    def refresh(self) -> None:
        """Read the page's records once more."""

    def next_pane(self) -> None:
        """Go on round the window's parts."""

    def former_pane(self) -> None:
        """Go back round the window's parts."""

    def new_session(self) -> None:
        """Enter a session in the calendar."""

    def help_here(self) -> None:
        """Open the handbook at this page."""

    def toggle_sidebar(self) -> None:
        """Show titles in the sidebar, or icons only."""

    def open_palette(self, text: str = "") -> None:
        """Open the box for everything."""


_WINDOW = "window"


class Commands:
    """Makes the window's own commands and puts them into the menus."""

    def __init__(self, owner: QMainWindow, window: Frame) -> None:
        self._owner, self._window = owner, window
        self._fill_file()
        self._fill_edit()
        self._fill_view()
        self._fill_go()
        self._fill_help()

    def show_way(self, history: History) -> None:
        """Say whether there is a way back and forward."""
        back, forward = history.can_go_back, history.can_go_forward
        allow(self.back, "" if back else _("Nowhere to go back to"))
        allow(self.forward, "" if forward else _("Nowhere to go forward to"))

    def add_backup(self, keeper: Keeper) -> None:
        """Offer to make a backup now."""
        save = self._make(_("&Back up now"), keeper.back_up, icon="database-backup")
        self._window.menus.add(menus.FILE, [save])

    def _make(
        self, text: str, slot: object, keys: str | Key | None = None, icon: str = ""
    ) -> QAction:
        made = QAction(text, self._owner)
        name_command(made, _WINDOW, slot)
        if keys is not None:
            made.setShortcuts(_sequences(keys))
        icons.set_name(made, icon)
        made.triggered.connect(slot)
        return made

    def _fill_file(self) -> None:
        book = self._make(
            _("Book a sess&ion"),
            self._window.new_session,
            "Ctrl+Shift+N",
            "calendar-plus",
        )
        self._window.menus.add(menus.FILE, [book, None])
        leave = self._make(_("&Quit"), self._owner.close, "Ctrl+Q", "log-out")
        leave.setMenuRole(QAction.MenuRole.QuitRole)
        self._window.menus.add(menus.FILE, [leave])

    def _fill_edit(self) -> None:
        window = self._window
        find = self._make(
            _("&Find in this page"), window.find_in_page, Key.Find, "search"
        )
        steps = window.steps
        window.menus.add(menus.EDIT, [steps.undo_action, steps.redo_action, None, find])

    def _fill_view(self) -> None:
        window, look = self._window, self._window.appearance
        schemes = QActionGroup(self._owner)
        titles = {
            Wanted.SYSTEM: _("Look like the &system"),
            Wanted.LIGHT: _("&Light"),
            Wanted.DARK: _("&Dark"),
        }
        choices = []
        for wanted, title in titles.items():
            choice = self._make(title, self._on_scheme, icon="palette")
            name_command(choice, _WINDOW, self._on_scheme, f"look-{wanted.value}")
            choice.setData(wanted.value)
            choice.setCheckable(True)
            choice.setChecked(look.wanted is wanted)
            schemes.addAction(choice)
            choices.append(choice)
        window.menus.add(
            menus.VIEW,
            [
                self._make(_("Side&bar"), window.toggle_sidebar, "Ctrl+B", "columns-3"),
                self._make(_("&Refresh"), window.refresh, Key.Refresh, "refresh-cw"),
                None,
                *choices,
                None,
                self._make(_("Larger &text"), self._on_larger, icon="plus"),
                self._make(_("Smaller te&xt"), self._on_smaller, icon="minus"),
                None,
                self._make(
                    _("F&ull screen"),
                    self._on_full_screen,
                    Key.FullScreen,
                    "square",
                ),
            ],
        )
        self._schemes = schemes

    def _fill_go(self) -> None:
        window = self._window
        self.back = self._make(_("&Back"), window.back, "Ctrl+[", "arrow-left")
        self.forward = self._make(
            _("&Forward"), window.forward, "Ctrl+]", "arrow-right"
        )
        self._places = QActionGroup(self._owner)
        self._places.triggered.connect(self._on_place)
        places = []
        for entry in window.sidebar.items.values():
            title = entry.entry.title.replace("&", "&&")
            place = QAction(title, self._owner)
            name_command(place, _WINDOW, self._on_place, f"go-{entry.entry.key}")
            place.setShortcut(QKeySequence(entry.entry.keys))
            self._places.addAction(place)
            icons.set_name(place, entry.entry.icon)
            place.setData(entry.entry.key)
            if entry.entry.key == "settings":
                place.setMenuRole(QAction.MenuRole.PreferencesRole)
            places.append(place)
        palette = self._make(
            _("&Search or run a command…"), self._on_palette, "Ctrl+K", "search"
        )
        pane = self._make(_("Next &pane"), window.next_pane, "F6", "arrow-right")
        former = self._make(
            _("Pane befor&e"), window.former_pane, "Shift+F6", "arrow-left"
        )
        window.menus.add(
            menus.GO,
            [palette, None, self.back, self.forward, pane, former, None, *places],
        )

    def _fill_help(self) -> None:
        book = self._make(
            _("&Handbook"), self._window.help_here, Key.HelpContents, "book-open"
        )
        keys = self._make(_("&Keyboard shortcuts"), self._on_keys, "Ctrl+/", "keyboard")
        keys.setShortcuts([QKeySequence("Ctrl+/"), QKeySequence("?")])
        words = self._make(_("&Recent messages"), self._on_recent, icon="bell")
        self.helps = (book, keys, words)
        self._window.menus.add(menus.HELP, self.helps)

    def _on_place(self, action: QAction) -> None:
        self._window.go_to(str(action.data()))

    def _on_palette(self) -> None:
        self._window.open_palette()

    def _on_scheme(self) -> None:
        chosen = self._schemes.checkedAction()
        if chosen is not None:
            self._window.appearance.choose(Wanted(str(chosen.data())))

    def _on_larger(self) -> None:
        self._window.appearance.step_text_size(1)

    def _on_smaller(self) -> None:
        self._window.appearance.step_text_size(-1)

    def _on_full_screen(self) -> None:
        if self._owner.isFullScreen():
            self._owner.showNormal()
        else:
            self._owner.showFullScreen()

    def _on_keys(self) -> None:
        areas = areas_of(self._window.menus, self._window.page.title)
        KeyboardSheet(self._owner, areas).open()

    def _on_recent(self) -> None:
        RecentMessages(self._owner, self._window.recent).open()


def _sequences(keys: str | Key) -> list[QKeySequence]:
    if isinstance(keys, str):
        return [QKeySequence(keys)]
    return QKeySequence.keyBindings(keys)
