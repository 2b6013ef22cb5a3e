"""What stands on each kind of document."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from app.services.documents.account import account_content
from app.services.documents.content import Content
from app.services.documents.credit_note import credit_note_content
from app.services.documents.invoice import invoice_content
from app.services.documents.listing import listing_content
from app.services.documents.locale import Locale, locale_for
from app.services.documents.pay_statement import pay_content
from app.services.documents.plain_text import written
from app.services.documents.reminder import reminder_content
from app.services.documents.session_note import session_note_content
from app.services.documents.timetable import timetable_content
from app.services.documents.values import (
    CreditNote,
    Invoice,
    Letterhead,
    Listing,
    PayStatement,
    Reminder,
    Schedule,
    SessionNote,
    Statement,
)

Document = (
    Invoice
    | CreditNote
    | Statement
    | Reminder
    | PayStatement
    | Schedule
    | SessionNote
    | Listing
)


def content_of(value: Document, locale: Locale) -> Content:
    """Say what stands on a document, whatever kind it is."""
    return _contents()[type(value)](value, locale)


@cache
def _contents() -> dict[type, Callable[..., Content]]:
    return {
        Invoice: invoice_content,
        CreditNote: credit_note_content,
        Statement: account_content,
        Reminder: reminder_content,
        PayStatement: pay_content,
        SessionNote: session_note_content,
        Schedule: timetable_content,
        Listing: listing_content,
    }


def text_of(value: Document, letterhead: Letterhead, locale: str) -> str:
    """Write a document as plain text."""
    return written(content_of(value, locale_for(locale)), letterhead)
