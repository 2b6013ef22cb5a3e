"""The ``chalkbook`` command: the office's chores without a window."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.cli.arguments import make_parser
from app.models.values.errors import OfficeError
from app.settings import SettingsError


def main(arguments: Sequence[str]) -> int:
    """Do one chore; 0 when all went well, 1 with one sentence when not, 2 if unclear.

    Args:
        arguments: what was typed after the program's name.
    """
    parser = make_parser()
    asked = parser.parse_args(arguments)
    if asked.verb is None:
        parser.print_help(sys.stderr)
        return 2
    try:
        return int(asked.carry_out(asked))
    except (OfficeError, SettingsError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)  # noqa: T201
        return 1
    except KeyboardInterrupt:
        print("Stopped; what was finished is kept.", file=sys.stderr)  # noqa: T201
        return 1
