"""What can be wrong with something in the catalogue."""

from __future__ import annotations

from app.models.values.billing import PriceLevel
from app.models.values.errors import InputError, RuleError
from app.text import _


class NameTakenError(RuleError):
    """Two records of a kind would have the same name."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(
            _(
                "There is a {what} “{name}” already, perhaps archived; use that one or "
                "write another name."
            ).format(what=what, name=name)
        )


class CategoryError(InputError):
    """A tax category that e-invoices do not know, or that does not fit the rate."""

    def __init__(self, category: str) -> None:
        super().__init__(
            _(
                "The tax category “{category}” does not fit; use S with a rate above "
                "zero, or Z, E, O or AE with a rate of zero."
            ).format(category=category[:8])
        )


class LengthNotOfferedError(InputError):
    """The usual length is not among the lengths to choose from."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            _(
                "The usual length of {minutes} minutes is not among the lengths "
                "offered; add it to them or choose one of them."
            ).format(minutes=minutes)
        )


class StepError(InputError):
    """A rounding step that the office's rules do not know."""

    def __init__(self, minutes: int) -> None:
        super().__init__(
            _(
                "Lengths are rounded up to 1, 5, 15 or 30 minutes, not {minutes}."
            ).format(minutes=minutes)
        )


class LevelOrderError(InputError):
    """A range of levels whose end lies before its start."""

    def __init__(self, first: str, last: str) -> None:
        super().__init__(
            _(
                "The level “{last}” comes before “{first}”; exchange the two levels."
            ).format(first=first, last=last)
        )


class PriceIdsError(InputError):
    """A price was to be set for other things than its level names."""

    def __init__(self, level: PriceLevel) -> None:
        super().__init__(
            _(
                "A price of the level “{level}” needs exactly: {needed}; give these "
                "and nothing else."
            ).format(level=level.value.replace("_", " "), needed=_NEEDED[level])
        )


class NoFormerPriceError(InputError):
    """A new price was to keep what it is for, but there is none before it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "No price holds here yet; say whether the new one is per hour or per "
                "session."
            )
        )


class TierError(InputError):
    """A tier that is for no number of students."""

    def __init__(self, students: int) -> None:
        super().__init__(
            _("A price for {students} students cannot be; give 1 or more.").format(
                students=students
            )
        )


class StillSoldError(RuleError):
    """Something was to be archived while it is still needed."""

    def __init__(self, name: str, needed: str) -> None:
        super().__init__(
            _(
                "“{name}” cannot be archived, because it is still needed: {needed}; "
                "end or change those first."
            ).format(name=name, needed=needed)
        )


_NEEDED = {
    PriceLevel.OFFERING: _("an offering"),
    PriceLevel.OFFERING_TIER: _("an offering"),
    PriceLevel.HOUSEHOLD: _("a family and an offering"),
    PriceLevel.PLACEMENT: _("a placement"),
    PriceLevel.SESSION: _("a session"),
    PriceLevel.CONTRACT: _("a contract, in its own form"),
    PriceLevel.COURSE: _("a course, in its own form"),
}
