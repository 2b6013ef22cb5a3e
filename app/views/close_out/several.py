"""Closing several sessions out at once: which, what they come to, which need a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.services.closing.results import LeftOut, MoneyEffect, OpenCloseOut
from app.text import _, ngettext
from app.views.close_out.drafts import Draft
from app.views.close_out.reading import ManyEffects
from app.views.close_out.words import session_count, who
from app.views.formats import Formats
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.laying import across, add_rest, down, holder
from app.views.widgets.rows import KeyCap, Line, ListCard, ListRow


@dataclass(frozen=True, slots=True)
class Chosen:
    """The sessions that were chosen together.

    Attributes:
        ready: those that can be closed out as planned, with their drafts.
        left: those with an open question, each with the question.
    """

    ready: tuple[tuple[OpenCloseOut, Draft | None], ...]
    left: tuple[tuple[OpenCloseOut, str], ...]

    @property
    def minutes(self) -> int:
        """The planned minutes of those that are ready."""
        return sum(minutes_of(row) for row, _draft in self.ready)

    @property
    def drafts(self) -> list[tuple[int, Draft | None]]:
        """The numbers of those that are ready, with their drafts."""
        return [(row.session_id, draft) for row, draft in self.ready]


def sort_out(rows: Sequence[OpenCloseOut], drafts: Mapping[int, Draft]) -> Chosen:
    """Part sessions that can be closed out as planned from those with a question.

    A draft answers the questions; what it says is saved with the others.
    """
    ready: list[tuple[OpenCloseOut, Draft | None]] = []
    left: list[tuple[OpenCloseOut, str]] = []
    for row in rows:
        draft = drafts.get(row.session_id)
        why = question(row) if draft is None else ""
        if why:
            left.append((row, why))
        else:
            ready.append((row, draft))
    return Chosen(tuple(ready), tuple(left))


def question(row: OpenCloseOut) -> str:
    """Say what has to be asked about a session before it is closed out unseen."""
    if row.is_never_confirmed:
        return _("never confirmed")
    if len(row.students) > 1:
        return _("group: who came?")
    if row.stayed_away:
        names = ", ".join(row.stayed_away)
        return _("{names} did not come last time").format(names=names)
    return ""


def minutes_of(row: OpenCloseOut) -> int:
    """Give a session's planned length."""
    return int((row.ends_at - row.starts_at).total_seconds()) // 60


class SeveralView(QFrame):
    """What stands in place of the form while several sessions are chosen.

    Signals:
        finished: They are to be closed out.
    """

    finished = Signal()

    def __init__(self, formats: Formats, *, is_office: bool) -> None:
        super().__init__()
        self.setProperty("frame", "surface")
        self._formats, self._is_office = formats, is_office
        self._title = label("", "panel")
        self._words = label("", "body", "text2", wrap=True)
        self.sums = label("", "strong", tabular=True)
        self.finish = Button("", "check", "primary")
        self.finish.clicked.connect(self._on_finish)
        self._hint = label(_("looks right? Then finish"), "small", "text2")
        keys = across(KeyCap("Ctrl+Enter"), self._hint, 0, spacing=6)
        self._ready = ListCard(_("As planned"))
        self._left = ListCard(_("Left out"), _("they stay on the list"))
        self.setLayout(
            down(
                self._title,
                self._words,
                self.sums,
                across(self.finish, holder(keys), 0, spacing=12),
                self._left,
                self._ready,
                spacing=14,
                margins=(24, 16, 24, 16),
            )
        )
        add_rest(self)

    def show_chosen(self, chosen: Chosen, number: int, *, is_marked: bool) -> None:
        """Show what was chosen, and whether it was marked as planned."""
        words = ngettext("{number} session chosen", "{number} sessions chosen", number)
        self._title.setText(words.format(number=number))
        hours = self._formats.hours(chosen.minutes)
        ready = len(chosen.ready)
        if is_marked:
            text = _("{sessions}, {hours}, will be closed out as planned.")
        else:
            text = _("Press 1 to mark {sessions}, {hours}, as planned.")
        self._words.setText(text.format(sessions=session_count(ready), hours=hours))
        self.finish.setText(
            _("Close out {sessions} as planned").format(sessions=session_count(ready))
        )
        self.finish.setEnabled(bool(ready))
        self._left.setVisible(bool(chosen.left))
        self._left.show_rows([self._row(row, why, "warn") for row, why in chosen.left])
        self._ready.show_rows(
            [
                self._row(row, _("Draft") if draft is not None else "", "text2")
                for row, draft in chosen.ready
            ]
        )
        self.sums.hide()

    def show_effects(self, effects: ManyEffects) -> None:
        """Show what they come to, and which would be refused."""
        self.sums.setText(self._sums(effects.effects) + _refusals(effects.refused))
        self.sums.show()

    def _sums(self, effects: Sequence[MoneyEffect]) -> str:
        charged: dict[str, int] = {}
        for effect in effects:
            for currency, minor in effect.charged_in.items():
                charged[currency] = charged.get(currency, 0) + minor
        paid = sum(effect.paid for effect in effects)
        pay = self._formats.money(paid, effects[0].pay_currency) if effects else ""
        if not self._is_office:
            return _("Your pay {pay}").format(pay=pay)
        amounts = " + ".join(
            self._formats.money(minor, currency) for currency, minor in charged.items()
        )
        return _("Charge {charge} \N{MIDDLE DOT} pay {pay}").format(
            charge=amounts, pay=pay
        )

    def _row(self, row: OpenCloseOut, remark: str, tone: str) -> QWidget:
        made = ListRow(40)
        when = self._formats.day_of(row.starts_at)
        times = self._formats.times(row.starts_at, row.ends_at)
        line = across(
            Line(f"{when}, {times}", "body", "text2", tabular=True, width=180),
            Line(who(row.students, row.offering), "medium"),
            Line(row.tutor, "body", "text2", width=120),
            Line(remark, "small", tone, width=180),
            margins=(16, 0, 12, 0),
        )
        made.setLayout(line)
        return made

    def _on_finish(self) -> None:
        self.finished.emit()


def _refusals(refused: Sequence[LeftOut]) -> str:
    if not refused:
        return ""
    words = ngettext(
        "{number} will be refused: {why}",
        "{number} will be refused: {why}",
        len(refused),
    )
    told = words.format(number=len(refused), why=refused[0].why)
    return f" \N{MIDDLE DOT} {told}"
