"""Why billing refuses something, each in one sentence."""

from __future__ import annotations

from datetime import date

from app.models.values.errors import InputError, RuleError
from app.models.values.money import plain_amount
from app.text import _


class OtherRequestError(RuleError):
    """A request's key was used before, for something else."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This request was made before with other contents; start it anew to "
                "carry it out."
            )
        )


class IssueDateError(RuleError):
    """A document was to be issued before the last one of its series."""

    def __init__(self, on: date, last: date) -> None:
        super().__init__(
            _(
                "The last document of this series is dated {last:%d %b %Y}, so none "
                "can be issued on {on:%d %b %Y}; choose that day or a later one."
            ).format(on=on, last=last)
        )


class SeriesStartedError(RuleError):
    """A number series that has documents was to be changed."""

    def __init__(self, prefix: str) -> None:
        super().__init__(
            _(
                "Documents were already issued in the series “{prefix}”; its numbers "
                "go on as they are, choose another prefix or year."
            ).format(prefix=prefix)
        )


class SamePrefixError(RuleError):
    """Two kinds of document were to share a prefix."""

    def __init__(self, prefix: str) -> None:
        super().__init__(
            _(
                "The other kind of document already uses the prefix “{prefix}”; choose "
                "another, so that no number is given twice."
            ).format(prefix=prefix)
        )


class NotPositiveError(InputError):
    """An amount, number or percentage that must be above zero."""

    def __init__(self, what: str) -> None:
        super().__init__(_("Give {what} of more than zero.").format(what=what))


class CreditedBeforeError(RuleError):
    """A line was already taken back."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "These lines of {number} were already taken back; look at the "
                "documents that amend it."
            ).format(number=number)
        )


class NotOnInvoiceError(InputError):
    """Lines or sessions were named that the invoice does not have."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "Some of the lines or sessions are not on {number}; choose from the "
                "lines of this invoice."
            ).format(number=number)
        )


class NotCreditableError(RuleError):
    """What was chosen gives nothing that a credit note could say."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "The chosen lines of {number} are themselves corrections or nothing; "
                "choose lines that charge something, or the whole invoice."
            ).format(number=number)
        )


class NotAnInvoiceError(RuleError):
    """A credit note was given where an invoice is needed."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} is a credit note; choose an invoice.").format(number=number)
        )


class OtherPayerError(RuleError):
    """An invoice of another account was named."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "{number} belongs to another payer's account; choose invoices of the "
                "payer whose money it is."
            ).format(number=number)
        )


class OtherCurrencyError(RuleError):
    """Money came in another currency than the household's."""

    def __init__(self, given: str, wanted: str) -> None:
        super().__init__(
            _(
                "This family's account is kept in {wanted}, not in {given}; enter what "
                "it came to in {wanted}."
            ).format(given=given, wanted=wanted)
        )


class TooMuchError(RuleError):
    """More was to be set against something than it has left."""

    def __init__(self, what: str, left: int, currency: str) -> None:
        super().__init__(
            _("{what} has only {left} {currency} left; give at most that.").format(
                what=what, left=plain_amount(left, currency), currency=currency
            )
        )


class NotOpenError(RuleError):
    """An invoice was named that has nothing open."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("Nothing is open on {number} any more.").format(number=number)
        )


class ReversedBeforeError(RuleError):
    """A payment was already reversed, or is itself a reversal."""

    def __init__(self) -> None:
        super().__init__(
            _("This payment was already reversed, or is a reversal; nothing is left.")
        )


class NothingLeftError(RuleError):
    """A package has nothing left to pay back."""

    def __init__(self, package: str) -> None:
        super().__init__(
            _("Nothing is left of the package “{package}” to pay back.").format(
                package=package
            )
        )


class CoveredOtherwiseError(RuleError):
    """A contract's minutes were given both as a pool and by student."""

    def __init__(self) -> None:
        super().__init__(
            _("Give the authorised minutes as a pool or by student, not both.")
        )


class EndBeforeStartError(RuleError):
    """A flat fee was to end before it began."""

    def __init__(self, first: date) -> None:
        super().__init__(
            _(
                "The flat fee began on {first:%d %b %Y}; end it on the day before that "
                "or later."
            ).format(first=first)
        )


class NotOfHouseholdError(InputError):
    """A student or payer of another household was named."""

    def __init__(self, household: str) -> None:
        super().__init__(
            _(
                "This student or payer does not belong to “{household}”; choose one "
                "who does."
            ).format(household=household)
        )


class OwnerMissingError(InputError):
    """A package for one student was bought for nobody."""

    def __init__(self, package: str) -> None:
        super().__init__(
            _("The package “{package}” is for one student; say for whom.").format(
                package=package
            )
        )


class NotAFunderError(InputError):
    """A contract was to be made with a family."""

    def __init__(self, household: str) -> None:
        super().__init__(
            _(
                "“{household}” is a family; a contract needs a funder, such as a "
                "school."
            ).format(household=household)
        )


class DiscountTermsError(InputError):
    """A discount needs a percentage or an amount."""

    def __init__(self) -> None:
        super().__init__(
            _("Give a percentage from 0 to 100 or an amount above zero, not both.")
        )


class FeeKindError(InputError):
    """A fee of a kind that only sessions, packages and the like make."""

    def __init__(self, kind: str) -> None:
        super().__init__(
            _(
                "A fee cannot be entered as “{kind}”; choose registration, materials, "
                "travel, late fee, discount or adjustment."
            ).format(kind=kind.replace("_", " "))
        )
