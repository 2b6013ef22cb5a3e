"""Every document: valid, with its fonts inside, the same bytes each time."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields, is_dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

from app.services.documents.rendering import (
    Job,
    missing,
    plain_text,
    render,
    render_many,
)
from tests.services.documents.reading import fonts, pages, text, title
from tests.services.documents.samples import LETTERHEAD, every, invoice

KINDS = sorted(every())
LARGEST_PAGE = 50_000
CORPUS = Path(__file__).parents[4] / "shared" / "corpora" / "hostile" / "inputs.json"


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


@pytest.mark.long
def test_many_documents_are_drawn_in_order() -> None:
    jobs = [
        Job(replace(invoice(), number=f"2026-{number:04}"), LETTERHEAD, "en-GB", "DE")
        for number in range(520)
    ]
    found = render_many(jobs)
    assert [found[at] for at in (0, 260, 519)] == [
        render(jobs[at]) for at in (0, 260, 519)
    ]


def test_reportlab_is_loaded_with_the_first_document_only() -> None:
    code = (
        "import sys, app.services.documents.rendering, app.services.documents.naming;"
        "sys.exit('reportlab' in sys.modules)"
    )
    assert run([sys.executable, "-c", code], check=False).returncode == 0


def test_letter_is_for_america() -> None:
    sizes = {}
    for country in ("US", "DE"):
        job = Job(invoice(), LETTERHEAD, "en-US", country)
        sizes[country] = b"612 792" in render(job)
    assert sizes == {"US": True, "DE": False}


@pytest.mark.parametrize("kind", KINDS)
def test_the_plain_text_says_all_that_the_paper_says(kind: str) -> None:
    job = every()[kind]
    said = "".join(plain_text(job).split())
    shown = [word for page in pages(render(job)) for word in page.split()]
    figures = {word for word in shown if any(char.isdigit() for char in word)}
    hours = {f"{hour:02}:00" for hour in range(25)}  # beside the grid
    numbers = {f"{a + 1}" for a in range(len(pages(render(job))))}  # of pages
    for word in figures - hours - numbers:
        assert word in said


HOSTILE = [
    '<b>&" <img src="/etc/passwd"/> {curly} %s',
    "x" * 500,
    "word " * 100,
    "שלום עולם",
    "zero\u200bwidth\u202eright",
    "\x00\x07bell\n\rnew",
    "😀👍🏽 emoji",
    "Łódź Ωμέγα Жук Nguyễn 你好",
    "lone \ud800 half",
    "",
    "x" * 3_000_000,
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_any_text_can_be_drawn(hostile: str) -> None:
    job = Job(invoice(name=hostile), LETTERHEAD, "en-GB", "DE")
    content = render(job)
    assert "192.00" in text(content)
    fonts(content)


def everywhere(value: Any, hostile: str) -> Any:  # noqa: ANN401  any part of a value
    """Put a text into every text of a value but its currency."""
    if isinstance(value, str):
        return hostile
    if isinstance(value, tuple):
        return tuple(everywhere(part, hostile) for part in value)
    if not is_dataclass(value):
        return value
    changed = {
        field.name: everywhere(getattr(value, field.name), hostile)
        for field in fields(value)
        if field.name != "currency"
    }
    return replace(value, **changed)  # type: ignore[type-var]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("hostile", HOSTILE[:-1], ids=lambda text: ascii(text[:12]))
def test_any_text_can_stand_anywhere(kind: str, hostile: str) -> None:
    job = every()[kind]
    value = everywhere(job.value, hostile)
    letterhead = everywhere(job.letterhead, hostile)
    changed = replace(job, value=value, letterhead=letterhead)
    assert all(fonts(render(changed)).values())  # every font is embedded
    assert plain_text(changed).strip()


@pytest.mark.long
def test_hostile_inputs_are_drawn() -> None:
    if not CORPUS.exists():
        pytest.skip("the hostile inputs are not here")
    cases = json.loads(CORPUS.read_text("utf-8"))["cases"]
    texts = [case["input"] for case in cases if isinstance(case["input"], str)]
    for number, hostile in enumerate(texts):
        job = every()[KINDS[number % len(KINDS)]]
        drawn = render(replace(job, value=everywhere(job.value, hostile)))
        assert all(fonts(drawn).values())  # every font is embedded


def test_markup_is_drawn_literally() -> None:
    content = render(Job(invoice(name='<b>&"'), LETTERHEAD, "en-GB"))
    assert '<b>&"' in text(content)
    assert '<b>&"' in title(content)


def test_what_no_font_has_becomes_a_box_and_is_named() -> None:
    job = Job(invoice(name="你好 Łukasz"), LETTERHEAD, "en-GB")
    assert "□□ Łukasz" in text(render(job))
    assert missing(job) == "你好"
    assert missing(Job(invoice(), LETTERHEAD, "en-GB")) == ""
