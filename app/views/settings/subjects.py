"""The section of subjects and levels."""

from __future__ import annotations

from functools import partial
from operator import attrgetter

from app.services.catalog.archiving import CatalogKind
from app.services.catalog.requests import LevelRow, SubjectRow
from app.services.office import Office
from app.text import _
from app.views.settings.asking import AskDialog, Asked, Values, line
from app.views.settings.fields import NumberField
from app.views.settings.lists import ListCard, Listing, ListSection
from app.views.tables.columns import Column
from app.views.tools import Tools

Subjects = tuple[SubjectRow, ...]
Levels = tuple[LevelRow, ...]


def read_subjects(office: Office) -> tuple[Subjects, Levels]:
    """Read subjects and levels."""
    return office.catalog.subjects(), office.catalog.levels()


def add_subject(office: Office, values: Values) -> int:
    """Keep a subject."""
    return office.catalog.add_subject(values["name"])


def add_level(office: Office, values: Values) -> int:
    """Keep a level."""
    return office.catalog.add_level(values["name"], int(values["position"]))


class SubjectsSection(ListSection):
    """Lists what is taught, and for whom."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools)
        self._make_subjects(tools)
        self._make_levels(tools)
        self.add(self.subjects)
        self.add(self.levels)
        self.column.addStretch()

    def refresh(self) -> None:
        self.run(partial(read_subjects, self.tools.office), self._show)

    def ask_subject(self) -> None:
        """Ask for a subject."""
        asked = (Asked("name", _("Name"), line("", _("Latin")), is_needed=True),)
        work = partial(add_subject, self.tools.office)
        dialog = AskDialog(_("New subject"), self.tools, asked, work, self)
        dialog.succeeded.connect(self.kept)
        dialog.open()

    def ask_level(self) -> None:
        """Ask for a level."""
        place = NumberField(self.tools.formats, 0, 1000, whole=True)
        hint = _("Levels with a smaller position are easier.")
        asked = (
            Asked("name", _("Name"), line("", _("Year 7")), is_needed=True),
            Asked("position", _("Position"), place, hint, is_needed=True),
        )
        work = partial(add_level, self.tools.office)
        dialog = AskDialog(_("New level"), self.tools, asked, work, self)
        dialog.succeeded.connect(self.kept)
        dialog.open()

    def rename_subject(self) -> None:
        """Ask for another name of the current subject."""
        row = self.subjects.current()
        if row is not None:
            catalog, kind = self.tools.office.catalog, CatalogKind.SUBJECT
            rename = partial(catalog.rename, kind, row.subject_id, row.version)
            self.ask_name(row.name, rename)

    def rename_level(self) -> None:
        """Ask for another name of the current level."""
        row = self.levels.current()
        if row is not None:
            catalog, kind = self.tools.office.catalog, CatalogKind.LEVEL
            rename = partial(catalog.rename, kind, row.level_id, row.version)
            self.ask_name(row.name, rename)

    def archive_subject(self) -> None:
        """Take the current subject out of use."""
        row = self.subjects.current()
        if row is not None:
            self._archive(CatalogKind.SUBJECT, row.subject_id, row.version)

    def archive_level(self) -> None:
        """Take the current level out of use."""
        row = self.levels.current()
        if row is not None:
            self._archive(CatalogKind.LEVEL, row.level_id, row.version)

    def _make_subjects(self, tools: Tools) -> None:
        name = attrgetter("name")
        named: Column[SubjectRow] = Column(
            "name", _("Name"), name, "strong", stretch=True
        )
        self.subjects: ListCard[SubjectRow] = ListCard(
            Listing(
                "subjects",
                _("Subjects"),
                (_("subject"), _("subjects")),
                attrgetter("subject_id"),
                (named,),
            ),
            tools,
        )
        new = self.subjects.add_button(_("New subject…"))
        new.clicked.connect(self.ask_subject)
        rename = self.subjects.add_deed(_("Rename…"))
        rename.clicked.connect(self.rename_subject)
        self.subjects.opened.connect(self._on_subject)
        out = self.subjects.add_deed(_("Archive"), "trash-2")
        out.clicked.connect(self.archive_subject)

    def _make_levels(self, tools: Tools) -> None:
        name, position = attrgetter("name"), attrgetter("position")
        columns: tuple[Column[LevelRow], ...] = (
            Column("name", _("Name"), name, "strong", stretch=True),
            Column("position", _("Position"), _position, "number", sort_by=position),
        )
        self.levels: ListCard[LevelRow] = ListCard(
            Listing(
                "levels",
                _("Levels"),
                (_("level"), _("levels")),
                attrgetter("level_id"),
                columns,
            ),
            tools,
        )
        self.levels.add_button(_("New level…")).clicked.connect(self.ask_level)
        rename = self.levels.add_deed(_("Rename…"))
        rename.clicked.connect(self.rename_level)
        self.levels.opened.connect(self._on_level)
        out = self.levels.add_deed(_("Archive"), "trash-2")
        out.clicked.connect(self.archive_level)

    def _archive(self, kind: CatalogKind, row_id: int, version: int) -> None:
        archive = self.tools.office.catalog.archive
        self.run(partial(archive, kind, row_id, version), self.taken_out)

    def _on_subject(self, _row: SubjectRow) -> None:
        self.rename_subject()

    def _on_level(self, _row: LevelRow) -> None:
        self.rename_level()

    def _show(self, rows: tuple[Subjects, Levels]) -> None:
        self.subjects.show_rows(rows[0])
        self.levels.show_rows(rows[1])


def _position(row: LevelRow) -> str:
    return str(row.position)
