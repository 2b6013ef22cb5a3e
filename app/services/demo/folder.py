"""The folder of a sample office: built aside, put in place when it is whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from app.models.values.errors import InputError
from app.services.exporting.export import NotWrittenError
from app.text import _

FILE = "office.chalkbook"
SUMMARY = "summary.json"
_ASIDE = ".being-made"
_KEPT = ".before-demo"
# The summary is written last and taken away first, as it marks a whole sample.
_PARTS = (
    SUMMARY,
    FILE,
    *(f"{FILE}{end}" for end in ("-journal", "-wal", "-shm")),
    *("invoices", "pay", "schedules", "notes", "mail", "calendars"),
)


class FolderInUseError(InputError):
    """The folder holds something that no sample office was."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _(
                "“{folder}” holds an office that is not a sample, so nothing was made; "
                "choose another folder with --folder."
            ).format(folder=folder)
        )


@dataclass(frozen=True, slots=True)
class Site:
    """Where a sample is built, and where it shall lie."""

    folder: Path
    aside: Path

    def put_in_place(self) -> Path | None:
        """Move the whole sample in, and give where a former one is kept.

        A former sample that nobody has worked in goes; any other is moved beside the
        folder.

        Raises:
            NotWrittenError: The files cannot be moved.
        """
        try:
            former = _make_way(self.folder)
            for name in reversed(_PARTS):
                if (self.aside / name).exists():
                    (self.aside / name).rename(self.folder / name)
        except OSError as error:
            raise NotWrittenError(self.folder, error.strerror or str(error)) from error
        return former


@contextmanager
def site(folder: Path) -> Iterator[Site]:
    """Lay out a place to build in, in the folder itself; it goes away at the end.

    Raises:
        FolderInUseError: The folder holds an office that is no sample.
        NotWrittenError: The folder cannot be written.
    """
    aside = folder / _ASIDE
    try:
        if (folder / FILE).exists() and not (folder / SUMMARY).exists():
            raise FolderInUseError(folder)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(mode=0o700)
    except OSError as error:
        raise NotWrittenError(folder, error.strerror or str(error)) from error
    try:
        yield Site(folder, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _make_way(folder: Path) -> Path | None:
    there = [name for name in _PARTS if (folder / name).exists()]
    if not there:
        return None
    if _is_untouched(folder, there):
        for name in there:
            if (folder / name).is_dir():
                shutil.rmtree(folder / name)
            else:
                (folder / name).unlink()
        return None
    kept = _free_name(folder)
    kept.mkdir(mode=0o700)
    for name in there:
        shutil.move(folder / name, kept / name)
    return kept


def _is_untouched(folder: Path, there: list[str]) -> bool:
    """Say whether no part of a sample is newer than its summary, made last."""
    if SUMMARY not in there:
        return False
    made = (folder / SUMMARY).stat().st_mtime_ns
    files = (
        file
        for name in there
        for file in ((folder / name), *(folder / name).rglob("*"))
        if file.is_file()
    )
    return all(file.stat().st_mtime_ns <= made for file in files)


def _free_name(folder: Path) -> Path:
    for number in count(1):
        end = _KEPT if number == 1 else f"{_KEPT}-{number}"
        path = folder.with_name(f"{folder.name}{end}")
        if not path.exists():
            return path
    raise FolderInUseError(folder)
