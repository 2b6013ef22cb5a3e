"""What cannot be done with pay, each in one sentence."""

from __future__ import annotations

from datetime import date

from app.models.values.errors import (
    ConflictError,
    InputError,
    RightsError,
    RuleError,
)
from app.text import _


class OtherPayError(RightsError):
    """A tutor asked for somebody else's pay."""

    def __init__(self) -> None:
        super().__init__(
            _("You can see your own pay only; ask the office about anybody else's.")
        )


class OtherWeekError(RightsError):
    """A tutor asked for somebody else's week."""

    def __init__(self) -> None:
        super().__init__(
            _("You can see your own week only; ask the office about anybody else's.")
        )


class PayTermsError(InputError):
    """A rate of pay that cannot be meant."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("This rate of pay cannot be right: {what}.").format(what=what)
        )


class MileageTermsError(InputError):
    """A mileage rate that cannot be meant."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("This mileage rate cannot be right: {what}.").format(what=what)
        )


class PayEntryError(InputError):
    """An entry of pay that says too little or cannot be meant."""

    def __init__(self, what: str) -> None:
        super().__init__(_("This entry cannot be kept: {what}.").format(what=what))


class NoPayRateError(RuleError):
    """Time was entered for which no rate is agreed."""

    def __init__(self, tutor: str, kind: str, on: date) -> None:
        super().__init__(
            _(
                "There is no rate of pay for {kind} of {tutor} on {on:%d %b %Y}; set "
                "one first, or enter the amount."
            ).format(kind=kind.replace("_", " "), tutor=tutor, on=on)
        )


class EmployeesOnlyError(RuleError):
    """A deduction was to be taken off a contractor's pay."""

    def __init__(self, tutor: str) -> None:
        super().__init__(
            _(
                "{tutor} works as a contractor, whose remittance has no deductions; "
                "enter a negative adjustment with its reason."
            ).format(tutor=tutor)
        )


class ContractorsOnlyError(RuleError):
    """An invoice of an employed tutor was to be named."""

    def __init__(self, tutor: str) -> None:
        super().__init__(
            _(
                "{tutor} is employed and sends no invoices; only a contractor's "
                "statement names one."
            ).format(tutor=tutor)
        )


class TheirInvoiceError(RuleError):
    """A contractor's invoice was to be named by two statements."""

    def __init__(self, number: str, statement: str) -> None:
        super().__init__(
            _(
                "Pay statement {statement} names the invoice “{number}” already; "
                "give the number of another invoice."
            ).format(number=number, statement=statement)
        )


class MadeBySessionError(RuleError):
    """A line that comes from a close-out was to be taken back by hand."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This line comes from a session; correct the session's close-out and "
                "the line follows."
            )
        )


class NotLiveError(ConflictError):
    """A line was to be taken back that no longer counts."""

    def __init__(self) -> None:
        super().__init__(
            _("This line was taken back or replaced already; look at the list again.")
        )


class ClaimWithdrawnError(ConflictError):
    """A claim was to be decided that a correction took back."""

    def __init__(self) -> None:
        super().__init__(
            _("This claim was withdrawn by a correction; decide on the new one.")
        )


class PeriodError(InputError):
    """A period that ends before it starts."""

    def __init__(self, from_on: date, until_on: date) -> None:
        super().__init__(
            _(
                "The period from {from_on:%d %b %Y} to {until_on:%d %b %Y} ends before "
                "it starts; swap the dates."
            ).format(from_on=from_on, until_on=until_on)
        )


class RunStateError(RuleError):
    """A step of a pay run out of turn."""

    def __init__(self, state: str, step: str) -> None:
        super().__init__(
            _(
                "This pay run is {state}, so it cannot be {step}; a run is checked, "
                "then approved, then paid."
            ).format(state=state, step=step)
        )


class LaterRunError(RuleError):
    """A run was to be cancelled on which a later one builds."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _(
                "Pay statement {number} corrects this run already; cancel its run "
                "first, or correct the sessions instead."
            ).format(number=number)
        )
