"""A document in a window of its own, as large as there is room."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QWidget

from app.text import _
from app.views.papers.preview import PaperView
from app.views.papers.printing import PaperOut
from app.views.tools import Tools
from app.views.typography import scaled
from app.views.widgets.buttons import Button
from app.views.widgets.labels import ElideLabel
from app.views.widgets.laying import across, down

PAGE = 860  # px of width at which a page reads well


class LargePaper(QDialog):
    """Shows a document that is drawn already, or has it drawn.

    Attributes:
        view: the pages; ``show_paper`` or ``show_job`` fill it.
    """

    def __init__(
        self, parent: QWidget, tools: Tools, title: str, file_name: str
    ) -> None:
        super().__init__(parent)
        self._name, self._file = title, file_name
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        room = parent.window().size()
        self.resize(min(scaled(PAGE), room.width() * 8 // 10), room.height() * 9 // 10)
        self.view = PaperView(tools)
        self.out = PaperOut(tools, self)
        save = Button(_("Save PDF…"), "download")
        print_button = Button(_("Print…"), "printer")
        close = Button(_("Close"))
        save.clicked.connect(self._on_save)
        print_button.clicked.connect(self._on_print)
        close.clicked.connect(self.accept)
        column = down(
            ElideLabel(title, "panel"),
            self.view,
            across(save, print_button, 0, close),
            spacing=12,
            margins=(20, 16, 20, 16),
        )
        column.setStretch(1, 1)
        self.setLayout(column)
        self.finished.connect(self.deleteLater)
        self.view.pages.opened.connect(self.accept)

    def _on_save(self) -> None:
        if self.view.paper is not None:
            self.out.save_paper(self.view.paper, self._file)

    def _on_print(self) -> None:
        if self.view.paper is not None:
            self.out.print_paper(self.view.paper, self._name)
