"""The card of what to look at first, each settled in its place or a click away."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QWidget

from app.models.values.errors import OfficeError
from app.text import _, ngettext
from app.views.invoices.running.looking import (
    ICONS,
    Fix,
    Problem,
    set_contact,
    set_rate,
)
from app.views.sizing import fix_width
from app.views.tools import Tools
from app.views.typography import scaled, set_role
from app.views.widgets.buttons import Button
from app.views.widgets.inputs import MoneyField
from app.views.widgets.laying import across, down
from app.views.widgets.rows import IconTile, Line, ListCard, ListRow

ROW = 52
MOST = 4  # rows that are seen without scrolling


class ProblemRow(ListRow):
    """One thing to look at, with what settles it.

    Signals:
        settled: It was settled, so the run is to be looked at again.
        accepted: It may be so; carries its key.
        went: It is settled elsewhere; carries a Link.
        refused: It could not be settled; carries the error.
    """

    settled = Signal()
    accepted = Signal(str)
    went = Signal(object)
    refused = Signal(object)

    def __init__(self, tools: Tools, problem: Problem, *, last: bool) -> None:
        super().__init__(ROW, last=last)
        self._tools, self.problem = tools, problem
        self.setAccessibleName(f"{problem.title}. {problem.detail}")
        title = Line(problem.title, "strong")
        detail = Line(problem.detail, "small", "text2")
        words = down(0, title, detail, 0, spacing=1)
        row = across(
            IconTile(ICONS[problem.kind], problem.tone), words, margins=(16, 0, 12, 0)
        )
        row.setStretch(1, 1)
        self._field: QLineEdit | None = None
        for widget in self._answers():
            row.addWidget(widget)
        self.setLayout(row)

    def _answers(self) -> list[QWidget]:
        problem = self.problem
        found: list[QWidget] = []
        if problem.fix is not Fix.NONE:
            found += self._fix()
        if problem.link is not None and (not found or problem.fix is Fix.RATE):
            found.append(self._button(problem.link_text, self._on_link))
        if problem.is_acceptable:
            found.append(self._button(_("Accept"), self._on_accept))
        return found

    def _fix(self) -> list[QWidget]:
        if self.problem.fix is Fix.RATE:
            self._field = MoneyField(None, self._tools.formats)
            self._field.setAccessibleName(_("Rate per hour"))
            self._field.setToolTip(_("Rate per hour"))
            words = _("Set rate")
        else:
            is_mail = self.problem.fix is Fix.EMAIL
            self._field = QLineEdit()
            set_role(self._field, "body")
            example = "name@example.org" if is_mail else _("12 High Street, London")
            self._field.setPlaceholderText(example)
            name = _("E-mail address") if is_mail else _("Postal address")
            self._field.setAccessibleName(name)
            fix_width(self._field, 200)
            words = _("Add")
        self._field.returnPressed.connect(self._on_fix)
        return [self._field, self._button(words, self._on_fix)]

    def _button(self, words: str, slot: object) -> Button:
        made = Button(words)
        made.setAccessibleName(f"{words}: {self.problem.title}")
        made.clicked.connect(slot)
        return made

    def _on_fix(self) -> None:
        office, problem = self._tools.office, self.problem
        if isinstance(self._field, MoneyField):
            if not self._field.minor:
                self._field.setFocus()
                return
            work = partial(set_rate, office, problem, self._field.minor)
        else:
            text = self._field.text().strip() if self._field else ""
            if not text:
                return
            if problem.fix is Fix.ADDRESS:
                text = "\n".join(part.strip() for part in text.split(","))
            work = partial(set_contact, office, problem, text)
        self._tools.jobs.run(self, work, done=self._on_done, failed=self._on_failed)

    def _on_done(self, _nothing: None) -> None:
        self.settled.emit()

    def _on_failed(self, error: OfficeError) -> None:
        self.refused.emit(error)

    def _on_accept(self) -> None:
        self.accepted.emit(self.problem.key)

    def _on_link(self) -> None:
        self.went.emit(self.problem.link)


class ProblemCard(ListCard):
    """What to look at first; those that hold invoices back stand on top.

    Signals:
        settled: One was settled.
        went: One is settled elsewhere; carries a Link.
        refused: One could not be settled; carries the error.
    """

    settled = Signal()
    went = Signal(object)
    refused = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__(_("Look at these first"))
        self._tools = tools
        self._accepted: set[str] = set()
        self._problems: tuple[Problem, ...] = ()
        self.accept_all = Button("", kind="link", compact=True)
        self.accept_all.clicked.connect(self._on_accept_all)
        self.head.addWidget(self.accept_all)
        self._inner = QFrame()
        self._inner.setProperty("frame", "surface")
        self._column = down(spacing=0)
        self._inner.setLayout(self._column)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._inner)
        self.rows.addWidget(self._area)
        self._most = MOST

    @property
    def left(self) -> tuple[Problem, ...]:
        """What was neither settled nor accepted."""
        return tuple(each for each in self._problems if each.key not in self._accepted)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Show what is left of these."""
        self._problems = tuple(problems)
        self._fill()

    def fit(self, most: int) -> None:
        """Show so many rows at most without scrolling."""
        self._most = most
        self._area.setFixedHeight(scaled(ROW) * min(len(self.left), most))

    def forget(self) -> None:
        """Accept nothing any more."""
        self._accepted.clear()

    def _fill(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        left = self.left
        for number, problem in enumerate(left):
            row = ProblemRow(self._tools, problem, last=number == len(left) - 1)
            row.settled.connect(self.settled)
            row.went.connect(self.went)
            row.refused.connect(self.refused)
            row.accepted.connect(self._on_accepted)
            self._column.addWidget(row)
        self.fit(self._most)
        self.setVisible(bool(left))
        self._count(left)

    def _count(self, left: Sequence[Problem]) -> None:
        blocking = sum(each.is_blocking for each in left)
        acceptable = sum(each.is_acceptable for each in left)
        words = ngettext(
            "{count} holds invoices back", "{count} hold invoices back", blocking
        )
        parts = [words.format(count=blocking)] if blocking else []
        parts.append(_("{count} to decide").format(count=len(left) - blocking))
        self.note.setText(", ".join(parts))
        self.accept_all.setVisible(acceptable > 1)
        self.accept_all.setText(_("Accept all {count}").format(count=acceptable))

    def _on_accepted(self, key: str) -> None:
        self._accepted.add(key)
        self._fill()

    def _on_accept_all(self) -> None:
        self._accepted |= {each.key for each in self._problems if each.is_acceptable}
        self._fill()
