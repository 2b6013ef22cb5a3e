"""The page of students and families: who they are, how they do, what they owe."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QWidget,
)

from app.models.values.errors import OfficeError
from app.services.people.households import Households
from app.services.people.requests import (
    GuardianRow,
    HouseholdAdded,
    StudentRow,
)
from app.text import _, ngettext
from app.views.page import Page
from app.views.possible import allow
from app.views.sizing import fix_height, fix_width
from app.views.students import dialogs
from app.views.students.adding import Newcomers
from app.views.students.lines import LinesView
from app.views.students.people import Somebody
from app.views.students.reading import Line, Record, read_lines, read_record
from app.views.students.record import PEOPLE, RecordView
from app.views.tools import Link, Place, Tools, Word
from app.views.typography import label, scaled, set_role
from app.views.widgets.buttons import Chip
from app.views.widgets.feedback import EmptyState
from app.views.widgets.labels import ElideLabel
from app.views.widgets.laying import across, down
from app.views.widgets.panels import HeaderBar

LIST_WIDTH, NARROW = 408, 1040
_TABLES = (
    "household student guardian payer payer_share session attendance placement lot "
    "document allocation"
)
NewPerson = dialogs.NewStudent | dialogs.NewGuardianDialog | dialogs.NewPayerDialog
ADDING: dict[str, Callable[[Tools, int, QWidget], NewPerson]] = {
    "student": dialogs.NewStudent,
    "guardian": dialogs.NewGuardianDialog,
    "payer": dialogs.NewPayerDialog,
}


class StudentsPage(Page):
    """Lists families with their students, and shows the record of one."""

    place = Place.STUDENTS
    title = _("Students & families")
    icon = "graduation-cap"
    tables = frozenset(_TABLES.split())

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._wanted: tuple[str, int] | None = None
        self.newcomers = Newcomers(tools, self)
        self.newcomers.added.connect(self._on_added)
        self.newcomers.homeless.connect(self.ask_family)
        self._record: Record | None = None
        self._new_family = 0  # just added, and not in the list yet
        self._make_commands()
        self._make_header()
        self._make_list()
        self._make_record()

    def refresh(self) -> None:
        """Read the families and the record that is open once more."""
        now = self.tools.clock.now()
        work = partial(read_lines, self.tools.office, now)
        self.tools.jobs.run(self, work, done=self._show_lines)

    def show_link(self, link: Link) -> None:
        """Show a student or a family."""
        if link.id and link.kind in {"student", "household"}:
            self._wanted = (link.kind, link.id)
            if self.list.choose(self._wanted):
                self._wanted = None
        elif link.kind == "new_family":
            self.ask_family().name.setText(link.tab)
        elif link.kind == "new_student":
            self.newcomers.ask(link.tab)

    def standing(self) -> Mapping[str, str]:
        """Remember filter, record and tab."""
        line = self.list.current_line()
        kind, row_id = line.key if line else ("", 0)
        return {
            "kind": kind,
            "id": str(row_id),
            "tab": str(self.tabs.currentIndex()),
            "text": self.search.text(),
        }

    def stand(self, standing: Mapping[str, str]) -> None:
        """Come back to filter, record and tab."""
        self.search.setText(standing.get("text", ""))
        self.tabs.setCurrentIndex(int(standing.get("tab", "0")))
        if standing.get("kind"):
            self.list.choose((standing["kind"], int(standing["id"])))

    def find_in_page(self) -> None:
        """Put the cursor into the filter."""
        self.search.setFocus()
        self.search.selectAll()

    def commands(self) -> Mapping[str, Sequence[QAction]]:
        """Give what can be done with families."""
        return {
            "file": [self.new_family, self.new_student],
            "edit": [self.edit_record, self.archive, self.history],
        }

    def ask_family(self) -> dialogs.NewFamily:
        """Ask for a new family."""
        dialog = dialogs.NewFamily(self.tools, self)
        dialog.succeeded.connect(self._on_family_added)
        dialog.open()
        return dialog

    def ask_student(self) -> None:
        """Ask for a new student of the family that is shown."""
        self._ask_for("student")

    def ask_change(self) -> None:
        """Ask what has changed of the student that is shown."""
        record = self._shown
        if record is not None and record.student is not None:
            self._ask_change(record.student)
        elif record is not None:
            self.tabs.setCurrentIndex(PEOPLE)

    def put_away(self) -> None:
        """Archive what is shown, or bring it back."""
        record = self._shown
        if record is None:
            return
        work = _turning(self.tools.office.households, record)
        run = self.tools.jobs.run
        run(self, work, done=self._on_put_away, failed=self._on_refused)

    def show_history(self) -> None:
        """Show who changed what of the record."""
        line = self.list.current_line()
        if line is not None:
            kind, row_id = line.key
            self.went.emit(Link(Place.JOURNAL, kind, row_id))

    def book(self) -> None:
        """Book a session for the student that is shown."""
        record = self._shown
        if record is not None:
            students = record.students
            student = record.student or (students[0] if students else None)
            if student is not None:
                link = Link(Place.CALENDAR, "book", student.student_id)
                self.went.emit(link)

    def _make_commands(self) -> None:
        self.new_family = self.command(
            _("&New family…"), self.ask_family, "Ctrl+N", "plus"
        )
        self.new_student = self.command(
            _("New &student…"), self.ask_student, icon="user-plus"
        )
        self.edit_record = self.command(
            _("&Edit student…"), self.ask_change, "F2", "pencil"
        )
        self.archive = self.command(
            _("&Archive or bring back"), self.put_away, icon="inbox"
        )
        self.history = self.command(
            _("&Who changed this"), self.show_history, icon="history"
        )
        self._more = self.command(_("More"), self._show_more)

    def _make_header(self) -> None:
        header = HeaderBar(self.title)
        self._group = QButtonGroup(self)
        chips = QWidget()
        row = QHBoxLayout(chips)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._active = Chip(_("Active"), 0, checked=True)
        self._archived = Chip(_("Archived"), 0)
        for number, chip in enumerate((self._active, self._archived)):
            self._group.addButton(chip, number)
            row.addWidget(chip)
        self._group.idClicked.connect(self._on_chip)
        header.add_left(chips)
        self.search = header.add_search(_("Filter families"))
        header.add_primary(_("New family")).clicked.connect(self.ask_family)
        self.set_header(header)

    def _make_list(self) -> None:
        self.list = LinesView(self.tools.formats)
        self.list.chosen.connect(self._on_chosen)
        self.search.textChanged.connect(self.list.rows.set_filter)
        self._foot = ElideLabel("", "body", "text2")
        set_role(self._foot, "body", tabular=True)
        self._owed = label("", "strong", tabular=True)
        foot = QFrame()
        foot.setProperty("frame", "footer")
        foot.setLayout(across(self._foot, 0, self._owed, margins=(16, 0, 16, 0)))
        fix_height(foot, 36)
        left = QFrame()
        left.setProperty("frame", "left")
        left.setLayout(down(self.list, foot, spacing=0))
        fix_width(left, LIST_WIDTH)
        self._left = left
        self.set_left(left)
        self.setFocusProxy(self.list)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < scaled(NARROW)
        fix_width(self._left, LIST_WIDTH - 88 if is_narrow else LIST_WIDTH)

    def _make_record(self) -> None:
        self.record = RecordView(self.tools, self._more)
        self.tabs = self.record.tabs
        self.record.booked.connect(self.book)
        self.record.went.connect(self.went)
        self.record.edited.connect(self._ask_change)
        self.record.added.connect(self._ask_for)
        self._nobody = EmptyState(
            "graduation-cap",
            _("No family yet"),
            _("Add the first family, as it is told on the phone."),
            _("New family"),
        )
        self._nobody.primary.clicked.connect(self.ask_family)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nobody)
        self._stack.addWidget(self.record)
        self.set_page_ground()
        self.set_content(self._stack)

    def _show_lines(self, lines: Sequence[Line]) -> None:
        line = self.list.current_line()
        key = self._wanted or (line.key if line else None)
        families = [one for one in lines if one.student is None]
        active = [one for one in families if not one.is_archived]
        self._active.set_count(len(active))
        self._archived.set_count(len(families) - len(active))
        self._keep_chip()
        self.list.rows.show_lines(lines)
        if any(one.family.household_id == self._new_family for one in lines):
            self._new_family = 0
        if key is not None and self.list.choose(key):
            self._wanted = None
        elif self.list.rows.lines:
            self.list.setCurrentIndex(self.list.rows.index(self._first_student()))
        self._stack.setCurrentIndex(1 if lines else 0)
        students = [one for one in lines if one.student and not one.is_archived]
        words = ngettext("{n} family", "{n} families", len(active))
        both = _("{families} · {n} students").format(
            families=words.format(n=len(active)), n=len(students)
        )
        self._foot.setText(both)
        owed = sum(one.open or 0 for one in active)
        amount = self.tools.formats.money(owed)
        self._owed.setText(_("Open  {amount}").format(amount=amount))
        self.noted.emit(both)

    def _first_student(self) -> int:
        rows = self.list.rows.lines
        return next((at for at, one in enumerate(rows) if one.student), 0)

    def _keep_chip(self) -> None:
        wants_archived = self._group.checkedId() == 1
        self.list.rows.show_only(_is_archived if wants_archived else _is_active)

    def _on_chip(self, _number: int) -> None:
        self._keep_chip()

    def _on_chosen(self, line: Line | None) -> None:
        if line is not None:
            now = self.tools.clock.now()
            work = partial(read_record, self.tools.office, line.key, now)
            self.tools.jobs.run(self, work, done=self._show_record)

    def _show_record(self, record: Record) -> None:
        line = self.list.current_line()
        if line is None or record.key != line.key:
            return
        self._record = record
        self.record.show_record(record)
        is_student = record.student is not None
        allow(self.edit_record, "" if is_student else _("Choose a student first."))

    @property
    def _shown(self) -> Record | None:
        """The record of the line that is chosen, once it was read."""
        line, record = self.list.current_line(), self._record
        is_it = line is not None and record is not None and record.key == line.key
        return record if is_it and not self._new_family else None

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.addActions(
            [self.edit_record, self.new_student, self.archive, self.history]
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.cursor().pos())

    def _ask_for(self, kind: str) -> None:
        line = self.list.current_line()
        household_id = self._new_family or (line.family.household_id if line else 0)
        if not household_id:
            return
        dialog = ADDING[kind](self.tools, household_id, self)
        dialog.succeeded.connect(self._on_added)
        dialog.open()

    def _ask_change(self, row: Somebody) -> None:
        dialog: dialogs.EditStudent | dialogs.EditGuardian | dialogs.EditPayer
        if isinstance(row, StudentRow):
            dialog = dialogs.EditStudent(self.tools, row, self)
        elif isinstance(row, GuardianRow):
            dialog = dialogs.EditGuardian(self.tools, row, self)
        else:
            dialog = dialogs.EditPayer(self.tools, row, self)
        dialog.succeeded.connect(self._on_changed_person)
        dialog.open()

    def _on_family_added(self, added: HouseholdAdded) -> None:
        self._wanted = ("household", added.household_id)
        self._new_family = added.household_id
        self.tabs.setCurrentIndex(PEOPLE)
        self.said.emit(Word(_("The family was added."), can_undo=True))

    def _on_added(self, _row_id: int) -> None:
        self.said.emit(Word(_("Added."), can_undo=True))

    def _on_changed_person(self, _nothing: object) -> None:
        self.said.emit(Word(_("Saved."), can_undo=True))

    def _on_put_away(self, _nothing: object) -> None:
        self.said.emit(Word(_("Done."), can_undo=True))

    def _on_refused(self, error: OfficeError) -> None:
        self.said.emit(Word(str(error)))


def _turning(homes: Households, record: Record) -> Callable[[], object]:
    """Archive what a record is about, or bring it back."""
    student, family = record.student, record.detail.row
    if student is not None and student.is_archived:
        return partial(homes.bring_student_back, student.student_id)
    if student is not None:
        return partial(homes.archive_student, student.student_id, student.version)
    if family.is_archived:
        return partial(homes.bring_household_back, family.household_id)
    return partial(homes.archive_household, family.household_id, family.version)


def _is_active(line: Line) -> bool:
    return not line.is_archived


def _is_archived(line: Line) -> bool:
    return line.is_archived
