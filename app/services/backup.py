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
        SameFileError: It is the office's own name.
        NotReplacedError: Another kind of file has that name.
        NoFolderError: The folder is not there.
        UnavailableError: There is no room, or no right to write there.
    """
    copying.back_up(make_url(url), target, clock.now())


def restore(source: Path, url: str, clock: Clock, keep_in: Path) -> Restored:
    """Put a backup in the place of the office at an address.

    The former office is copied first: beside its file, or into ``keep_in`` if it lies
    on a server.

    Raises:
        NoBackupError: There is no such file.
        NotABackupError: It is no backup.
        DamagedBackupError: It is damaged.
        NewerFileError: A newer program made it.
        SameFileError: It is the office's own file.
        NotReplacedError: Another kind of file has the office's name.
    """
    return Restored(copying.restore(source, make_url(url), clock.now(), keep_in))
