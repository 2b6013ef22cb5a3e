"""Words of what tutors earn."""

from __future__ import annotations

from enum import StrEnum

FARTHEST_WAY = 2_000  # km or miles of one claim
LARGEST_CLAIM = 10**10
"""The most of one expense, in minor units of whatever currency.

It only keeps slips of the keyboard out of the books. One figure serves all currencies:
it is a hundred million rupiah, whose minor unit is worth next to nothing, and as many
pounds, of which an office trusts its tutors with as few as its policy says.
"""


class PayPer(StrEnum):
    """What a pay rate is for."""

    HOUR = "hour"
    SESSION = "session"
    STUDENT_HOUR = "student_hour"
    PERCENT = "percent"


class PayLevel(StrEnum):
    """Where a pay rate was found, strongest first."""

    SESSION = "session"
    PLACEMENT = "placement"
    TUTOR_OFFERING = "tutor_offering"
    TUTOR_SUBJECT = "tutor_subject"
    TUTOR = "tutor"
    OFFERING = "offering"
    OFFICE = "office"


class PayKind(StrEnum):
    """What a pay line is for."""

    SESSION = "session"
    NO_SHOW = "no_show"
    LATE_CANCEL = "late_cancel"
    PREPARATION = "preparation"
    TRAVEL_TIME = "travel_time"
    MILEAGE = "mileage"
    EXPENSE = "expense"
    OTHER_WORK = "other_work"
    HOLIDAY = "holiday"
    ADJUSTMENT = "adjustment"


class PayRunState(StrEnum):
    """How far a pay run has come; approved ones are locked."""

    OPEN = "open"
    CHECKED = "checked"
    APPROVED = "approved"
    PAID = "paid"

    @property
    def is_locked(self) -> bool:
        """Say whether the run's lines stand for ever."""
        return self in {PayRunState.APPROVED, PayRunState.PAID}


class Engagement(StrEnum):
    """How a tutor works for the office."""

    EMPLOYEE = "employee"
    CONTRACTOR = "contractor"


class HolidayBasis(StrEnum):
    """What holiday pay is a percentage of."""

    PAY = "pay"
    HOURS = "hours"


class DistanceUnit(StrEnum):
    """In what distances are claimed."""

    MILE = "mile"
    KILOMETRE = "km"
