"""Backups are made without being asked, and the day's chores are done."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.services.backups import files_in
from app.views.keeping import Chores, Keeper
from app.views.tools import Tools
from tests.fakes import FakeClock


def test_a_backup_is_made_at_the_start(tools: Tools, tmp_path: Path) -> None:
    keeper = Keeper(tools, tmp_path / "backups", parent := QObject())
    keeper.start()
    assert len(files_in(tmp_path / "backups")) == 1
    del parent


def test_people_are_warned_where_no_backup_can_be_made(
    qtbot: QtBot, tools: Tools, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    keeper = Keeper(tools, tmp_path / "file" / "backups", parent := QObject())
    with qtbot.waitSignal(keeper.warned) as heard:
        keeper.back_up()
    assert "No backup could be made" in heard.args[0]
    del parent


def test_somebody_who_asks_is_told(qtbot: QtBot, tools: Tools, tmp_path: Path) -> None:
    keeper = Keeper(tools, tmp_path / "backups", parent := QObject())
    with qtbot.waitSignal(keeper.said) as heard:
        keeper.back_up()
    assert "A backup was made" in heard.args[0].sentence
    del parent


def test_late_close_outs_become_tasks_by_themselves(
    tools: Tools, clock: FakeClock
) -> None:
    clock.advance(days=10)
    before = len(tools.office.tasks.open_tasks())
    chores = Chores(tools, parent := QObject())
    chores.start()
    assert len(tools.office.tasks.open_tasks()) > before
    del parent
