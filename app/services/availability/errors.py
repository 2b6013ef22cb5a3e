"""What can be wrong with a week, leave or extra time."""

from __future__ import annotations

from datetime import datetime

from app.models.values.errors import InputError
from app.text import _


class OnePersonError(InputError):
    """A week was asked for nobody, or for two people."""

    def __init__(self) -> None:
        super().__init__(
            _("A week belongs to one tutor or one student; name exactly one of them.")
        )


class TimesError(InputError):
    """Leave or extra time that does not end after it starts."""

    def __init__(self, starts: datetime, ends: datetime) -> None:
        super().__init__(
            _(
                "The end, {ends}, does not lie after the start, {starts}; "
                "choose a later end."
            ).format(ends=f"{ends:%d %b %Y %H:%M}", starts=f"{starts:%d %b %Y %H:%M}")
        )


class WallClockError(InputError):
    """A time that is not a whole minute of the office's clock."""

    def __init__(self, wall: datetime) -> None:
        super().__init__(
            _(
                "{wall} is not a time of the office's clock; give a date with hours "
                "and minutes, without a zone and without seconds."
            ).format(wall=wall.isoformat())
        )
