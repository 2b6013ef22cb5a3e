"""The kinds of error that are worth a sentence to the person at the desk."""

from __future__ import annotations


class OfficeError(Exception):
    """Something the person can understand and act on; its text is one sentence."""


class RuleError(OfficeError):
    """The request goes against a rule of the office."""


class InputError(RuleError):
    """Something that was typed or handed in cannot be right."""


class NotFoundError(OfficeError):
    """What was asked for is no longer there."""


class ConflictError(OfficeError):
    """Somebody else changed the same thing meanwhile."""


class RightsError(OfficeError):
    """The person may not do or see this."""


class UnavailableError(OfficeError):
    """Something outside the program did not answer or cannot be used."""
