"""Tells which sessions may not change any more, and why."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from app.models.billing import Charge
from app.models.closing import CloseOut
from app.models.database import Snapshot, Transaction
from app.models.payroll import PayLine
from app.models.scheduling import Session
from app.models.values.schedule import SessionStatus
from app.services.scheduling.occupancy import in_batches
from app.text import _

_OVER = {SessionStatus.HELD, SessionStatus.NO_SHOW}


def why_fixed(
    work: Snapshot | Transaction, session_ids: Collection[int]
) -> dict[int, str]:
    """Give the reason for each session that is closed out, invoiced, paid or off."""
    found: dict[int, str] = {}
    for ids in in_batches(session_ids):
        closed = select(CloseOut.session_id).where(CloseOut.session_id.in_(ids))
        invoiced = select(Charge.session_id).where(
            Charge.session_id.in_(ids),
            Charge.line_id.is_not(None),
            Charge.live_key.is_not(None),
        )
        paid = select(PayLine.session_id).where(
            PayLine.session_id.in_(ids),
            PayLine.statement_id.is_not(None),
            PayLine.live_key.is_not(None),
        )
        statuses = select(Session.id, Session.status).where(Session.id.in_(ids))
        for session_id, status in work.execute(statuses):
            if status.is_cancelled:
                found[session_id] = _("it is cancelled")
            elif status in _OVER:
                found[session_id] = _("it is closed out")
        for statement, why in (
            (closed, _("it is closed out")),
            (invoiced, _("it is invoiced")),
            (paid, _("its tutor was paid")),
        ):
            for row_id in work.scalars(statement):
                if row_id is not None:
                    found.setdefault(row_id, why)
    return found
