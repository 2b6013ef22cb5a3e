"""Words of what families owe and pay."""

from __future__ import annotations

from enum import StrEnum


class PriceBasis(StrEnum):
    """Whether prices are stated without or with tax."""

    NET = "net"
    GROSS = "gross"


class TaxRounding(StrEnum):
    """Where tax is rounded: once per document and rate, or on each line."""

    DOCUMENT = "document"
    LINE = "line"


class PricePer(StrEnum):
    """What a price is for."""

    HOUR = "hour"
    SESSION = "session"


class PriceLevel(StrEnum):
    """Where a price was found, strongest first."""

    SESSION = "session"
    PLACEMENT = "placement"
    HOUSEHOLD = "household"
    OFFERING_TIER = "offering_tier"
    OFFERING = "offering"
    CONTRACT = "contract"
    COURSE = "course"


class BillingModel(StrEnum):
    """How a household or placement is billed."""

    CONTRACT = "contract"
    PACKAGE = "package"
    FLAT_FEE = "flat_fee"
    ADVANCE = "advance"
    ARREARS = "arrears"


class ChargeKind(StrEnum):
    """What a charge is for."""

    SESSION = "session"
    NO_SHOW = "no_show"
    LATE_CANCEL = "late_cancel"
    PACKAGE = "package"
    COURSE = "course"
    FLAT_FEE = "flat_fee"
    REGISTRATION = "registration"
    MATERIALS = "materials"
    TRAVEL = "travel"
    LATE_FEE = "late_fee"
    INTEREST = "interest"
    DISCOUNT = "discount"
    ADJUSTMENT = "adjustment"


class Reason(StrEnum):
    """Why a session has no charge, or no pay line."""

    NOT_CLOSED = "not_closed"
    CANCELLED_IN_TIME = "cancelled_in_time"
    CANCELLED_BY_OFFICE = "cancelled_by_office"
    CANCELLED_BY_TUTOR = "cancelled_by_tutor"
    WAIVED = "waived"
    TRIAL = "trial"
    PACKAGE = "package"
    COURSE = "course"
    FLAT_FEE = "flat_fee"
    MAKE_UP = "make_up"
    CONTRACT = "contract"
    CREDITED = "credited"
    ZERO_PRICE = "zero_price"


class MoneyOutcome(StrEnum):
    """What an outcome means in money."""

    CHARGED_AND_PAID = "charged_and_paid"
    CHARGED_ONLY = "charged_only"
    PAID_ONLY = "paid_only"
    NEITHER = "neither"
    MAKE_UP = "make_up"


class ContractBasis(StrEnum):
    """What a funder's contract counts."""

    STUDENT_TIME = "student_time"
    SESSION_ONCE = "session_once"
    SESSION_TIMES_TUTORS = "session_times_tutors"


class Beyond(StrEnum):
    """Who pays what exceeds a contract's authorised minutes."""

    HOUSEHOLD = "household"
    NONE = "none"


class LotUnit(StrEnum):
    """What a package counts."""

    MINUTES = "minutes"
    SESSIONS = "sessions"


class LotOwner(StrEnum):
    """Whose sessions a package covers."""

    STUDENT = "student"
    HOUSEHOLD = "household"


class DocumentKind(StrEnum):
    """What kind of money document it is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class InvoiceStatus(StrEnum):
    """Where an issued document stands; overdue is derived from the clock."""

    ISSUED = "issued"
    PART_PAID = "part_paid"
    PAID = "paid"
    OVERDUE = "overdue"
    CREDITED = "credited"
    WRITTEN_OFF = "written_off"


class RunState(StrEnum):
    """How far a run of many steps has come."""

    STARTED = "started"
    DONE = "done"


class HouseholdKind(StrEnum):
    """Whether a paying client is a family or a funder such as a school."""

    FAMILY = "family"
    FUNDER = "funder"
