"""Any printed document from its value: one way in, whatever kind it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from typing import Any, Final

from app.services.documents import values

Printed = (
    values.Invoice
    | values.CreditNote
    | values.Statement
    | values.PayStatement
    | values.Schedule
    | values.SessionNote
)
_MANY: Final = 500
_WORKERS: Final = 2
_LETTER: Final = ("US", "CA", "MX", "PH", "CL", "CO", "VE")


@dataclass(frozen=True, slots=True)
class Job:
    """A document to draw, with all that its drawing needs."""

    value: Printed
    letterhead: values.Letterhead
    locale: str
    country: str = ""


def render(job: Job) -> bytes:
    """Draw a document as a PDF file; the same job gives the same bytes."""
    from app.services.documents.locale import locale_for  # noqa: PLC0415  slow
    from app.services.documents.style import A4, LETTER  # noqa: PLC0415  slow

    page = LETTER if job.country in _LETTER else A4
    draw = _renderers()[type(job.value)]
    return draw(job.value, job.letterhead, locale_for(job.locale), page)


def render_many(jobs: Sequence[Job]) -> list[bytes]:
    """Draw many documents, in processes of their own where that pays."""
    if len(jobs) < _MANY:
        return [render(job) for job in jobs]
    with ProcessPoolExecutor(_WORKERS, get_context("spawn")) as pool:
        return list(pool.map(render, jobs, chunksize=50))


@cache
def _renderers() -> dict[type, Callable[..., bytes]]:
    from app.services.documents import (  # noqa: PLC0415  ReportLab is slow to import
        account,
        credit_note,
        invoice,
        pay_statement,
        schedule,
        session_note,
    )

    found: dict[type, Callable[..., Any]] = {
        values.Invoice: invoice.render,
        values.CreditNote: credit_note.render,
        values.Statement: account.render,
        values.PayStatement: pay_statement.render,
        values.Schedule: schedule.render,
        values.SessionNote: session_note.render,
    }
    return found
