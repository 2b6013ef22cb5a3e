"""The chores that a day brings, done whenever somebody thinks of them."""

from __future__ import annotations

from dataclasses import dataclass

from app.services.billing.packages import Packages
from app.services.desk import Desk
from app.services.tasks import DueTasks, Tasks


@dataclass(frozen=True, slots=True)
class UpkeepDone:
    """What the chores found to do.

    Attributes:
        expired: how many bought packages ran out.
        tasks: which tasks the office's rules made, opened again or finished.
    """

    expired: int
    tasks: DueTasks


class Upkeep:
    """Lets packages run out and rules make their tasks; twice changes nothing."""

    def __init__(self, desk: Desk) -> None:
        self._packages, self._tasks = Packages(desk), Tasks(desk)

    def run(self) -> UpkeepDone:
        """Do what is due by now; each chore is whole by itself.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        return UpkeepDone(self._packages.expire_due(), self._tasks.make_due_tasks())
