"""Things that cost time and that all processes of a test run share."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

FOLDER = "CHALKBOOK_TESTS_FOLDER"  # names the run's own folder, for all its processes

Fresh = Callable[[], str]  # makes an office of a test's own and names it


def once(name: str, make: Callable[[Path], object]) -> Path:
    """Give a file or folder that the first who asks makes; the others wait for it."""
    made = Path(os.environ[FOLDER]) / "made" / name
    making = made.with_name(f"making-{name}")
    making.parent.mkdir(exist_ok=True)
    while not made.exists():
        try:
            making.mkdir()
        except FileExistsError:
            time.sleep(0.1)
            continue
        try:
            if not made.exists():
                make(making / name)
                (making / name).rename(made)
        finally:
            for left in making.iterdir():
                left.unlink()
            making.rmdir()
    return made
