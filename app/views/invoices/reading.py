"""Everything that the list of invoices shows, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values.schedule import local_date
from app.services.billing.ledger import FindDocuments
from app.services.billing.requests import InvoiceRunOf
from app.services.clock import Clock
from app.services.office import Office
from app.views.formats import Formats
from app.views.invoices.rows import InvoiceRow, draft_row, issued_row, last_month

MOST = 20_000  # documents that a list shows


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list shows.

    Attributes:
        has_issued: whether the office has ever issued a document.
        until_on: the last day of what the drafts are for.
    """

    rows: tuple[InvoiceRow, ...]
    has_issued: bool
    until_on: date


def read_list(office: Office, clock: Clock, formats: Formats) -> Listed:
    """Read what was issued, and what waits for the run of the last month."""
    today = local_date(clock.now(), formats.zone)
    documents = office.ledger.documents(FindDocuments(limit=MOST))
    first, last = last_month(today)
    drafts = office.invoices.drafts(InvoiceRunOf(first, last, today))
    rows = (
        *(draft_row(draft) for draft in drafts),
        *(issued_row(row, today) for row in documents),
    )
    return Listed(rows, bool(documents), last)
