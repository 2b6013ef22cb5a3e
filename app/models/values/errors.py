"""The kinds of error that are worth a sentence to the person at the desk."""

from __future__ import annotations

import re

LONGEST_QUOTE = 240  # letters of a path or name that a sentence echoes
_QUOTED = re.compile(f"“([^”]{{{LONGEST_QUOTE + 1},}})”")


class OfficeError(Exception):
    """Something the person can understand and act on; its text is one sentence.

    What it quotes at great length, such as a path, is shortened in the middle.
    """

    def __init__(self, sentence: str = "") -> None:
        super().__init__(shortened(sentence))


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


def shortened(sentence: str) -> str:
    """Leave out the middle of what a sentence quotes at great length."""
    half = LONGEST_QUOTE // 2
    return _QUOTED.sub(lambda part: f"“{part[1][:half]}…{part[1][-half:]}”", sentence)
