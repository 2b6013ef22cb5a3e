"""What every page stands on: errors, dialogs, icons, one door, one collector."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMetaObject, QObject, QSize
from PySide6.QtGui import QAction, QColor, QIcon, QImage, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.models.values.actors import Actor, Role
from app.models.values.errors import InputError
from app.views import icons, paint, theme
from app.views.errors import CrashReports
from app.views.form_dialog import RequestDialog
from app.views.formats import initials
from app.views.garbage import GarbageCollector
from app.views.pages import PAGES, pages_for
from app.views.shell.single import FirstWindow, door_of
from app.views.tools import Tools
from app.views.widgets.buttons import Button, IconButton
from app.views.widgets.cards import FormRow
from app.views.widgets.laying import across, down, holder
from app.views.widgets.rows import Figure, ListCard, ListRow
from tests.conventions import ROOT, everything
from tests.fakes import InlineJobs
from tests.mischief.watch import Watch


class Naming(RequestDialog[str, str]):
    """Asks for a name."""

    def __init__(self, carry_out: Callable[[str], str], parent: QWidget) -> None:
        super().__init__("Name it", InlineJobs(), carry_out, parent, verb="Name")
        self.field = QLineEdit()
        self.add_row(FormRow("Name", self.field))

    def request(self) -> str | None:
        return self.field.text() or None


def refuse(name: str) -> str:
    message = f"“{name}” is taken; choose another one."
    raise InputError(message)


@pytest.fixture
def parent(qtbot: QtBot, _dressed: None) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_a_dialog_closes_when_it_is_done(qtbot: QtBot, parent: QWidget) -> None:
    dialog = Naming(str.upper, parent)
    dialog.open()
    dialog.field.setText("anna")
    with qtbot.waitSignal(dialog.succeeded) as heard:
        dialog.verb_button.click()
    assert heard.args == ["ANNA"]
    assert not dialog.isVisible()


def test_a_refused_dialog_stays_with_its_text(parent: QWidget) -> None:
    dialog = Naming(refuse, parent)
    dialog.open()
    dialog.field.setText("anna")
    dialog.submit()
    assert dialog.isVisible()
    assert "“anna” is taken" in dialog.complaint.accessibleName()
    assert dialog.field.text() == "anna"
    assert dialog.verb_button.isEnabled()
    dialog.reject()


def test_a_dialog_without_its_request_asks_nothing(parent: QWidget) -> None:
    asked: list[str] = []
    dialog = Naming(asked.append, parent)  # type: ignore[arg-type]
    dialog.open()
    dialog.submit()
    assert asked == []
    assert dialog.isVisible()
    dialog.reject()


def test_a_crash_is_reported_once_without_names(
    qapp: QApplication,
    expected_log: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    reports = CrashReports()
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    reports.install()
    for _time in range(2):
        try:
            _fail()
        except ZeroDivisionError as error:
            sys.excepthook(type(error), error, error.__traceback__)
    dialogs = [one for one in qapp.topLevelWidgets() if isinstance(one, QDialog)]
    (report,) = [box for box in dialogs if box.isVisible()]
    assert "ZeroDivisionError" in str(report.property("detailedText"))
    assert "was not saved" in str(report.property("informativeText"))
    assert len(expected_log.records) == 2
    report.close()


def _fail() -> float:
    return 1 / 0


def test_collecting_is_the_windows_business() -> None:
    collector = GarbageCollector()
    try:
        assert not gc.isenabled()
        collector.check()
    finally:
        gc.enable()


def test_every_icon_that_is_named_is_there() -> None:
    known = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    for page in PAGES:
        assert page.kind.icon in known


def test_an_icon_takes_the_colour_of_its_token(qapp: QApplication) -> None:
    del qapp
    pixmap = icons.pixmap("check", QColor("red"), 16, 2.0)
    assert pixmap.size() == QSize(32, 32)
    assert pixmap.devicePixelRatio() == 2.0
    made = icons.icon("check")
    assert isinstance(made, QIcon)
    assert not made.pixmap(QSize(16, 16)).isNull()


def test_painting_leaves_its_marks(qapp: QApplication) -> None:
    del qapp
    image = QImage(120, 40, QImage.Format.Format_ARGB32)
    image.fill(theme.color("surface"))
    before = image.copy()
    with QPainter(image) as painter:
        paint.pill(painter, image.rect().toRectF(), "Paid", "ok", "check")
    assert image != before


def test_an_office_has_one_door(qtbot: QtBot) -> None:
    first, second = FirstWindow("a test's door"), FirstWindow("a test's door")
    assert first.stand()
    try:
        with qtbot.waitSignal(first.knocked):
            assert not second.stand()
    finally:
        first.leave()
    assert door_of("one office") != door_of("another office")


def test_an_office_has_one_door_however_its_name_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, link = tmp_path / "my.chalkbook", tmp_path / "link.chalkbook"
    office.touch()
    link.symlink_to(office)
    monkeypatch.chdir(tmp_path)
    typed = ("my.chalkbook", "./my.chalkbook", str(link), f"sqlite:///{office}")
    assert {door_of(each) for each in typed} == {door_of(str(office))}
    server = "postgresql://desk@host/office"
    assert door_of(server) != door_of(str(tmp_path / server))
    assert door_of("\0") == door_of("\0")


def test_a_tutor_sees_fewer_pages() -> None:
    office = pages_for(Actor("Olga", Role.OWNER))
    tutor = pages_for(Actor("Anna", Role.TUTOR, 1))
    assert {page.place for page in tutor} < {page.place for page in office}
    assert len({page.place for page in PAGES}) == len(PAGES)


def test_rows_stand_under_each_other(parent: QWidget, tools: Tools) -> None:
    del tools
    card = ListCard("Rest of the day", "2 sessions")
    card.show_rows([ListRow(48), ListRow(48, last=True)])
    figure = Figure("Unpaid")
    figure.show_value("12", "overdue")
    parent.setLayout(down(across(figure, 0), holder(across(card))))
    assert figure.accessibleName() == "Unpaid: 12, overdue"
    assert card.rows.count() == 2
    card.show_rows([])
    assert card.rows.count() == 0


def test_initials_leave_out_what_is_in_brackets() -> None:
    names = ("Jonas Klein (tutor 2)", "Anne-Marie Low", "Cem", "")
    assert [initials(name) for name in names] == ["JK", "AL", "C", ""]


def test_a_painter_ends_when_painting_goes_wrong(qtbot: QtBot) -> None:
    board = QWidget()
    qtbot.addWidget(board)
    column = QVBoxLayout(board)
    wrong = [Button("Send", "no-such-icon"), IconButton("no-such-icon", "Send")]
    for part in (*wrong, Button("Keep", "check")):
        column.addWidget(part)
    with Watch() as watch:
        board.show()
        qtbot.waitExposed(board)
        QApplication.processEvents()
    assert watch.faults
    assert [one for one in watch.faults if "no-such-icon.svg" not in one] == []


def names_in(kind: type[QObject]) -> set[str]:
    """List the properties that Qt itself keeps of a kind of thing."""
    seen: QMetaObject = vars(kind)["staticMetaObject"]
    return {str(seen.property(n).name()) for n in range(seen.propertyCount())}


def test_nothing_is_kept_in_a_property_that_is_of_qt() -> None:
    kinds = (QAction, QWidget, QPushButton, QLabel, QFrame, QDialog)
    own = set[str]().union(*map(names_in, kinds))
    assert "icon" in own
    for module in everything():
        kept = re.findall(r'setProperty\(\s*"(\w+)"', module.text)
        assert own.isdisjoint(kept), module.path
