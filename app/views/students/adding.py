"""Asking for a new student before it is said whose child it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.models.values.folding import folded
from app.services.people.requests import AddStudent, HouseholdRow
from app.text import _
from app.views.students.dialogs import NewStudent
from app.views.tools import Tools
from app.views.widgets.inputs import ComboBox


class Newcomers(QObject):
    """Asks for a student by name, once the families are known.

    Signals:
        added: A student was added; carries the number.
        homeless: There is no family yet that could have one.
    """

    added = Signal(object)
    homeless = Signal()

    def __init__(self, tools: Tools, window: QWidget) -> None:
        super().__init__(window)
        self._tools, self._window, self._name = tools, window, ""

    def ask(self, name: str) -> None:
        """Ask for a student of this name."""
        self._name = name
        families = self._tools.office.households.households
        self._tools.jobs.run(self, families, done=self._on_read)

    def _on_read(self, families: Sequence[HouseholdRow]) -> None:
        if not families:
            self.homeless.emit()
            return
        dialog = StudentOfAFamily(self._tools, families, self._name, self._window)
        dialog.succeeded.connect(self.added)
        dialog.open()


class StudentOfAFamily(NewStudent):
    """Asks for a new student, and of which family; a like name is proposed."""

    def __init__(
        self,
        tools: Tools,
        families: Sequence[HouseholdRow],
        name: str,
        parent: QWidget,
    ) -> None:
        super().__init__(tools, 0, parent)
        self.name.setText(name)
        self.family = ComboBox()
        choices = [(one.name, one.household_id) for one in families]
        last = folded(name).rpartition(" ")[2]
        like = [row_id for words, row_id in choices if last in folded(words)]
        self.family.fill(choices, like[0] if last and like else None)
        self.field(_("Family"), self.family)

    def request(self) -> AddStudent | None:
        """Say what was typed; nothing while a field is at fault."""
        made = super().request()
        family = self.family.currentData()
        return None if made is None else replace(made, household_id=int(family))
