"""Who may see whose pay."""

from __future__ import annotations

from app.services.desk import Desk
from app.services.payroll.errors import OtherPayError
from app.services.rights import is_own


def require_own(desk: Desk, tutor_id: int | None) -> None:
    """Refuse a tutor who asks for pay that is not the own.

    Raises:
        OtherPayError: It is somebody else's, or everybody's (None).
    """
    if not is_own(desk.actor, tutor_id):
        raise OtherPayError
