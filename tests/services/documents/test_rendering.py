"""Every document: valid, with its fonts inside, the same bytes each time."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from app.services.documents.rendering import Job, render, render_many
from tests.services.documents.reading import fonts, pages, text, title
from tests.services.documents.samples import LETTERHEAD, every, invoice

KINDS = sorted(every())
LARGEST_PAGE = 50_000


@pytest.mark.parametrize("kind", KINDS)
def test_is_valid_and_carries_its_fonts(kind: str) -> None:
    content = render(every()[kind])
    found = fonts(content)
    assert found
    assert all(found.values())
    assert not any("Helvetica" in name for name in found)
    assert len(content) / len(pages(content)) <= LARGEST_PAGE


@pytest.mark.parametrize("kind", KINDS)
def test_gives_the_same_bytes_each_time(kind: str) -> None:
    assert render(every()[kind]) == render(every()[kind])


def test_gives_the_same_bytes_in_another_process() -> None:
    jobs = list(every().values())
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        elsewhere = list(pool.map(render, jobs))
    assert elsewhere == render_many(jobs)


def test_letter_is_for_america() -> None:
    sizes = {}
    for country in ("US", "DE"):
        job = Job(invoice(), LETTERHEAD, "en-US", country)
        sizes[country] = b"612 792" in render(job)
    assert sizes == {"US": True, "DE": False}


HOSTILE = [
    '<b>&" <img src="/etc/passwd"/> {curly} %s',
    "x" * 500,
    "word " * 100,
    "שלום עולם",
    "zero\u200bwidth\u202eright",
    "\x00\x07bell\n\rnew",
    "😀👍🏽 emoji",
    "Łódź Ωμέγα Жук Nguyễn 你好",
    "x" * 3_000_000,
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_any_text_can_be_drawn(hostile: str) -> None:
    job = Job(invoice(name=hostile), LETTERHEAD, "en-GB", "DE")
    content = render(job)
    assert "192.00" in text(content)
    fonts(content)


def test_markup_is_drawn_literally() -> None:
    content = render(Job(invoice(name='<b>&"'), LETTERHEAD, "en-GB"))
    assert '<b>&"' in text(content)
    assert '<b>&"' in title(content)


def test_what_no_font_has_becomes_a_box() -> None:
    content = render(Job(invoice(name="你好 Łukasz"), LETTERHEAD, "en-GB"))
    assert "□□ Łukasz" in text(content)
