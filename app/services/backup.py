"""Backups of the whole office in one file, and putting one back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from app.models import copying
from app.services.clock import Clock


@dataclass(frozen=True, slots=True)
class Restored:
    """What restoring did.

    Attributes:
        former: the copy of the office that was there before, if there was one.
    """

    former: Path | None


def back_up(url: str, target: Path, clock: Clock) -> None:
    """Write the office at an address into one new file.

    Raises:
        NotReplacedError: Another kind of file has that name.
        UnavailableError: There is no room, or no right to write there.
    """
    copying.back_up(make_url(url), target, clock.now())


def restore(source: Path, url: str, clock: Clock) -> Restored:
    """Put a backup in the place of the office at an address.

    Raises:
        NoBackupError: There is no such file.
        NotABackupError: It is no backup.
        BrokenFileError: It is damaged.
    """
    return Restored(copying.restore(source, make_url(url), clock.now()))
