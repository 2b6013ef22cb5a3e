"""The words of the application in the language of the person.

The language is the one that the settings name, else the system's. A folder named by
``CHALKBOOK_TRANSLATIONS`` is read instead of the program's own, so that translators
can try their catalogues.
"""

from __future__ import annotations

import gettext
import locale
import os
from pathlib import Path

from app.resources import resource
from app.settings import Settings, SettingsError, settings_file

CATALOGUE = "chalkbook"


def language() -> str:
    """Name the language that was chosen, as in ``de`` or ``pt_BR``; empty for none."""
    try:
        told = Settings.read(settings_file()).language
    except SettingsError:  # told of where the settings are used
        told = ""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        told = told or os.environ.get(name, "").partition(":")[0]
    told = told or locale.getlocale()[0] or ""
    return told.partition(".")[0].replace("-", "_")


def _folder() -> Path:
    told = os.environ.get("CHALKBOOK_TRANSLATIONS")
    return Path(told) if told else resource("translations")


_translation = gettext.translation(CATALOGUE, _folder(), [language()], fallback=True)
_ = _translation.gettext
ngettext = _translation.ngettext
