"""Undo asked for twice in haste takes two steps back, not one twice."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.views.jobs import BackgroundJobs
from app.views.shell.steps import Steps
from app.views.tools import Tools, Word


def test_undo_twice_in_haste_takes_two_steps_back(qtbot: QtBot, tools: Tools) -> None:
    parent, jobs = QWidget(), BackgroundJobs()
    qtbot.addWidget(parent)
    before = {row.name for row in tools.office.catalog.subjects()}
    for name in ("Astronomy", "Botany"):
        tools.office.catalog.add_subject(name)
    steps = Steps(replace(tools, jobs=jobs), parent)
    said: list[Word] = []
    steps.said.connect(said.append)
    steps.read()
    try:
        qtbot.waitUntil(lambda: jobs.is_idle, timeout=5000)
        steps.undo()
        steps.undo()
        qtbot.waitUntil(lambda: len(said) == 2 and jobs.is_idle, timeout=5000)
        assert {row.name for row in tools.office.catalog.subjects()} == before
        steps.redo()
        steps.redo()
        qtbot.waitUntil(lambda: len(said) == 4 and jobs.is_idle, timeout=5000)
        after = {row.name for row in tools.office.catalog.subjects()}
        assert after == before | {"Astronomy", "Botany"}
    finally:
        jobs.close()
