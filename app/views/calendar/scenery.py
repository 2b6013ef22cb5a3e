"""The scene of whatever view is wanted: a time grid, a month or the tutors' week."""

from __future__ import annotations

from dataclasses import replace

from app.text import _
from app.views.calendar.month import month_scene
from app.views.calendar.reading import Reading
from app.views.calendar.scene import Scene
from app.views.calendar.scenes import Asked, blocks_shown, scene_of, shown_tutors
from app.views.calendar.tutors_week import tutors_week_scene
from app.views.calendar.views import View
from app.views.formats import Formats


def scene_for(reading: Reading, asked: Asked, formats: Formats) -> Scene:
    """Make the scene of a view around a day."""
    if not asked.view.has_cells:
        return scene_of(reading, asked, formats)
    blocks = blocks_shown(reading, asked, formats)
    shown = shown_tutors(reading, asked)
    if asked.view is View.TUTORS_WEEK:
        return tutors_week_scene(reading, asked, formats, blocks, shown)
    scene = month_scene(reading, asked, formats, blocks, shown)
    if blocks:
        return scene
    words = _("No sessions this month \N{EN DASH} press N to book one")
    if asked.choice.is_narrowed:
        words = _("No sessions pass the filters \N{EN DASH} press Esc to clear them")
    return replace(scene, empty=words)
