"""The word for “leave this field as it is” in a change of a record."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Unchanged(Enum):
    """Stands in a change for a field that is not touched."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED
