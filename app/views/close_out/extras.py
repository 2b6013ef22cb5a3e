"""What else a close-out carries: homework, mileage, expenses, words for the office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.services.closing.requests import Outcome
from app.text import _
from app.views.close_out.drafts import Draft, distance
from app.views.close_out.notes import PromptField
from app.views.close_out.reading import Opened
from app.views.close_out.words import plain
from app.views.formats import Formats
from app.views.typography import label, set_role
from app.views.widgets.buttons import Button, IconButton
from app.views.widgets.inputs import DateEdit, MoneyField
from app.views.widgets.laying import across, down, holder

_HELD = (Outcome.AS_PLANNED, Outcome.OTHER_TIMES)


class ExpenseRow(QWidget):
    """Money a tutor spent: what for, and how much.

    Signals:
        edited: Something else is typed.
    """

    edited = Signal()

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.what = QLineEdit()
        self.what.setPlaceholderText(_("For example: copies"))
        self.what.setAccessibleName(_("What the expense was for"))
        self.amount = MoneyField(None, formats)
        self.amount.setAccessibleName(_("Amount of the expense"))
        self.amount.setMaximumWidth(120)
        self.drop = IconButton("x", _("Remove this expense"), "", 28)
        self.what.textEdited.connect(self._on_edited)
        self.amount.changed.connect(self._on_edited)
        self.drop.clicked.connect(self._on_dropped)
        self.setLayout(across(self.what, self.amount, self.drop))

    def value(self) -> tuple[str, int] | None:
        """Tell what was spent, none while it is incomplete."""
        minor = self.amount.minor
        if not self.what.text().strip() or not minor:
            return None
        return self.what.text().strip(), minor

    def _on_edited(self, _value: object) -> None:
        self.edited.emit()

    def _on_dropped(self) -> None:
        self.what.clear()
        self.amount.show_value(None)
        self.hide()
        self.edited.emit()


class Extras(QWidget):
    """Homework with its day, mileage as proposed, and what is added when needed.

    Signals:
        edited: Something else is entered.
    """

    edited = Signal()

    def __init__(self, formats: Formats, today: date) -> None:
        super().__init__()
        self._formats = formats
        self._way = ""
        self.homework = QLineEdit()
        self.homework.setPlaceholderText(_("For example: sheet 13, questions 1 to 8"))
        self.homework.setAccessibleName(_("Homework"))
        self.due = DateEdit(None, formats, today)
        self.due.setAccessibleName(_("Homework due"))
        self.due.setPlaceholderText(_("next time"))
        self.mileage = QLineEdit()
        self.mileage.setAccessibleName(_("Mileage"))
        self.mileage.setMaximumWidth(72)
        set_role(self.mileage, "body", tabular=True)
        self._unit = label("", "body", "text2")
        self._proposed = label("", "small", "text3")
        self.internal = PromptField(
            _("Internal note"), _("For the office only; families never see it")
        )
        self.skills = QLineEdit()
        self.skills.setAccessibleName(_("Skills worked on"))
        self.skills.setPlaceholderText(_("For example: fractions, word problems"))
        self._expenses: list[ExpenseRow] = []
        self._expense_rows = down(spacing=4)
        self._tutor_id = 0
        self._tell_of_edits()
        self._lay()

    def show_session(self, opened: Opened) -> None:
        """Show the proposals of a session, and no expense yet."""
        self.show_way(opened)
        for row in self._expenses:
            row.hide()
            row.deleteLater()
        self._expenses = []

    def show_way(self, opened: Opened) -> None:
        """Show the mileage that is proposed."""
        main = next(iter(opened.report.tutors), None)
        self._tutor_id = main.tutor_id if main else 0
        way = next((p for p in opened.proposals if p.tutor_id == self._tutor_id), None)
        self._unit.setText(way.unit.value if way else _("km"))
        self._proposed.setText(_("proposed") if way else "")
        self._way = plain(way.distance) if way else ""

    def show_draft(self, draft: Draft) -> None:
        """Show a draft's words and claims."""
        self.homework.setText(draft.homework) if not self.homework.hasFocus() else None
        if not self.due.hasFocus():
            self.due.show_day(draft.due_on)
        if not self.mileage.hasFocus():
            self.mileage.setText(draft.mileage.get(self._tutor_id, self._way))
        self.internal.say(draft.internal)
        if not self.skills.hasFocus():
            self.skills.setText(draft.skills)
        if not self._expenses:
            for what, amount in draft.expenses:
                row = self._new_expense()
                row.what.setText(what)
                row.amount.show_value(amount)
        is_held = draft.outcome in _HELD
        for widget in (self.homework, self.due, self.mileage, self.skills):
            widget.setEnabled(is_held)
        self._fold(draft)

    def into(self, draft: Draft) -> Draft:
        """Put the words and claims into a draft."""
        typed = self.mileage.text().strip()
        mileage = {} if typed == self._way else {self._tutor_id: typed}
        return replace(
            draft,
            homework=self.homework.text(),
            due_on=self.due.day,
            mileage={**_others(draft, self._tutor_id), **mileage},
            internal=self.internal.toPlainText(),
            skills=self.skills.text(),
            expenses=tuple(
                value for row in self._expenses if (value := row.value()) is not None
            ),
        )

    def faults(self) -> str:
        """Say what cannot be read."""
        typed = self.mileage.text().strip()
        if typed and distance(typed) is None:
            return _("“{text}” is not a distance; type one such as 12.4.").format(
                text=typed
            )
        amounts = [row.amount.error() for row in self._expenses]
        return self.due.error() or next((fault for fault in amounts if fault), "")

    def focus(self) -> None:
        """Put the cursor into the homework."""
        self.homework.setFocus()

    def add_expense(self) -> None:
        """Offer a line for one more expense."""
        self._new_expense().what.setFocus()

    def _tell_of_edits(self) -> None:
        for field in (self.homework, self.mileage, self.skills):
            field.textEdited.connect(self._on_edited)
        self.due.changed.connect(self._on_edited)
        self.internal.textChanged.connect(self._on_words)

    def _lay(self) -> None:
        self._add_internal = Button(_("Internal note"), "plus", compact=True)
        self._add_skills = Button(_("Skills"), "plus", compact=True)
        self._add_expense = Button(_("Expense"), "plus", compact=True)
        self._add_internal.clicked.connect(self._on_internal)
        self._add_skills.clicked.connect(self._on_skills)
        self._add_expense.clicked.connect(self.add_expense)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        due = label(_("due"), "body", "text2")
        grid.addWidget(_caption(_("Homework"), self.homework), 0, 0)
        task = across(self.homework, due, self.due)
        task.setStretch(0, 1)
        grid.addLayout(task, 0, 1)
        grid.addWidget(_caption(_("Mileage"), self.mileage), 1, 0)
        way = across(self.mileage, self._unit, self._proposed, 0)
        for button in (self._add_internal, self._add_skills, self._add_expense):
            way.addWidget(button)
        grid.addLayout(way, 1, 1)
        self._internal_caption = _caption(_("Internal"), self.internal)
        grid.addWidget(self._internal_caption, 2, 0)
        grid.addWidget(self.internal, 2, 1)
        self._skills_caption = _caption(_("Skills"), self.skills)
        grid.addWidget(self._skills_caption, 3, 0)
        grid.addWidget(self.skills, 3, 1)
        grid.addWidget(holder(self._expense_rows), 4, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, 64)
        self.setLayout(grid)

    def _fold(self, draft: Draft) -> None:
        """Show what is rarely needed only once it is used."""
        with_note = bool(draft.internal) or self.internal.hasFocus()
        self._show_internal(on=with_note)
        with_skills = bool(draft.skills) or self.skills.hasFocus()
        self._show_skills(on=with_skills)

    def _show_internal(self, *, on: bool) -> None:
        self.internal.setVisible(on)
        self._internal_caption.setVisible(on)
        self._add_internal.setVisible(not on)

    def _show_skills(self, *, on: bool) -> None:
        self.skills.setVisible(on)
        self._skills_caption.setVisible(on)
        self._add_skills.setVisible(not on)

    def _new_expense(self) -> ExpenseRow:
        row = ExpenseRow(self._formats)
        row.edited.connect(self._on_words)
        self._expenses.append(row)
        self._expense_rows.addWidget(row)
        return row

    def _on_edited(self, _value: object) -> None:
        self.edited.emit()

    def _on_words(self) -> None:
        self.edited.emit()

    def _on_internal(self) -> None:
        self._show_internal(on=True)
        self.internal.setFocus()

    def _on_skills(self) -> None:
        self._show_skills(on=True)
        self.skills.setFocus()


def _caption(words: str, field: QWidget) -> QWidget:
    made = label(words, "body", "text2")
    made.setBuddy(field)
    return made


def _others(draft: Draft, tutor_id: int) -> dict[int, str]:
    return {key: typed for key, typed in draft.mileage.items() if key != tutor_id}
