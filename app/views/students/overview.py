"""What matters of a student or a family at a glance."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.models.values.billing import LotUnit
from app.services.billing.terms import LotLeft
from app.services.scheduling.cards import SessionCard
from app.text import _
from app.views import theme
from app.views.formats import NBSP, initials
from app.views.students.reading import Record, of_student
from app.views.students.week import WeekStrip
from app.views.tools import Link, Place, Tools
from app.views.typography import label, scaled
from app.views.widgets.cards import Card
from app.views.widgets.labels import Avatar, LoadBar
from app.views.widgets.laying import across, down
from app.views.widgets.panels import empty

MOST_TUTORS = 4
NARROW = 620  # px; below it the cards stand under each other


class Overview(QWidget):
    """Cards: the next session, the tutors, the package, the week, the last note.

    Signals:
        went: A place is wanted; carries its Link.
    """

    went = Signal(object)

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        self._next: SessionCard | None = None
        self._soon = Card(_("Next session"), _("Open"))
        self._tutors = Card(_("Tutors"))
        self._package = Card(_("Packages"))
        self._week_card = Card(_("Family week"), _("Open in calendar"))
        self._note = Card(_("Last note"))
        self._week = WeekStrip(tools.formats)
        self._week_card.body.addWidget(self._week)
        cards = self._cards = across(spacing=16)
        for card in (self._soon, self._tutors, self._package):
            cards.addWidget(card, 1)
        self.setLayout(
            down(
                cards,
                self._week_card,
                self._note,
                0,
                spacing=16,
                margins=(24, 16, 24, 16),
            )
        )
        for card in (self._soon, self._week_card):
            if card.action is not None:
                card.action.clicked.connect(self._on_open)

    def show_record(self, record: Record) -> None:
        """Show a record."""
        now = self._tools.clock.now()
        today = self._tools.formats.local(now).date()
        self._week.show_week(record.students, record.sessions, today)
        self._show_next(record)
        self._show_tutors(record)
        self._show_packages(record)
        self._show_note(record)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        is_narrow = event.size().width() < scaled(NARROW)
        self._cards.setDirection(way.TopToBottom if is_narrow else way.LeftToRight)

    def _show_next(self, record: Record) -> None:
        now, formats = self._tools.clock.now(), self._tools.formats
        sessions = list(record.sessions)
        if record.student is not None:
            sessions = of_student(sessions, record.student.student_id)
        ahead = [
            card
            for card in sessions
            if card.starts_at >= now and not card.status.value.startswith("cancelled")
        ]
        self._next = ahead[0] if ahead else None
        empty(self._soon.body)
        if self._soon.action is not None:
            self._soon.action.setVisible(self._next is not None)
        if self._next is None:
            self._soon.body.addWidget(label(_("Nothing is booked."), tone="text2"))
            self._soon.body.addStretch()
            return
        day = formats.day_of(self._next.starts_at)
        times = formats.times(self._next.starts_at, self._next.ends_at)
        body = self._soon.body
        body.addWidget(label(f"{day}, {times}", "panel", tabular=True, wrap=True))
        body.addWidget(label(self._next.offering, "body", "text2"))
        for tutor_id, name in self._next.tutors[:1]:
            disc = Avatar(initials(name), theme.hue_of_tutor(tutor_id), 24)
            body.addLayout(across(disc, label(name), 0))
        body.addStretch()

    def _show_tutors(self, record: Record) -> None:
        empty(self._tutors.body)
        counts: dict[tuple[int, str], list[SessionCard]] = {}
        for card in record.sessions:
            for tutor in card.tutors:
                counts.setdefault(tutor, []).append(card)
        usual = sorted(counts.items(), key=_often)[:MOST_TUTORS]
        for (tutor_id, name), cards in usual:
            offerings = sorted({card.offering.split(",")[0] for card in cards})
            disc = Avatar(initials(name), theme.hue_of_tutor(tutor_id), 32)
            words = _("{subjects} · {n} sessions").format(
                subjects=", ".join(offerings), n=len(cards)
            )
            text = down(
                label(name, "medium"), label(words, "small", "text2"), spacing=0
            )
            self._tutors.body.addLayout(across(disc, text, 0))
        if not usual:
            self._tutors.body.addWidget(label(_("No tutor yet."), tone="text2"))
        self._tutors.body.addStretch()

    def _show_packages(self, record: Record) -> None:
        empty(self._package.body)
        for lot in record.lots[:2]:
            left, granted = _units(lot, lot.left), _units(lot, lot.granted)
            body = self._package.body
            body.addWidget(label(lot.package, "small", "text2"))
            words = label(_("{left} left").format(left=left), "panel", tabular=True)
            of = label(_("of {n}").format(n=granted), "body", "text2", tabular=True)
            body.addLayout(across(words, 0, of))
            body.addWidget(LoadBar(lot.left, lot.granted))
            if lot.expires_on is not None:
                day = self._tools.formats.date(lot.expires_on)
                words = label(_("Lasts to {day}").format(day=day), "body", "warn")
                body.addWidget(words)
        if not record.lots:
            words = label(_("No package is open."), tone="text2")
            self._package.body.addWidget(words)
        self._package.body.addStretch()

    def _show_note(self, record: Record) -> None:
        notes = (
            [note for note in record.notes.notes if not note.is_internal]
            if (record.notes)
            else []
        )
        empty(self._note.body)
        self._note.setVisible(record.student is not None)
        if not notes:
            self._note.body.addWidget(label(_("No note yet."), tone="text2"))
            return
        for note in notes[:1]:
            if note.starts_at is not None:
                day = self._tools.formats.day_of(note.starts_at)
                self._note.body.addWidget(label(day, "small", "text3"))
            self._note.body.addWidget(label(note.text, wrap=True))
        homework = record.notes.homework if record.notes else ()
        for one in homework[:1]:
            words = _("Homework: {text}").format(text=one.text)
            self._note.body.addWidget(label(words, "medium", wrap=True))

    def _on_open(self) -> None:
        link = Link(Place.CALENDAR)
        if self._next is not None:
            link = Link(Place.CALENDAR, "session", self._next.session_id)
        self.went.emit(link)


def _often(found: tuple[tuple[int, str], list[SessionCard]]) -> tuple[int, str]:
    (_tutor_id, name), cards = found
    return -len(cards), name


def _units(lot: LotLeft, number: int) -> str:
    if lot.unit is LotUnit.MINUTES:
        return f"{number / 60:g}{NBSP}h"
    return str(number)
