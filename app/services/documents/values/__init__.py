"""What a service hands to a document: frozen, complete, already computed.

Money is a whole number of the currency's minor units, time a whole number of minutes;
dates and times of day are the office's. A document adds nothing up that a reader relies
on; it only lays out. Every text is drawn literally, whatever it contains, and an empty
one leaves its place out.
"""

from __future__ import annotations

from app.services.documents.values.billing import (
    CreditNote,
    Group,
    Invoice,
    Line,
    OpenItem,
    Package,
    Posting,
    Reminder,
    Statement,
    Tax,
)
from app.services.documents.values.listing import (
    ListedColumn,
    Listing,
)
from app.services.documents.values.office import (
    Entry,
    Letterhead,
    Party,
    Transfer,
)
from app.services.documents.values.pay import (
    Deduction,
    Earning,
    PaidSession,
    PayStatement,
)
from app.services.documents.values.teaching import (
    Schedule,
    SessionNote,
    Slot,
)

__all__ = [
    "CreditNote",
    "Deduction",
    "Earning",
    "Entry",
    "Group",
    "Invoice",
    "Letterhead",
    "Line",
    "ListedColumn",
    "Listing",
    "OpenItem",
    "Package",
    "PaidSession",
    "Party",
    "PayStatement",
    "Posting",
    "Reminder",
    "Schedule",
    "SessionNote",
    "Slot",
    "Statement",
    "Tax",
    "Transfer",
]
