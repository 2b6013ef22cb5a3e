"""The family's note of one session: what was done, what is to do, what comes next."""

from __future__ import annotations

from app.services.documents.content import Content, Part, Section, Tiles, Title
from app.services.documents.locale import Locale
from app.services.documents.values import SessionNote


def session_note_content(note: SessionNote, locale: Locale) -> Content:
    """Say what stands on a session's note."""
    _ = locale.t
    when = f"{locale.long_date(note.day)}, {locale.times(note.start, note.end)}"
    tutor = _("Tutor: {name}").format(name=note.tutor) if note.tutor else ""
    below = " · ".join(filter(None, (note.subject, when, note.place, tutor)))
    parts: list[Part] = [Title(note.student, below)]
    if note.facts:
        parts.append(Tiles(note.facts))
    parts += [Section(title, text) for title, text in note.sections]
    if note.tasks:
        parts.append(Section(_("Homework"), items=note.tasks))
    if note.next_session:
        parts.append(Section(_("Next session"), note.next_session))
    return Content(
        kind=_("Session note"),
        subject=f"{locale.short_date(note.day)} · {note.student}",
        parts=tuple(parts),
    )
