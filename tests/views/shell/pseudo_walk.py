"""Walks every page, menu and dialog in the language it was started with.

Run by its own process, since the language is chosen as the program is read. Writes
what is not translated and what has no room, one line each.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QTabBar,
    QWidget,
)

from app.bootstrap import open_office
from app.models.values.actors import Actor, Role
from app.services.billing.requests import StartRun
from app.views.appearance import Appearance
from app.views.changes import ChangeBus
from app.views.formats import Formats
from app.views.journal.inspector import StepInspector
from app.views.settings.about import AboutSection
from app.views.shell.handbook import Handbook
from app.views.shell.main_window import MainWindow
from app.views.state import State
from app.views.tools import Tools
from app.views.widgets.buttons import Segment
from app.views.widgets.labels import ElideLabel
from app.views.widgets.sidebar import NavItem
from tests.fakes import FakeClock, InlineJobs, ScriptedPrompts
from tests.month import FEBRUARY, make_month

LEFT, RIGHT = "⟦", "⟧"
NAMED = (  # columns that hold what people call things, which no language changes
    ("household", "name"),
    ("student", "name"),
    ("tutor", "name"),
    ("payer", "name"),
    ("payer", "address"),
    ("guardian", "name"),
    ("offering", "name"),
    ("place", "name"),
    ("room", "name"),
    ("office", "name"),
    ("tax_code", "name"),
    ("note", "text"),
)
# Names of days and months, of keys, of formats and of the program itself.
OTHER = """
Mon Tue Wed Thu Fri Sat Sun Monday Tuesday Wednesday Thursday Friday Saturday Sunday
Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec January February March April June July
August September October November December
Ctrl Shift Alt Esc Enter Tab Del Return Up Down Left Right PgUp PgDown Home End Ins
Chalkbook Chalk Co GBP PDF CSV XLSX IBAN BIC VAT VAT GB UTC Olga Europe London am pm
km en https month backups INV
"""
# What no word of a sentence lacks that was cut to pieces after its translation.
ACCENTS = frozenset("ÂÊÎÔÛŶâêîôûŷÇçĎďĻļÑñŘřŠšŤťŽž")
WORD = re.compile(r"[^\W\d_]{2,}")
QUOTED = re.compile(r"“[^“”]*”|[\w.+-]+@[\w.-]+|\S+://\S+|(?:/[\w.-]+){2,}")


class Walk:
    """Looks at one window after the other."""

    def __init__(self, data: frozenset[str]) -> None:
        self._data = data
        self.plain: dict[str, str] = {}
        self.tight: dict[str, str] = {}
        self.seen = 0
        self.dialogs: list[str] = []

    def look(self, where: str, root: QWidget) -> None:
        """Look at every text that can be seen in a window."""
        # Names of others and of systems, and of records and fields as they are kept.
        kept: list[QWidget] = [*root.findChildren(AboutSection)]
        kept += root.findChildren(StepInspector)
        for widget in [root, *root.findChildren(QWidget)]:
            if any(one.isAncestorOf(widget) for one in kept):
                continue
            if not widget.isVisible() or widget.objectName().startswith("qt_"):
                continue
            for text in texts_of(widget):
                self._judge(where, widget, text)
            if is_tight(widget):
                name = f"{type(widget).__name__}: {widget.property('text')}"
                hint, room = widget.sizeHint(), widget.size()
                sizes = f"{hint.width()}x{hint.height()} > "
                sizes += f"{room.width()}x{room.height()}"
                self.tight.setdefault(name, f"{where}: {name} {sizes}")

    def look_at_action(self, where: str, action: QAction) -> None:
        """Look at a command's words."""
        if not action.isSeparator():
            self._judge(where, None, action.text())

    def _judge(self, where: str, widget: QWidget | None, text: str) -> None:
        self.seen += 1
        left = [one for one in loose_words(text) if one not in self._data]
        if left:
            name = type(widget).__name__ if widget else "command"
            self.plain.setdefault(text, f"{where}: {name}: {text!r} {left}")


def loose_words(text: str) -> list[str]:
    """Give the words of a text that stand outside brackets and have no accents."""
    former = ""
    while former != text:
        former = text
        text = re.sub(f"{LEFT}[^{LEFT}{RIGHT}]*{RIGHT}", " ", text)
    words = WORD.findall(QUOTED.sub(" ", text))
    return [word for word in words if ACCENTS.isdisjoint(word)]


def texts_of(widget: QWidget) -> Iterator[str]:
    """Give every text that a widget shows or says."""
    yield widget.toolTip()
    yield widget.accessibleName()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
    if isinstance(widget, QHeaderView) and widget.model() is not None:
        across = Qt.Orientation.Horizontal
        for at in range(widget.model().columnCount()):
            yield str(widget.model().headerData(at, across) or "")
    if isinstance(widget, QDialog):
        yield widget.windowTitle()


