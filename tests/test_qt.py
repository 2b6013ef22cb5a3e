"""The version of Qt for Python keeps count of the objects it hands out."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal

CALLS = 1000
OTHERS = 100  # references that may come and go meanwhile


class Bell(QObject):
    """Something that emits."""

    rung = Signal(bool)


def test_none_survives_a_thousand_calls_that_return_nothing() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for number in range(CALLS):
        thing.setObjectName(str(number))
    assert abs(sys.getrefcount(None) - before) < OTHERS


def test_true_survives_a_thousand_signals() -> None:
    bell = Bell()
    before = sys.getrefcount(True)
    for _ in range(CALLS):
        bell.rung.emit(True)
    assert abs(sys.getrefcount(True) - before) < OTHERS
