"""``python -m app`` and ``chalkbook``: read the verb and hand over."""

from __future__ import annotations

import sys

from app.cli import main


def run() -> int:
    """Carry out what the command line asks for and give the exit code."""
    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run())