def is_tight(widget: QWidget) -> bool:
    """Say whether a text has less room than it needs, and was not made to give way.

    A text in a text is twice longer than any language makes it, and not judged.
    """
    text = str(widget.property("text") or "")
    is_composed = re.search(f"{LEFT}[^{RIGHT}]*{LEFT}", text) is not None
    if isinstance(widget, ElideLabel | Segment) or is_composed or not text:
        return False
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.heightForWidth(widget.width()) > widget.height() + 2
    if isinstance(widget, QLabel | QPushButton):
        hint = widget.sizeHint()
        return hint.width() > widget.width() + 2 or hint.height() > widget.height() + 2
    return False


def words_in(address: str) -> frozenset[str]:
    """Read the words of names from an office's file."""
    found = set(OTHER.split())
    with sqlite3.connect(address) as file:
        tables = {row[0] for row in file.execute("SELECT name FROM sqlite_master")}
        for table, column in NAMED:
            if table in tables:
                for (text,) in file.execute(f"SELECT {column} FROM {table}"):  # noqa: S608  names of ours
                    found |= set(WORD.findall(str(text)))
    initials = {word[:2].upper() for word in found} | {word[0] for word in found}
    firsts = sorted({word[0] for word in found})
    initials |= {f"{one}{two}".upper() for one in firsts for two in firsts}
    return frozenset(found | initials)


def make_window(application: QApplication, folder: Path) -> MainWindow:
    """Open the main window on a small office, its text at 150 %."""
    address = str(folder / "month.chalkbook")
    make_month(address)
    clock = FakeClock()
    actor = Actor("Olga", Role.OWNER)
    office = open_office(address, clock=clock, actor=actor)
    first, last, on = (date.fromisoformat(each) for each in FEBRUARY[1::2])
    office.invoices.run(StartRun(first, last, on, "february"))
    record = office.settings.office()
    path = str(folder / "window.ini")
    state = State(QSettings(path, QSettings.Format.IniFormat))
    appearance = Appearance(application, state)
    appearance.set_text_size(1.5)
    appearance.dress()
    formats = Formats.of(record.locale, record.zone, record.currency)
    bus, prompts = ChangeBus(office), ScriptedPrompts(agrees=False)
    tools = Tools(office, InlineJobs(), bus, prompts, formats, clock, state)
    window = MainWindow(tools, actor, record.name, appearance)
    window.resize(1920, 1200)
    window.show()
    settle()
    return window


def settle() -> None:
    """Let layouts and timers come to rest."""
    for _turn in range(3):
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def walk(window: MainWindow, seen: Walk) -> None:
    """Go to every page, run every command that asks something, look at it all."""
    for place in window.places:
        window.go_to(place.value)
        settle()
        seen.look(place.value, window)
        turn_over(window, place.value, seen)
        for action in window.menus.everything():
            seen.look_at_action(place.value, action)
        choose_first(window)
        for actions in window.page.commands().values():
            for action in actions:
                ask(window, f"{place.value}: {action.text()}", action, seen)
        window.toasts.clear()
    window.open_palette()
    seen.look("palette", window.palette_box)
    window.palette_box.hide()
    for action in window.menus.titles():
        seen.look_at_action("menu", action)


def turn_over(window: MainWindow, where: str, seen: Walk) -> None:
    """Look at every section, tab and way of looking of a page."""
    page = window.page
    switches: list[QAbstractButton] = list(page.findChildren(NavItem))
    switches += page.findChildren(Segment)
    for switch in switches:
        if switch.isVisible():
            switch.click()
            settle()
            seen.look(f"{where}: {switch.accessibleName() or switch.text()}", window)
    for bar in page.findChildren(QTabBar):
        for tab in range(bar.count()):
            bar.setCurrentIndex(tab)
            settle()
            seen.look(f"{where}: {bar.tabText(tab)}", window)


def choose_first(window: MainWindow) -> None:
    """Choose the first line of each list, so that its commands are possible."""
    for view in window.page.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model.rowCount():
            view.setCurrentIndex(model.index(0, 0))
    settle()


def ask(window: MainWindow, where: str, action: QAction, seen: Walk) -> None:
    """Run a command, and look at the dialog or menu that it opens."""
    if not action.isEnabled():
        return
    action.trigger()
    settle()
    for widget in QApplication.topLevelWidgets():
        if not widget.isVisible() or widget is window:
            continue
        if isinstance(widget, QMenu):
            for one in widget.actions():
                seen.look_at_action(where, one)
        elif isinstance(widget, QDialog | Handbook):
            seen.dialogs.append(type(widget).__name__)
            seen.look(where, widget)
        if isinstance(widget, QDialog):
            widget.reject()
        else:
            widget.close()
    seen.look(where, window)
    settle()


def main(folder: Path, out: Path) -> None:
    """Walk, and write what was found."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    window = make_window(application, folder)
    seen = Walk(words_in(str(folder / "month.chalkbook")))
    walk(window, seen)
    found = {
        "plain": sorted(seen.plain.values()),
        "tight": sorted(seen.tight.values()),
        "seen": seen.seen,
        "dialogs": sorted(set(seen.dialogs)),
    }
    out.write_text(json.dumps(found, ensure_ascii=False, indent=1), "utf-8")
    window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
