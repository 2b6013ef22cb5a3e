"""A page on show to somebody, with what it says and where it leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.bootstrap import open_office
from app.models.values.actors import Actor, Role
from app.services.office import Office
from app.views.changes import ChangeBus
from app.views.formats import Formats
from app.views.page import Page
from app.views.state import State
from app.views.tools import Link, Tools, Word
from tests.fakes import FakeClock, InlineJobs, ScriptedPrompts
from tests.services.closing.world import OFFICE

P = TypeVar("P", bound=Page)


class Seen(Generic[P]):
    """A page with what it said and where it led."""

    def __init__(self, page: P, office: Office) -> None:
        self.page, self.office = page, office
        self.words: list[Word] = []
        self.links: list[Link] = []
        page.said.connect(self.words.append)
        page.went.connect(self.links.append)


@dataclass
class Stage:
    """Shows pages of one office, each to a desk of its own.

    Attributes:
        address: of the office.
    """

    address: str
    clock: FakeClock
    state: State
    prompts: ScriptedPrompts
    formats: Formats
    qtbot: QtBot
    offices: list[Office] = field(default_factory=list)

    def tools(self, tutor: int | None = None) -> Tools:
        """Sit somebody at a desk, the office's administrator unless a tutor is said."""
        actor = Actor("Anna", Role.TUTOR, tutor) if tutor else OFFICE
        office = open_office(self.address, clock=self.clock, actor=actor)
        self.offices.append(office)
        return Tools(
            office,
            InlineJobs(),
            ChangeBus(office),
            self.prompts,
            self.formats,
            self.clock,
            self.state,
        )

    def put(self, page: P) -> P:
        """Put a page on the screen."""
        self.qtbot.addWidget(page)
        page.resize(1236, 840)
        page.show()
        page.activateWindow()
        return page

    def focus(self, widget: QWidget) -> None:
        """Put the cursor somewhere, and wait until it is there."""
        widget.setFocus()
        self.qtbot.waitUntil(widget.hasFocus, timeout=2000)

    def close(self) -> None:
        """Leave every desk."""
        for office in self.offices:
            office.close()
