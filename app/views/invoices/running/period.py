"""Page 1 of an invoice run: which period, which day, which families."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QWidget,
)

from app.services.billing.requests import InvoiceRunOf
from app.services.people.requests import HouseholdRow
from app.text import _
from app.views.invoices.paying import today_of
from app.views.invoices.rows import last_month
from app.views.sizing import fix_width
from app.views.tools import Tools
from app.views.typography import label, scaled, set_role
from app.views.widgets.cards import Card, FormRow
from app.views.widgets.inputs import DateEdit, SearchField
from app.views.widgets.laying import across, down

KEPT = "invoices/run"
ALL, SOME = 0, 1


class PeriodPage(QWidget):
    """Asks for nothing that can be proposed: the last month, today, every family.

    Signals:
        changed: Something else was chosen.
    """

    changed = Signal()

    def __init__(self, tools: Tools) -> None:
        super().__init__()
        self._tools = tools
        formats, today = tools.formats, today_of(tools)
        self.from_on = DateEdit(None, formats, today)
        self.until_on = DateEdit(None, formats, today)
        self.on = DateEdit(None, formats, today)
        self._families = self._make_families()
        self._lay_out()
        for field in (self.from_on, self.until_on, self.on):
            field.changed.connect(self._on_date)
        self.propose()

    @property
    def of(self) -> InvoiceRunOf | None:
        """What is chosen; none while it makes no sense."""
        first, last, on = self.from_on.day, self.until_on.day, self.on.day
        if first is None or last is None or on is None or last < first:
            return None
        chosen = self._chosen() if self._choice.checkedId() == SOME else None
        if chosen is not None and not chosen:
            return None
        return InvoiceRunOf(first, last, on, chosen)

    def propose(self) -> None:
        """Take up what was left, else propose the last month and today."""
        today = today_of(self._tools)
        first, last = last_month(today)
        kept = self._tools.state.days(KEPT)
        if len(kept) == 2:
            first, last = kept
        self.from_on.show_day(first)
        self.until_on.show_day(last)
        self.on.show_day(today)

    def keep(self) -> None:
        """Remember what was chosen until the run is issued."""
        of = self.of
        if of is not None:
            days = (of.from_on.isoformat(), of.until_on.isoformat())
            self._tools.state.keep_texts(KEPT, days)

    def forget(self) -> None:
        """Propose the last month again the next time."""
        self._tools.state.keep_texts(KEPT, ())

    def show_families(self, rows: Sequence[HouseholdRow]) -> None:
        """Offer these families, keeping those that are ticked."""
        ticked = set(self._chosen())
        self._list.clear()
        for row in rows:
            students = ", ".join(row.students)
            item = QListWidgetItem(
                f"{row.name}  ·  {students}" if students else row.name
            )
            item.setData(Qt.ItemDataRole.UserRole, row.household_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = row.household_id in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            self._list.addItem(item)

    def _make_families(self) -> QWidget:
        self._choice = QButtonGroup(self)
        everyone = QRadioButton(_("All families"))
        some = QRadioButton(_("Only some families"))
        for place, button in ((ALL, everyone), (SOME, some)):
            set_role(button, "body")
            self._choice.addButton(button, place)
        everyone.setChecked(True)
        self._search = SearchField(_("Find a family"))
        self._list = QListWidget()
        self._list.setAccessibleName(_("Families of this run"))
        set_role(self._list, "body")
        self._list.setMinimumHeight(scaled(160))
        self._search.hide()
        self._list.hide()
        self._search.textChanged.connect(self._on_search)
        self._list.itemChanged.connect(self._on_ticked)
        self._choice.idClicked.connect(self._on_choice)
        made = QWidget()
        made.setLayout(down(everyone, some, self._search, self._list))
        return made

    def _lay_out(self) -> None:
        card = Card(_("What is billed"))
        fix_width(card, 560)
        card.body.addWidget(FormRow(_("From"), self.from_on, label_width=112))
        card.body.addWidget(FormRow(_("To"), self.until_on, label_width=112))
        hint = _("Everything up to this day that was not billed yet is taken along.")
        card.body.addWidget(label(hint, "small", "text2", wrap=True))
        card.body.addWidget(FormRow(_("Issue date"), self.on, label_width=112))
        who = Card(_("Who is billed"))
        fix_width(who, 560)
        who.body.addWidget(self._families)
        column = down(card, who, 0, spacing=16, margins=(24, 24, 24, 24))
        self.setLayout(across(0, column, 0))

    def _chosen(self) -> tuple[int, ...]:
        items = (self._list.item(place) for place in range(self._list.count()))
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def _on_date(self, _day: object) -> None:
        self.changed.emit()

    def _on_ticked(self, _item: object) -> None:
        self.changed.emit()

    def _on_choice(self) -> None:
        some = self._choice.checkedId() == SOME
        self._search.setVisible(some)
        self._list.setVisible(some)
        self.changed.emit()

    def _on_search(self, text: str) -> None:
        wanted = text.casefold()
        for place in range(self._list.count()):
            item = self._list.item(place)
            item.setHidden(wanted not in item.text().casefold())
