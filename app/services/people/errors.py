"""What can be wrong with a household, a student, a tutor or a placement."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from app.models.values.errors import InputError, RuleError
from app.text import _


class PercentsError(InputError):
    """The percents of the payers do not make the whole."""

    def __init__(self, total: Decimal) -> None:
        super().__init__(
            _(
                "The percents of the payers add up to {total}, not to 100; amounts are "
                "taken first, and the percents share all the rest."
            ).format(total=f"{total.normalize():f}")
        )


class ShareError(InputError):
    """A share that is no amount and no percent, or both."""

    def __init__(self, payer: str) -> None:
        super().__init__(
            _(
                "“{payer}” needs either an amount or a percent above zero, not both; "
                "give one of them."
            ).format(payer=payer)
        )


class ShareTwiceError(InputError):
    """A payer is listed twice."""

    def __init__(self, payer: str) -> None:
        super().__init__(
            _("“{payer}” is listed twice among the payers; keep one share.").format(
                payer=payer
            )
        )


class ShareOwnerError(InputError):
    """Shares were to be set for nothing, or for two things."""

    def __init__(self) -> None:
        super().__init__(
            _("Shares belong to a family or to a placement; name exactly one of them.")
        )


class ForeignPayerError(InputError):
    """A payer belongs to another household."""

    def __init__(self, payer: str) -> None:
        super().__init__(
            _(
                "“{payer}” is a payer of another family; choose one of this family's "
                "payers or add a new one."
            ).format(payer=payer)
        )


class BornLaterError(InputError):
    """A date of birth that has not come yet."""

    def __init__(self, born_on: date) -> None:
        super().__init__(
            _("{day} as date of birth lies in the future; correct the year.").format(
                day=born_on.isoformat()
            )
        )


class StillPlannedError(RuleError):
    """Somebody was to be archived while sessions are planned."""

    def __init__(self, name: str, sessions: int) -> None:
        super().__init__(
            _(
                "“{name}” cannot be archived, because sessions are still planned or "
                "not closed out ({sessions}); cancel, move or close them out first."
            ).format(name=name, sessions=sessions)
        )


class OpenBalanceError(RuleError):
    """Somebody was to be archived while money is open."""

    def __init__(self, name: str, amount: str) -> None:
        super().__init__(
            _(
                "“{name}” cannot be archived, because {amount} are still open; settle, "
                "credit or write them off first."
            ).format(name=name, amount=amount)
        )


class StillSharesError(RuleError):
    """A payer was to be archived while having a share."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _(
                "“{name}” cannot be archived while taking a share of charges; set the "
                "shares without this payer first."
            ).format(name=name)
        )


class NotArchivedError(RuleError):
    """Something was to be brought back that is in use."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“{name}” is not archived, so there is nothing to bring back.").format(
                name=name
            )
        )


class AlreadyArchivedError(RuleError):
    """Something was to be archived a second time."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("“{name}” is archived already; there is nothing left to do.").format(
                name=name
            )
        )


class HouseholdArchivedError(RuleError):
    """A student was to be brought back into an archived household."""

    def __init__(self, household: str) -> None:
        super().__init__(
            _("The family “{household}” is archived; bring it back first.").format(
                household=household
            )
        )
