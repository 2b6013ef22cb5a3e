"""What can be wrong with a placement or a wish."""

from __future__ import annotations

from app.models.values.errors import InputError, RuleError
from app.text import _


class NoStudentsError(InputError):
    """A placement of nobody."""

    def __init__(self) -> None:
        super().__init__(_("A placement needs a student; choose at least one."))


class StudentTwiceError(InputError):
    """A student is listed twice."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“{name}” is listed twice in this placement; keep one.").format(name=name)
        )


class TooManyStudentsError(RuleError):
    """More students than the offering's group holds."""

    def __init__(self, offering: str, size: int, students: int) -> None:
        super().__init__(
            _(
                "“{offering}” is for groups of at most {size}, not {students}; place "
                "fewer students or choose another offering."
            ).format(offering=offering, size=size, students=students)
        )


class AlreadyEndedError(RuleError):
    """A placement was to end a second time."""

    def __init__(self) -> None:
        super().__init__(_("This placement has ended already; make a new one instead."))


class WishOwnerError(InputError):
    """A wish of nobody, of two, or about nothing."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A wish is a student's or a family's, and about a tutor or a trait; "
                "give one of each."
            )
        )
