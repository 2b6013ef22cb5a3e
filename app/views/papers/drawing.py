"""Draws a document and gives its pages as pictures; made to run beside the window."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any

from PySide6.QtGui import QImage

from app.services.documents.rendering import Job, render
from app.services.printing.files import write_file

POINTS_PER_INCH = 72
SCREEN_DPI = 110.0
PRINT_DPI = 300.0
_one_at_a_time = Lock()  # the library that reads PDF files is not for many threads


@dataclass(frozen=True)
class Paper:
    """A drawn document.

    Attributes:
        pdf: the file, as it is printed and sent.
        pages: pictures of its pages.
    """

    pdf: bytes
    pages: tuple[QImage, ...]

    @cached_property
    def shape(self) -> float:
        """Give the height of the first page as a multiple of its width."""
        first = self.pages[0]
        return first.height() / max(1, first.width())


def draw(job: Job, dpi: float = SCREEN_DPI) -> Paper:
    """Draw a document with the renderer that prints it."""
    pdf = render(job)
    return Paper(pdf, pages_of(pdf, dpi))


def pages_of(pdf: bytes, dpi: float) -> tuple[QImage, ...]:
    """Give a file's pages as pictures."""
    from pypdfium2 import (  # type: ignore[import-untyped]  # noqa: PLC0415  slow
        PdfDocument,
    )

    with _one_at_a_time:
        document = PdfDocument(pdf)
        try:
            return tuple(
                _picture(document[number], dpi / POINTS_PER_INCH)
                for number in range(len(document))
            )
        finally:
            document.close()


def save(path: Path, pdf: bytes) -> Path:
    """Write a file and give its path.

    Raises:
        NotWrittenError: There is no room, or no right to write there.
    """
    write_file(path, pdf)
    return path


def _picture(page: Any, scale: float) -> QImage:  # noqa: ANN401  has no types
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    size = bitmap.width, bitmap.height, bitmap.stride
    made = QImage(bytes(bitmap.buffer), *size, QImage.Format.Format_RGBX8888)
    return made.copy()  # owns its pixels; the bitmap goes with the document
