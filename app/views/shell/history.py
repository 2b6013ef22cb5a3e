"""The way back: which places were shown, and how they stood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.views.tools import Link

LONGEST = 50


@dataclass(frozen=True, slots=True)
class Stop:
    """A place that was shown, with its filter, selection and date."""

    link: Link
    standing: Mapping[str, str] = field(default_factory=dict)


class History:
    """Goes back and forward through the places that were shown."""

    def __init__(self) -> None:
        self._behind: list[Stop] = []
        self._ahead: list[Stop] = []

    @property
    def can_go_back(self) -> bool:
        """Say whether there was a place before."""
        return bool(self._behind)

    @property
    def can_go_forward(self) -> bool:
        """Say whether the person came back from somewhere."""
        return bool(self._ahead)

    def leave(self, stop: Stop) -> None:
        """Note the place that is left for a new one."""
        self._behind = [*self._behind, stop][-LONGEST:]
        self._ahead = []

    def back(self, stop: Stop) -> Stop:
        """Give the place before, noting the one that is left."""
        self._ahead.append(stop)
        return self._behind.pop()

    def forward(self, stop: Stop) -> Stop:
        """Give the place that was left by going back."""
        self._behind.append(stop)
        return self._ahead.pop()
