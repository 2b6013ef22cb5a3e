"""What can be asked about households and students, and what is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.models.values.billing import BillingModel, HouseholdKind
from app.models.values.unchanged import UNCHANGED, Unchanged


@dataclass(frozen=True, slots=True)
class NewPayer:
    """A payer of a new household, with the share of its charges.

    Attributes:
        percent: of what the amounts leave; the percents of all payers make 100.
        amount: minor units per session, taken first.
    """

    name: str
    address: str = ""
    email: str = ""
    percent: Decimal | None = None
    amount: int | None = None
    tax_number: str = ""
    reference: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NewGuardian:
    """A contact of a household; phones in the order in which to call.

    Attributes:
        consents: the day of each consent by its kind.
    """

    name: str
    relation: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    channel: str = "email"
    may_see: bool = True
    may_collect: bool = False
    consents: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AddHousehold:
    """A request to keep a new household.

    Where no payer has a percent or an amount, the first pays everything.

    Attributes:
        currency: empty for the office's.
    """

    name: str
    currency: str = ""
    kind: HouseholdKind = HouseholdKind.FAMILY
    model: BillingModel = BillingModel.ARREARS
    payers: tuple[NewPayer, ...] = ()
    guardians: tuple[NewGuardian, ...] = ()
    notes: str = ""
    language: str = ""
    channel: str = "email"


@dataclass(frozen=True, slots=True)
class HouseholdAdded:
    """A household that was added, its payers and guardians as they were listed."""

    household_id: int
    payer_ids: tuple[int, ...]
    guardian_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ChangeHousehold:
    """A request to change a household; its currency stays."""

    household_id: int
    version: int
    name: str | Unchanged = UNCHANGED
    kind: HouseholdKind | Unchanged = UNCHANGED
    model: BillingModel | Unchanged = UNCHANGED
    notes: str | Unchanged = UNCHANGED
    language: str | Unchanged = UNCHANGED
    channel: str | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True)
class AddPayer:
    """A request to keep a further payer of a household, so far without a share."""

    household_id: int
    name: str
    address: str = ""
    email: str = ""
    tax_number: str = ""
    reference: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ChangePayer:
    """A request to change a payer; issued documents keep what they say."""

    payer_id: int
    version: int
    name: str | Unchanged = UNCHANGED
    address: str | Unchanged = UNCHANGED
    email: str | Unchanged = UNCHANGED
    tax_number: str | Unchanged = UNCHANGED
    reference: str | Unchanged = UNCHANGED
    phone: str | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True)
class AddGuardian:
    """A request to keep a further contact of a household, called last."""

    household_id: int
    name: str
    relation: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    channel: str = "email"
    may_see: bool = True
    may_collect: bool = False
    consents: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeGuardian:
    """A request to change a contact."""

    guardian_id: int
    version: int
    position: int | Unchanged = UNCHANGED
    name: str | Unchanged = UNCHANGED
    relation: str | Unchanged = UNCHANGED
    phones: tuple[str, ...] | Unchanged = UNCHANGED
    email: str | Unchanged = UNCHANGED
    channel: str | Unchanged = UNCHANGED
    may_see: bool | Unchanged = UNCHANGED
    may_collect: bool | Unchanged = UNCHANGED
    consents: Mapping[str, date] | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True)
class AddStudent:
    """A request to keep a new student of a household."""

    household_id: int
    name: str
    called: str = ""
    born_on: date | None = None
    school_year: str = ""
    needs: str = ""
    home_place_id: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeStudent:
    """A request to change a student."""

    student_id: int
    version: int
    name: str | Unchanged = UNCHANGED
    called: str | Unchanged = UNCHANGED
    born_on: date | Unchanged | None = UNCHANGED
    school_year: str | Unchanged = UNCHANGED
    needs: str | Unchanged = UNCHANGED
    home_place_id: int | Unchanged | None = UNCHANGED


@dataclass(frozen=True, slots=True)
class Share:
    """What a payer takes: an amount per session, or a percent of the rest."""

    payer_id: int
    percent: Decimal | None = None
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class SetShares:
    """A request that payers share from a day on, in this order.

    Attributes:
        valid_from: None is from the beginning.
        former: the shares that were looked at, of the same day; when others hold by
            now, nothing is set. None asks for no such guard.
    """

    shares: tuple[Share, ...]
    household_id: int | None = None
    placement_id: int | None = None
    valid_from: date | None = None
    former: tuple[Share, ...] | None = None


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """A household as lists show it; a tutor is told no payers and no model."""

    household_id: int
    version: int
    name: str
    kind: HouseholdKind
    currency: str
    model: BillingModel | None
    students: tuple[str, ...]
    payers: tuple[str, ...]
    is_archived: bool


@dataclass(frozen=True, slots=True)
class PayerRow:
    """A payer as the household's page shows it."""

    payer_id: int
    version: int
    name: str
    address: str
    email: str
    phone: str
    tax_number: str
    reference: str
    is_archived: bool


@dataclass(frozen=True, slots=True)
class GuardianRow:
    """A contact; for a tutor as plain as the office's policy allows."""

    guardian_id: int
    version: int
    position: int
    name: str
    relation: str
    phones: tuple[str, ...]
    email: str
    channel: str
    may_see: bool
    may_collect: bool
    consents: Mapping[str, date]
    is_archived: bool


@dataclass(frozen=True, slots=True)
class StudentRow:
    """A student as lists and forms show it."""

    student_id: int
    version: int
    household_id: int
    household: str
    name: str
    called: str
    school_year: str
    born_on: date | None
    needs: str
    home_place_id: int | None
    is_archived: bool


@dataclass(frozen=True, slots=True)
class HouseholdDetail:
    """Everything of one household; a tutor is told no payers, shares or notes."""

    row: HouseholdRow
    language: str
    channel: str
    notes: str
    payers: tuple[PayerRow, ...]
    shares: tuple[Share, ...]
    guardians: tuple[GuardianRow, ...]
    students: tuple[StudentRow, ...]
