"""``python -m app`` and ``chalkbook``: read the verb and hand over."""

from __future__ import annotations

import argparse
import sys

from app.cli import main
from app.cli.sample import Sitting


class Desktop:
    """The windows; Qt is loaded only by those who want to see something."""

    def can_show(self) -> bool:
        """Say whether there is a screen."""
        from app.desktop import has_display  # noqa: PLC0415  loads Qt

        return has_display()

    def open(self, address: str) -> int:
        """Show an office until its window is closed."""
        from app.desktop import open_desktop  # noqa: PLC0415  loads Qt

        return open_desktop(address)

    def draw(self, sitting: Sitting, asked: argparse.Namespace) -> int:
        """Draw an office's pages into files."""
        from app.desktop import draw_pictures, pictures_of  # noqa: PLC0415  loads Qt

        return draw_pictures(sitting.address, pictures_of(asked), sitting.clock)


def run() -> int:
    """Carry out what the command line asks for and give the exit code."""
    return main(sys.argv[1:], Desktop())


if __name__ == "__main__":
    sys.exit(run())
