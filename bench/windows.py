"""The windows: starting, painting, lists, the palette, and a day that never stalls."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication

from app.models.values.actors import Actor, Role
from app.opening import make_application
from app.views.appearance import Appearance
from app.views.changes import ChangeBus
from app.views.formats import Formats
from app.views.jobs import BackgroundJobs
from app.views.prompts import WindowPrompts
from app.views.shell.main_window import MainWindow
from app.views.state import State
from app.views.theme import Scheme
from app.views.tools import Tools
from bench import lists, living, painting, starting
from bench.places import Place
from bench.timing import Measured

FEW = 20  # changes of page where only the bench itself is tried


def measure(place: Place, address: str, repetitions: int) -> list[Measured]:
    """Measure everything that is seen of an office in a file."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # what a screen costs is not ours
    application = make_application()
    with TemporaryDirectory(prefix="chalkbook-bench-") as folder:
        remembered = str(Path(folder, "windows.ini"))
        state = State(QSettings(remembered, QSettings.Format.IniFormat))
        appearance = Appearance(application, state)
        appearance.show_scheme(Scheme.LIGHT)
        found = starting.measure(address, min(repetitions, 5))
        found += painting.measure(place, repetitions)
        found += lists.measure(place, repetitions)
        found += _lived(place, state, appearance, application)
    return found


def _lived(
    place: Place, state: State, appearance: Appearance, application: QApplication
) -> list[Measured]:
    """Measure the main window itself."""
    jobs = BackgroundJobs()
    tools = Tools(
        place.office,
        jobs,
        ChangeBus(place.office),
        WindowPrompts(),
        Formats.of("en-GB", "UTC", "EUR"),
        place.clock,
        state,
    )
    window = MainWindow(tools, Actor("bench", Role.OWNER), "Bench", appearance)
    window.show()
    try:
        changes = living.CHANGES if place.size.name != "tiny" else FEW
        return living.measure(window, jobs, application, changes)
    finally:
        window.close()
        window.deleteLater()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        jobs.close()
