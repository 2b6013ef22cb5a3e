"""What can be typed after ``chalkbook``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from app import __version__
from app.cli import bench, care, money, sample
from app.services.demo.story import Stage

Verb = Callable[[argparse.Namespace], int]
if TYPE_CHECKING:
    Verbs: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  it has no public name


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of all verbs."""
    parser = argparse.ArgumentParser(
        prog="chalkbook",
        description="Runs a tutoring office, from the first request to the money.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument(
        "--office",
        metavar="FILE|URL",
        help="the office to open when no verb is given (default: your own office)",
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    _add_sample(verbs)
    _add_care(verbs)
    _add_money(verbs)
    _add_grab(verbs)
    _add_bench(verbs)
    return parser


def _add(verbs: Verbs, name: str, about: str, verb: Verb) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=about, description=about)
    parser.set_defaults(carry_out=verb)
    parser.add_argument(
        "--office",
        metavar="FILE|URL",
        help="the office's file or PostgreSQL address (default: your own office)",
    )
    return parser


def _with_json(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser


def _add_sample(verbs: Verbs) -> None:
    demo = _with_json(
        _add(verbs, "demo", "Make a sample office and run its month.", sample.demo)
    )
    demo.add_argument(
        "--folder",
        type=Path,
        default=sample.DEFAULT_FOLDER,
        metavar="DIR",
        help="where the office and its documents go (default: %(default)s); a sample "
        "that lies there and was worked in is kept as DIR.before-demo",
    )
    demo.add_argument(
        "--headless", action="store_true", help="do not open the desktop afterwards"
    )
    demo.add_argument(
        "--until",
        choices=[stage.value for stage in Stage],
        default=Stage.PAYROLL.value,
        help="the last step that is done (default: %(default)s)",
    )


def _add_care(verbs: Verbs) -> None:
    migrate = _add(
        verbs, "migrate", "Bring the office's tables up to date.", care.migrate
    )
    _with_json(migrate)
    check = _add(verbs, "check", "Check that the records are whole.", care.check)
    _with_json(check)
    backup = _add(verbs, "backup", "Write the office into one file.", care.back_up)
    backup.add_argument("file", type=Path, metavar="FILE")
    restore = _add(
        verbs, "restore", "Put a backup in the office's place.", care.restore
    )
    restore.add_argument("file", type=Path, metavar="FILE")
    export = _add(verbs, "export", "Write every record as CSV.", care.export)
    export.add_argument("folder", type=Path, metavar="DIR")


def _add_money(verbs: Verbs) -> None:
    for name, about, verb, the_day in (
        (
            "bill",
            "Issue the invoices of a period.",
            money.bill,
            "the day of issue that the invoices bear",
        ),
        (
            "pay",
            "Make and lock the pay run of a period.",
            money.pay,
            "the day of payment that the statements bear",
        ),
    ):
        parser = _with_json(_add(verbs, name, about, verb))
        _add_period(parser, the_day)
        parser.add_argument(
            "--dry-run", action="store_true", help="show it, but change nothing"
        )
        parser.add_argument(
            "--out", type=Path, metavar="DIR", help="write the documents here"
        )


def _add_period(parser: argparse.ArgumentParser, the_day: str) -> None:
    for option, name, about in (
        (
            "--from",
            "from_on",
            (
                "the first day of the period, such as 2026-11-01 (default: the first "
                "of the month of --to, or of the last full month)"
            ),
        ),
        (
            "--to",
            "until_on",
            "the last day of the period (default: the end of the month of --from)",
        ),
        ("--on", "on", f"{the_day} (default: today)"),
    ):
        parser.add_argument(option, dest=name, type=day, metavar="DATE", help=about)


def _add_grab(verbs: Verbs) -> None:
    grab = verbs.add_parser(
        "grab",
        help="Draw every page into PNG files.",
        description="Draw every page and state into PNG files, without a screen.",
    )
    grab.add_argument(
        "--office",
        metavar="FILE|URL",
        help="the office to draw (default: a sample office made for it)",
    )
    grab.add_argument("--out", type=Path, metavar="DIR", required=True)
    grab.add_argument("--theme", choices=("light", "dark"), default="light")
    grab.add_argument("--scale", type=float, default=1.0, metavar="FACTOR")
    grab.add_argument("--size", type=size, default=(1440, 900), metavar="WIDTHxHEIGHT")


def size(text: str) -> tuple[int, int]:
    """Read a size such as ``1440x900``."""
    width, _times, height = text.partition("x")
    try:
        return int(width), int(height)
    except ValueError:
        message = f"“{text}” is no size; write it as in 1440x900"
        raise argparse.ArgumentTypeError(message) from None


def _add_bench(verbs: Verbs) -> None:
    measure = _add(verbs, "bench", "Measure the speed of each job.", bench.bench)
    _with_json(measure)
    measure.set_defaults(office=None)
    measure.add_argument(
        "--size",
        choices=bench.SIZES,
        default="small",
        help="how large the measured office is (default: %(default)s)",
    )


def day(text: str) -> date:
    """Read a date such as ``2026-11-30``."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"“{text}” is no date; write it as 2026-11-30"
        raise argparse.ArgumentTypeError(message) from None
