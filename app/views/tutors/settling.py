"""Sessions of a tutor who is away: one way out for each, all carried out at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from app.models.values.errors import OfficeError
from app.services.scheduling.cards import SessionCard
from app.text import _, ngettext
from app.views.form_dialog import OfficeForm
from app.views.formats import Formats
from app.views.sizing import fix_width
from app.views.tools import Link, Place, Tools, Word
from app.views.tutors.sessions import Hit, when
from app.views.tutors.ways import KEEP, Found, Way, overlap, read_found, ways_of
from app.views.typography import label, scaled
from app.views.widgets.buttons import Button, IconButton
from app.views.widgets.inputs import ComboBox
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import Line, ListRow

WIDTH, FIELD, ROW = 720, 340, 52


class SettleRow(ListRow):
    """One session with what is to become of it, and afterwards what became of it.

    Signals:
        edited: Another way is chosen.
        wanted: It is to be shown in the calendar; carries its number.
    """

    edited = Signal()
    wanted = Signal(object)

    def __init__(self, card: SessionCard, tutor_id: int, formats: Formats) -> None:
        super().__init__(ROW)
        self.card, self._tutor_id, self._formats = card, tutor_id, formats
        hit = Hit.of(card)
        self.ways: list[Way] = []
        self.choice = ComboBox()
        self.choice.setSizePolicy(
            QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred
        )
        self.choice.setAccessibleName(
            _("What becomes of {name}, {when}").format(
                name=hit.name, when=when(hit, formats)
            )
        )
        self.choice.currentIndexChanged.connect(self._on_chosen)
        self.became = label("", "medium")
        self.became.hide()
        name = _("Show {name} in the calendar").format(name=hit.name)
        self.show_button = IconButton("calendar", name, "", 28)
        self.show_button.clicked.connect(self._on_show)
        words = f"{when(hit, formats)} · {hit.what}"
        names = down(Line(hit.name, "medium"), Line(words, "small", "text2"), spacing=2)
        field = holder(across(self.choice, self.became))
        fix_width(field, FIELD)
        row = across(holder(names), field, self.show_button, margins=(4, 6, 0, 6))
        row.setStretch(0, 1)
        self.setLayout(row)
        self.show_found(Found())

    @property
    def way(self) -> Way:
        """What is chosen."""
        return self.ways[max(0, self.choice.currentIndex())]

    def show_found(self, found: Found) -> None:
        """Offer what can become of it; what was chosen stays if it is possible."""
        chosen = self.way.name if self.ways else KEEP
        self.ways = ways_of(self.card, found, self._tutor_id, self._formats)
        names = [way.name for way in self.ways]
        current = chosen if chosen in names else KEEP
        self.choice.fill(((way.words, way.name) for way in self.ways), current)
        self._tell()

    def choose(self, name: str) -> None:
        """Choose a way by its name."""
        self.choice.choose(name)

    def show_became(self) -> None:
        """Say what became of it, in place of the choice."""
        self.choice.hide()
        self.became.setText(self.way.done)
        self.became.show()

    def _tell(self) -> None:
        self.choice.setToolTip(self.way.words)

    def _on_chosen(self, _place: int) -> None:
        self._tell()
        self.edited.emit()

    def _on_show(self) -> None:
        self.wanted.emit(self.card.session_id)


class SettleDialog(OfficeForm):
    """Lists the sessions in a tutor's leave, and carries the ways out in one step.

    Attributes:
        rows: a session each.

    Signals:
        went: One of them is to be shown; carries the link.
    """

    went = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        tools: Tools,
        tutor: tuple[int, str],
        cards: Sequence[SessionCard],
    ) -> None:
        tutor_id, name = tutor
        title = _("Sessions while {name} is away").format(name=name)
        super().__init__(parent, tools, title, _("Apply"), width=WIDTH)
        self._is_done = False
        self.rows = [SettleRow(card, tutor_id, tools.formats) for card in cards]
        self._words = label("", "body", "text2", wrap=True)
        self._words.setText(_("They stay booked until you choose something else."))
        self.best = Button(_("Best substitute for all"), "users", compact=True)
        self.best.setAutoDefault(False)
        self.best.clicked.connect(self.choose_best)
        head = across(self._words, self.best)
        head.setStretch(0, 1)
        self.form.addLayout(head)
        self.form.addWidget(self._list())
        self._settle()
        now, zone = tools.clock.now(), tools.formats.zone
        work = partial(read_found, tools.office, list(cards), tutor_id, now, zone)
        tools.jobs.run(
            self,
            work,
            done=self._on_found,
            failed=self._on_unread,
            words=_("Looking for substitutes and times"),
        )

    def choose_best(self) -> None:
        """Choose the best substitute of each session, nobody twice at one time."""
        taken: list[tuple[int, SessionCard]] = []
        for row in self.rows:
            for way in row.ways:
                if way.tutor_id and not any(
                    way.tutor_id == other and overlap(row.card, card)
                    for other, card in taken
                ):
                    taken.append((way.tutor_id, row.card))
                    row.choose(way.name)
                    break

    def commit(self) -> None:
        """Carry the chosen ways out, all of them or none."""
        requests = [row.way.request for row in self.rows if row.way.request is not None]
        if self._is_done or not requests:
            self.accept()
            return
        work = partial(self.tools.office.together.resolve, requests)
        self.ask(work, self._on_done)

    def _list(self) -> QWidget:
        column = down(spacing=0)
        for row in self.rows:
            row.edited.connect(self._settle)
            row.wanted.connect(self._on_wanted)
            column.addWidget(row)
        column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(holder(column))
        area.setMinimumHeight(scaled(min(380, 12 + ROW * len(self.rows))))
        return area

    def _settle(self) -> None:
        count = sum(row.way.request is not None for row in self.rows)
        words = ngettext("Apply {n} change", "Apply {n} changes", count)
        self.verb_button.setText(words.format(n=count) if count else _("Keep all"))

    def _on_found(self, found: tuple[Found, ...]) -> None:
        for row, one in zip(self.rows, found, strict=True):
            row.show_found(one)
        self.best.setEnabled(any(one.stand_ins for one in found))
        self._settle()

    def _on_unread(self, error: OfficeError) -> None:
        self.best.setEnabled(False)
        self.complain(str(error))

    def _on_done(self, _nothing: None) -> None:
        """Leave the list standing, so that it can be read what became of each."""
        self._is_done = True
        changed = sum(row.way.request is not None for row in self.rows)
        for row in self.rows:
            row.show_became()
        words = ngettext("{n} session settled.", "{n} sessions settled.", changed)
        sentence = words.format(n=changed)
        self._words.setText(sentence)
        self.best.hide()
        self.cancel_button.hide()
        self.verb_button.setText(_("Close"))
        self.verb_button.setEnabled(True)
        self.told.emit(Word(sentence))  # undoing would meet the leave that stands

    def _on_wanted(self, session_id: int) -> None:
        self.went.emit(Link(Place.CALENDAR, "session", session_id))
        self.accept()
