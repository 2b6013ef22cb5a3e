"""How the close-out page is laid out: the list, the session, its effect in money."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QWidget,
)

from app.services.office import Office
from app.text import _
from app.views.close_out.cleared import ClearedView
from app.views.close_out.deciding import DecisionView
from app.views.close_out.form import SessionForm
from app.views.close_out.money import MoneyPanel
from app.views.close_out.several import SeveralView
from app.views.close_out.waiting import WaitingList
from app.views.formats import Formats
from app.views.sizing import fix_width
from app.views.typography import scaled
from app.views.widgets.feedback import EmptyState
from app.views.widgets.inputs import ComboBox
from app.views.widgets.laying import down, holder

NARROW = 820  # px of list, form and money at a text size of 100 %
_MOST = 16777215  # what Qt takes for no limit
_WIDE_MONEY, _LOW_MONEY, _ROOMY = 288, 190, 640


class ListPanel(QFrame):
    """The sessions to close out, with a choice of tutor for the office."""

    def __init__(self, *, is_office: bool) -> None:
        super().__init__()
        self.setProperty("frame", "left")
        fix_width(self, 252)
        self.tutors = ComboBox()
        self.tutors.setAccessibleName(_("Tutor"))
        self.rows = WaitingList()
        top = holder(down(self.tutors, margins=(16, 10, 16, 2)))
        if not is_office:
            top.hide()
        layout = down(top, spacing=0)
        layout.addWidget(self.rows, 1)
        self.setLayout(layout)


class Centre(QWidget):
    """The session with its money at the right, or under it where room is scarce."""

    def __init__(self, form: SessionForm, money: MoneyPanel, *others: QWidget) -> None:
        super().__init__()
        self.form, self.money = form, money
        self.stack = QStackedWidget()
        self._areas: dict[QWidget, QWidget] = {}
        for widget in (form, *others):
            area = QScrollArea()
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(widget)
            self._areas[widget] = area
            self.stack.addWidget(area)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.stack, 1)
        self._box.addWidget(money)

    def show_part(self, widget: QWidget) -> None:
        """Show the form or another part; the money belongs to the form."""
        self.stack.setCurrentWidget(self._areas[widget])
        self.money.setVisible(widget is self.form)

    def shows(self, widget: QWidget) -> bool:
        """Say whether a part is shown."""
        return self.stack.currentWidget() is self._areas[widget]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        is_narrow = self.width() < scaled(NARROW)
        room = self.width() - (0 if is_narrow else scaled(_WIDE_MONEY))
        self.form.fold(narrow=room < scaled(_ROOMY))
        self.money.fold(narrow=is_narrow)
        wanted = direction.TopToBottom if is_narrow else direction.LeftToRight
        if self._box.direction() == wanted:
            return
        self._box.setDirection(wanted)
        self.money.setMinimumWidth(0 if is_narrow else scaled(_WIDE_MONEY))
        self.money.setMaximumWidth(_MOST if is_narrow else scaled(_WIDE_MONEY))
        self.money.setMaximumHeight(scaled(_LOW_MONEY) if is_narrow else _MOST)


class Parts:
    """The parts of the page, made once."""

    def __init__(self, office: Office, formats: Formats, form: SessionForm) -> None:
        is_office = office.actor.is_office
        self.form = form
        self.left = ListPanel(is_office=is_office)
        self.rows = self.left.rows
        self.money = MoneyPanel(formats, is_office=is_office)
        self.several = SeveralView(formats, is_office=is_office)
        self.decisions = DecisionView(formats)
        self.cleared = ClearedView(formats)
        self.reading = QWidget()
        self.nothing = EmptyState(
            "list-filter",
            _("No session fits"),
            _("Sessions wait for their close-out, but none fits the filter."),
            _("Clear filter"),
        )
        self.centre = Centre(
            self.form,
            self.money,
            self.several,
            self.decisions,
            self.cleared,
            self.nothing,
            self.reading,
        )
