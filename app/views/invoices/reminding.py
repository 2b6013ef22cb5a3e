"""The letter that reminds a payer, seen before it is printed or kept."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QDialog, QWidget

from app.services.billing.reminders import FINAL, FRIENDLY, SECOND, RemindPayer
from app.services.documents.naming import file_name
from app.text import _
from app.views.invoices.paying import Payee, today_of
from app.views.papers.preview import PaperView
from app.views.papers.printing import PaperOut
from app.views.tools import Tools
from app.views.typography import scaled
from app.views.widgets.buttons import Button
from app.views.widgets.inputs import ComboBox, DateEdit
from app.views.widgets.labels import ElideLabel
from app.views.widgets.laying import across, down
from app.views.widgets.rows import Line

TIME_TO_PAY = timedelta(days=14)
PAGE = 760  # px of width at which the letter reads well
_LEVELS = (FRIENDLY, SECOND, FINAL)


class ReminderDialog(QDialog):
    """Shows a payer's reminder: how firm it is and by when to pay are chosen."""

    def __init__(self, parent: QWidget, tools: Tools, payee: Payee) -> None:
        super().__init__(parent)
        self._tools, self._payee = tools, payee
        title = _("Reminder to {payer}").format(payer=payee.name)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        room = parent.window().size()
        self.resize(min(scaled(PAGE), room.width() * 9 // 10), room.height() * 9 // 10)
        self._today = today_of(tools)
        self.level = ComboBox(_("Friendly"), _("Second"), _("Final"))
        self.level.setAccessibleName(_("How firm the letter is"))
        self.level.setMinimumWidth(scaled(128))
        self.pay_by = DateEdit(self._today + TIME_TO_PAY, tools.formats, self._today)
        self.pay_by.setAccessibleName(_("Pay by"))
        self.paper = PaperView(tools)
        self.out = PaperOut(tools, self)
        self.save = Button(_("Save PDF…"), "download")
        self.print_button = Button(_("Print…"), "printer")
        self._lay_out(title)
        self.level.currentIndexChanged.connect(self._on_level)
        self.pay_by.checked.connect(self._draw)
        self.paper.drawn.connect(self._on_drawn)
        self.save.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.finished.connect(self.deleteLater)
        self._draw()

    def _lay_out(self, title: str) -> None:
        close = Button(_("Close"))
        close.clicked.connect(self.accept)
        column = down(
            ElideLabel(title, "panel"),
            across(
                Line(_("Letter"), width=56),
                self.level,
                Line(_("Pay by"), width=56),
                self.pay_by,
                0,
            ),
            self.paper,
            across(self.save, self.print_button, 0, close),
            spacing=12,
            margins=(20, 16, 20, 16),
        )
        column.setStretch(2, 1)
        self.setLayout(column)

    def _draw(self) -> None:
        day = self.pay_by.day
        if day is None:
            self.paper.show_words(_("Choose the day to pay by."))
            return
        level = _LEVELS[self.level.currentIndex()]
        request = RemindPayer(self._payee.payer_id, self._today, day, level)
        self.paper.show_job(partial(self._tools.office.reminders.preview, request))

    def _on_level(self, _index: int) -> None:
        self._draw()

    def _on_drawn(self, paper: object) -> None:
        self.save.setEnabled(paper is not None)
        self.print_button.setEnabled(paper is not None)

    def _on_save(self) -> None:
        if self.paper.paper is not None:
            name = file_name("", self._payee.name, _("Reminder"))
            self.out.save_paper(self.paper.paper, name)

    def _on_print(self) -> None:
        if self.paper.paper is not None:
            self.out.print_paper(self.paper.paper, self.windowTitle())
