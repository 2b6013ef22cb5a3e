"""What stands on a document, in reading order: the same for paper and for plain text.

A value says what happened; the content made from it says which words, numbers and
tables show that, already translated and written out. Whoever lays it out decides only
where it stands.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.services.documents.values import Party

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        least: width in millimetres that it takes at least; a column of text without
            one takes what is left.
        is_figures: right-aligned and never wrapped.
        is_grey: said quietly.
    """

    title: str
    least: float = 0
    is_figures: bool = False
    is_grey: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a table row and a note under its text; strong rows are sums."""

    cells: tuple[str, ...]
    note: str = ""
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows under a heading, such as a student's; without one they stand alone."""

    rows: tuple[Row, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head repeats on every page.

    Attributes:
        wide: the column whose text wraps and carries notes.
    """

    columns: tuple[Column, ...]
    groups: tuple[Rows, ...]
    wide: int = 1


@dataclass(frozen=True, slots=True)
class Sum:
    """A line of the totals; strong ones stand under a dark rule."""

    label: str
    amount: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A small text beside the totals, under an optional label."""

    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a document, with notes beside them."""

    sums: tuple[Sum, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """Labelled figures side by side under a title, such as the year to date."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a text of any length, and a list; each may be empty."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A small grey text across the page."""

    text: str


@dataclass(frozen=True, slots=True)
class Payment:
    """How to pay, at the foot of the last page.

    Attributes:
        code: what the payment code says; empty for none.
        hint: what to do with the code, or other ways to pay.
        link: an address that a click opens; empty for none.
    """

    title: str
    facts: tuple[Fact, ...]
    code: str = ""
    hint: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a page of its own."""


@dataclass(frozen=True, slots=True)
class Tiles:
    """Up to four figures in boxes of their own: label, value, detail."""

    facts: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Title:
    """What a document without an address is about."""

    text: str
    below: str = ""


Part = Table | Totals | Strip | Section | Remark | Payment | PageBreak | Tiles | Title


@dataclass(frozen=True, slots=True)
class Content:
    """A whole document.

    Attributes:
        kind: the word that says what it is, large at the top.
        subject: what tells it from others of its kind, in the head of later pages.
        party: to whom it goes; None for a document without an address.
        facts: number, dates and references beside the address.
        figures: what a reader looks for first; the first one is the largest.
        foot: what stands in the foot besides the office's legal line.
    """

    kind: str
    subject: str
    parts: tuple[Part, ...]
    party: Party | None = None
    facts: tuple[Fact, ...] = ()
    figures: tuple[Fact, ...] = ()
    foot: str = ""
