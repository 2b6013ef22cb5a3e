"""Who may see whose pay."""

from __future__ import annotations

from app.services.desk import Desk
from app.services.payroll.errors import OtherPayError


def require_own(desk: Desk, tutor_id: int | None) -> None:
    """Refuse a tutor who asks for pay that is not the own.

    Raises:
        OtherPayError: It is somebody else's, or everybody's (None).
    """
    actor = desk.actor
    if not actor.is_office and (tutor_id is None or tutor_id != actor.tutor_id):
        raise OtherPayError
