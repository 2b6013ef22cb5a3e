"""Draws each kind of document: letters on upright pages, schedules on turned ones."""

from __future__ import annotations

from typing import Final

from app.services.documents import letter, listing, schedule
from app.services.documents.locale import locale_for
from app.services.documents.style import A4, LETTER
from app.services.documents.values import Letterhead, Listing, Schedule
from app.services.documents.wording import Document, content_of

_LETTER: Final = frozenset(("US", "CA", "MX", "PH", "CL", "CO", "VE"))


def draw_pdf(
    value: Document, letterhead: Letterhead, language: str, country: str
) -> bytes:
    """Draw a document as a PDF file."""
    locale = locale_for(language)
    page = LETTER if country in _LETTER else A4
    if isinstance(value, Schedule) and not value.as_list:
        return schedule.draw(value, letterhead, locale, page)
    if isinstance(value, Listing):
        return listing.draw(value, letterhead, locale, page)
    return letter.draw(content_of(value, locale), letterhead, locale, page)
