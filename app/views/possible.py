"""Whether a command can be carried out now, and why not."""

from __future__ import annotations

from PySide6.QtGui import QAction


def allow(action: QAction, why_not: str = "") -> None:
    """Let a command be used, or tell in menu, tooltip and palette why it rests."""
    action.setEnabled(not why_not)
    action.setProperty("reason", why_not)
    action.setStatusTip(why_not)
    action.setToolTip(why_not or action.iconText())
