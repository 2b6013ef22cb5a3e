"""The head of a tutor's record: who it is, what is taught, and keeping the draft."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.text import _
from app.views import theme
from app.views.formats import initials
from app.views.tutors.dialogs import status_words
from app.views.tutors.reading import TutorRecord
from app.views.typography import scaled
from app.views.widgets.buttons import Button, IconButton
from app.views.widgets.labels import Avatar, ElideLabel, Pill
from app.views.widgets.laying import across, down, holder
from app.views.widgets.panels import empty

MANY = 3  # subjects that are named in pills
NARROW = 720  # px in which pills make way for the buttons of a draft


class TutorHead(QWidget):
    """Shows who a record is about.

    Attributes:
        discard, save: for the draft of the week.
    """

    def __init__(self, edit: QAction, more: QAction) -> None:
        super().__init__()
        self._disc = Avatar("", "slate", 40)
        self._name = ElideLabel("", "view")
        self._line = ElideLabel("", "body", "text2")
        self._pills = across(spacing=4)
        self.discard = Button(_("Discard"), kind="ghost")
        self.save = Button("", kind="primary")
        pencil = IconButton("pencil", _("Edit tutor"), "F2")
        pencil.clicked.connect(edit.trigger)
        dots = IconButton("ellipsis", _("More"))
        dots.clicked.connect(more.trigger)
        self._taught = holder(self._pills)
        top = across(self._name, self._taught, 0, spacing=12)
        both = down(top, self._line, spacing=0)
        buttons = (self.discard, self.save, pencil, dots)
        row = across(self._disc, both, *buttons, spacing=8, margins=(16, 12, 16, 8))
        row.setStretch(1, 1)
        self.setLayout(row)

    def show_record(self, record: TutorRecord) -> None:
        """Show a tutor."""
        row = record.row
        self._disc.show_person(initials(row.name), theme.hue_of(row.colour))
        self._name.setText(row.name)
        status = {one: word for word, one in status_words()}[row.status]
        parts = (status, row.email, row.phone)
        self._line.setText(" · ".join(part for part in parts if part))
        empty(self._pills)
        if row.is_archived:
            self._pills.addWidget(Pill(_("Archived"), "neutral"))
        names = record.subject_names
        taught = [
            (one.subject_id, names[one.subject_id])
            for one in row.teaches
            if one.subject_id in names
        ]
        for number, name in taught[:MANY]:
            self._pills.addWidget(Pill(name, theme.hue_of(number)))
        if len(taught) > MANY:
            rest = Pill(f"+{len(taught) - MANY}")
            rest.setToolTip(", ".join(name for _number, name in taught[MANY:]))
            self._pills.addWidget(rest)

    def show_draft(self, words: str, *, is_begun: bool) -> None:
        """Offer to keep or drop the draft while there is one."""
        self.save.setText(words)
        self.save.setVisible(is_begun)
        self.discard.setVisible(is_begun)
        self._taught.setVisible(not is_begun or self.width() >= scaled(NARROW))
