"""The price by rate of a session, for tutors who get a percentage of it."""

from __future__ import annotations

from app.models.database import Snapshot, Transaction
from app.services.payroll.facts import SessionFacts


def price_by_rate(
    _work: Snapshot | Transaction, _session: SessionFacts, *, planned: bool
) -> int | None:
    """Give the price by rate; None while it is not known, which is listed."""
    return None
