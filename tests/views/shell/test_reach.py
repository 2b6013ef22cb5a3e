"""Whatever changes something is reached by mouse, keys and palette, and has a way back.

The table goes through the product's commands; a command of a page that is in none of
the lists below fails the test, so that a new one has to be thought about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from app.models.values.policies import Approval
from app.models.values.schedule import CancelledBy
from app.services.availability.requests import AddExtraTime, AddLeave
from app.services.closing.requests import CancelSession, CloseSession
from app.services.office import Office
from app.services.people.requests import AddHousehold, AddStudent, ChangeStudent
from app.services.people.tutor_requests import AddTutor, ChangeTutor
from app.services.policies import SetPolicy
from app.services.scheduling.requests import BookSession
from app.services.tasks import AddTask, ChangeTask
from app.views.shell.answers import key_of
from app.views.shell.main_window import MainWindow
from app.views.tools import Place

Step = Callable[[Office], None]
LATER = datetime(2026, 9, 7, 10, tzinfo=UTC).replace(tzinfo=None)


def book(office: Office) -> None:
    """Book a session on a free Monday in September."""
    offering = office.catalog.offerings()[0].offering_id
    tutor = office.tutors.tutors()[0].tutor_id
    student = office.households.students()[0].student_id
    wanted = BookSession(offering, (tutor,), (student,), LATER, 60, accept_soft=True)
    office.bookings.book(wanted)


def open_session(office: Office) -> int:
    """Give a session that waits for its close-out."""
    return office.close_outs.open_close_outs()[0].session_id


def cancel(office: Office) -> None:
    """Call off a session."""
    asked = CancelSession(open_session(office), CancelledBy.OFFICE)
    office.cancellations.cancel(asked)


def close(office: Office) -> None:
    """Close a session out as planned."""
    office.close_outs.close(CloseSession(open_session(office)))


def review(office: Office) -> None:
    """Look through a close-out, as the policy asks."""
    office.policies.set_policy(SetPolicy(Approval(review=True)))
    session = open_session(office)
    office.close_outs.close(CloseSession(session))
    office.close_outs.review([session])


def approve(office: Office) -> None:
    """Approve a close-out, as the policy asks."""
    office.policies.set_policy(SetPolicy(Approval(invoices=True)))
    session = open_session(office)
    office.close_outs.close(CloseSession(session))
    office.close_outs.approve([session])


def add_task(office: Office) -> None:
    """Note a task."""
    office.tasks.add_task(AddTask("Order chalk", date(2026, 3, 9)))


def with_task(change: Callable[[Office, int], None]) -> Step:
    """Change a task that is there."""

    def step(office: Office) -> None:
        change(office, office.tasks.add_task(AddTask("Order chalk")))

    return step


def finish(office: Office, task: int) -> None:
    """Mark a task as done."""
    office.tasks.finish_task(task)


def give(office: Office, task: int) -> None:
    """Give a task to somebody."""
    office.tasks.change_tasks([ChangeTask(task, owner="tutor:1")])


def move(office: Office, task: int) -> None:
    """Move a task to a day."""
    office.tasks.change_tasks([ChangeTask(task, due_on=date(2026, 4, 1))])


def add_family(office: Office) -> None:
    """Add a family."""
    office.households.add_household(AddHousehold("Zorn"))


def add_student(office: Office) -> None:
    """Add a student."""
    family = office.households.households()[0].household_id
    office.households.add_student(AddStudent(family, "Zora"))


def change_student(office: Office) -> None:
    """Change a student."""
    row = office.households.students()[0]
    change = ChangeStudent(row.student_id, row.version, called="Zo")
    office.households.change_student(change)


def archive_family(office: Office) -> None:
    """Archive a family that has nothing open."""
    added = office.households.add_household(AddHousehold("Zorn"))
    office.households.archive_household(added.household_id)


def add_tutor(office: Office) -> None:
    """Add a tutor."""
    office.tutors.add_tutor(AddTutor("Zoe"))


def change_tutor(office: Office) -> None:
    """Change a tutor."""
    row = office.tutors.tutors()[0]
    change = ChangeTutor(row.tutor_id, row.version, phone="020 7946")
    office.tutors.change_tutor(change)


def leave(office: Office) -> None:
    """Enter leave."""
    tutor = office.tutors.tutors()[0].tutor_id
    ends = LATER.replace(hour=12)
    office.availability.add_leave(AddLeave(tutor, LATER, ends))


def extra(office: Office) -> None:
    """Enter extra time."""
    tutor = office.tutors.tutors()[0].tutor_id
    ends = LATER.replace(hour=12)
    office.availability.add_extra_time(AddExtraTime(tutor, LATER, ends))


@dataclass(frozen=True, slots=True)
class Way:
    """Where a command is, and how its deed is put right.

    Attributes:
        step: what it does to the office, to be undone; none where it is not undone.
        counter: the command that puts it right instead.
    """

    place: Place
    name: str
    step: Step | None = None
    counter: str = ""


WAYS = {
    "book a session": Way(Place.CALENDAR, "New session", book),
    "book by one line": Way(Place.CALENDAR, "Quick add", book),
    "change a session": Way(Place.CALENDAR, "Edit", change_student),
    "find another time": Way(Place.CALENDAR, "Find a time", book),
    "confirm a proposed session": Way(Place.CALENDAR, "Confirm", book),
    "book it once more": Way(Place.CALENDAR, "Duplicate", book),
    "book a copy": Way(Place.CALENDAR, "Paste at the cursor", book),
    "call a session off": Way(Place.CALENDAR, "Cancel session", cancel),
    "book from anywhere": Way(Place.TODAY, "Book a session", book),
    "close out as planned": Way(Place.CLOSE_OUT, "As planned", close),
    "review": Way(Place.CLOSE_OUT, "Review the close-out", review),
    "approve": Way(Place.CLOSE_OUT, "Approve the close-out", approve),
    "close out with other times": Way(Place.CLOSE_OUT, "Late or shorter", close),
    "close out a no-show": Way(Place.CLOSE_OUT, "No-show", close),
    "close out, cancelled late": Way(Place.CLOSE_OUT, "Cancelled late", cancel),
    "close out, cancelled in time": Way(Place.CLOSE_OUT, "Cancelled in time", cancel),
    "close out, by the tutor": Way(Place.CLOSE_OUT, "Cancelled by the tutor", cancel),
    "close out, by the office": Way(Place.CLOSE_OUT, "Cancelled by the office", cancel),
    "save a close-out": Way(Place.CLOSE_OUT, "Save the close-out", close),
    "note a task": Way(Place.TASKS, "New task", add_task),
    "finish a task": Way(Place.TASKS, "Task done", with_task(finish)),
    "give a task": Way(Place.TASKS, "Give task to", with_task(give)),
    "move a task": Way(Place.TASKS, "Move task's date", with_task(move)),
    "add a family": Way(Place.STUDENTS, "New family", add_family),
    "add a student": Way(Place.STUDENTS, "New student", add_student),
    "change a student": Way(Place.STUDENTS, "Edit student", change_student),
    "archive a family": Way(Place.STUDENTS, "Archive or bring back", archive_family),
    "add a tutor": Way(Place.TUTORS, "New tutor", add_tutor),
    "change a tutor": Way(Place.TUTORS, "Edit tutor", change_tutor),
    "enter leave": Way(Place.TUTORS, "Enter leave", leave),
    "enter extra time": Way(Place.TUTORS, "Enter extra time", extra),
    "archive a tutor": Way(Place.TUTORS, "Archive or bring back", archive_family),
    "issue invoices": Way(Place.INVOICES, "Invoice run", counter="Correct or credit"),
    "record a payment": Way(Place.INVOICES, "Record payment", counter="Account"),
    "credit an invoice": Way(
        Place.INVOICES, "Correct or credit", counter="Invoice run"
    ),
    "write off": Way(Place.INVOICES, "Write off", counter="Account"),
    "lock a period": Way(Place.INVOICES, "Lock period", counter="Lock period"),
    "start a pay run": Way(Place.PAYROLL, "Pay run", counter="Cancel the pay run"),
    "approve a pay run": Way(
        Place.PAYROLL, "Next step of the pay run", counter="Pay run"
    ),
    "drop a pay run": Way(Place.PAYROLL, "Cancel the pay run", counter="Pay run"),
    "take a change back": Way(Place.JOURNAL, "Undo this change", counter="Redo"),
    "undo": Way(Place.TODAY, "Undo", counter="Redo"),
    "redo": Way(Place.TODAY, "Redo", counter="Undo"),
}
# What only shows something, goes somewhere, or writes a file of its own.
LOOKS = frozenset(
    """
