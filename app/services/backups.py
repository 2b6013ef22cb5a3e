"""Backups that come by themselves: when one is due, which stay, what one holds.

A backup's name says when it was made, how far the journal had come and how its last
entry is known, so that nothing needs to be remembered elsewhere:
``office 2026-11-24 163000 #1234-5e884898.chalkbook``.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import platformdirs
from sqlalchemy import func, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError

from app.models import copying
from app.models.base import Model
from app.models.database import Database, Snapshot
from app.models.files import explained_files, file_url
from app.models.office import JournalEntry
from app.models.people import Household, Student, Tutor
from app.models.scheduling import Session
from app.models.schema import upgrade
from app.models.values.errors import OfficeError
from app.services.desk import Desk, profile

ENDING = ".chalkbook"
DAYS, WEEKS, MONTHS = 7, 4, 12  # how many of each kind stay
EVERY = timedelta(hours=1)  # between two backups of an office that changes
OLD = timedelta(days=3)  # after it without one people are warned
FAR = timedelta(days=60)  # between two signs of life, before a clock is believed
FREEZE = "keep every backup.txt"  # lies there after a restore, until it is taken away
_NAME = re.compile(r"(\d{4}-\d\d-\d\d \d{6}) #(\d+)(?:-([0-9a-f]{8}))?$")
_STAMP = "%Y-%m-%d %H%M%S"


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup in the folder of backups.

    Attributes:
        at: when it was made.
        sequence: the last entry of the journal in it.
        size: in bytes.
        mark: the beginning of that entry's chain; empty where the name lacks it.
    """

    path: Path
    at: datetime
    sequence: int
    size: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds, as it was found by really restoring it somewhere."""

    office: str
    households: int
    students: int
    tutors: int
    sessions: int
    last_change_at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How well the office is kept.

    Attributes:
        files: the backups, newest first.
        is_current: whether nothing was changed since the newest one.
        is_overdue: whether people should be warned.
        is_frozen: whether no old backup is thrown away, as after a restore.
    """

    folder: Path
    files: tuple[BackupFile, ...]
    is_current: bool
    is_overdue: bool
    is_frozen: bool


def folder_for(url: URL, home: Path) -> Path:
    """Name the folder of an office's backups.

    Args:
        url: the office's address.
        home: where programs keep things, for an office that lies on a server.
    """
    if url.get_backend_name() == "sqlite":
        path = Path(str(url.database))
        return path.with_name(f"{path.stem} backups")
    return home / f"{url.database} backups"


def to_throw_away(files: Iterable[BackupFile], now: datetime) -> list[BackupFile]:
    """List the backups that may go: 7 days, 4 weeks and 12 months stay.

    Of each day, week (Monday to Sunday) and month, in UTC, the newest one counts; the
    newest of all always stays. Only days, weeks and months with a backup are counted,
    and what lies in the future stays: no clock that is wrong makes a backup too old.
    """
    ordered = sorted(_until(files, now), key=_at, reverse=True)
    kept: set[Path] = {file.path for file in ordered[:1]}
    for most, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        seen: set[str] = set()
        for file in ordered:
            name = file.at.strftime(period)
            if name in seen or len(seen) >= most:
                continue
            seen.add(name)
            kept.add(file.path)
    return [file for file in ordered if file.path not in kept]


def files_in(folder: Path) -> tuple[BackupFile, ...]:
    """List the backups of a folder, newest first; other files are left alone."""
    with explained_files(folder):
        paths = list(folder.glob(f"*{ENDING}")) if folder.is_dir() else []
        found = [file for path in paths if (file := _read(path)) is not None]
    return tuple(sorted(found, key=_at, reverse=True))


def _read(path: Path) -> BackupFile | None:
    match = _NAME.search(path.stem)
    if match is None:
        return None
    try:
        at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    size = path.stat().st_size
    return BackupFile(path, at, int(match[2]), size, match[3] or "")


def _at(file: BackupFile) -> datetime:
    return file.at


def _until(files: Iterable[BackupFile], now: datetime) -> tuple[BackupFile, ...]:
    """Leave out what a clock that ran ahead has dated into the future."""
    return tuple(file for file in files if file.at <= now)


