"""The section that says what this program is, and whose work it rests on."""

from __future__ import annotations

import platform
from importlib import metadata

from PySide6.QtCore import qVersion
from PySide6.QtWidgets import QWidget

import app
from app.text import _
from app.views.settings.section import Section
from app.views.tools import Tools
from app.views.typography import label
from app.views.widgets.cards import Card
from app.views.widgets.labels import fact
from app.views.widgets.laying import across, holder

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
            is_number = value[:1].isdigit()
            card.body.addWidget(fact(name, value, may_be_long=not is_number))
        self.add(card)
        card = Card(_("Licences of what it carries and uses"))
        carried = _("Inter (fonts): SIL Open Font License 1.1. Lucide (icons): ISC.")
        card.body.addWidget(label(carried, "small", "text2", wrap=True))
        for name in PACKAGES:
            card.body.addWidget(_licence_row(*licence_of(name)))
        self.add(card)
        self.column.addStretch()


def _licence_row(package: str, version: str, licence: str) -> QWidget:
    """Show a package; its version in tabular digits, its licence in the usual ones."""
    number = label(version, "body", "text3", tabular=True)
    said = label(licence, "medium")
    row = across(label(package, "body", "text2"), number, 0, said)
    return holder(row, height=24)


def licence_of(package: str) -> tuple[str, str, str]:
    """Name a package, its version, and its licence as it says itself."""
    try:
        about = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return package, "", _("not installed")
    said = _first(about, "License-Expression") or _first(about, "License")
    if not said or len(said) > LONGEST:
        classed = [
            line.rpartition(" :: ")[2]
            for line in about.get_all("Classifier") or ()
            if line.startswith("License ::")
        ]
        said = ", ".join(classed) or said.splitlines()[0][:LONGEST]
    return package, about["Version"], said


def _first(about: metadata.PackageMetadata, name: str) -> str:
    return next(iter(about.get_all(name) or ()), "")
