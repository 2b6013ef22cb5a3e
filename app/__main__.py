"""``python -m app`` and ``chalkbook``: read the verb and hand over.

Qt is loaded only by those who want to see something, and before all else then: the
frame of the window is on the screen while the rest is loaded behind it.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.settings import SettingsError, chosen_office

if TYPE_CHECKING:
    from app.cli.sample import Sitting
    from app.opening import Opening

_OFFICE = "--office"


def has_display() -> bool:
    """Say whether there is a screen to show windows on."""
    if sys.platform in {"win32", "darwin"}:
        return True
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(os.environ.get(name) for name in named)


def address_asked(arguments: Sequence[str]) -> str | None:
    """Name the office whose window was asked for; nothing for any other wish."""
    match list(arguments):
        case []:
            try:
                return chosen_office()
            except SettingsError:
                return None  # the command line says what is wrong with them
        case [name, address] if name == _OFFICE:
            return address
        case [word] if word.startswith(f"{_OFFICE}="):
            return word.partition("=")[2]
    return None


def _tell(error: SettingsError) -> None:
    """Say in a window what is wrong; not everybody started from a terminal."""
    from app.opening import make_application  # noqa: PLC0415  loads Qt
    from app.views.errors import refusal  # noqa: PLC0415

    application = make_application()
    box = refusal(error)
    box.finished.connect(application.quit)
    box.open()
    application.exec()
    box.deleteLater()


class Desktop:
    """The windows, and what already came to the screen."""

    def __init__(self, opening: Opening | None = None) -> None:
        self._opening = opening

    def can_show(self) -> bool:
        """Say whether there is a screen."""
        return has_display()

    def open(self, address: str) -> int:
        """Show an office until its window is closed."""
        from app.desktop import open_desktop  # noqa: PLC0415  loads much

        return open_desktop(address, self._opening)

    def draw(self, sitting: Sitting, asked: argparse.Namespace) -> int:
        """Draw an office's pages into files."""
        from app.desktop import draw_pictures, pictures_of  # noqa: PLC0415  loads Qt

        return draw_pictures(sitting.address, pictures_of(asked), sitting.clock)


def run() -> int:
    """Carry out what the command line asks for and give the exit code."""
    arguments = sys.argv[1:]
    opening = None
    address = address_asked(arguments)
    if not arguments and address is None and has_display():
        try:
            chosen_office()
        except SettingsError as error:
            _tell(error)
    if address is not None and has_display():
        from app.opening import Opening  # noqa: PLC0415  loads Qt

        opening = Opening(address)
        if not opening.come_up():
            return 0
    from app.cli import main  # noqa: PLC0415  loads the services

    return main(arguments, Desktop(opening))


if __name__ == "__main__":
    sys.exit(run())
