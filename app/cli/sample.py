"""The sample office: made, told and counted."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.bootstrap import database_url
from app.cli.printing import print_json, say
from app.services.clock import Clock, SystemClock
from app.services.demo.clock import StoryClock
from app.services.demo.folder import FILE
from app.services.demo.making import make_sample
from app.services.demo.story import Stage

DEFAULT_FOLDER = Path("chalkbook-sample")


def demo(asked: argparse.Namespace) -> int:
    """Make the sample office and say what was made."""
    url = database_url(asked.office) if asked.office is not None else None
    folder = asked.folder.expanduser()
    summary = make_sample(folder, SystemClock().now(), Stage(asked.until), url)
    if asked.json:
        print_json(summary.plain())
        return 0
    say(f"The sample office lies in {summary.office}.")
    for name, count in summary.counts.items():
        say(f"  {name.replace('_', ' '):16} {count:>10}")
    for name, amount in summary.sums.items():
        say(f"  {name:16} {amount:>10}")
    for part in sorted(path for path in folder.iterdir() if path.is_dir()):
        say(f"  {len(list(part.iterdir())):>4} files in {part}")
    if summary.former is not None:
        say(f"The sample that lay there before is kept in {summary.former}.")
    say(f"Look at it with: chalkbook check --office {summary.office}")
    return 0


def address_of(asked: argparse.Namespace) -> str:
    """Name the office that a sample was made in."""
    folder: Path = asked.folder.expanduser()
    return str(asked.office or folder / FILE)


@dataclass(frozen=True, slots=True)
class Sitting:
    """An office that is drawn, and the clock on its wall."""

    address: str
    clock: Clock


@contextmanager
def sitting_for(asked: argparse.Namespace) -> Iterator[Sitting]:
    """Name the office that was asked for, or make a sample that goes away again.

    The sample is drawn as on an afternoon of today, whatever the hour is.
    """
    if asked.office:
        yield Sitting(str(asked.office), SystemClock())
        return
    afternoon = StoryClock(SystemClock().now().replace(hour=15, minute=37, second=8))
    with TemporaryDirectory(prefix="chalkbook") as name:
        folder = Path(name)
        make_sample(folder, afternoon.now(), Stage.PAYROLL, None)
        yield Sitting(str(folder / FILE), afternoon)