Print|Day|Work week|Week|Month|Agenda|Tutors side by side|Tutors by week|Zoom in
Zoom out|Usual size|Fit the day|Clear filters|Earlier|Later|Today in the calendar|Date
Close out|Copy|Waiting sessions|Select all|Write the note|Set homework|Session before
Next session|Views of the list|Who changed this|Save PDF|Export as CSV|Inspector
Account|Export pay as CSV|Quit|Find in this page|Sidebar|Refresh|Look like the system
Claims of tutors|Reminder
Light|Dark|Larger text|Smaller text|Full screen|Search or run a command|Back|Forward
Next pane|Pane before|Today|Calendar|Close-out|Tasks|Students & families|Tutors
Invoices|Payroll|Who changed what|Settings|Handbook|Keyboard shortcuts|Recent messages
""".replace("\n", "|").split("|")
)


def found(window: MainWindow, way: Way) -> QAction:
    """Go to where a command is, and take it from its menu."""
    window.go_to(way.place.value)
    names = {key_of(action): action for action in window.menus.everything()}
    assert way.name in names, f"{way.name} is in no menu of {way.place.value}"
    return names[way.name]


def reach(window: MainWindow, way: Way, ran: list[QAction]) -> None:
    """Find a command in its menu and run it by the palette's keys."""
    action = found(window, way)
    menus = window.menuBar().findChildren(QMenu)
    assert any(action in menu.actions() for menu in menus)
    assert action.isVisible()
    was = action.isEnabled()
    action.setEnabled(True)  # by the palette it runs where it is possible
    window.open_palette(f">{way.name}")
    names = [key_of(one.action) for one in window.palette_box.answers if one.action]
    assert names[0] == way.name
    QTest.keyClick(window.palette_box.box, Qt.Key.Key_Return)
    assert ran[-1] is action, way.name
    action.setEnabled(was)


