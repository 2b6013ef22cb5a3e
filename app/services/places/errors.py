"""What can be wrong with a place, a room or a way."""

from __future__ import annotations

from app.models.values.errors import InputError, RuleError
from app.text import _


class HalfCoordinatesError(InputError):
    """Only one of the two coordinates is there."""

    def __init__(self) -> None:
        super().__init__(
            _("A place needs both latitude and longitude, or neither; add the other.")
        )


class SamePlaceError(InputError):
    """A way from a place to itself."""

    def __init__(self) -> None:
        super().__init__(
            _("A way leads from one place to another; choose two different places.")
        )


class RoomNameTakenError(RuleError):
    """Two rooms of a place would have the same name."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "This place has a room “{name}” already; give the other one another "
                "name."
            ).format(name=name)
        )


class StillPlannedError(RuleError):
    """Something was to be archived while sessions are planned with it."""

    def __init__(self, name: str, sessions: int) -> None:
        super().__init__(
            _(
                "“{name}” cannot be archived, because planned sessions need it "
                "({sessions}); move or cancel them first."
            ).format(name=name, sessions=sessions)
        )
