"""Who acts: a person at a desk, or the command line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do in the office."""

    OWNER = "owner"
    ADMINISTRATOR = "administrator"
    BOOKKEEPER = "bookkeeper"
    TUTOR = "tutor"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, as the journal names them."""

    name: str
    role: Role
    tutor_id: int | None = None

    @property
    def signature(self) -> str:
        """Sign the journal so that nobody passes for somebody of the same name."""
        if self.tutor_id is None:
            return self.name
        return f"{self.name} (tutor {self.tutor_id})"

    @property
    def is_office(self) -> bool:
        """Say whether the actor may do the office's work."""
        return self.role is not Role.TUTOR


COMMAND_LINE = Actor("command line", Role.OWNER)
