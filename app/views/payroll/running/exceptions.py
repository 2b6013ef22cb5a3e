"""What to look at before paying, each settled in its place or a click away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from app.models.values.errors import OfficeError
from app.models.values.payroll import PayLevel, PayPer
from app.services.payroll.requests import PayException, SetPay
from app.text import _, ngettext
from app.views.payroll.rows import kind_words
from app.views.tools import Link, Place, Tools
from app.views.typography import scaled
from app.views.widgets.buttons import Button
from app.views.widgets.inputs import MoneyField
from app.views.widgets.laying import across, down
from app.views.widgets.rows import IconTile, Line, ListCard, ListRow

ROW = 52
_ICONS = {
    "no_rate": "coins",
    "no_price": "coins",
    "no_mileage_rate": "map-pin",
    "not_closed": "clipboard-check",
    "not_approved": "shield-check",
    "not_paid_for": "banknote",
    "expense_waits": "receipt",
    "mileage_waits": "map-pin",
    "question": "message-square",
    "negative": "minus",
    "overlap": "calendar-x",
    "over_limit": "clock-alert",
    "no_address": "house",
}
_CLOSING = {"not_closed", "not_approved"}
_CLAIMS = {"expense_waits", "mileage_waits"}
_STRONG = {"no_rate", "no_price", "not_closed", "overlap", "negative"}


@dataclass(frozen=True, slots=True)
class Found:
    """Things of one kind of one tutor."""

    kind: str
    exceptions: tuple[PayException, ...]

    @property
    def tutor_id(self) -> int:
        """Whose pay it is."""
        return self.exceptions[0].tutor_id

    @property
    def is_blocking(self) -> bool:
        """Say whether the tutor gets nothing until it is settled."""
        return any(each.is_blocking for each in self.exceptions)

    @property
    def link(self) -> Link:
        """Where it is settled."""
        session = self.exceptions[0].session_id
        if self.kind in _CLAIMS:
            return Link(Place.PAYROLL, "claims", self.tutor_id)
        if self.kind in _CLOSING and session:
            return Link(Place.CLOSE_OUT, "session", session)
        if session and self.kind != "no_address":
            return Link(Place.CALENDAR, "session", session)
        return Link(Place.TUTORS, "tutor", self.tutor_id)


def together(exceptions: Sequence[PayException]) -> tuple[Found, ...]:
    """Put alike things of a tutor together; first what holds somebody back."""
    groups: dict[tuple[str, int], list[PayException]] = defaultdict(list)
    for each in exceptions:
        groups[each.kind, each.tutor_id].append(each)
    found = [Found(kind, tuple(group)) for (kind, _id), group in groups.items()]
    return tuple(sorted(found, key=_rank))


def _rank(found: Found) -> tuple[bool, bool]:
    return (not found.is_blocking, found.kind not in _STRONG)


class ExceptionRow(ListRow):
    """One thing to look at, with what settles it.

    Signals:
        settled: It was settled.
        went: It is settled elsewhere; carries a Link.
        chosen: The tutor is to be shown; carries the Found.
        refused: It could not be settled; carries the error.
    """

    settled = Signal()
    went = Signal(object)
    chosen = Signal(object)
    refused = Signal(object)

    def __init__(self, tools: Tools, found: Found, tutor: str, *, last: bool) -> None:
        super().__init__(ROW, last=last)
        self._tools, self._found = tools, found
        words = kind_words(found.kind, len(found.exceptions))
        title = f"{tutor}: {words}" if tutor else words
        detail = found.exceptions[0].sentence
        self.setAccessibleName(f"{title}. {detail}")
        texts = down(
            0, Line(title, "strong"), Line(detail, "small", "text2"), 0, spacing=1
        )
        tone = "err" if found.is_blocking or found.kind in _STRONG else "warn"
        row = across(
            IconTile(_ICONS.get(found.kind, "info"), tone),
            texts,
            margins=(16, 0, 12, 0),
        )
        row.setStretch(1, 1)
        self._rate: MoneyField | None = None
        for widget in self._answers(title):
            row.addWidget(widget)
        self.setLayout(row)

    def _answers(self, title: str) -> list[QWidget]:
        made: list[QWidget] = []
        if self._found.kind == "no_rate":
            self._rate = MoneyField(None, self._tools.formats)
            self._rate.setAccessibleName(_("Pay per hour"))
            self._rate.setToolTip(_("Pay per hour"))
            self._rate.returnPressed.connect(self._on_rate)
            made += [self._rate, self._button(_("Set rate"), title, self._on_rate)]
        if self._found.kind == "question":
            made.append(self._button(_("Show"), title, self._on_chosen))
        else:
            made.append(self._button(self._way(), title, self._on_link))
        return made

    def _way(self) -> str:
        return {
            Place.CLOSE_OUT: _("Close out"),
            Place.CALENDAR: _("Open session"),
            Place.PAYROLL: _("Decide…"),
        }.get(self._found.link.place, _("Open tutor"))

    def _button(self, words: str, title: str, slot: object) -> Button:
        made = Button(words)
        made.setAccessibleName(f"{words}: {title}")
        made.clicked.connect(slot)
        return made

    def _on_rate(self) -> None:
        if self._rate is None or not self._rate.minor:
            return
        request = SetPay(
            PayLevel.TUTOR,
            tutor_id=self._found.tutor_id,
            per=PayPer.HOUR,
            amount=self._rate.minor,
        )
        self._tools.jobs.run(
            self,
            partial(self._tools.office.pay_rates.set_pay, request),
            done=self._on_set,
            failed=self._on_failed,
        )

    def _on_set(self, _rate_id: int) -> None:
        self.settled.emit()

    def _on_failed(self, error: OfficeError) -> None:
        self.refused.emit(error)

    def _on_link(self) -> None:
        self.went.emit(self._found.link)

    def _on_chosen(self) -> None:
        self.chosen.emit(self._found)


class ExceptionCard(ListCard):
    """What to look at first.

    Signals:
        settled: One was settled.
        went: One is settled elsewhere; carries a Link.
        chosen: A tutor is to be shown; carries a Found.
        refused: One could not be settled; carries the error.
    """

    settled = Signal()
    went = Signal(object)
    chosen = Signal(object)
    refused = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__(_("Look at these first"))
        self._tools = tools
        inner = QFrame()
        inner.setProperty("frame", "surface")
        self._column = down(spacing=0)
        inner.setLayout(self._column)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(inner)
        self.rows.addWidget(self._area)
        self._rows, self._most = 0, 3

    def fit(self, most: int) -> None:
        """Show so many rows at most without scrolling."""
        self._most = most
        self._area.setFixedHeight(scaled(ROW) * min(self._rows, most))

    def show_found(
        self, exceptions: Sequence[PayException], names: dict[int, str]
    ) -> None:
        """Show what was found, by the names of the tutors."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        found = together(exceptions)
        for number, each in enumerate(found):
            name = names.get(each.tutor_id, "")
            row = ExceptionRow(self._tools, each, name, last=number == len(found) - 1)
            row.settled.connect(self.settled)
            row.went.connect(self.went)
            row.chosen.connect(self.chosen)
            row.refused.connect(self.refused)
            self._column.addWidget(row)
        self._rows = len(found)
        self.fit(self._most)
        blocking = len({each.tutor_id for each in found if each.is_blocking})
        words = ngettext(
            "{count} tutor cannot be paid", "{count} tutors cannot be paid", blocking
        )
        parts = [words.format(count=blocking)] if blocking else []
        parts.append(_("{count} to look at").format(count=len(found)))
        self.note.setText(", ".join(parts))
        self.setVisible(bool(found))
