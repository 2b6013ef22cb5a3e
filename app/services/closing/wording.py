"""Brings the texts of close-outs and cancellations into the form that is kept."""

from __future__ import annotations

from dataclasses import replace

from app.models.values import entries
from app.models.values.unchanged import Unchanged
from app.services.closing.requests import CancelSession, CloseSession
from app.text import _


def worded(request: CloseSession) -> CloseSession:
    """Check the texts of a report; the request comes back with them as they are kept.

    Raises:
        TooLongError: A text is longer than its field.
        ControlCharacterError: A text holds what can neither be seen nor printed.
    """
    request = replace(
        request,
        progress_note=_note(request.progress_note),
        internal_note=_note(request.internal_note),
        money_reason=entries.lines(request.money_reason, _("reason")),
    )
    if not isinstance(request.notes, Unchanged):
        notes = (
            replace(each, text=entries.lines(each.text, _("note")))
            for each in request.notes
        )
        request = replace(request, notes=tuple(notes))
    if not isinstance(request.homework, Unchanged):
        homework = (
            replace(each, text=entries.lines(each.text, _("homework")))
            for each in request.homework
        )
        request = replace(request, homework=tuple(homework))
    return _named_things(request)


def worded_cancelling(request: CancelSession) -> CancelSession:
    """Check the texts of a cancellation; it comes back with them as they are kept.

    Raises:
        TooLongError: A text is longer than its field.
        ControlCharacterError: A text holds what can neither be seen nor printed.
    """
    return replace(
        request,
        waive_reason=entries.lines(request.waive_reason, _("reason")),
        note=entries.lines(request.note, _("note")),
    )


def _named_things(request: CloseSession) -> CloseSession:
    if not isinstance(request.skills, Unchanged):
        skills = (
            replace(each, skill=entries.short(each.skill.strip(), _("skill")))
            for each in request.skills
        )
        request = replace(request, skills=tuple(skills))
    if not isinstance(request.expenses, Unchanged):
        expenses = (
            replace(each, what=entries.short(each.what.strip(), _("expense")))
            for each in request.expenses
        )
        request = replace(request, expenses=tuple(expenses))
    return request


def _note(text: str | Unchanged) -> str | Unchanged:
    return text if isinstance(text, Unchanged) else entries.lines(text, _("note"))
