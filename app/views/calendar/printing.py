"""Printing the calendar: what is shown, as the schedule that hangs on the wall."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from app.models.values.errors import OfficeError
from app.services.documents.rendering import Job
from app.text import _
from app.views.calendar.geometry import month_of, week_of
from app.views.calendar.reading import Reading
from app.views.calendar.turning import Sheet
from app.views.calendar.views import View
from app.views.papers.preview import PaperView
from app.views.papers.printing import PaperOut
from app.views.tools import Word
from app.views.typography import label, scaled
from app.views.widgets.buttons import Button
from app.views.widgets.inputs import ComboBox
from app.views.widgets.labels import ElideLabel
from app.views.widgets.laying import across, down

PAGE = 920  # px of width at which a page reads well


class Kind(StrEnum):
    """The schedules that there are."""

    WEEK = "week"
    DAY = "day"
    MONTH = "month"
    ROOM = "room"
    AGENDA = "agenda"

    @property
    def word(self) -> str:
        """Give what it is called."""
        return {
            Kind.WEEK: _("A tutor's week"),
            Kind.DAY: _("All tutors of a day"),
            Kind.MONTH: _("A student's month"),
            Kind.ROOM: _("A room's day, to hang up"),
            Kind.AGENDA: _("Agenda"),
        }[self]


_KINDS = {
    View.DAY: Kind.DAY,
    View.TUTORS: Kind.DAY,
    View.MONTH: Kind.AGENDA,
    View.AGENDA: Kind.AGENDA,
}


class PrintWindow(QDialog):
    """Shows the sheet as it will be printed; Enter prints it.

    Attributes:
        kinds, whose: what is printed, and whose it is.
        view: the pages.
        out: the ways of the sheet out of the program.

    Signals:
        told: The sheet was printed or kept; carries a sentence.
    """

    told = Signal(str)

    def __init__(self, sheet: Sheet, reading: Reading, kind: Kind) -> None:
        super().__init__(sheet.body())
        self._sheet, self._reading = sheet, reading
        self._waits = False  # Enter was pressed before the sheet was drawn
        self.setWindowTitle(_("Print the calendar"))
        self.setAccessibleName(_("Print the calendar"))
        self.setModal(True)
        room = sheet.body().window().size()
        width = min(scaled(PAGE), room.width() * 9 // 10)
        self.resize(width, room.height() * 9 // 10)
        self.view, self.out = PaperView(sheet.tools), PaperOut(sheet.tools, self)
        self._make(kind)
        self.out.done.connect(self._on_done)
        self.out.failed.connect(self._on_failed)
        self.view.drawn.connect(self._on_drawn)
        self.finished.connect(self.deleteLater)
        self._on_kind()
        self._print.setFocus()

    def _make(self, kind: Kind) -> None:
        self.kinds, self.whose = ComboBox(), ComboBox()
        self.kinds.setAccessibleName(_("What is printed"))
        self.whose.setAccessibleName(_("Whose it is"))
        self.kinds.fill([(one.word, one) for one in Kind], kind)
        self.kinds.currentIndexChanged.connect(self._on_kind)
        self.whose.currentIndexChanged.connect(self._draw)
        self._print = Button(_("Print"), "printer", "primary")
        self._print.setDefault(True)
        choose = Button(_("Choose a printer…"))
        save = Button(_("Save PDF…"), "download")
        close = Button(_("Close"))
        self._print.clicked.connect(self.print_now)
        choose.clicked.connect(self._on_choose)
        save.clicked.connect(self._on_save)
        close.clicked.connect(self.reject)
        self._note = label("", "small", "err", wrap=True)
        self._note.hide()
        column = down(
            ElideLabel(_("Print the calendar"), "panel"),
            across(self.kinds, self.whose, 0),
            self.view,
            self._note,
            across(save, choose, 0, close, self._print),
            spacing=12,
            margins=(20, 16, 20, 16),
        )
        column.setStretch(2, 1)
        self.setLayout(column)

    def print_now(self) -> None:
        """Print the sheet, as soon as it is drawn."""
        if self.view.paper is None:
            self._waits = True
        else:
            self.out.print_now(self.view.paper, self._name())

    def _kind(self) -> Kind:
        return Kind(self.kinds.currentData())

    def _on_kind(self) -> None:
        """Offer the people or rooms that a sheet can be of."""
        reading, kind = self._reading, self._kind()
        found: list[tuple[str, object]] = []
        if kind is Kind.WEEK:
            found = [(one.name, one.tutor_id) for one in reading.tutors]
        elif kind is Kind.MONTH:
            found = [(one.name, one.student_id) for one in reading.students]
        elif kind is Kind.ROOM:
            rooms = [one for one in reading.rooms if not one.is_archived]
            found = [(one.name, one.room_id) for one in rooms]
        self.whose.fill(found, self._proposed(kind))
        self.whose.setVisible(bool(found))
        self._draw()

    def _proposed(self, kind: Kind) -> int | None:
        """Propose whose sheet it is: of the chosen session, else of who is shown."""
        selected = self._sheet.canvas.selected
        card = self._reading.card(selected[0]) if selected else None
        if kind is Kind.WEEK:
            hidden = self._sheet.left.shown().choice.hidden_tutors
            shown = [one.tutor_id for one in self._reading.tutors]
            shown = [one for one in shown if one not in hidden]
            return (
                card.tutors[0][0] if card and card.tutors else next(iter(shown), None)
            )
        if card is None:
            return None
        if kind is Kind.MONTH and card.students:
            return card.students[0].student_id
        return card.room_id

    def _draw(self) -> None:
        work = self._work()
        if work is None:
            self.view.show_words(_("There is nobody whose schedule could be printed."))
        else:
            self.view.show_job(work)

    def _work(self) -> Callable[[], Job] | None:
        """Say what gives the sheet."""
        made, day, kind = (
            self._sheet.tools.office.schedules,
            self._sheet.day,
            self._kind(),
        )
        if kind is Kind.DAY:
            return partial(made.day, day)
        if kind is Kind.AGENDA:
            days = month_of(day)
            return partial(made.agenda, days[0], days[-1])
        number = self.whose.currentData()
        if number is None:
            return None
        if kind is Kind.WEEK:
            return partial(made.week, int(number), week_of(day))
        if kind is Kind.MONTH:
            return partial(made.month, int(number), day)
        return partial(made.room, int(number), day)

    def _name(self) -> str:
        return f"{self.kinds.currentText()} {self.whose.currentText()}".strip()

    def _on_drawn(self, paper: object) -> None:
        if paper is not None and self._waits:
            self._waits = False
            self.print_now()

    def _on_choose(self) -> None:
        if self.view.paper is not None:
            self.out.print_paper(self.view.paper, self._name())

    def _on_save(self) -> None:
        if self.view.paper is not None:
            self.out.save_paper(self.view.paper, f"{self._name()}.pdf")

    def _on_done(self, sentence: str) -> None:
        self.told.emit(sentence)
        self.accept()

    def _on_failed(self, error: OfficeError) -> None:
        self._note.setText(str(error))
        self._note.show()


class CalendarPrinting(QObject):
    """Prints what the calendar shows.

    Attributes:
        window: where the sheet is looked at; none while nothing is printed.

    Signals:
        said: A sheet was printed or kept; carries a Word.
    """

    said = Signal(object)

    def __init__(self, sheet: Sheet, parent: QObject) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self.window: PrintWindow | None = None

    def ask(self, view: View) -> None:
        """Show what would be printed of a view."""
        if self._sheet.reading is None or self.window is not None:
            return
        kind = _KINDS.get(view, Kind.WEEK)
        self.window = PrintWindow(self._sheet, self._sheet.reading, kind)
        self.window.told.connect(self._on_told)
        self.window.finished.connect(self._on_finished)
        self.window.open()

    def _on_told(self, sentence: str) -> None:
        self.said.emit(Word(sentence))

    def _on_finished(self, _result: int) -> None:
        self.window = None
