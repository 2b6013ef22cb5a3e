"""A document as plain text: for the body of a mail and for screen readers."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.documents.cleaning import clean
from app.services.documents.content import (
    Content,
    Payment,
    Remark,
    Section,
    Strip,
    Table,
    Tiles,
    Title,
    Totals,
)
from app.services.documents.values import Letterhead


def written(content: Content, letterhead: Letterhead) -> str:
    """Write all that stands on a document, in reading order, line by line."""
    lines = [letterhead.name, letterhead.contact, "", content.kind]
    if content.party:
        lines += ["", content.party.name, *content.party.lines]
    for facts in (content.facts, content.figures):
        lines += ["", *(f"{label}: {text}" for label, text in facts)] if facts else []
    for part in content.parts:
        found = list(_part(part))
        lines += ["", *found] if found else []
    lines += ["", *filter(None, (letterhead.legal, content.foot))]
    return "\n".join(clean(line).rstrip() for line in lines) + "\n"


def _part(part: object) -> Iterator[str]:
    match part:
        case Table():
            yield from _table(part)
        case Totals():
            yield from (f"{one.label}: {one.amount}" for one in part.sums)
            yield from (": ".join(filter(None, (n.title, n.text))) for n in part.notes)
        case Strip():
            yield part.title
            yield from (f"  {label}: {text}" for label, text in part.facts)
        case Section():
            yield from filter(None, (part.title, *part.text.splitlines()))
            yield from (
                f"{number}. {item}" for number, item in enumerate(part.items, 1)
            )
        case Remark():
            yield from part.text.splitlines()
        case Payment():
            yield part.title
            yield from (f"{label}: {text}" for label, text in part.facts)
        case Tiles():
            yield from (
                f"{label}: {' · '.join(filter(None, rest))}"
                for label, *rest in part.facts
            )
        case Title():
            yield from filter(None, (part.text, part.below))


def _table(table: Table) -> Iterator[str]:
    """Name every figure by its column, so that a row can be heard."""
    for group in table.groups:
        if group.title:
            yield group.title
        for row in group.rows:
            cells = zip(table.columns, row.cells, strict=True)
            texts, figures = [], []
            for column, text in cells:
                if text and column.is_figures:
                    figures.append(f"{column.title} {text}")
                elif text:
                    texts.append(text)
            said = filter(None, (", ".join(texts), "; ".join(figures)))
            yield f"  {': '.join(said)}"
            if row.note:
                yield f"    {row.note}"
