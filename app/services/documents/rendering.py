"""Any printed document from its value: one way in, whatever kind it is.

ReportLab takes long to load, so it is loaded with the first document and not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Final

from app.services.documents import values

Printed = (
    values.Invoice
    | values.CreditNote
    | values.Statement
    | values.Reminder
    | values.PayStatement
    | values.Schedule
    | values.SessionNote
    | values.Listing
)
MANY: Final = 500  # from here on a second process saves more than its start costs
_WORKERS: Final = 2
_CHUNK: Final = 50


@dataclass(frozen=True, slots=True)
class Job:
    """A document to draw, with all that its drawing needs.

    Attributes:
        locale: the language and the forms of dates and numbers, such as ``en-GB``.
        country: two letters; decides between A4 and Letter paper.
    """

    value: Printed
    letterhead: values.Letterhead
    locale: str
    country: str = ""


def render(job: Job) -> bytes:
    """Draw a document as a PDF file; the same job gives the same bytes."""
    from app.services.documents.drawing import draw_pdf  # noqa: PLC0415  slow to load

    return draw_pdf(job.value, job.letterhead, job.locale, job.country)


def render_many(jobs: Sequence[Job], workers: int = _WORKERS) -> list[bytes]:
    """Draw many documents in order, in processes of their own where that pays."""
    if len(jobs) < MANY or workers < 2:  # noqa: PLR2004  one is no company
        return [render(job) for job in jobs]
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        return list(pool.map(render, jobs, chunksize=_CHUNK))


def plain_text(job: Job) -> str:
    """Write the same content as text, for a mail's body and for screen readers."""
    from app.services.documents.wording import text_of  # noqa: PLC0415  slow to load

    return text_of(job.value, job.letterhead, job.locale)


def missing(job: Job) -> str:
    """Give the characters that no font can draw; they would be printed as boxes."""
    from app.services.documents.lettering import (  # noqa: PLC0415  slow to load
        missing as missing_of,
    )

    return missing_of(plain_text(job))
