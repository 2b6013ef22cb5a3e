"""A page is drawn only when no job is under way, and each page once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models.values.actors import Actor, Role
from app.views.appearance import Appearance
from app.views.grab import RESTS, Grabber
from app.views.jobs import BackgroundJobs
from app.views.shell.main_window import MainWindow
from app.views.tools import Tools


def test_pages_are_drawn_after_they_have_rested(
    qtbot: QtBot, qapp: QApplication, tools: Tools, tmp_path: Path
) -> None:
    owner = Actor("Olga", Role.OWNER)
    window = MainWindow(tools, owner, "Chalk & Co", Appearance(qapp, tools.state))
    qtbot.addWidget(window)
    window.show()
    jobs = BackgroundJobs()
    grabber = Grabber(window, jobs, tmp_path, settle=1)
    grabber.start()
    for _look in range(RESTS):
        assert not list(tmp_path.glob("*.png"))
        grabber._step()
    assert not list(tmp_path.glob("*.png"))  # the first page is only shown by now
    with qtbot.waitSignal(grabber.finished, timeout=100_000):
        pass
    drawn = {path.stem for path in tmp_path.glob("*.png")}
    words = {place.value.replace("_", "-") for place in window.places}
    assert words <= {stem.partition("-")[0] for stem in drawn} | drawn
    assert {
        "calendar-week",
        "calendar-month",
        "settings-policies",
        "calendar-booking",
        "invoices-invoice-run",
        "invoices-run-review",
        "invoices-run-issue",
        "payroll-run-check",
        "payroll-run-approve",
        "toast-undo",
        "crash-report",
        "welcome",
        "curtain",
        "tasks-new-task",
        "palette",
        "help-keyboard-shortcuts",
    } <= drawn
    jobs.close()
    window.close()


def test_of_an_empty_office_only_the_pages_are_drawn(
    qtbot: QtBot, qapp: QApplication, tools: Tools, tmp_path: Path
) -> None:
    owner = Actor("Olga", Role.OWNER)
    window = MainWindow(tools, owner, "Chalk & Co", Appearance(qapp, tools.state))
    qtbot.addWidget(window)
    window.show()
    jobs = BackgroundJobs()
    grabber = Grabber(window, jobs, tmp_path, settle=1, is_empty=True)
    with qtbot.waitSignal(grabber.finished, timeout=100_000):
        grabber.start()
    drawn = {path.stem for path in tmp_path.glob("*.png")}
    pages = {place.value.replace("_", "-") for place in window.places}
    assert drawn == {f"empty-{page}" for page in pages}
    jobs.close()
    window.close()
