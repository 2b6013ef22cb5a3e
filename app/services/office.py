"""The whole office: every service, in one hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.models.values.actors import Actor
from app.models.values.changes import Listener
from app.services.desk import Desk
from app.services.policies import Policies


@dataclass(frozen=True, slots=True)
class Office:
    """Every service, ready to use, and a way to hear of changes."""

    policies: Policies
    listen: Callable[[Listener], None]
    acting_as: Callable[[Actor], Office]
    close: Callable[[], None]


def furnish(desk: Desk) -> Office:
    """Make every service for one desk."""

    def acting_as(actor: Actor) -> Office:
        """Give the same office with another person at the desk."""
        return furnish(desk.sat_at_by(actor))

    return Office(
        policies=Policies(desk),
        listen=desk.database.listen,
        acting_as=acting_as,
        close=desk.database.close,
    )
