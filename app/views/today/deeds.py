"""What a line of Today offers: a way to go, or an act that solves it in place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.views.tools import Link


class Act(StrEnum):
    """What is done in place."""

    CONFIRM = "confirm"
    FINISH_TASK = "finish_task"


@dataclass(frozen=True, slots=True)
class Deed:
    """The one thing that a line offers.

    Attributes:
        words: the verb on its button.
        link: where it leads, or nothing.
        act: what is done in place, or nothing.
        id: of the record that is acted on.
        version: of that record, as it was read.
    """

    words: str
    link: Link | None = None
    act: Act | None = None
    id: int = 0
    version: int | None = None
