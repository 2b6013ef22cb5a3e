"""Which sections the settings have; each is made when somebody goes there."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values.folding import folded
from app.text import _
from app.views.settings.about import AboutSection
from app.views.settings.appearance import AppearanceSection
from app.views.settings.backup import BackupSection
from app.views.settings.days import DaysSection
from app.views.settings.exporting import ExportSection
from app.views.settings.numbers import NumbersSection
from app.views.settings.offerings import OfferingsSection
from app.views.settings.office import OfficeSection
from app.views.settings.packages import PackagesSection
from app.views.settings.places import PlacesSection
from app.views.settings.policies import PoliciesSection
from app.views.settings.section import Section
from app.views.settings.shortcuts import ShortcutsSection
from app.views.settings.subjects import SubjectsSection
from app.views.settings.taxes import TaxesSection
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
        "days",
        "calendar-clock",
        _("Closures & terms"),
        _("When the office is closed, and its terms"),
        _("holidays vacation closed days"),
        DaysSection,
    ),
    SectionEntry(
        "places",
        "door-open",
        _("Places & rooms"),
        _("Where sessions are held, and the ways between"),
        _("travel times table seats address"),
        PlacesSection,
    ),
    SectionEntry(
        "subjects",
        "book-open",
        _("Subjects & levels"),
        _("What is taught, and for whom"),
        _("grade year"),
        SubjectsSection,
    ),
    SectionEntry(
        "offerings",
        "coins",
        _("Offerings & prices"),
        _("What is sold, and what it costs from when on"),
        _("rates length group price list"),
        OfferingsSection,
    ),
    SectionEntry(
        "packages",
        "tags",
        _("Packages & contracts"),
        _("What is bought in advance or agreed for months"),
        _("flat fee funder monthly hours pool"),
        PackagesSection,
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
        "taxes",
        "receipt",
        _("Taxes"),
        _("Rates and exemptions on invoices"),
        _("VAT sales tax code exempt"),
        TaxesSection,
    ),
    SectionEntry(
        "numbers",
        "file-text",
        _("Documents & numbers"),
        _("Series of numbers, and what is locked"),
        _("invoice number prefix lock period first open day"),
        NumbersSection,
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
        "shortcuts",
        "command",
        _("Shortcuts"),
        _("Keys of all commands"),
        _("keyboard keys"),
        ShortcutsSection,
    ),
    SectionEntry(
        "backup",
        "history",
        _("Backup"),
        _("What was kept, and how to get it back"),
        _("restore copy save"),
        BackupSection,
    ),
    SectionEntry(
        "export",
        "download",
        _("Export"),
        _("Everything as tables, to take along"),
        _("import CSV leave data"),
        ExportSection,
    ),
    SectionEntry(
        "about",
        "info",
        _("About & licences"),
        _("Version, and whose work it rests on"),
        _("version Qt Python licence font"),
        AboutSection,
    ),
)