class Backups:
    """Keeps backups of the office without being asked; only the office's people may."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def usual_folder(self) -> Path:
        """Name the folder where this office's backups lie when nobody chose one."""
        home = platformdirs.user_data_path("chalkbook", appauthor=False)
        return folder_for(self._desk.database.url, home)

    def standing(self, folder: Path) -> Standing:
        """Tell how well the office is kept.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        files, now = files_in(folder), self._desk.now()
        with self._desk.snapshot() as snapshot:
            last = _last_entry(snapshot)
        is_current = any(map(last.is_last_of, files))
        past = _until(files, now)
        is_old = not past or now - past[0].at > OLD
        waits = last.at is not None and not is_current
        frozen = (folder / FREEZE).exists()
        return Standing(folder, files, is_current, is_old and waits, frozen)

    def back_up_if_due(self, folder: Path) -> BackupFile | None:
        """Make a backup if something changed, and throw away what is not to stay.

        Nothing is made within an hour of the last one.

        Raises:
            OfficeOnlyError: A tutor asked.
            UnavailableError: There is no room, or no right to write there.
        """
        standing = self.standing(folder)
        now = self._desk.now()
        past = _until(standing.files, now)
        if standing.is_current or (past and now - past[0].at < EVERY):
            return None
        return self.back_up(folder)

    def back_up(self, folder: Path) -> BackupFile:
        """Make a backup now, and throw away what is not to stay.

        Raises:
            OfficeOnlyError: A tutor asked.
            UnavailableError: There is no room, or no right to write there.
        """
        self._desk.require_office()
        now = self._desk.now()
        with self._desk.snapshot() as snapshot:
            last = _last_entry(snapshot)
        with explained_files(folder):
            folder.mkdir(parents=True, exist_ok=True)
        signs = [file.at for file in _until(files_in(folder), now)[:1]]
        if last.at is not None:
            signs.append(last.at)
        target = folder / f"office {now.strftime(_STAMP)} #{last}{ENDING}"
        copying.back_up(self._desk.database.url, target, now)
        if all(abs(now - sign) <= FAR for sign in signs):
            self._thin(folder, now)
        size = target.stat().st_size
        return BackupFile(target, now, last.sequence, size, last.mark)

    def look_into(self, file: Path) -> Contents:
        """Restore a backup into a place of its own, and tell what it holds.

        Raises:
            OfficeOnlyError: A tutor asked.
            NoBackupError: There is no such file.
            NotABackupError: It is no backup.
            DamagedBackupError: It is damaged.
            NewerFileError: A newer program made it.
        """
        self._desk.require_office()
        now = self._desk.now()
        with tempfile.TemporaryDirectory(prefix="chalkbook") as name:
            url = file_url(Path(name) / f"trial{ENDING}")
            trial = Database(url)
            try:
                copying.restore(file, trial.url, now, Path(name))
                upgrade(url, now)
                with trial.snapshot() as snapshot:
                    return _contents(snapshot)
            finally:
                trial.close()

    def holds_now(self) -> Contents:
        """Tell what the open office holds, to be set beside a backup.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with self._desk.snapshot() as snapshot:
            return _contents(snapshot)

    def restore(self, file: Path, folder: Path) -> Path | None:
        """Put a backup in the place of the open office, and keep every backup then.

        The office as it was is copied first, and the restored one gets a backup of its
        own. Whoever has it open must close it afterwards, because what their windows
        remember is no longer so.

        Args:
            file: the backup.
            folder: where backups lie; of an office on a server also the copy.

        Returns:
            The copy of the former office.

        Raises:
            OfficeOnlyError: A tutor asked.
            NoBackupError: There is no such file.
            NotABackupError: It is no backup.
            DamagedBackupError: It is damaged.
            NewerFileError: A newer program made it.
            UnavailableError: Another program keeps the office to itself.
        """
        self._desk.require_office()
        was_frozen = (folder / FREEZE).exists()
        self.freeze(folder)  # before, so that not even a crash loses a backup
        url, now = self._desk.database.url, self._desk.now()
        try:
            former = copying.restore(file, url, now, folder)
        except OfficeError:
            if not was_frozen:
                (folder / FREEZE).unlink(missing_ok=True)
            raise
        # Restored it is: what goes wrong from here on is met when it is opened again,
        # and must not let anybody go on with what was read of the former office.
        with suppress(OfficeError, SQLAlchemyError, OSError):
            upgrade(url.render_as_string(hide_password=False), now)
            self.back_up(folder)
        return former

    def freeze(self, folder: Path) -> None:
        """Keep every backup from now on, as after a restore that may turn out wrong.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with explained_files(folder):
            folder.mkdir(parents=True, exist_ok=True)
            text = "While this file is here, Chalkbook throws no backup away.\n"
            (folder / FREEZE).write_text(text, "utf-8")

    def thaw(self, folder: Path) -> None:
        """Throw old backups away again.

        Raises:
            OfficeOnlyError: A tutor asked.
        """
        self._desk.require_office()
        with explained_files(folder):
            (folder / FREEZE).unlink(missing_ok=True)
        self._thin(folder, self._desk.now())

    def _thin(self, folder: Path, now: datetime) -> Sequence[BackupFile]:
        if (folder / FREEZE).exists():
            return ()
        gone = to_throw_away(files_in(folder), now)
        with explained_files(folder):
            for file in gone:
                file.path.unlink(missing_ok=True)
        return gone


@dataclass(frozen=True, slots=True)
class _Last:
    """The journal's last entry, by which a backup is known to be of this office.

    After a restore its number comes again, its chain does not.
    """

    sequence: int = 0
    at: datetime | None = None
    mark: str = ""

    def __str__(self) -> str:
        """Write it as it stands in a backup's name."""
        return f"{self.sequence}-{self.mark}" if self.mark else f"{self.sequence}"

    def is_last_of(self, file: BackupFile) -> bool:
        """Say whether nothing was changed since a backup was made."""
        return (file.sequence, file.mark) == (self.sequence, self.mark)


def _last_entry(snapshot: Snapshot) -> _Last:
    row = snapshot.execute(
        select(JournalEntry.id, JournalEntry.at, JournalEntry.chain)
        .order_by(JournalEntry.id.desc())
        .limit(1)
    ).one_or_none()
    return _Last() if row is None else _Last(row.id, row.at, row.chain[:8])


def _contents(snapshot: Snapshot) -> Contents:
    def count(kind: type[Model]) -> int:
        """Count the rows of a table."""
        return int(snapshot.scalar(select(func.count()).select_from(kind)) or 0)

    return Contents(
        profile(snapshot).name,
        count(Household),
        count(Student),
        count(Tutor),
        count(Session),
        _last_entry(snapshot).at,
    )
