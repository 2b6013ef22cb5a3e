"""Every question and every choice of a file, behind one seam that tests can script."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QPushButton, QWidget

from app.text import _


@dataclass(frozen=True, slots=True)
class Question:
    """Something final that is asked before it is done.

    Attributes:
        title: what is asked.
        consequence: what will follow, in full.
        answer: the verb on the button that does it.
        keep: the verb on the button that does not.
        is_danger: whether the safe button is the one that Enter presses.
    """

    title: str
    consequence: str
    answer: str
    keep: str = ""
    is_danger: bool = False


class Prompts(Protocol):
    """Asks the person."""

    def ask(self, parent: QWidget, question: Question, yes: Callable[[], None]) -> None:
        """Ask, and call ``yes`` if the person wants it."""

    def choose_file(
        self, parent: QWidget, title: str, kinds: str, chosen: Callable[[Path], None]
    ) -> None:
        """Have an existing file chosen, of kinds such as ``CSV (*.csv)``."""

    def choose_folder(
        self, parent: QWidget, title: str, chosen: Callable[[Path], None]
    ) -> None:
        """Have a folder chosen."""

    def name_file(
        self,
        parent: QWidget,
        title: str,
        proposed: str,
        kinds: str,
        chosen: Callable[[Path], None],
    ) -> None:
        """Have a new file named."""

    def choose_printer(
        self,
        parent: QWidget,
        title: str,
        printer: QPrinter,
        chosen: Callable[[], None],
    ) -> None:
        """Have a printer chosen and set up."""


class WindowPrompts:
    """Asks in windows of their own, without ever stopping the program."""

    def ask(self, parent: QWidget, question: Question, yes: Callable[[], None]) -> None:
        """Ask in a box whose buttons are verbs."""
        box = QMessageBox(parent)
        box.setWindowTitle(question.title)
        box.setText(question.title)
        box.setInformativeText(question.consequence)
        role = QMessageBox.ButtonRole
        kind = role.DestructiveRole if question.is_danger else role.AcceptRole
        do = box.addButton(question.answer, kind)
        keep = box.addButton(question.keep or _("Cancel"), role.RejectRole)
        do.setProperty("kind", "danger-filled" if question.is_danger else "primary")
        box.setDefaultButton(keep if question.is_danger else do)
        box.setEscapeButton(keep)
        box.finished.connect(box.deleteLater)
        answer = _Answer(box, do, yes)
        box.finished.connect(answer.on_finished)
        box.open()

    def choose_file(
        self, parent: QWidget, title: str, kinds: str, chosen: Callable[[Path], None]
    ) -> None:
        """Open the system's window of files."""
        dialog = QFileDialog(parent, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(kinds)
        _open(dialog, chosen)

    def choose_folder(
        self, parent: QWidget, title: str, chosen: Callable[[Path], None]
    ) -> None:
        """Open the system's window of folders."""
        dialog = QFileDialog(parent, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        _open(dialog, chosen)

    def name_file(
        self,
        parent: QWidget,
        title: str,
        proposed: str,
        kinds: str,
        chosen: Callable[[Path], None],
    ) -> None:
        """Open the system's window for saving."""
        dialog = QFileDialog(parent, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(kinds)
        dialog.selectFile(proposed)
        _open(dialog, chosen)

    def choose_printer(
        self,
        parent: QWidget,
        title: str,
        printer: QPrinter,
        chosen: Callable[[], None],
    ) -> None:
        """Open the system's window for printing."""
        dialog = QPrintDialog(printer, parent)
        dialog.setWindowTitle(title)
        dialog.accepted.connect(_Printer(dialog, chosen).on_accepted)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own wants a receiver named by text


class _Answer:
    """Waits for the button that was pressed; lives as long as its box."""

    def __init__(
        self, box: QMessageBox, do: QPushButton, yes: Callable[[], None]
    ) -> None:
        self._box, self._do, self._yes = box, do, yes
        box.setProperty("answer", self)

    def on_finished(self, _result: int) -> None:
        """Do it if that was pressed."""
        if self._box.clickedButton() is self._do:
            self._yes()


class _Choice:
    """Waits for the file that was chosen; lives as long as its dialog."""

    def __init__(self, dialog: QFileDialog, chosen: Callable[[Path], None]) -> None:
        self._chosen = chosen
        dialog.setProperty("choice", self)

    def on_selected(self, names: Sequence[str]) -> None:
        """Hand the first one on."""
        self._chosen(Path(names[0]))


class _Printer:
    """Waits for the printer that was chosen; lives as long as its dialog."""

    def __init__(self, dialog: QPrintDialog, chosen: Callable[[], None]) -> None:
        self._chosen = chosen
        dialog.setProperty("choice", self)

    def on_accepted(self) -> None:
        """Go on."""
        self._chosen()


def _open(dialog: QFileDialog, chosen: Callable[[Path], None]) -> None:
    dialog.finished.connect(dialog.deleteLater)
    dialog.filesSelected.connect(_Choice(dialog, chosen).on_selected)
    dialog.open()
