"""The family's note of one session: what was done, what is to do, what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from app.services.documents.flow import flow
from app.services.documents.locale import Locale
from app.services.documents.sheet import Block, Sheet
from app.services.documents.style import (
    GREY,
    HEADING,
    INK,
    MM,
    SMALL,
    STRONG,
    TEXT,
    Page,
)
from app.services.documents.values import Letterhead, SessionNote
from app.services.documents.wrapping import elided, wrapped


def render(
    note: SessionNote, letterhead: Letterhead, locale: Locale, page: Page
) -> bytes:
    """Draw a session's note as a PDF file."""
    t = locale.t
    sheet = Sheet(letterhead, locale, page, t("Session note"), note.student)
    sheet.head()
    when = f"{locale.long_date(note.day)}, {locale.times(note.start, note.end)}"
    width = sheet.right - sheet.left
    sheet.text(sheet.left, 42 * MM, elided(note.student, HEADING, width), HEADING)
    below = " · ".join(
        filter(None, (note.subject, when, note.place, f"{t('Tutor')}: {note.tutor}"))
    )
    y = sheet.lines(sheet.left, 48 * MM, below, TEXT, width, 5 * MM, GREY, most=3)
    if note.facts:
        y = _facts(sheet, note.facts, y)
    blocks: list[Block] = []
    for title, text in note.sections:
        blocks += _section(sheet, title, [text])
    if note.tasks:
        tasks = [f"•  {task}" for task in note.tasks]
        blocks += _section(sheet, t("Homework"), tasks)
    if note.next_session:
        blocks += _section(sheet, t("Next session"), [note.next_session])
    flow(sheet, blocks, y + 2 * MM)
    return sheet.finish()


def _facts(sheet: Sheet, facts: Sequence[tuple[str, str, str]], y: float) -> float:
    height = (17 if any(detail for _label, _value, detail in facts) else 13) * MM
    sheet.box(sheet.left, y, (sheet.right - sheet.left, height))
    step = (sheet.right - sheet.left - 6 * MM) / len(facts)
    for number, (label, value, detail) in enumerate(facts):
        x = sheet.left + 5 * MM + number * step
        room = step - 4 * MM
        sheet.text(x, y + 5 * MM, elided(label, SMALL, room), SMALL, GREY)
        sheet.text(x, y + 10 * MM, elided(value, STRONG, room), STRONG)
        sheet.text(x, y + 14 * MM, elided(detail, SMALL, room), SMALL, GREY)
    return y + height + 3 * MM


def _section(sheet: Sheet, title: str, texts: Sequence[str]) -> list[Block]:
    """Make a heading that stays with its first line, and the lines."""
    width = sheet.right - sheet.left

    def heading(y: float) -> None:
        """Draw the heading from its upper edge."""
        sheet.text(sheet.left, y + 8 * MM, title, HEADING)

    lines = [line for text in texts for line in wrapped(text, TEXT, width)]
    blocks = [Block(10 * MM, heading)]
    for number, line in enumerate(lines):

        def draw(y: float, line: str = line) -> None:
            """Draw one line from its upper edge."""
            sheet.text(sheet.left, y + 4 * MM, line, TEXT, INK)

        blocks.append(Block(5 * MM, draw, keep=number == 0))
    return blocks
