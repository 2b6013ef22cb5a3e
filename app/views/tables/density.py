"""How high the rows of all tables are."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.text import _
from app.views.state import State
from app.views.tables.view import DataTable

_NAME = "density"  # as tables remember it
DENSITIES = {
    "compact": _("Compact"),
    "normal": _("Normal"),
    "comfortable": _("Comfortable"),
}


def density_of(state: State) -> str:
    """Give the density that this person chose."""
    found = state.text(_NAME, "normal")
    return found if found in DENSITIES else "normal"


def choose_density(state: State, density: str) -> None:
    """Set the rows of every table that is open, and remember it."""
    state.keep(_NAME, density)
    for widget in QApplication.allWidgets():
        if isinstance(widget, DataTable):
            widget.set_density(density)
