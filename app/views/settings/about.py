"""The section that says what this program is, and whose work it rests on."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import qVersion

import app
from app.text import _
from app.views.settings.section import Section
from app.views.tools import Tools
from app.views.typography import label
from app.views.widgets.cards import Card
from app.views.widgets.labels import fact

PACKAGES = (
    "alembic",
    "pillow",
    "platformdirs",
    "psycopg",
    "pypdfium2",
    "PySide6-Essentials",
    "python-dateutil",
    "rapidfuzz",
    "reportlab",
    "segno",
    "sqlalchemy",
    "tzdata",
    "xlsxwriter",
)
LONGEST = 60  # characters of a licence's name


class AboutSection(Section):
    """Shows version, system and licences."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        card = Card(_("About Chalkbook"))
        for name, value in (
            (_("Version"), app.__version__),
            (_("Python"), platform.python_version()),
            (_("Qt"), str(qVersion())),
            (_("System"), platform.platform()),
        ):
            card.body.addWidget(fact(name, value))
        self.add(card)
        card = Card(_("Licences of what it carries and uses"))
        carried = _("Inter (fonts): SIL Open Font License 1.1. Lucide (icons): ISC.")
        card.body.addWidget(label(carried, "small", "text2", wrap=True))
        for name in PACKAGES:
            card.body.addWidget(fact(*licence_of(name)))
        self.add(card)
        self.column.addStretch()


def licence_of(package: str) -> tuple[str, str]:
    """Name a package with its version, and its licence as it says itself."""
    try:
        about = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return package, _("not installed")
    said = _first(about, "License-Expression") or _first(about, "License")
    if not said or len(said) > LONGEST:
        classed = [
            line.rpartition(" :: ")[2]
            for line in about.get_all("Classifier") or ()
            if line.startswith("License ::")
        ]
        said = ", ".join(classed) or said.splitlines()[0][:LONGEST]
    return f"{package} {about['Version']}", said


def _first(about: metadata.PackageMetadata, name: str) -> str:
    return next(iter(about.get_all(name) or ()), "")
