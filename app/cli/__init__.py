"""The ``chalkbook`` command: the office's chores without a window."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Protocol

from app.cli import sample
from app.cli.arguments import make_parser
from app.cli.printing import complain
from app.logs import log_file, logging_into
from app.models.values.errors import OfficeError
from app.settings import (
    LogLevel,
    Settings,
    SettingsError,
    chosen_office,
    settings_file,
)
from app.text import _

_log = logging.getLogger(__name__)


class NoWindowsError(OfficeError):
    """A window was asked for where there is no screen."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "There is no screen to open the desktop on; chalkbook --help lists "
                "what works without one."
            )
        )


class Windows(Protocol):
    """What shows an office on a screen; this package knows none of it."""

    def can_show(self) -> bool:
        """Say whether there is a screen."""

    def open(self, address: str) -> int:
        """Show an office until its window is closed."""

    def draw(self, sitting: sample.Sitting, asked: argparse.Namespace) -> int:
        """Draw an office's pages into files."""


def main(arguments: Sequence[str], windows: Windows | None = None) -> int:
    """Do one chore; 0 when all went well, 1 with one sentence when not, 2 if unclear.

    Args:
        arguments: what was typed after the program's name.
        windows: shows offices; without it only what needs no window can be done.
    """
    _speak_utf8()
    asked = make_parser().parse_args(arguments)
    try:
        with logging_into(log_file(), _log_level()):
            return _carried_out(asked, windows)
    except (OfficeError, SettingsError) as error:
        complain(str(error))
    except KeyboardInterrupt:
        complain("Stopped; what was finished is kept.")
    except BrokenPipeError:  # whoever read the answer went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _carried_out(asked: argparse.Namespace, windows: Windows | None) -> int:
    try:
        code = _code_of(asked, windows)
        sys.stdout.flush()
    except (OfficeError, SettingsError, BrokenPipeError):
        raise
    except Exception as error:  # noqa: BLE001  the last resort: a sentence for anything
        _log.exception("The verb “%s” failed.", asked.verb)
        complain(
            f"The program met a fault of its own ({type(error).__name__}) and stopped; "
            f"what was finished is kept. The details are in its log, “{log_file()}”."
        )
        return 1
    return code


def _code_of(asked: argparse.Namespace, windows: Windows | None) -> int:
    """Carry the verb out, in a window where it wants one."""
    if asked.verb is None:
        if windows is None or not windows.can_show():
            raise NoWindowsError
        return windows.open(asked.office or chosen_office())
    if asked.verb == "grab":
        if windows is None:
            raise NoWindowsError
        with sample.sitting_for(asked) as sitting:
            return windows.draw(sitting, asked)
    code = int(asked.carry_out(asked))
    if asked.verb == "demo" and not code and windows is not None:
        wants_window = not asked.headless and not asked.json
        if wants_window and windows.can_show():
            return windows.open(sample.address_of(asked))
    return code


def _log_level() -> LogLevel:
    try:
        return Settings.read(settings_file()).log_level
    except SettingsError:  # told where the settings are needed, not before
        return LogLevel.INFO


def _speak_utf8() -> None:
    """Print in UTF-8 whatever the terminal's habits are; never fail over a letter."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
