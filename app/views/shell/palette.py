"""One box for people, sessions, documents and commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.services.search.index import Hit, HitKind
from app.text import _
from app.views import icons, paint, theme
from app.views.jobs import Jobs
from app.views.shell.finding import match
from app.views.shell.keycaps import paint_keys
from app.views.tools import Link, Place, Tools
from app.views.typography import font, label, scaled

WIDTH, ROW, MOST = 640, 40, 9
MARGIN = 16  # round the surface, for its shadow
TYPING = 30  # milliseconds that several keys are taken together
RECENT = "palette/recent"
COMMANDS, PEOPLE, DOCUMENTS = ">", "@", "#"

KINDS = {
    HitKind.STUDENT: ("graduation-cap", Place.STUDENTS),
    HitKind.HOUSEHOLD: ("house", Place.STUDENTS),
    HitKind.TUTOR: ("users", Place.TUTORS),
    HitKind.SESSION: ("calendar-days", Place.CALENDAR),
    HitKind.DOCUMENT: ("receipt", Place.INVOICES),
}
OF_PREFIX = {
    PEOPLE: {HitKind.STUDENT, HitKind.HOUSEHOLD, HitKind.TUTOR},
    DOCUMENTS: {HitKind.DOCUMENT},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of the palette: a record to go to, or a command to carry out."""

    name: str
    icon: str
    kind: str = ""
    context: str = ""
    keys: str = ""
    is_possible: bool = True
    letters: frozenset[int] = field(default_factory=frozenset)
    link: Link | None = None
    action: QAction | None = None


def kind_word(kind: HitKind) -> str:
    """Name a kind of record."""
    words = {
        HitKind.STUDENT: _("Student"),
        HitKind.HOUSEHOLD: _("Family"),
        HitKind.TUTOR: _("Tutor"),
        HitKind.SESSION: _("Session"),
        HitKind.DOCUMENT: _("Document"),
    }
    return words[kind]


def answer_of(hit: Hit, typed: str) -> Answer:
    """Show a record that was found."""
    icon, place = KINDS[hit.kind]
    found = match(typed, hit.title)
    return Answer(
        hit.title,
        icon,
        kind_word(hit.kind),
        hit.subtitle,
        letters=found.letters if found else frozenset(),
        link=Link(place, hit.kind.value, hit.id),
    )


def commands_for(actions: Sequence[QAction], typed: str) -> list[Answer]:
    """Find commands by what was typed, the best first."""
    found = []
    for action in actions:
        name = plain(action.text())
        hit = match(typed, name)
        if hit is not None:
            keys = action.shortcut().toString()
            icon = str(action.property("icon") or "command")
            answer = Answer(
                name,
                icon,
                _("Command"),
                keys=keys,
                is_possible=action.isEnabled(),
                letters=hit.letters,
                action=action,
            )
            found.append((-hit.score, name, answer))
    return [answer for _score, _name, answer in sorted(found, key=_order)]


def _order(found: tuple[float, str, Answer]) -> tuple[float, str]:
    return found[:2]


