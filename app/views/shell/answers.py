"""What the palette answers: records, commands, dates, and what can be made anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtGui import QAction

from app.services.search.index import Hit, HitKind
from app.text import _
from app.views import icons
from app.views.formats import Formats
from app.views.shell.finding import match
from app.views.tools import Link, Place

KINDS = {
    HitKind.STUDENT: ("graduation-cap", Place.STUDENTS),
    HitKind.HOUSEHOLD: ("house", Place.STUDENTS),
    HitKind.TUTOR: ("users", Place.TUTORS),
    HitKind.SESSION: ("calendar-days", Place.CALENDAR),
    HitKind.DOCUMENT: ("receipt", Place.INVOICES),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A line of the palette: somewhere to go to, or something to carry out.

    Attributes:
        why_not: why it cannot be carried out now; empty if it can.
        letters: which letters of the name were typed.
        copied: what it puts on the clipboard.
        address: what it opens outside, such as ``tel:`` or ``mailto:``.
        hit: the record whose actions can be listed.
        group: the caption that it stands under; empty for none.
    """

    name: str
    icon: str
    kind: str = ""
    context: str = ""
    keys: str = ""
    why_not: str = ""
    letters: frozenset[int] = field(default_factory=frozenset)
    link: Link | None = None
    action: QAction | None = None
    copied: str = ""
    address: str = ""
    hit: Hit | None = None
    group: str = ""


def group_word(kind: HitKind) -> str:
    """Name the group that a kind of record stands in."""
    words = {HitKind.SESSION: _("Sessions"), HitKind.DOCUMENT: _("Documents")}
    return words.get(kind, _("People"))


def grouped(answers: Sequence[Answer]) -> list[Answer]:
    """Bring the answers of a group together; the group of the best comes first."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.group, []).append(answer)
    return [answer for group in groups.values() for answer in group]


def kind_word(kind: HitKind) -> str:
    """Name a kind of record."""
    words = {
        HitKind.STUDENT: _("Student"),
        HitKind.HOUSEHOLD: _("Family"),
        HitKind.TUTOR: _("Tutor"),
        HitKind.SESSION: _("Session"),
        HitKind.DOCUMENT: _("Document"),
    }
    return words[kind]


def link_of(hit: Hit) -> Link:
    """Say where a record is shown."""
    return Link(KINDS[hit.kind][1], hit.kind.value, hit.id)


def answer_of(hit: Hit, typed: str, formats: Formats) -> Answer:
    """Show a record that was found."""
    when = formats.stamp(hit.starts_at) if hit.starts_at is not None else ""
    found = match(typed, hit.title) if typed else None
    return Answer(
        hit.title,
        KINDS[hit.kind][0],
        kind_word(hit.kind),
        " · ".join(part for part in (when, hit.subtitle) if part),
        letters=found.letters if found else frozenset(),
        link=link_of(hit),
        hit=hit,
        group=group_word(hit.kind),
    )


def commands_for(
    actions: Sequence[QAction], typed: str, used: Mapping[str, int] | None = None
) -> list[Answer]:
    """Find commands by what was typed: the best first, then the most used."""
    counts = used or {}
    found = []
    for action in actions:
        name = plain(action.text())
        hit = match(typed, name)
        if hit is not None:
            answer = command_answer(action, hit.letters)
            found.append((-hit.score, -counts.get(key_of(action), 0), name, answer))
    return [one[-1] for one in sorted(found, key=_order)]


def command_answer(action: QAction, letters: frozenset[int] = frozenset()) -> Answer:
    """Show a command, with the reason where it cannot be carried out now."""
    return Answer(
        plain(action.text()),
        icons.name_of(action) or "command",
        _("Command"),
        keys=action.shortcut().toString(),
        why_not=reason_of(action),
        letters=letters,
        action=action,
        group=_("Commands"),
    )


def reason_of(action: QAction) -> str:
    """Say why a command cannot be carried out now; empty if it can."""
    if action.isEnabled():
        return ""
    return str(action.property("reason") or _("Choose what it is about first"))


def new_people(name: str) -> list[Answer]:
    """Offer to add somebody whom nothing was found of."""
    student, family = _("New student “{name}”"), _("New family “{name}”")
    return [
        Answer(
            student.format(name=name),
            "user-plus",
            _("Command"),
            link=Link(Place.STUDENTS, "new_student", tab=name),
            group=_("Commands"),
        ),
        Answer(
            family.format(name=name),
            "house",
            _("Command"),
            link=Link(Place.STUDENTS, "new_family", tab=name),
            group=_("Commands"),
        ),
    ]


def key_of(action: QAction) -> str:
    """Name a command the same each time, whatever step its text tells of."""
    return plain(action.text()).partition(":")[0]


def _order(found: tuple[float, int, str, Answer]) -> tuple[float, int, str]:
    return found[:3]


def plain(text: str) -> str:
    """Give a menu's text without its access key."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def runs(name: str, letters: frozenset[int]) -> list[tuple[str, bool]]:
    """Cut a name into runs of letters that were typed and that were not."""
    found: list[tuple[str, bool]] = []
    for at, letter in enumerate(name):
        is_bold = at in letters
        if found and found[-1][1] == is_bold:
            found[-1] = (found[-1][0] + letter, is_bold)
        else:
            found.append((letter, is_bold))
    return found
