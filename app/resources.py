"""Finds icons, fonts, templates and translations."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(name: str) -> Path:
    """Give the path of a file of ``resources/``, however the program was installed.

    A frozen build and a wheel carry the folder inside; a checkout has it beside
    ``app``.
    """
    package = Path(__file__).parent
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    inside = Path(frozen) if frozen else package
    carried = inside / "resources"
    root = carried if carried.is_dir() else package.parent / "resources"
    return root / name
