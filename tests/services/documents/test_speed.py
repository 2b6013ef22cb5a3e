"""How fast one-page invoices are drawn, against ReportLab itself in the same run."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from time import perf_counter, process_time
from typing import Any, cast

import psutil
import pytest
from reportlab.pdfbase import pdfmetrics  # noqa: TID251  the floor that is measured
from reportlab.pdfbase.ttfonts import TTFont  # noqa: TID251
from reportlab.pdfgen.canvas import Canvas  # noqa: TID251

from app.resources import resource
from app.services.documents.rendering import Job, render
from tests.services.documents.samples import LETTERHEAD, invoice

COUNT = 120
ROUNDS = 5


def bare(
    number: int, regular: str = "Helvetica", strong: str = "Helvetica-Bold"
) -> None:
    """Draw the same amount of text with ReportLab's own calls."""
    first = cast("Any", regular)
    canvas = Canvas(io.BytesIO(), invariant=1, pageCompression=1, initialFontName=first)
    for row in range(14):
        canvas.setFont(strong if row % 2 else regular, 10)
        canvas.drawString(57, 780 - 14 * row, f"Address line {row} of {number}")
        canvas.drawRightString(538, 780 - 14 * row, f"Fact {row} of {number}")
    canvas.setFont(regular, 9)
    for row in range(8):
        y = 480 - 18 * row
        for x, text in ((57, f"Wed {row} Nov"), (120, "16:00-17:00, Anna Berg")):
            canvas.drawString(x, y, text)
        for x, text in ((400, "1.00"), (460, "48.00"), (538, f"{number}.00")):
            canvas.drawRightString(x, y, text)
        canvas.line(57, y - 4, 538, y - 4)
    canvas.showPage()
    canvas.save()


def ours(number: int) -> bytes:
    """Draw a one-page invoice with a code of its own."""
    total = 38400 + number
    value = replace(invoice(8), number=f"2026-{number}", total=total, open=total)
    return render(Job(value, LETTERHEAD, "en-GB", "DE"))


def rate(draw: Callable[[int], object], start: int) -> float:
    """Measure documents a second of the processor's time."""
    began = process_time()
    for number in range(start, start + COUNT):
        draw(number)
    return COUNT / (process_time() - began)


def ratio(one: Callable[[int], object], other: Callable[[int], object]) -> float:
    """Give the best of some rounds, both measured side by side."""
    one(0), other(0)
    return max(
        rate(one, COUNT * turn) / rate(other, COUNT * turn) for turn in range(ROUNDS)
    )


@pytest.mark.long
def test_half_as_fast_as_a_bare_canvas_at_least() -> None:
    assert ratio(ours, bare) >= 0.5


@pytest.mark.long
def test_much_faster_than_fonts_as_shipped() -> None:
    for weight in ("Regular", "SemiBold"):
        path = resource(f"fonts/documents/{weight}-latin.ttf")
        pdfmetrics.registerFont(TTFont(f"Shipped-{weight}", str(path)))

    def shipped(number: int) -> None:
        """Draw with fonts that are subset for every file."""
        bare(number, "Shipped-Regular", "Shipped-SemiBold")

    assert ratio(ours, shipped) >= 1.5  # already cut; whole fonts are slower still


def in_one(numbers: range) -> int:
    """Draw some invoices in a process of its own."""
    return sum(len(ours(number)) for number in numbers)


@pytest.mark.long
def test_two_processes_are_faster_than_one() -> None:
    if psutil.cpu_percent(interval=1) > 40 or (psutil.cpu_count() or 1) < 2:
        pytest.skip("there are no two free processors to measure with")
    halves = [range(1000), range(1000, 2000)]
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(in_one, [range(1), range(1)]))  # both have started
        best = 0.0
        for _turn in range(3):
            began = perf_counter()
            list(map(in_one, halves))
            alone = perf_counter() - began
            began = perf_counter()
            list(pool.map(in_one, halves))
            best = max(best, alone / (perf_counter() - began))
    assert best >= 1.5
