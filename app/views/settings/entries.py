"""Which sections the settings have; each is made when somebody goes there."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values.folding import folded
from app.text import _
from app.views.settings.appearance import AppearanceSection
from app.views.settings.backup import BackupSection
from app.views.settings.office import OfficeSection
from app.views.settings.policies import PoliciesSection
from app.views.settings.section import Section
from app.views.tools import Tools


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section before it is made.

    Attributes:
        key: names it in links and in what is remembered.
        about: what it is for, beside its title.
        words: what it can be found by, besides its title.
    """

    key: str
    icon: str
    title: str
    about: str
    words: str
    kind: type[Section]

    def make(self, tools: Tools) -> Section:
        """Make the section."""
        return self.kind(tools)

    def is_found_by(self, text: str) -> bool:
        """Say whether every word of a text is somewhere in it."""
        within = folded(f"{self.title} {self.about} {self.words}")
        return all(word in within for word in folded(text).split())


SECTIONS = (
    SectionEntry(
        "office",
        "building-2",
        _("Office"),
        _("Who the office is, how it is paid, how it counts"),
        _("name address IBAN tax number time zone grid payment e-mail country"),
        OfficeSection,
    ),
    SectionEntry(
        "policies",
        "shield-check",
        _("Policies"),
        _("What a session that changes costs, and what the tutor gets"),
        _("late cancellation no-show make-up approval close-out notes contacts"),
        PoliciesSection,
    ),
    SectionEntry(
        "appearance",
        "sliders-horizontal",
        _("Appearance"),
        _("Colours, text size and tables on this computer"),
        _("dark light theme scheme density"),
        AppearanceSection,
    ),
    SectionEntry(
        "backup",
        "history",
        _("Backup"),
        _("What was kept, and how to get it back"),
        _("restore copy save"),
        BackupSection,
    ),
)
