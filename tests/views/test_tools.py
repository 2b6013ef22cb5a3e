"""The tools that tests hand to pages are those of a real office."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from app.models.values.changes import Changes
from app.services.people.requests import AddHousehold, NewPayer
from app.views.tools import Tools


class Listener(QObject):
    """Keeps what it hears."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def keep(self, what: object) -> None:
        """Keep it."""
        self.heard.append(what)


def test_a_job_hands_its_outcome_over_and_the_bus_tells_of_the_commit(
    tools: Tools,
) -> None:
    asker, page = Listener(), Listener()
    tools.bus.changed.connect(page.keep)
    request = AddHousehold("Lindqvist family", payers=(NewPayer("Sara Lindqvist"),))
    add = partial(tools.office.households.add_household, request)
    tools.jobs.run(asker, add, done=asker.keep)
    assert len(asker.heard) == 1
    assert any(isinstance(changes, Changes) for changes in page.heard)


def test_what_a_window_remembers_is_there_again(tools: Tools) -> None:
    tools.state.keep_texts("columns", ("a", "b"))
    assert tools.state.texts("columns") == ("a", "b")
