"""Keeps the tutors' own colours at hand, so that every page shows the same one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.models.values.changes import Changes
from app.models.values.errors import OfficeError
from app.services.people.tutor_requests import TutorRow
from app.views import theme
from app.views.tools import Tools


class TutorColours(QObject):
    """Reads which colour each tutor has, at first and whenever one is changed."""

    def __init__(self, tools: Tools, parent: QObject) -> None:
        super().__init__(parent)
        self._tools = tools
        tools.bus.changed.connect(self._on_changed)
        self.read()

    def read(self) -> None:
        """Read the colours."""
        work = self._tools.office.tutors.tutors
        self._tools.jobs.run(self, work, done=self._keep, failed=self._without)

    def _keep(self, tutors: Sequence[TutorRow]) -> None:
        found = {one.tutor_id: one.colour for one in tutors}
        if found != theme.tutor_colours:
            theme.tutor_colours.clear()
            theme.tutor_colours.update(found)
            theme.current.changed.emit()

    def _without(self, _error: OfficeError) -> None:
        """Leave the colours as they are."""

    def _on_changed(self, changes: Changes) -> None:
        if changes.touch("tutor"):
            self.read()