def plain(text: str) -> str:
    """Give a menu's text without its access key."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


class _Line(QWidget):
    """A painted line of the palette.

    Signals:
        pressed: It was clicked; carries itself.
    """

    pressed = Signal(object)

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
        self.is_chosen = False
        self.setFixedHeight(scaled(ROW))
        self.setAccessibleName(f"{answer.name}, {answer.kind} {answer.context}".strip())

    def sizeHint(self) -> QSize:
        return QSize(200, scaled(ROW))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, answer = QPainter(self), self.answer
        height = float(self.height())
        if self.is_chosen:
            box = QRectF(8, 0, self.width() - 16, height)
            paint.rounded(painter, box, 7, theme.color("sel"))
        tint = theme.color("accent" if self.is_chosen else "text2")
        icons.draw(painter, answer.icon, 20, (height - 18) / 2, 18, tint)
        right = self.width() - 20.0
        if answer.keys:
            right = paint_keys(painter, right, height, answer.keys)
        elif answer.kind:
            width = paint.width_of(answer.kind, font("small"))
            right -= width
            place = QRectF(right, 0, width + 2, height)
            tint = theme.color("text3")
            paint.write(painter, place, answer.kind, font("small"), tint, elide=False)
        left = self._paint_name(painter, height)
        if answer.context:
            place = QRectF(left + 12, 0, right - left - 24, height)
            tint = theme.color("text3")
            paint.write(painter, place, answer.context, font("small"), tint)

    def _paint_name(self, painter: QPainter, height: float) -> float:
        """Write the name, matched letters bold, and give where it ends."""
        tint = theme.color("text" if self.answer.is_possible else "text3")
        left = 52.0
        for run, is_bold in runs(self.answer.name, self.answer.letters):
            role = font("strong" if is_bold else "body")
            width = paint.width_of(run, role)
            place = QRectF(left, 0, width + 2, height)
            paint.write(painter, place, run, role, tint, elide=False)
            left += width
        return left


def runs(name: str, letters: frozenset[int]) -> list[tuple[str, bool]]:
    """Cut a name into runs of letters that were typed and that were not."""
    found: list[tuple[str, bool]] = []
    for at, letter in enumerate(name):
        is_bold = at in letters
        if found and found[-1][1] == is_bold:
            found[-1] = (found[-1][0] + letter, is_bold)
        else:
            found.append((letter, is_bold))
    return found


class Palette(QWidget):
    """The box and its answers, over the window.

    Signals:
        went: A record was chosen; carries its Link.
        ran: A command was chosen; carries its action.
    """

    went = Signal(object)
    ran = Signal(object)

    def __init__(self, window: QWidget, tools: Tools) -> None:
        super().__init__(window)
        self._window = window
        self.tools = tools
        self._actions: Sequence[QAction] = ()
        self._lines: list[_Line] = []
        self._asked = 0
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
    def jobs(self) -> Jobs:
        """Who searches."""
        return self.tools.jobs

    @property
    def answers(self) -> tuple[Answer, ...]:
        """What is offered now."""
        return tuple(line.answer for line in self._lines)

    def open_with(self, actions: Sequence[QAction], text: str = "") -> None:
        """Open the box with the commands that may be run now."""
        self._actions = actions
        self.box.setText(text)
        self._place()
        self.show()
        self.raise_()
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search()

    def search(self) -> None:
        """Look for what was typed."""
        typed = self.box.text()
        self._asked += 1
        if typed.startswith(COMMANDS):
            self._show(commands_for(self._actions, typed[1:])[:MOST])
            return
        kinds = OF_PREFIX.get(typed[:1], set(HitKind))
        needle = typed[1:] if typed[:1] in OF_PREFIX else typed
        if not needle.strip():
            self._show(self._usual())
            return
        work = partial(self.tools.office.search.find, needle, 3 * MOST)
        asked = _Asked(self, self._asked, needle, kinds)
        self.jobs.run(self, work, done=asked.on_found)

    def take(self, asked: _Asked, hits: Sequence[Hit]) -> None:
        """Show what was found, unless more was typed meanwhile."""
        if asked.number != self._asked:
            return
        records = [
            answer_of(hit, asked.typed) for hit in hits if hit.kind in asked.kinds
        ]
        commands: list[Answer] = []
        if asked.kinds == set(HitKind):
            commands = commands_for(self._actions, asked.typed)
        strong = [one for one in commands if one.letters and 0 in one.letters]
        weak = [one for one in commands if one not in strong]
        self._show([*records[:6], *strong[:4], *weak][:MOST])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        paint.shadow(painter, box, 10)
        paint.rounded(painter, box, 10, theme.color("raised"), theme.color("border2"))

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
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 8, 0, 8)
        self._rows.setSpacing(0)
        column.addLayout(self._rows)
        self._nothing = label("", "body", "text2")
        self._nothing.setContentsMargins(20, 12, 20, 12)
        column.addWidget(self._nothing)
        column.addWidget(_rule())
        foot = label(
            _("↑↓ choose  ·  Enter open  ·  > commands  @ people  # documents"),
            "caption",
            "text3",
        )
        foot.setContentsMargins(20, 8, 20, 8)
        column.addWidget(foot)

    def _place(self) -> None:
        left = (self._window.width() - self.width()) // 2
        self.move(QPoint(max(0, left), max(0, self._window.height() // 8 - MARGIN)))

    def _usual(self) -> list[Answer]:
        """Offer what was used of late when nothing is typed."""
        used = self.tools.state.texts(RECENT)
        known = {plain(action.text()): action for action in self._actions}
        recent = [known[name] for name in used if name in known]
        rest = [action for action in self._actions if action not in recent]
        return commands_for([*recent, *rest][:MOST], "")

    def _show(self, answers: Sequence[Answer]) -> None:
        for line in self._lines:
            self._rows.removeWidget(line)
            line.deleteLater()
        self._lines = [_Line(answer) for answer in answers]
        for line in self._lines:
            line.pressed.connect(self._on_pressed)
            self._rows.addWidget(line)
        self._choose(0)
        self._nothing.setVisible(not answers)
        needle = self.box.text().lstrip("".join((COMMANDS, *OF_PREFIX))).strip()
        self._nothing.setText(_("Nothing called “{text}”").format(text=needle))
        self.adjustSize()

    def _choose(self, at: int) -> None:
        for number, line in enumerate(self._lines):
            line.is_chosen = number == at
            line.update()

    def _chosen(self) -> int:
        found = [at for at, line in enumerate(self._lines) if line.is_chosen]
        return found[0] if found else 0

    def _on_typed(self, _text: str) -> None:
        self._timer.start()

    def _on_key(self, event: QKeyEvent) -> bool:
        step = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}.get(event.key(), 0)
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        elif step and self._lines:
            self._choose((self._chosen() + step) % len(self._lines))
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._timer.stop()
            if self._lines:
                self._on_pressed(self._lines[self._chosen()])
        else:
            return False
        return True

    def _on_pressed(self, line: _Line) -> None:
        answer = line.answer
        if not answer.is_possible:
            return
        self.hide()
        if answer.link is not None:
            self.went.emit(answer.link)
        elif answer.action is not None:
            used = [
                name for name in self.tools.state.texts(RECENT) if name != answer.name
            ]
            self.tools.state.keep_texts(RECENT, [answer.name, *used][:MOST])
            self.ran.emit(answer.action)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One search, so that a late answer is known as such."""

    palette: Palette
    number: int
    typed: str
    kinds: set[HitKind]

    def on_found(self, hits: Sequence[Hit]) -> None:
        """Hand on what was found."""
        self.palette.take(self, hits)


def _rule() -> QFrame:
    made = QFrame()
    made.setProperty("frame", "rule")
    made.setFixedHeight(1)
    return made
