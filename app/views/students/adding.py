"""Asking for a new student before it is said whose child it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from app.models.values.folding import folded
from app.services.people.requests import AddStudent, HouseholdRow
from app.text import _
from app.views.students.dialogs import NewStudent
from app.views.tools import Tools
from app.views.widgets.inputs import ComboBox


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
