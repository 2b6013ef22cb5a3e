"""What can be asked of the catalogue, and what is told about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.models.values.billing import PriceLevel, PricePer
from app.models.values.schedule import PlaceKind
from app.models.values.terms import PriceTerms
from app.models.values.unchanged import UNCHANGED, Unchanged


@dataclass(frozen=True, slots=True)
class AddTaxCode:
    """A request to keep a way in which things are taxed.

    Attributes:
        rate: percent.
        category: as on e-invoices: S standard, Z zero, E exempt, O outside, AE reverse.
        reason: the sentence printed where no tax is taken.
    """

    name: str
    rate: Decimal
    category: str = "S"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AddOffering:
    """A request to sell something; every other column as on the offering.

    Attributes:
        price: its default price, from the beginning; None where it has none yet.
    """

    name: str
    tax_code_id: int
    price: PriceTerms | None = None
    subject_id: int | None = None
    from_level_id: int | None = None
    to_level_id: int | None = None
    length_minutes: int = 60
    lengths: tuple[int, ...] = ()
    place_kinds: tuple[PlaceKind, ...] = ()
    group_size: int = 1
    buffer_before: int = 0
    buffer_after: int = 0
    notice_hours: int | None = None
    on_storefront: bool = False
    is_split: bool = False
    step_minutes: int = 1
    minimum_minutes: int | None = None
    minimum_amount: int | None = None
    pay_step_minutes: int = 1
    preparation_minutes: int = 0
    trial_amount: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeOffering:
    """A request to change an offering; its price has a way of its own."""

    offering_id: int
    version: int
    name: str | Unchanged = UNCHANGED
    tax_code_id: int | Unchanged = UNCHANGED
    subject_id: int | Unchanged | None = UNCHANGED
    from_level_id: int | Unchanged | None = UNCHANGED
    to_level_id: int | Unchanged | None = UNCHANGED
    length_minutes: int | Unchanged = UNCHANGED
    lengths: tuple[int, ...] | Unchanged = UNCHANGED
    place_kinds: tuple[PlaceKind, ...] | Unchanged = UNCHANGED
    group_size: int | Unchanged = UNCHANGED
    buffer_before: int | Unchanged = UNCHANGED
    buffer_after: int | Unchanged = UNCHANGED
    notice_hours: int | Unchanged | None = UNCHANGED
    on_storefront: bool | Unchanged = UNCHANGED
    is_split: bool | Unchanged = UNCHANGED
    step_minutes: int | Unchanged = UNCHANGED
    minimum_minutes: int | Unchanged | None = UNCHANGED
    minimum_amount: int | Unchanged | None = UNCHANGED
    pay_step_minutes: int | Unchanged = UNCHANGED
    preparation_minutes: int | Unchanged = UNCHANGED
    trial_amount: int | Unchanged | None = UNCHANGED


@dataclass(frozen=True, slots=True)
class SetPrice:
    """A request that a price holds from a day on.

    Exactly the ids that the level names are given: offering and offering tier an
    offering; household a household and an offering; placement and session theirs.

    Attributes:
        per: hour or session; None keeps what holds on that day.
        valid_from: None is from the beginning.
        former_id: the price row that was looked at; when another one holds on that
            day by now, nothing is set. None asks for no such guard.
    """

    level: PriceLevel
    amount: int
    offering_id: int | None = None
    household_id: int | None = None
    placement_id: int | None = None
    session_id: int | None = None
    per: PricePer | None = None
    tiers: Mapping[int, int] = field(default_factory=dict)
    valid_from: date | None = None
    former_id: int | None = None


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """A subject as lists show it."""

    subject_id: int
    version: int
    name: str
    is_archived: bool


@dataclass(frozen=True, slots=True)
class LevelRow:
    """A level as lists show it, in order of position."""

    level_id: int
    version: int
    name: str
    position: int
    is_archived: bool


@dataclass(frozen=True, slots=True)
class TaxCodeRow:
    """A tax code as lists show it."""

    tax_code_id: int
    version: int
    name: str
    rate: Decimal
    category: str
    reason: str
    is_archived: bool


@dataclass(frozen=True, slots=True)
class OfferingRow:
    """An offering with every column."""

    offering_id: int
    version: int
    name: str
    tax_code_id: int
    subject_id: int | None
    from_level_id: int | None
    to_level_id: int | None
    length_minutes: int
    lengths: tuple[int, ...]
    place_kinds: tuple[PlaceKind, ...]
    group_size: int
    buffer_before: int
    buffer_after: int
    notice_hours: int | None
    on_storefront: bool
    is_split: bool
    step_minutes: int
    minimum_minutes: int | None
    minimum_amount: int | None
    pay_step_minutes: int
    preparation_minutes: int
    trial_amount: int | None
    is_archived: bool


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price that was set, with its ids as on the request."""

    price_id: int
    level: PriceLevel
    offering_id: int | None
    household_id: int | None
    placement_id: int | None
    session_id: int | None
    per: PricePer
    amount: int
    tiers: Mapping[int, int]
    valid_from: date | None
