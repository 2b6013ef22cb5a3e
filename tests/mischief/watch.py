"""Keeps what nobody expected while somebody plays with the window."""

from __future__ import annotations

import sys
import traceback
from types import TracebackType
from typing import Self

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

# What Qt says of a screen that is not there.
OF_NO_SCREEN = (
    "This plugin does not support",
    "This plugin supports grabbing the mouse only for popup windows",
    "Mouse event at",  # a full screen is smaller there than the smallest window
)


class Watch:
    """Takes every uncaught error and every word of Qt.

    Attributes:
        faults: what was caught, in order.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []

    def __enter__(self) -> Self:
        self._hook, sys.excepthook = sys.excepthook, self._take
        self._handler = qInstallMessageHandler(self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        sys.excepthook = self._hook
        qInstallMessageHandler(self._handler)

    def _take(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        self.faults.append("".join(traceback.format_exception(kind, error, trace)))

    def _hear(self, kind: QtMsgType, _where: QMessageLogContext, words: str) -> None:
        if not words.startswith(OF_NO_SCREEN):
            self.faults.append(f"{kind.name}: {words}")
