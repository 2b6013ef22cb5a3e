"""Tutors: who teaches what and when, how much, for what pay, with which papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QStackedWidget

from app.models.values.errors import OfficeError
from app.text import _, ngettext
from app.views.page import Page
from app.views.sizing import fix_height, fix_width
from app.views.tools import Link, Place, Tools, Word
from app.views.tutors.dialogs import EditTutor, NewTutor
from app.views.tutors.lines import TutorsView
from app.views.tutors.reading import TutorLine, TutorRecord, read_tutor, read_tutors
from app.views.tutors.record import AVAILABILITY, SUBJECTS, TABS, RecordView
from app.views.typography import set_role
from app.views.widgets.buttons import Chip
from app.views.widgets.feedback import EmptyState
from app.views.widgets.labels import ElideLabel
from app.views.widgets.laying import across, down, holder
from app.views.widgets.panels import HeaderBar

LIST_WIDTH = 272


class TutorsPage(Page):
    """Lists the tutors, and shows the record of one."""

    place = Place.TUTORS
    title = _("Tutors")
    icon = "users"
    tables = frozenset(
        (
            *("tutor", "tutor_teaches", "tutor_document", "exception"),
            *("availability", "pay_rate", "session", "session_tutor", "attendance"),
            *("subject", "level", "offering"),
        )
    )

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._wanted = 0
        self._record: TutorRecord | None = None
        self._make_commands()
        self._make_header()
        self._make_list()
        self._make_record()

    def refresh(self) -> None:
        """Read the tutors and the record that is open once more."""
        formats = self.tools.formats
        today = formats.local(self.tools.clock.now()).date()
        work = partial(read_tutors, self.tools.office, today, formats.zone)
        self.tools.jobs.run(self, work, done=self._show_lines)

    def show_link(self, link: Link) -> None:
        """Show a tutor, at one of the tabs if the link names it."""
        if link.kind != "tutor" or not link.id:
            return
        if link.tab in TABS:
            self.tabs.setCurrentIndex(TABS[link.tab])
        self.search.clear()
        self._wanted = link.id
        if self.list.choose(link.id):
            self._wanted = 0

    def standing(self) -> Mapping[str, str]:
        """Remember filter, tutor and tab."""
        line = self.list.current_line()
        return {
            "id": str(line.row.tutor_id if line else 0),
            "tab": str(self.tabs.currentIndex()),
            "text": self.search.text(),
        }

    def stand(self, standing: Mapping[str, str]) -> None:
        """Come back to filter, tutor and tab."""
        self.search.setText(standing.get("text", ""))
        self.tabs.setCurrentIndex(int(standing.get("tab", "0")))
        self.list.choose(int(standing.get("id", "0")))

    def find_in_page(self) -> None:
        """Put the cursor into the filter."""
        self.search.setFocus()
        self.search.selectAll()

    def commands(self) -> Mapping[str, Sequence[QAction]]:
        """Give what can be done with tutors."""
        return {
            "file": [self.new_tutor],
            "edit": [
                self.edit_tutor,
                self.enter_leave,
                self.enter_extra,
                self.archive,
                self.history,
            ],
        }

    def ask_tutor(self) -> None:
        """Ask for a new tutor."""
        dialog = NewTutor(self.tools, self)
        dialog.succeeded.connect(self._on_added)
        dialog.open()

    def ask_change(self) -> None:
        """Ask what has changed of the tutor who is shown."""
        if self._record is not None:
            dialog = EditTutor(self.tools, self._record.row, self)
            dialog.succeeded.connect(self._on_saved)
            dialog.open()

    def put_away(self) -> None:
        """Archive the tutor who is shown, or bring one back."""
        if self._record is None:
            return
        tutors, row = self.tools.office.tutors, self._record.row
        if row.is_archived:
            work = partial(tutors.bring_tutor_back, row.tutor_id)
        else:
            work = partial(tutors.archive_tutor, row.tutor_id, row.version)
        run = self.tools.jobs.run
        run(self, work, done=self._on_put_away, failed=self._on_refused)

    def show_history(self) -> None:
        """Show who changed what of the tutor."""
        if self._record is not None:
            tutor_id = self._record.row.tutor_id
            self.went.emit(Link(Place.JOURNAL, "tutor", tutor_id))

    def show_pay(self) -> None:
        """Show what the tutor earned."""
        if self._record is not None:
            tutor_id = self._record.row.tutor_id
            self.went.emit(Link(Place.PAYROLL, "tutor", tutor_id))

    def _make_commands(self) -> None:
        self.new_tutor = self.command(
            _("&New tutor…"), self.ask_tutor, "Ctrl+N", "plus"
        )
        self.edit_tutor = self.command(
            _("&Edit tutor…"), self.ask_change, "F2", "pencil"
        )
        self.enter_leave = self.command(
            _("Enter &leave…"), self._on_leave, icon="calendar-x"
        )
        self.enter_extra = self.command(
            _("Enter e&xtra time…"), self._on_extra, icon="calendar-plus"
        )
        self.archive = self.command(
            _("&Archive or bring back"), self.put_away, icon="inbox"
        )
        self.pay = self.command(_("&Pay"), self.show_pay, icon="banknote")
        self.history = self.command(
            _("&Who changed this"), self.show_history, icon="history"
        )
        self._more = self.command(_("More"), self._show_more)

    def _make_header(self) -> None:
        header = HeaderBar(self.title)
        self._group = QButtonGroup(self)
        self._active = Chip(_("Active"), 0, checked=True)
        self._archived = Chip(_("Archived"), 0)
        for number, chip in enumerate((self._active, self._archived)):
            self._group.addButton(chip, number)
        self._group.idClicked.connect(self._on_chip)
        header.add_left(holder(across(self._active, self._archived)))
        self.search = header.add_search(_("Filter tutors"))
        header.add_primary(_("New tutor")).clicked.connect(self.ask_tutor)
        self.set_header(header)

    def _make_list(self) -> None:
        formats = self.tools.formats
        today = formats.local(self.tools.clock.now()).date()
        self.list = TutorsView(formats, today)
        self.list.chosen.connect(self._on_chosen)
        self.search.textChanged.connect(self._on_search)
        self._foot = ElideLabel("", "body", "text2")
        set_role(self._foot, "body", tabular=True)
        foot = QFrame()
        foot.setProperty("frame", "footer")
        foot.setLayout(across(self._foot, 0, margins=(16, 0, 16, 0)))
        fix_height(foot, 36)
        left = QFrame()
        left.setProperty("frame", "left")
        left.setLayout(down(self.list, foot, spacing=0))
        fix_width(left, LIST_WIDTH)
        self.set_left(left)
        self.setFocusProxy(self.list)

    def _make_record(self) -> None:
        self.view = RecordView(self.tools, self.edit_tutor, self._more)
        self.view.said.connect(self.said)
        self.view.went.connect(self.went)
        self.tabs, self.availability = self.view.tabs, self.view.availability
        nobody = EmptyState(
            "users",
            _("No tutor here"),
            _("Add the first tutor: a name is enough to begin with."),
            _("New tutor"),
        )
        nobody.primary.clicked.connect(self.ask_tutor)
        self._stack = QStackedWidget()
        self._stack.addWidget(nobody)
        self._stack.addWidget(self.view)
        self.set_content(self._stack)

    def _show_lines(self, lines: Sequence[TutorLine]) -> None:
        line = self.list.current_line()
        wanted = self._wanted or (line.row.tutor_id if line else 0)
        active = [one for one in lines if not one.row.is_archived]
        self._active.set_count(len(active))
        self._archived.set_count(len(lines) - len(active))
        if self._wanted:
            self._turn_to(lines, self._wanted)
        self.list.rows.show_lines(lines)
        if self.list.choose(wanted):
            self._wanted = 0
        self._settle()
        formats = self.tools.formats
        words = ngettext("{n} tutor", "{n} tutors", len(active)).format(n=len(active))
        booked = formats.hours(sum(one.booked for one in active))
        both = _("{tutors} · {hours} booked this week").format(
            tutors=words, hours=booked
        )
        self._foot.setText(both)
        self.noted.emit(both)

    def _turn_to(self, lines: Sequence[TutorLine], tutor_id: int) -> None:
        """Show those who were put away if the one who is looked for is among them."""
        found = [one.row for one in lines if one.row.tutor_id == tutor_id]
        if found:
            is_archived = found[0].is_archived
            (self._archived if is_archived else self._active).setChecked(True)
            self.list.rows.show_archived(on=is_archived)

    def _settle(self) -> None:
        """Show the first tutor when none is chosen, and nobody where there is none."""
        rows = self.list.rows.lines
        if rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.rows.index(0))
        self._stack.setCurrentIndex(1 if rows or self.search.text() else 0)

    def _on_chip(self, number: int) -> None:
        self.list.rows.show_archived(on=number == 1)
        self._settle()

    def _on_search(self, text: str) -> None:
        line = self.list.current_line()
        self.list.rows.set_filter(text)
        if line is not None:
            self.list.choose(line.row.tutor_id)
        self._settle()

    def _on_chosen(self, line: TutorLine | None) -> None:
        if line is None:
            return
        formats, now = self.tools.formats, self.tools.clock.now()
        read = partial(
            read_tutor, self.tools.office, line.row.tutor_id, now, formats.zone
        )
        self.tools.jobs.run(self, read, done=self._show_record)

    def _show_record(self, record: TutorRecord) -> None:
        line = self.list.current_line()
        if line is None or line.row.tutor_id != record.row.tutor_id:
            return
        self._record = record
        self.view.show_record(record)

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.addActions([self.edit_tutor, self.enter_leave, self.enter_extra])
        menu.addActions([self.pay, self.archive, self.history])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.cursor().pos())

    def _on_leave(self) -> None:
        self.tabs.setCurrentIndex(AVAILABILITY)
        self.availability.exceptions.ask_leave()

    def _on_extra(self) -> None:
        self.tabs.setCurrentIndex(AVAILABILITY)
        self.availability.exceptions.ask_extra()

    def _on_added(self, tutor_id: int) -> None:
        self.search.clear()
        self._wanted = tutor_id
        self.tabs.setCurrentIndex(SUBJECTS)
        self.said.emit(Word(_("The tutor was added."), can_undo=True))

    def _on_saved(self, _nothing: object) -> None:
        self.said.emit(Word(_("Saved."), can_undo=True))

    def _on_put_away(self, _nothing: object) -> None:
        self.said.emit(Word(_("Done."), can_undo=True))

    def _on_refused(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))
