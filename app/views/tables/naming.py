"""The short form that names a view of a table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from app.text import _
from app.views.form_dialog import OfficeForm
from app.views.tables.saved import SavedViews
from app.views.tools import Tools

LONGEST = 40  # letters of a name, so that it fits into a menu


class NameView(OfficeForm):
    """Asks what a view is to be called.

    Signals:
        named: Carries the name, and whether the table is to open with it.
    """

    named = Signal(str, bool)

    def __init__(
        self, parent: QWidget, tools: Tools, views: SavedViews, old: str = ""
    ) -> None:
        title = _("Rename “{name}”").format(name=old) if old else _("Save view")
        verb = _("Rename") if old else _("Save view")
        super().__init__(parent, tools, title, verb)
        self._views, self._old = views, old
        self.name = QLineEdit(old)
        self.name.setMaxLength(LONGEST)
        self.name.setPlaceholderText(_("Overdue by family"))
        hint = _("Keeps columns, widths, order, sorting and filters.")
        self._row = self.add_field(_("Name"), self.name, "" if old else hint)
        self.is_default = QCheckBox(_("Open the list with this view"))
        self.is_default.setChecked(bool(old) and views.default == old)
        self.add_field("", self.is_default)
        self.name.selectAll()
        self.name.setFocus()

    def commit(self) -> None:
        name = " ".join(self.name.text().split())
        taken = self._views.get(name)
        if not name:
            self.complain(_("A view needs a name."), self._row)
        elif taken is not None and taken.name != self._old:
            words = _("There is a view “{name}” already; choose another name.")
            self.complain(words.format(name=taken.name), self._row)
        else:
            self.named.emit(name, self.is_default.isChecked())
            self.finish()
