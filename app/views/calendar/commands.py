"""The commands of the calendar with their keys, which act while the grid has focus."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.text import _
from app.views import icons


class Deeds(Protocol):
    """What the calendar can be told to do."""

    def show_day(self) -> None:
        """Show a day."""

    def show_work_week(self) -> None:
        """Show the working days of a week."""

    def show_week(self) -> None:
        """Show a week."""

    def show_month(self) -> None:
        """Show a month."""

    def show_tutors(self) -> None:
        """Show the tutors of a day side by side."""

    def show_tutors_week(self) -> None:
        """Show the tutors' week, below one another."""

    def show_agenda(self) -> None:
        """Show a list."""

    def turn_back(self) -> None:
        """Go to the period before."""

    def turn_on(self) -> None:
        """Go to the next period."""

    def go_today(self) -> None:
        """Go to the present period."""

    def go_to_date(self) -> None:
        """Put the cursor into the small month."""

    def zoom_in(self) -> None:
        """Show fewer hours, larger."""

    def zoom_out(self) -> None:
        """Show more hours, smaller."""

    def zoom_usual(self) -> None:
        """Show hours as usual."""

    def fit_day(self) -> None:
        """Show the whole day without scrolling."""

    def new_session(self) -> None:
        """Book at the cursor."""

    def quick_add(self) -> None:
        """Book by one typed line."""

    def edit_session(self) -> None:
        """Change what is selected."""

    def find_time(self) -> None:
        """Find another time for what is selected."""

    def close_out(self) -> None:
        """Close out what is selected."""

    def cancel_session(self) -> None:
        """Call off what is selected."""

    def duplicate(self) -> None:
        """Book what is selected once more, a week later."""

    def copy_session(self) -> None:
        """Remember what is selected."""

    def paste_session(self) -> None:
        """Book what was remembered at the cursor."""

    def confirm_session(self) -> None:
        """Make what is selected planned, where it is tentative."""

    def show_waiting(self) -> None:
        """Show the sessions that wait for another time, or hide them."""

    def select_all(self) -> None:
        """Select every session that is shown."""

    def clear_filters(self) -> None:
        """Show everything again."""


@dataclass(frozen=True, slots=True)
class _Row:
    menu: str
    words: str
    slot: Callable[[], None]
    keys: tuple[str, ...]
    icon: str = ""


def make_commands(
    page: QWidget, places: Sequence[QWidget], deeds: Deeds
) -> Mapping[str, Sequence[QAction]]:
    """Make the commands by menu; their keys act in ``places`` only."""
    made: dict[str, list[QAction]] = {}
    for row in (*_views(deeds), *_ways(deeds), *_sessions(deeds)):
        action = QAction(row.words, page)
        keys = [QKeySequence(key) for key in row.keys]
        action.setShortcuts(keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        icons.set_name(action, row.icon)
        action.setObjectName(getattr(row.slot, "__name__", ""))
        action.triggered.connect(row.slot)
        for place in places:
            place.addAction(action)
        made.setdefault(row.menu, []).append(action)
    return made


def _views(deeds: Deeds) -> list[_Row]:
    return [
        _Row("view", _("&Day"), deeds.show_day, ("D", "Ctrl+Alt+1")),
        _Row("view", _("W&ork week"), deeds.show_work_week, ("B", "Ctrl+Alt+2")),
        _Row("view", _("&Week"), deeds.show_week, ("W", "Ctrl+Alt+3")),
        _Row("view", _("&Month"), deeds.show_month, ("M", "Ctrl+Alt+4")),
        _Row("view", _("&Agenda"), deeds.show_agenda, ("A",)),
        _Row("view", _("&Tutors side by side"), deeds.show_tutors, ("S", "Ctrl+Alt+5")),
        _Row("view", _("Tutor&s by week"), deeds.show_tutors_week, ("Shift+S",)),
        _Row("view", _("Zoom &in"), deeds.zoom_in, ("Ctrl++", "Ctrl+=")),
        _Row("view", _("Zoom &out"), deeds.zoom_out, ("Ctrl+-",)),
        _Row("view", _("&Usual size"), deeds.zoom_usual, ("Ctrl+0",)),
        _Row("view", _("&Fit the day"), deeds.fit_day, ("Ctrl+Shift+0",)),
        _Row("view", _("&Clear filters"), deeds.clear_filters, ()),
    ]


def _ways(deeds: Deeds) -> list[_Row]:
    return [
        _Row("go", _("&Earlier"), deeds.turn_back, ("PgUp", "K")),
        _Row("go", _("&Later"), deeds.turn_on, ("PgDown", "J")),
        _Row("go", _("&Today in the calendar"), deeds.go_today, ("T",)),
        _Row("go", _("&Date…"), deeds.go_to_date, ("G",)),
    ]


def _sessions(deeds: Deeds) -> list[_Row]:
    menu = "session"
    return [
        _Row(menu, _("&New session"), deeds.new_session, ("N", "Ctrl+N"), "plus"),
        _Row(menu, _("&Quick add…"), deeds.quick_add, ("Q",), "command"),
        _Row(menu, _("&Edit"), deeds.edit_session, ("E",), "pencil"),
        _Row(menu, _("&Find a time…"), deeds.find_time, ("F",), "search"),
        _Row(menu, _("Close &out"), deeds.close_out, ("X",), "clipboard-check"),
        _Row(menu, _("Con&firm"), deeds.confirm_session, (), "check"),
        _Row(menu, _("&Duplicate"), deeds.duplicate, ("Ctrl+D",), "copy"),
        _Row(menu, _("&Copy"), deeds.copy_session, ("Ctrl+C",), "copy"),
        _Row(menu, _("&Paste at the cursor"), deeds.paste_session, ("Ctrl+V",)),
        _Row(menu, _("&Waiting sessions"), deeds.show_waiting, ("P",), "clock-alert"),
        _Row(menu, _("Select a&ll"), deeds.select_all, ("Ctrl+A",)),
        _Row(menu, _("C&ancel session…"), deeds.cancel_session, ("Del",), "ban"),
    ]
