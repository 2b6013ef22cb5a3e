"""The header of the calendar: period, arrows, search, views, a new session."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu

from app.text import _
from app.views.calendar.views import View
from app.views.typography import scaled
from app.views.widgets.buttons import Button, IconButton
from app.views.widgets.panels import HeaderBar

SWITCH = (View.DAY, View.WEEK, View.MONTH, View.AGENDA, View.TUTORS)
NARROW = 1100  # px of the page
_SHOWN_AS = {View.WORK_WEEK: View.WEEK, View.TUTORS_WEEK: View.TUTORS}


class CalendarHeader(HeaderBar):
    """Says which period is shown and leads to others.

    Attributes:
        earlier, later: the arrows.

    Signals:
        turned: Earlier (-1) or later (1) is wanted.
        today_asked: The present period is wanted.
        view_asked: Another view is wanted; carries it.
        filtered: The search says something else.
        new_asked: A new session is wanted.
    """

    turned = Signal(object)
    today_asked = Signal()
    view_asked = Signal(object)
    filtered = Signal(str)
    new_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_("Calendar"))
        self.earlier = earlier = IconButton("chevron-left", _("Earlier"), _("Page up"))
        self.later = later = IconButton("chevron-right", _("Later"), _("Page down"))
        today = Button(_("Today"))
        today.setToolTip(_("Go to today  T"))
        earlier.clicked.connect(self._on_earlier)
        later.clicked.connect(self._on_later)
        today.clicked.connect(self.today_asked)
        for button in (earlier, later, today):
            self.add_left(button)
        self.search = self.add_search(_("Filter sessions"))
        self.search.setMinimumWidth(80)
        self.search.textChanged.connect(self.filtered)
        self._switch = self.add_switch([view.word for view in SWITCH], View.WEEK.word)
        self._switch.setAccessibleName(_("View"))
        self._switch.chosen.connect(self._on_chosen)
        self._more = IconButton("ellipsis", _("More of the calendar"))
        self._more.clicked.connect(self._on_more)
        self.add_right(self._more)
        self.menu = QMenu(self)
        self._new = self.add_primary(_("New session"))
        self._new.setAccessibleName(_("New session"))
        self._new.setToolTip(_("New session  N"))
        self._new.clicked.connect(self.new_asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the period in a narrow window."""
        super().resizeEvent(event)
        is_narrow = self.width() < scaled(NARROW)
        self._new.setText(_("New") if is_narrow else _("New session"))

    def show_view(self, view: View) -> None:
        """Mark the view that is shown."""
        self._switch.choose(_SHOWN_AS.get(view, view).word)

    def _on_earlier(self) -> None:
        self.turned.emit(-1)

    def _on_later(self) -> None:
        self.turned.emit(1)

    def _on_chosen(self, word: str) -> None:
        self.view_asked.emit(next(view for view in SWITCH if view.word == word))

    def _on_more(self) -> None:
        below = QPoint(0, self._more.height())
        self.menu.popup(self._more.mapToGlobal(below))
