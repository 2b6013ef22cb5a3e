"""The panel of several sessions that are chosen: what they are, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal

from app.services.scheduling.cards import SessionCard
from app.text import _
from app.views.calendar.abilities import Ability, sessions_text, why_not
from app.views.calendar.blocks import Block
from app.views.calendar.inspector import places, slim
from app.views.calendar.reading import Reading
from app.views.formats import Formats
from app.views.typography import label
from app.views.widgets.buttons import Button
from app.views.widgets.cards import FormRow
from app.views.widgets.inputs import ComboBox
from app.views.widgets.labels import SectionLabel, fact
from app.views.widgets.panels import Inspector, empty

LISTED = 12  # sessions that are named; the rest is counted


class SeveralPanel(Inspector):
    """Shows what is chosen, and changes all of it at once.

    Attributes:
        buttons: by what they do.

    Signals:
        tutor_asked: Another tutor is wanted; carries the number.
        place_asked: Another place is wanted; carries place and room.
        confirm_asked, close_out_asked, cancel_asked: All are meant.
    """

    tutor_asked = Signal(object)
    place_asked = Signal(object, object)
    confirm_asked = Signal()
    close_out_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__(_("Chosen"), "")
        self._formats = formats
        self.buttons: dict[Ability, Button] = {}
        self.tutor, self.place = ComboBox(), ComboBox()

    def show_chosen(
        self, chosen: Sequence[Block], reading: Reading, *, is_office: bool
    ) -> None:
        """Show these sessions, and offer what can be done with all of them."""
        cards = sorted((one.card for one in chosen), key=_start)
        self.set_title(_("Chosen"), sessions_text(len(cards)))
        self.clear_body()
        empty(self.footer)
        self._sum_up(cards)
        reason = why_not(Ability.CHANGE, chosen, is_office=is_office)
        self._fields(cards, reading, is_fixed=bool(reason))
        self._say(reason, first=True)
        self.buttons = {}
        for ability in (Ability.CONFIRM, Ability.CLOSE_OUT, Ability.CANCEL):
            self._button(ability, why_not(ability, chosen, is_office=is_office))
        self.buttons[Ability.CONFIRM].clicked.connect(self.confirm_asked)
        self.buttons[Ability.CLOSE_OUT].clicked.connect(self.close_out_asked)
        self.buttons[Ability.CANCEL].clicked.connect(self.cancel_asked)

    def _sum_up(self, cards: Sequence[SessionCard]) -> None:
        formats = self._formats
        seconds = sum((one.ends_at - one.starts_at).total_seconds() for one in cards)
        self.body.addWidget(fact(_("Together"), formats.hours(int(seconds) // 60)))
        self.body.addWidget(SectionLabel(_("Sessions")))
        for card in cards[:LISTED]:
            day = formats.day(formats.local(card.starts_at).date())
            name = ", ".join(one.name for one in card.students) or card.offering
            words = f"{day} {formats.clock(card.starts_at)}  {name}"
            self.body.addWidget(label(words, "small", tabular=True, wrap=True))
        if len(cards) > LISTED:
            more = _("and {count} more").format(count=len(cards) - LISTED)
            self.body.addWidget(label(more, "small", "text2"))

    def _fields(
        self, cards: Sequence[SessionCard], reading: Reading, *, is_fixed: bool
    ) -> None:
        self.body.addWidget(SectionLabel(_("Change all")))
        self.tutor, self.place = ComboBox(), ComboBox()
        tutors: list[tuple[str, object]] = [
            (one.name, one.tutor_id) for one in reading.tutors
        ]
        mains: set[object] = {one.tutors[0][0] if one.tutors else 0 for one in cards}
        wheres: set[object] = {(one.place_id, one.room_id) for one in cards}
        _fill(self.tutor, tutors, mains, _("Different tutors"))
        _fill(self.place, places(reading), wheres, _("Different places"))
        for name, field in ((_("T&utor"), self.tutor), (_("&Place"), self.place)):
            slim(field)
            field.setEnabled(not is_fixed)
            self.body.addWidget(FormRow(name, field, label_width=56))
        self.tutor.activated.connect(self._on_tutor)
        self.place.activated.connect(self._on_place)

    def _button(self, ability: Ability, reason: str) -> None:
        words, icon, kind = {
            Ability.CONFIRM: (_("Confirm all"), "check", "plain"),
            Ability.CLOSE_OUT: (_("Close out as planned"), "clipboard-check", "plain"),
            Ability.CANCEL: (_("Cancel all…"), "ban", "danger"),
        }[ability]
        button = Button(words, icon, kind)
        button.setEnabled(not reason)
        button.setToolTip(reason)
        button.setAccessibleDescription(reason)
        self.buttons[ability] = button
        self.footer.addWidget(button)
        self._say(reason)

    def _say(self, reason: str, *, first: bool = False) -> None:
        if reason:
            words = label(reason, "caption", "text2", wrap=True)
            (self.body if first else self.footer).addWidget(words)

    def _on_tutor(self) -> None:
        if self.tutor.currentData() is not None:
            self.tutor_asked.emit(self.tutor.currentData())

    def _on_place(self) -> None:
        if self.place.currentData() is not None:
            self.place_asked.emit(*self.place.currentData())


def _fill(
    field: ComboBox,
    choices: Sequence[tuple[str, object]],
    now: set[object],
    different: str,
) -> None:
    """Offer choices, and show the one that all share, if they share one."""
    if len(now) == 1:
        field.fill(choices, next(iter(now)))
    else:
        field.fill([(different, None), *choices])


def _start(card: SessionCard) -> datetime:
    return card.starts_at
