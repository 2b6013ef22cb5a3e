"""The ``chalkbook`` command: the office's chores without a window."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from app.cli.arguments import make_parser
from app.cli.printing import complain
from app.logs import log_file, logging_into
from app.models.values.errors import OfficeError
from app.settings import LogLevel, Settings, SettingsError, settings_file

_log = logging.getLogger(__name__)


def main(arguments: Sequence[str]) -> int:
    """Do one chore; 0 when all went well, 1 with one sentence when not, 2 if unclear.

    Args:
        arguments: what was typed after the program's name.
    """
    _speak_utf8()
    parser = make_parser()
    asked = parser.parse_args(arguments)
    if asked.verb is None:
        parser.print_help(sys.stderr)
        return 2
    try:
        with logging_into(log_file(), _log_level()):
            return _carried_out(asked)
    except (OfficeError, SettingsError) as error:
        complain(str(error))
    except KeyboardInterrupt:
        complain("Stopped; what was finished is kept.")
    except BrokenPipeError:  # whoever read the answer went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _carried_out(asked: argparse.Namespace) -> int:
    try:
        code = int(asked.carry_out(asked))
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
