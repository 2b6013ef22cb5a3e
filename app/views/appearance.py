"""How the windows look: the scheme, which follows the system, text size, density."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.views.state import State
from app.views.style import dress
from app.views.theme import Scheme

SCHEME, TEXT, DENSITY = "appearance/scheme", "appearance/text", "appearance/density"
SIZES = (0.9, 1.0, 1.1, 1.25, 1.5)


class Wanted(StrEnum):
    """Which scheme the person wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Appearance(QObject):
    """Dresses the application as the person and the system want it.

    Signals:
        changed: It looks different now.
    """

    changed = Signal()

    def __init__(self, application: QApplication, state: State) -> None:
        super().__init__(application)
        self._application, self._state = application, state
        self._hints = QGuiApplication.styleHints()  # kept: Qt deletes it otherwise
        self._hints.colorSchemeChanged.connect(self._on_system_changed)

    @property
    def wanted(self) -> Wanted:
        """The scheme that was chosen."""
        try:
            return Wanted(self._state.text(SCHEME, Wanted.SYSTEM))
        except ValueError:
            return Wanted.SYSTEM

    @property
    def text_size(self) -> float:
        """The text size, 1.0 being 100 %."""
        return self._state.number(TEXT, 1.0, SIZES[0], SIZES[-1])

    def choose(self, wanted: Wanted) -> None:
        """Show another scheme from now on."""
        self._state.keep(SCHEME, wanted.value)
        self.dress()

    def set_text_size(self, size: float) -> None:
        """Show another text size from now on."""
        self._state.keep(TEXT, size)
        self.dress()

    def step_text_size(self, step: int) -> None:
        """Take the next larger or smaller size."""
        nearest = min(SIZES, key=self._distance)
        at = min(max(SIZES.index(nearest) + step, 0), len(SIZES) - 1)
        self.set_text_size(SIZES[at])

    @classmethod
    def of(cls, state: State) -> Appearance | None:
        """Find the one that dresses for somebody, where there is one."""
        application = QApplication.instance()
        found = application.findChildren(cls) if application is not None else []
        return next((one for one in found if one.remembers_in(state)), None)

    def remembers_in(self, state: State) -> bool:
        """Say whether this is whose looks are remembered there."""
        return self._state is state

    def dress(self) -> None:
        """Dress the application as it is wanted."""
        self.show_scheme(self.scheme())

    def show_scheme(self, scheme: Scheme) -> None:
        """Dress the application in a scheme, whatever is wanted."""
        dress(self._application, scheme, self.text_size)
        self.changed.emit()

    def scheme(self) -> Scheme:
        """Work out the scheme from what is wanted and what the system says."""
        system = self._hints.colorScheme() == Qt.ColorScheme.Dark
        wanted = self.wanted
        is_dark = system if wanted is Wanted.SYSTEM else wanted is Wanted.DARK
        contrast = self._hints.accessibility().contrastPreference()
        if contrast == Qt.ContrastPreference.HighContrast:
            return Scheme.DARK_CONTRAST if is_dark else Scheme.LIGHT_CONTRAST
        return Scheme.DARK if is_dark else Scheme.LIGHT

    def _distance(self, size: float) -> float:
        return abs(size - self.text_size)

    def _on_system_changed(self, _scheme: object) -> None:
        self.dress()
