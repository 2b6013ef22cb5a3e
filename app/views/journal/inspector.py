"""One step of the journal, with every field before and after."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.undoing.words import FieldChange
from app.text import _
from app.views import icons, paint, theme
from app.views.formats import DASH, Formats
from app.views.journal.reading import StepLine, change_text
from app.views.typography import font, label, scaled
from app.views.widgets.buttons import Button
from app.views.widgets.labels import SectionLabel, fact
from app.views.widgets.panels import Inspector

MOST = 40  # fields shown of one step


class Change(QWidget):
    """A field with its former value struck out and the new one beside it."""

    def __init__(self, change: FieldChange) -> None:
        super().__init__()
        self._change = change
        self.setAccessibleName(change_text(change))
        self.setToolTip(change_text(change))
        fixed = QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, fixed)

    def sizeHint(self) -> QSize:
        return QSize(scaled(240), scaled(48))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            top, height = scaled(20), scaled(24)
            caption = QRectF(0, 0, self.width(), top)
            tint = theme.color("text2")
            paint.write(painter, caption, self._change.field, font("small"), tint)
            room = (self.width() - 28) / 2
            before = QRectF(0, top, room, height)
            after = QRectF(room + 28, top, room, height)
            struck = font("small")
            struck.setStrikeOut(bool(self._change.before))
            paint.rounded(painter, before, 5, theme.color("neutral_s"))
            inner = before.adjusted(8, 0, -8, 0)
            paint.write(painter, inner, self._change.before or DASH, struck, tint)
            icons.draw(
                painter, "arrow-right", room + 7, top + (height - 14) / 2, 14, tint
            )
            paint.rounded(painter, after, 5, theme.color("info_s"))
            inner, tint = after.adjusted(8, 0, -8, 0), theme.color("info")
            paint.write(painter, inner, self._change.after or DASH, font("small"), tint)


class StepInspector(Inspector):
    """Shows a step, and takes it back.

    Signals:
        undone: It is to be taken back.
    """

    undone = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__(_("Change"), "", 320)
        self._formats = formats
        self.undo_button = Button(_("Undo this change"), "undo-2", "primary")
        self.undo_button.clicked.connect(self.undone)
        self.footer.addWidget(self.undo_button)

    def show_line(self, line: StepLine) -> None:
        """Show a step."""
        self.set_title(_("Change"), line.action)
        self.clear_body()
        self.body.addWidget(fact(_("Who"), line.actor))
        self.body.addWidget(fact(_("When"), self._formats.stamp(line.at)))
        if line.desk:
            self.body.addWidget(fact(_("Desk"), line.desk))
        shown = 0
        for entry in line.entries:
            if shown >= MOST:
                break
            self.body.addSpacing(4)
            self.body.addWidget(SectionLabel(entry.record))
            for change in entry.changes[: MOST - shown]:
                self.body.addWidget(Change(change))
            shown += max(1, len(entry.changes))
        hidden = sum(len(entry.changes) for entry in line.entries) - shown
        if hidden > 0:
            words = _("and {n} fields more; the export has them all")
            self.body.addWidget(label(words.format(n=hidden), "small", "text3"))
        self.undo_button.setEnabled(not line.undone)
