"""The speed budget, measured on this machine."""

from __future__ import annotations

import argparse
from importlib import import_module
from pathlib import Path
from typing import Any

import app
from app.cli.printing import print_json, say
from app.models.values.errors import UnavailableError
from app.text import _

SIZES = ("tiny", "small", "large")


class NoBenchError(UnavailableError):
    """The bench was not installed with the program."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The bench comes with Chalkbook's source only; "
                "run it from a checkout with: python3 start.py bench"
            )
        )


def bench(asked: argparse.Namespace) -> int:
    """Measure each job beside its bare floor and tell the ratios."""
    results = _running(Path(app.__file__).parents[1]).run(asked.size, asked.office)
    if asked.json:
        found = [result.plain() for result in results]
        print_json({"size": asked.size, "results": found})
        return 0
    say("How many times its bare floor each job takes; both ran in turn.")
    for result in results:
        say(result.line())
    return 0


def _running(root: Path) -> Any:  # noqa: ANN401  the bench is no part of the program
    """Find the bench beside the program.

    Raises:
        NoBenchError: It is not there.
    """
    if not (root / "bench" / "running.py").is_file():
        raise NoBenchError
    return import_module("bench.running")
