"""What can be wrong with what a tutor teaches."""

from __future__ import annotations

from app.models.values.errors import InputError
from app.text import _


class SubjectTwiceError(InputError):
    """A subject is listed twice for a tutor."""

    def __init__(self, subject: str) -> None:
        super().__init__(
            _(
                "“{subject}” is listed twice; keep one line with the whole range of "
                "levels."
            ).format(subject=subject)
        )


class LevelsError(InputError):
    """A range of levels that ends before it starts."""

    def __init__(self, subject: str, first: str, last: str) -> None:
        super().__init__(
            _(
                "For “{subject}” the level “{last}” comes before “{first}”; exchange "
                "the two levels."
            ).format(subject=subject, first=first, last=last)
        )
