"""What can be asked about tutors, and what is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.models.values.payroll import Engagement, HolidayBasis
from app.models.values.people import TravelMeans, TutorStatus
from app.models.values.schedule import PlaceKind
from app.models.values.unchanged import UNCHANGED, Unchanged


@dataclass(frozen=True, slots=True)
class Teaches:
    """A subject a tutor teaches; None leaves the range of levels open there."""

    subject_id: int
    from_level_id: int | None = None
    to_level_id: int | None = None


@dataclass(frozen=True, slots=True)
class AddTutor:
    """A request to keep a new tutor; the columns are those of the tutor."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    status: TutorStatus = TutorStatus.ACTIVE
    engagement: Engagement = Engagement.EMPLOYEE
    account: str = ""
    means: TravelMeans = TravelMeans.CAR
    speed_kmh: int | None = None
    home_place_id: int | None = None
    gap_minutes: int = 0
    weekly_limit_minutes: int | None = None
    weekly_target_minutes: int | None = None
    languages: tuple[str, ...] = ()
    place_kinds: tuple[PlaceKind, ...] = ()
    colour: int = 0
    holiday_percent: Decimal | None = None
    holiday_basis: HolidayBasis = HolidayBasis.PAY
    teaches: tuple[Teaches, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeTutor:
    """A request to change a tutor; what is taught has a way of its own."""

    tutor_id: int
    version: int
    name: str | Unchanged = UNCHANGED
    email: str | Unchanged = UNCHANGED
    phone: str | Unchanged = UNCHANGED
    address: str | Unchanged = UNCHANGED
    status: TutorStatus | Unchanged = UNCHANGED
    engagement: Engagement | Unchanged = UNCHANGED
    account: str | Unchanged = UNCHANGED
    means: TravelMeans | Unchanged = UNCHANGED
    speed_kmh: int | Unchanged | None = UNCHANGED
    home_place_id: int | Unchanged | None = UNCHANGED
    gap_minutes: int | Unchanged = UNCHANGED
    weekly_limit_minutes: int | Unchanged | None = UNCHANGED
    weekly_target_minutes: int | Unchanged | None = UNCHANGED
    languages: tuple[str, ...] | Unchanged = UNCHANGED
    place_kinds: tuple[PlaceKind, ...] | Unchanged = UNCHANGED
    colour: int | Unchanged = UNCHANGED
    holiday_percent: Decimal | Unchanged | None = UNCHANGED
    holiday_basis: HolidayBasis | Unchanged = UNCHANGED


@dataclass(frozen=True, slots=True)
class SetTeaches:
    """A request that a tutor teaches exactly this.

    Attributes:
        former: what was looked at; when it is something else by now, nothing is
            set. None asks for no such guard.
    """

    tutor_id: int
    teaches: tuple[Teaches, ...]
    former: tuple[Teaches, ...] | None = None


@dataclass(frozen=True, slots=True)
class AddDocument:
    """A request to keep a paper of a tutor."""

    tutor_id: int
    kind: str
    issued_on: date | None = None
    expires_on: date | None = None
    for_minors: bool = False
    attachment_id: int | None = None


@dataclass(frozen=True, slots=True)
class TutorRow:
    """A tutor with every column; pay is told by payroll only."""

    tutor_id: int
    version: int
    name: str
    status: TutorStatus
    email: str
    phone: str
    address: str
    engagement: Engagement
    account: str
    means: TravelMeans
    speed_kmh: int | None
    home_place_id: int | None
    gap_minutes: int
    weekly_limit_minutes: int | None
    weekly_target_minutes: int | None
    languages: tuple[str, ...]
    place_kinds: tuple[PlaceKind, ...]
    colour: int
    holiday_percent: Decimal | None
    holiday_basis: HolidayBasis
    teaches: tuple[Teaches, ...]
    is_archived: bool


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A paper of a tutor."""

    document_id: int
    version: int
    tutor_id: int
    kind: str
    issued_on: date | None
    expires_on: date | None
    for_minors: bool
    attachment_id: int | None
