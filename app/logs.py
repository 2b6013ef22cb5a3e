"""The program's diary on this machine: what went wrong, with all details."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

from app.settings import LogLevel

LOG_FILE = "chalkbook.log"
MOST_BYTES = 1_000_000
OLD_FILES = 5
_PASSWORDS = (
    re.compile(r"(://[^/\s:@]*:)[^/\s]+(?=@)"),
    re.compile(r"(\bpassword\s*[=:]\s*['\"]?)[^'\"\s&]+", re.IGNORECASE),
)


class DiscreetFormatter(logging.Formatter):
    """Writes records with their tracebacks, but never a password of an address."""

    def format(self, record: logging.LogRecord) -> str:
        """Write one record."""
        return discreet(super().format(record))


def discreet(text: str) -> str:
    """Hide the passwords of addresses in a text."""
    for pattern in _PASSWORDS:
        text = pattern.sub(r"\1***", text)
    return text


def log_file() -> Path:
    """Give the place of this user's log."""
    folder = platformdirs.user_log_path("chalkbook", appauthor=False)
    return folder / LOG_FILE


class Diary(RotatingFileHandler):
    """Writes into a file that is made with the first record; never stops anybody."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  logging's
        """Go on without a record that cannot be written."""


@contextmanager
def logging_into(path: Path, level: LogLevel) -> Iterator[None]:
    """Write what is logged in the block into a file; old ones are kept, then dropped.

    Where it cannot be written, the program goes on without it.
    """
    diary = Diary(
        path, maxBytes=MOST_BYTES, backupCount=OLD_FILES, encoding="utf-8", delay=True
    )
    diary.setFormatter(
        DiscreetFormatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    )
    diary.setLevel(level.upper())
    root = logging.getLogger()
    former = root.level
    root.setLevel(diary.level)
    root.addHandler(diary)
    try:
        yield
    finally:
        root.removeHandler(diary)
        root.setLevel(former)
        diary.close()
