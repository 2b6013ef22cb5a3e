"""A clock that the sample office's story moves along."""

from __future__ import annotations

from datetime import datetime


class StoryClock:
    """Tells the time of the story; it never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """Tell the story's current instant, in UTC."""
        return self._now

    def go_to(self, moment: datetime) -> None:
        """Let time pass until a moment; an earlier one changes nothing."""
        self._now = max(self._now, moment)
