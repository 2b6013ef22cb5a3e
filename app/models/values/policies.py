"""The office's rules as data: one small class each, read as a sentence in Settings.

A rule has a default that holds until the office says otherwise. It may be set for the
whole office, an offering, a household or a tutor, always from a date on.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Self

from app.models.values.errors import InputError
from app.models.values.payroll import LARGEST_CLAIM
from app.text import _

_LARGEST = 100_000
_HIGHEST = {"up_to": LARGEST_CLAIM}


class PolicyValueError(InputError):
    """A value that a rule of the office cannot have."""

    def __init__(self, kind: str, field: str, value: object) -> None:
        words = _(
            "“{value}” cannot be the {field} of the policy “{kind}”; give a value of "
            "the kind shown there."
        )
        super().__init__(
            words.format(
                value=str(value)[:40],
                field=field.replace("_", " "),
                kind=kind.replace("_", " "),
            )
        )


@dataclass(frozen=True, slots=True)
class PolicyValue:
    """A rule of the office with its numbers."""

    kind: ClassVar[str]

    def to_plain(self) -> dict[str, Any]:
        """Write the rule's numbers as JSON values."""
        plain: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            plain[field.name] = f"{value:f}" if isinstance(value, Decimal) else value
        return plain

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Self:
        """Read the rule's numbers; what is left out keeps its default.

        Raises:
            PolicyValueError: A number is missing its meaning or out of range.
        """
        known = {field.name: field for field in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in plain.items():
            if name not in known or known[name].default is MISSING:
                raise PolicyValueError(cls.kind, name, value)
            values[name] = _like(cls.kind, name, known[name].default, value)
        return cls(**values)


def _like(kind: str, name: str, default: object, value: object) -> object:
    if isinstance(default, bool) or isinstance(value, bool):
        if isinstance(default, bool) and isinstance(value, bool):
            return value
    elif isinstance(default, Decimal):
        return _number(kind, name, value)
    elif value is None or isinstance(default, str):
        if isinstance(value, str) or (value is None and not isinstance(default, str)):
            return value
    elif isinstance(value, int) and 0 <= value <= _HIGHEST.get(name, _LARGEST):
        return value
    raise PolicyValueError(kind, name, value)


def _number(kind: str, name: str, value: object) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        raise PolicyValueError(kind, name, value) from None
    if not number.is_finite() or not 0 <= number <= _LARGEST:
        raise PolicyValueError(kind, name, value)
    return number


@dataclass(frozen=True, slots=True)
class LateCancel(PolicyValue):
    """Notice shorter than this is late, and costs and pays these percentages."""

    kind: ClassVar[str] = "late_cancel"
    notice_hours: Decimal = Decimal(24)
    charge: Decimal = Decimal(100)
    pay: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True)
class NoShow(PolicyValue):
    """Staying away costs and pays these percentages of the planned price and pay."""

    kind: ClassVar[str] = "no_show"
    charge: Decimal = Decimal(100)
    pay: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True)
class OfficeCancel(PolicyValue):
    """What a tutor gets, in percent of the planned pay, when the office cancels."""

    kind: ClassVar[str] = "office_cancel"
    pay: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class MissedUsesPackage(PolicyValue):
    """Whether missed sessions use up a package."""

    kind: ClassVar[str] = "missed_uses_package"
    yes: bool = True


@dataclass(frozen=True, slots=True)
class MakeUp(PolicyValue):
    """Whether a late cancellation gives a make-up credit instead of a charge."""

    kind: ClassVar[str] = "make_up"
    instead_of_charge: bool = False
    expires_days: int = 60


@dataclass(frozen=True, slots=True)
class Approval(PolicyValue):
    """What waits until the office has approved a close-out.

    Attributes:
        review: whether somebody has to look a close-out through before.
    """

    kind: ClassVar[str] = "approval"
    pay: bool = False
    invoices: bool = False
    notes: bool = False
    review: bool = False

    @property
    def holds_something(self) -> bool:
        """Say whether anything waits for the approval."""
        return self.pay or self.invoices or self.notes


@dataclass(frozen=True, slots=True)
class ClaimsApproved(PolicyValue):
    """Whether expenses count as approved as soon as they are claimed, and how much.

    What a tutor claims beyond, in money or in distance, waits for the office.

    Attributes:
        up_to: of one expense, minor units of the office's currency.
        up_to_distance: of one way, in the unit of the claim.
    """

    kind: ClassVar[str] = "claims_approved"
    at_once: bool = True
    up_to: int = 50_00
    up_to_distance: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True)
class FamilyNotes(PolicyValue):
    """When a note goes to the family: never, on_request, always, after_approval."""

    kind: ClassVar[str] = "family_notes"
    when: str = "on_request"


@dataclass(frozen=True, slots=True)
class CloseOutDue(PolicyValue):
    """By when a session must be closed out: working days later, at this hour."""

    kind: ClassVar[str] = "close_out_due"
    working_days: int = 1
    hour: int = 10


@dataclass(frozen=True, slots=True)
class FamilyContacts(PolicyValue):
    """How tutors see a family's phones and e-mail: shown, masked or hidden."""

    kind: ClassVar[str] = "family_contacts"
    show: str = "masked"


@dataclass(frozen=True, slots=True)
class CourseRefund(PolicyValue):
    """Whether leaving a course gives back the sessions not yet held."""

    kind: ClassVar[str] = "course_refund"
    on_leaving: bool = False


@dataclass(frozen=True, slots=True)
class PayWhenPaid(PolicyValue):
    """Whether tutors are paid only once the family's invoice is paid."""

    kind: ClassVar[str] = "pay_when_paid"
    yes: bool = False


POLICIES: dict[str, type[PolicyValue]] = {
    rule.kind: rule
    for rule in (
        LateCancel,
        NoShow,
        OfficeCancel,
        MissedUsesPackage,
        MakeUp,
        Approval,
        ClaimsApproved,
        FamilyNotes,
        CloseOutDue,
        FamilyContacts,
        CourseRefund,
        PayWhenPaid,
    )
}
