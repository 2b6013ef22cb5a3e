"""A field for one or several students, with names proposed while typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from app.services.people.requests import StudentRow
from app.text import _
from app.views.calendar.drafting import named
from app.views.typography import set_role


class _LastName(QCompleter):
    """Completes the name after the last comma."""

    def splitPath(self, path: str) -> list[str]:  # noqa: N802  Qt's own name
        return [path.rsplit(",", 1)[-1].strip()]

    def pathFromIndex(  # noqa: N802  Qt's own name
        self, index: QModelIndex | QPersistentModelIndex
    ) -> str:
        name = str(index.data())
        field = self.widget()
        text = field.text() if isinstance(field, QLineEdit) else ""
        before = text.rsplit(",", 1)[0].strip() if "," in text else ""
        return f"{before}, {name}" if before else name


class StudentField(QLineEdit):
    """Takes names, separated by commas.

    Signals:
        changed: Other students are named.
    """

    changed = Signal()

    def __init__(
        self, students: Sequence[StudentRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._students = [one for one in students if not one.is_archived]
        self._found: list[int] = []
        self.setPlaceholderText(_("Name, or several with commas"))
        set_role(self, "body")
        completer = _LastName([one.name for one in self._students], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(8)
        self.setCompleter(completer)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(120)
        self._wait.timeout.connect(self._look)
        self.textChanged.connect(self._wait.start)
        self.editingFinished.connect(self._look)

    @property
    def student_ids(self) -> tuple[int, ...]:
        """The students that are named."""
        return tuple(self._found)

    def show_names(self, names: Sequence[str]) -> None:
        """Name students."""
        self.setText(", ".join(names))
        self._look()

    def complaint(self) -> str:
        """Say which names fit nobody, or several."""
        unknown = named(self.text(), self._students)[1]
        if not unknown:
            return ""
        return _("“{name}” fits no student, or several.").format(name=unknown[0])

    def _look(self) -> None:
        self._wait.stop()
        found = named(self.text(), self._students)[0]
        if found != self._found:
            self._found = found
            self.changed.emit()
