"""Lets the money that a session has made already follow when the session changes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from app.models.billing import Charge
from app.models.database import Transaction
from app.models.payroll import PayLine
from app.models.scheduling import Session
from app.models.values.schedule import local_date
from app.services.billing.locks import require_open
from app.services.charging.settling import settle as settle_charges
from app.services.desk import Desk, zone
from app.services.payroll.paying import settle as settle_pay
from app.services.scheduling.occupancy import in_batches


def follow_money(
    transaction: Transaction, desk: Desk, session_ids: Collection[int]
) -> None:
    """Settle the changed sessions for which something counts already.

    A session that is still ahead may be charged: in advance, or for one student who
    cancelled late. The charge's day, minutes and shares are those of the session.

    Raises:
        PeriodLockedError: The money is of a day in a locked period, or would be.
    """
    transaction.flush()
    here = zone(transaction)
    for session_id, days in sorted(_charged(transaction, session_ids).items()):
        session = transaction.get_one(Session, session_id)
        for day in sorted({*days, local_date(session.starts_at, here)}):
            require_open(transaction, day)
        settle_charges(transaction, desk, session_id)
        settle_pay(transaction, desk, session_id)


def _charged(
    transaction: Transaction, session_ids: Collection[int]
) -> dict[int, set[date]]:
    """Give the days of what counts, by session."""
    found: dict[int, set[date]] = {}
    for ids in in_batches(session_ids):
        for model in (Charge, PayLine):
            rows = transaction.execute(
                select(model.session_id, model.service_on).where(
                    model.session_id.in_(ids), model.live_key.is_not(None)
                )
            )
            for session_id, service_on in rows:
                if session_id is not None:
                    found.setdefault(session_id, set()).add(service_on)
    return found
