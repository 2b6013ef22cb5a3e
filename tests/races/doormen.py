"""What a start of the program does at the door of an office."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier

from PySide6.QtCore import QCoreApplication

from app.views.shell.single import FirstWindow


@dataclass(slots=True)
class _Line:
    barrier: Barrier | None = None


_line = _Line()


def line_up(barrier: Barrier) -> None:
    """Remember where all starts wait for each other."""
    _line.barrier = barrier


def come(address: str) -> bool:
    """Come to the door together with the others; say whether one was let in."""
    assert _line.barrier is not None
    application = QCoreApplication(sys.argv[:1])
    first = FirstWindow(address)
    _line.barrier.wait(60)
    is_in = first.stand()
    _line.barrier.wait(60)
    first.leave()
    del application
    return is_in
