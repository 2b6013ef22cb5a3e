"""Why a price cannot be told, or a change of it is refused."""

from __future__ import annotations

from datetime import date

from app.models.values.errors import RuleError
from app.text import _


class UnpricedError(RuleError):
    """What a place in a session costs, or whom, cannot be told yet."""


class MissingRateError(UnpricedError):
    """No price holds for an offering on a day."""

    def __init__(self, offering: str, on: date) -> None:
        super().__init__(
            _(
                "“{offering}” has no price that holds on {on:%d %b %Y}; set one for "
                "the offering, the family, the placement or the session."
            ).format(offering=offering, on=on)
        )


class NoPayerError(UnpricedError):
    """A household has nobody who pays."""

    def __init__(self, household: str) -> None:
        super().__init__(
            _("“{household}” has no payer; add one to the family.").format(
                household=household
            )
        )


class MakeUpUsedError(RuleError):
    """A make-up credit cannot be taken back, because it was used."""

    def __init__(self, used_on: date) -> None:
        super().__init__(
            _(
                "The make-up credit of this session was already used on "
                "{used_on:%d %b %Y}; change that session first."
            ).format(used_on=used_on)
        )
