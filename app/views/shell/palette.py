"""One box for people, sessions, documents, days and commands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    QRectF,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QDesktopServices,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.models.values.schedule import local_date
from app.services.search.index import Hit, HitKind
from app.text import _
from app.views import icons, paint, theme
from app.views.calendar.quick_line import Known
from app.views.shell import prefixes
from app.views.shell.answers import (
    Answer,
    answer_of,
    command_answer,
    commands_for,
    key_of,
    new_people,
)
from app.views.shell.doings import doings_of
from app.views.shell.palette_line import AnswerLine
from app.views.shell.palette_rows import AnswerRows
from app.views.shell.remembering import Used
from app.views.tools import Place, Tools, Word
from app.views.typography import font, scaled
from app.views.widgets.labels import ElideLabel
from app.views.widgets.laying import across

WIDTH, MOST = 640, 9
FEW, RECORDS = 3, 6  # records of a group, and of all groups together
USUAL = 5  # commands offered before anything is typed
MARGIN = 16  # round the surface, for its shadow
TYPING = 30  # milliseconds that several keys are taken together
Found = TypeVar("Found")


class Palette(QWidget):
    """The box and its answers, over the window.

    Signals:
        went: Somewhere to go to was chosen; carries its Link.
        ran: A command was chosen; carries its action.
        said: Something was done on the spot; carries a Word.
    """

    went = Signal(object)
    ran = Signal(object)
    said = Signal(object)

    def __init__(
        self, window: QWidget, tools: Tools, used: Used, places: Collection[Place]
    ) -> None:
        super().__init__(window)
        self._window, self.tools = window, tools
        self._used, self._places = used, frozenset(places)
        self._actions: Sequence[QAction] = ()
        self._asked = 0
        self._about: Hit | None = None  # whose actions are listed
        self.box = QLineEdit()
        self.box.setProperty("kind", "bare")
        self.box.setPlaceholderText(
            _("Search people, sessions, invoices, or a command")
        )
        self.box.setAccessibleName(_("Search or run a command"))
        self.box.setFont(font("body"))
        self.box.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TYPING)
        self._timer.timeout.connect(self.search)
        self.box.textChanged.connect(self._on_typed)
        self._lay_out()
        self.hide()

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What is offered now."""
        return tuple(line.answer for line in self._rows.lines)

    @property
    def captions(self) -> tuple[str, ...]:
        """The groups that are told apart now, from above."""
        return tuple(one.words for one in self._rows.captions)

    @property
    def nothing(self) -> str:
        """What is said where nothing was found; empty if something was."""
        return "" if self._nothing.isHidden() else self._nothing.text()

    def open_with(self, actions: Sequence[QAction], text: str = "") -> None:
        """Open the box with the commands that there are now."""
        self._actions = actions
        self.box.setText(text)
        self._place()
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search()

    def search(self) -> None:
        """Look for what was typed."""
        self._timer.stop()
        typed = self.box.text()
        head, rest = typed[:1], typed[1:]
        self._asked += 1
        self._about = None
        if head == prefixes.COMMANDS:
            self._show(commands_for(self._actions, rest, self._used.counts()))
        elif head == prefixes.DATES:
            formats = self.tools.formats
            self._show(prefixes.date_answers(rest, self._today(), formats))
        elif head == prefixes.LINE:
            known = partial(
                prefixes.known_of,
                self.tools.office,
                self._today(),
                self.tools.formats,
            )
            self._ask(known, partial(self._of_line, rest))
        elif (rest if head in prefixes.OF_PREFIX else typed).strip():
            self._look_for(typed)
        else:
            named = self.tools.office.search.named
            self._ask(partial(named, self._used.records()), self._usual)

    def show_doings(self) -> None:
        """List what can be done with the record that is chosen."""
        lines = self._rows.lines
        hit = lines[self._rows.chosen].answer.hit if lines else None
        if hit is not None:
            self._asked += 1
            self._about = hit
            self._ask(partial(doings_of, self.tools.office, hit), list)

    def take(self, number: int, answers: Sequence[Answer]) -> None:
        """Show what was found, unless more was typed meanwhile."""
        if number == self._asked:
            self._show(answers)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            box = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
            paint.shadow(painter, box, 10)
            paint.rounded(
                painter, box, 10, theme.color("raised"), theme.color("border2")
            )

    def _lay_out(self) -> None:
        self.setFixedWidth(scaled(WIDTH) + 2 * MARGIN)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 12, 12)
        head.setSpacing(12)
        head.addWidget(icons.IconLabel("search", 18, "text2"))
        head.addWidget(self.box, 1)
        column.addLayout(head)
        column.addWidget(_rule())
        self._nothing = ElideLabel("", "body", "text2")
        column.addLayout(across(self._nothing, margins=(20, 0, 20, 0)))
        self._rows = AnswerRows()
        self._rows.pressed.connect(self._on_pressed)
        column.addWidget(self._rows)
        column.addWidget(_rule())
        self._foot = ElideLabel("", "caption", "text3")
        column.addLayout(across(self._foot, margins=(20, 8, 20, 8)))

    def _place(self) -> None:
        self.setFixedWidth(min(scaled(WIDTH), self._window.width()) + 2 * MARGIN)
        left = (self._window.width() - self.width()) // 2
        self.move(QPoint(left, self._top()))

    def _top(self) -> int:
        return max(0, self._window.height() // 8 - MARGIN)

    def _today(self) -> date:
        return local_date(self.tools.clock.now(), self.tools.formats.zone)

    def _ask(
        self, work: Callable[[], Found], make: Callable[[Found], list[Answer]]
    ) -> None:
        asked = _Asked(self, self._asked, make)
        self.tools.jobs.run(self, work, done=asked.on_found)

    def _look_for(self, typed: str) -> None:
        kinds: Collection[HitKind] = prefixes.OF_PREFIX.get(typed[:1], tuple(HitKind))
        needle = typed[1:] if typed[:1] in prefixes.OF_PREFIX else typed
        find = partial(self.tools.office.search.find, needle.strip(), 3 * MOST)
        self._ask(find, partial(self._of_hits, needle.strip(), kinds))

    def _of_hits(
        self, needle: str, kinds: Collection[HitKind], hits: Iterable[Hit]
    ) -> list[Answer]:
        """Put a few records of each kind before the commands, the best first."""
        formats = self.tools.formats
        records = [answer_of(h, needle, formats) for h in hits if h.kind in kinds]
        records = self._reachable(records)
        commands: list[Answer] = []
        if len(kinds) == len(HitKind):
            commands = commands_for(self._actions, needle, self._used.counts())
            records = _few_of_each(records)
        found = [*records, *commands]
        if not found and HitKind.STUDENT in kinds:
            return self._reachable(new_people(needle))
        return found

    def _of_line(self, text: str, known: Known) -> list[Answer]:
        return [prefixes.line_answer(text, known, self.tools.formats)]

    def _usual(self, hits: Iterable[Hit]) -> list[Answer]:
        """Offer the latest records and the commands used most."""
        records = self._reachable(
            [answer_of(hit, "", self.tools.formats) for hit in hits]
        )
        counts = self._used.counts()
        possible = [one for one in self._actions if one.isEnabled()]
        possible.sort(key=lambda action: -counts.get(key_of(action), 0))
        commands = [command_answer(action) for action in possible]
        recent = [replace(one, group=_("Recent")) for one in records[: MOST - USUAL]]
        return [*recent, *commands[:USUAL]]

    def _reachable(self, answers: Sequence[Answer]) -> list[Answer]:
        """Leave out what leads to a page that this person does not have."""
        return [
            one for one in answers if one.link is None or one.link.place in self._places
        ]

    def _show(self, answers: Sequence[Answer]) -> None:
        self._rows.show_answers(self._reachable(answers)[:MOST])
        self._choose(0)
        self._say_nothing()
        self._foot.setText(_foot_words(is_about_one=self._about is not None))
        self._settle_height()

    def _settle_height(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.resize(self.width(), self.sizeHint().height())
        lowest = self._window.height() - self.height()
        self.move(self.x(), max(0, min(self._top(), lowest)))

    def _say_nothing(self) -> None:
        """Say that nothing is called so, over the offer to add it."""
        answers = self.answers
        is_empty = not any(one.hit or one.action or one.why_not for one in answers)
        typed = self.box.text()
        head = typed[:1]
        is_search = head not in {prefixes.DATES, prefixes.LINE} and self._about is None
        needle = typed.lstrip(prefixes.ALL).strip()
        words = _("Nothing called “{text}”")
        if head == prefixes.DATES:
            words = _("“{text}” is no day. Type “3 dec”, “next friday” or “+2w”.")
        self._nothing.setVisible(is_empty and (is_search or not answers))
        self._nothing.setText(words.format(text=needle))

    def _choose(self, at: int) -> None:
        self._rows.choose(at)
        if self._rows.lines:
            name = self._rows.lines[at].accessibleName()
            self.box.setAccessibleDescription(name)

    def _on_typed(self, _text: str) -> None:
        self._timer.start()

    def _on_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        step = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(key, 0)
        is_at_end = self.box.cursorPosition() == len(self.box.text())
        if self._about is not None and key in {Qt.Key.Key_Left, Qt.Key.Key_Escape}:
            self.search()
        elif key == Qt.Key.Key_Escape:
            self.hide()
        elif key == Qt.Key.Key_Right and is_at_end and self._about is None:
            self._settle()
            self.show_doings()
        elif step:
            self._settle()
            self._choose((self._rows.chosen + step) % max(1, len(self._rows.lines)))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._settle()
            if self._rows.lines:
                self._on_pressed(self._rows.lines[self._rows.chosen])
        else:
            return False
        return True

    def _settle(self) -> None:
        """Look at once for what was typed last."""
        if self._timer.isActive():
            self.search()

    def _on_pressed(self, line: AnswerLine) -> None:
        answer = line.answer
        if answer.why_not:
            return
        self.hide()
        if answer.link is not None:
            self.went.emit(answer.link)
        elif answer.action is not None:
            self._used.run(answer.action)
            self.ran.emit(answer.action)
        elif answer.copied:
            QGuiApplication.clipboard().setText(answer.copied)
            words = _("Copied: {text}").format(text=answer.copied)
            self.said.emit(Word(words))
        elif answer.address and not QDesktopServices.openUrl(QUrl(answer.address)):
            words = _("No program here opens {address}. Copy it instead.")
            self.said.emit(Word(words.format(address=answer.address)))


@dataclass(frozen=True, slots=True)
class _Asked(Generic[Found]):
    """One search, so that a late answer is known as such."""

    palette: Palette
    number: int
    make: Callable[[Found], list[Answer]]

    def on_found(self, found: Found) -> None:
        """Hand on what was found."""
        self.palette.take(self.number, self.make(found))


def _few_of_each(records: Sequence[Answer]) -> list[Answer]:
    """Keep the best of each group, so that none crowds out the others."""
    taken: Counter[str] = Counter()
    found: list[Answer] = []
    for record in records:
        taken[record.group] += 1
        if taken[record.group] <= FEW and len(found) < RECORDS:
            found.append(record)
    return found


def _foot_words(*, is_about_one: bool) -> str:
    if is_about_one:
        return _("↑↓ choose  ·  Enter carry out  ·  ← back")
    return _(
        "↑↓ choose  ·  Enter open  ·  → actions  ·  > commands  @ people"
        "  # documents  + session  / day"
    )


def _rule() -> QFrame:
    made = QFrame()
    made.setProperty("frame", "rule")
    made.setFixedHeight(1)
    return made
