"""Printing one-page invoices, beside a bare canvas that draws the same strings."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TypeAlias

from pypdfium2 import PdfDocument  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.resources import resource
from app.services.documents.rendering import Job, render
from bench.invoices import job
from bench.timing import Measured, compare

_FACE = "TTFont"
_KINDS = 10
Placed: TypeAlias = tuple[float, float, str]


def measure(invoices: int, repetitions: int) -> list[Measured]:
    """Measure the drawing of many invoices in one process, each a file in memory."""
    plain = [job(number, "GBP") for number in range(invoices)]
    coded = [job(number, "EUR") for number in range(invoices)]
    texts = [_strings(render(one)) for one in plain[:_KINDS]]
    pdfmetrics.registerFont(
        TTFont(_FACE, resource("fonts/documents/Regular-latin.ttf"))
    )
    what = f"print {invoices} one-page invoices"

    def beside(font: str, jobs: Sequence[Job], told: str, goal: float | None) -> None:
        """Compare with a canvas that draws in a font."""
        found.append(
            compare(
                f"{what}{told}",
                f"a canvas with the same strings in {font}",
                lambda: [_drawn(texts[n % _KINDS], font) for n in range(invoices)],
                lambda: [render(one) for one in jobs],
                goal=goal,
                repetitions=repetitions,
            )
        )

    found: list[Measured] = []
    beside("Helvetica", plain, "", 1 / 0.5)
    beside(_FACE, plain, "", 1 / 2.5)
    beside("Helvetica", coded, ", each with a payment code", None)
    return found


def _drawn(texts: Sequence[Placed], font: str) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setFont(font, 9)
    for x, y, text in texts:
        canvas.drawString(x, y, text)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _strings(content: bytes) -> list[Placed]:
    """Read back what is printed where."""
    document = PdfDocument(content)
    try:
        page = document[0].get_textpage()
        boxes = [page.get_rect(number) for number in range(page.count_rects())]
        return [
            (left, bottom, page.get_text_bounded(left, bottom, right, top).strip())
            for left, bottom, right, top in boxes
        ]
    finally:
        document.close()