def test_it_is_reached_by_mouse_and_keys_and_palette(window: MainWindow) -> None:
    box = window.palette_box
    ran: list[QAction] = []
    box.ran.disconnect()  # only that it is reached is tried
    box.ran.connect(ran.append)
    for way in WAYS.values():
        reach(window, way, ran)
    assert len(ran) == len(WAYS)


def test_it_can_be_undone(window: MainWindow) -> None:
    office, done = window.tools.office, 0
    for step in dict.fromkeys(way.step for way in WAYS.values()):
        if step is None:
            continue
        step(office)
        taken = office.journal.undoable()[0]
        window.steps.read()
        assert taken.action in window.steps.undo_action.text().replace("&&", "&")
        window.steps.undo_action.trigger()
        assert taken.step not in [one.step for one in office.journal.undoable()]
        assert taken.action in [one.action for one in office.journal.redoable()]
        done += 1
    assert done >= 15


def test_else_another_command_puts_it_right(window: MainWindow) -> None:
    finals = [way for way in WAYS.values() if way.step is None]
    assert finals
    for way in finals:
        assert found(window, Way(way.place, way.counter)) is not None


def test_every_command_is_one_of_these(window: MainWindow) -> None:
    told = {(way.place, way.name) for way in WAYS.values()}
    anywhere = {"Book a session", "Undo", "Redo"}
    unknown = []
    for place in window.places:
        window.go_to(place.value)
        for action in window.menus.everything():
            name = key_of(action)
            if name not in LOOKS | anywhere and (place, name) not in told:
                unknown.append(f"{place.value}: {name}")
    assert not unknown, "\n".join(unknown)
