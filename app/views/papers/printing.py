"""Sends a drawn document to a printer, or keeps it as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from app.models.values.errors import OfficeError
from app.text import _
from app.views.papers.drawing import PRINT_DPI, Paper, pages_of, save
from app.views.tools import Tools


class PaperOut(QObject):
    """The ways of a document out of the program.

    Signals:
        done: A document was printed or kept; carries a sentence.
        failed: It was not; carries the error.
    """

    done = Signal(str)
    failed = Signal(object)

    def __init__(self, tools: Tools, parent: QWidget) -> None:
        super().__init__(parent)
        self._tools, self._window = tools, parent
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)

    def print_paper(self, paper: Paper, name: str) -> None:
        """Let a printer be chosen, and print."""
        self._set_up(paper, name)
        self._tools.prompts.choose_printer(
            self._window,
            _("Print {name}").format(name=name),
            self._printer,
            partial(self._start, paper.pdf),
        )

    def print_now(self, paper: Paper, name: str) -> None:
        """Print on the usual printer; where there is none, let one be chosen."""
        usual = QPrinterInfo.defaultPrinter()
        if usual.isNull():
            self.print_paper(paper, name)
            return
        self._set_up(paper, name)
        self._printer.setPrinterName(usual.printerName())
        self._start(paper.pdf)

    def _set_up(self, paper: Paper, name: str) -> None:
        self._printer.setDocName(name)
        way = QPageLayout.Orientation
        self._printer.setPageOrientation(
            way.Landscape if paper.shape < 1 else way.Portrait
        )

    def save_paper(self, paper: Paper, file_name: str) -> None:
        """Let a file be named, and write it."""
        self._tools.prompts.name_file(
            self._window,
            _("Save as PDF"),
            file_name,
            _("PDF (*.pdf)"),
            partial(self._save, paper.pdf),
        )

    def _save(self, pdf: bytes, path: Path) -> None:
        self._tools.jobs.errand(
            self,
            partial(save, path, pdf),
            done=self.tell_saved,
            failed=self.tell_failed,
        )

    def tell_saved(self, path: Path) -> None:
        """Tell that a file was written."""
        self.done.emit(_("Saved {name}.").format(name=path.name))

    def tell_failed(self, error: OfficeError) -> None:
        """Tell that it was not."""
        self.failed.emit(error)

    def _start(self, pdf: bytes) -> None:
        self._tools.jobs.errand(
            self,
            partial(pages_of, pdf, PRINT_DPI),
            done=self._on_pages,
            failed=self.tell_failed,
            words=_("Printing"),
        )

    def _on_pages(self, pages: tuple[QImage, ...]) -> None:
        with QPainter(self._printer) as painter:
            for number, page in enumerate(pages):
                if number:
                    self._printer.newPage()
                room = QRectF(painter.viewport())
                scale = min(room.width() / page.width(), room.height() / page.height())
                painter.drawImage(
                    QRectF(0, 0, page.width() * scale, page.height() * scale), page
                )
        self.done.emit(
            _("Sent {name} to the printer.").format(name=self._printer.docName())
        )
