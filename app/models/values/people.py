"""Words of the people of the office."""

from __future__ import annotations

from enum import StrEnum


class TutorStatus(StrEnum):
    """Where a tutor stands with the office."""

    APPLIED = "applied"
    CHECKED = "checked"
    RATES_AGREED = "rates_agreed"
    ACTIVE = "active"
    INACTIVE = "inactive"


class TravelMeans(StrEnum):
    """How somebody gets to a place."""

    CAR = "car"
    BICYCLE = "bicycle"
    FOOT = "foot"
    TRANSIT = "transit"


class ExceptionKind(StrEnum):
    """How a stretch of days differs from the week's pattern."""

    LEAVE = "leave"
    EXTRA = "extra"


class PreferenceKind(StrEnum):
    """How strongly somebody is wished for."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    EXCLUDED = "excluded"
    PINNED = "pinned"


class Trust(StrEnum):
    """Who books a tutor's sessions."""

    OFFICE_BOOKS = "office_books"
    TUTOR_PROPOSES = "tutor_proposes"
    TUTOR_BOOKS = "tutor_books"
