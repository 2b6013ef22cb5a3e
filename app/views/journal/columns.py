"""The columns of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zlib import crc32

from app.text import _
from app.views import theme
from app.views.formats import Formats
from app.views.journal.reading import StepLine
from app.views.tables.columns import Column


def columns(formats: Formats) -> Sequence[Column[StepLine]]:
    """Describe the columns."""

    def when(line: StepLine) -> str:
        """Write when a step was taken."""
        return formats.stamp(line.at)

    return (
        Column("at", _("When"), when, "date", sort_by=_at, width=176),
        Column("who", _("Who"), _who, "avatar", width=168, tone=_hue),
        Column("what", _("What"), _what, "strong", width=168),
        Column("record", _("Record"), _record, width=288, stretch=True),
        Column("change", _("Change"), _change, "muted", width=160, stretch=True),
        Column("state", _("State"), _state, "pill", width=104, tone=_tone),
        Column("desk", _("Desk"), _desk, "muted", width=112, is_hidden=True),
    )


def _at(line: StepLine) -> tuple[datetime, int]:
    return line.at, line.step


def _who(line: StepLine) -> str:
    return line.actor


def _hue(line: StepLine) -> str:
    return theme.hue_of(crc32(line.actor.encode("utf-8", "replace")))


def _what(line: StepLine) -> str:
    return line.action


def _record(line: StepLine) -> str:
    return line.record


def _change(line: StepLine) -> str:
    return line.change


def _state(line: StepLine) -> str:
    return _("Taken back") if line.undone else ""


def _tone(_line: StepLine) -> str:
    return "neutral"


def _desk(line: StepLine) -> str:
    return line.desk
