"""Commands that cannot be used on what is chosen rest, and say why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction

from app.views.calendar.abilities import Ability, why_not
from app.views.calendar.blocks import Block
from app.views.calendar.scene import Scene


def blocks_chosen(scene: Scene, selected: Sequence[int]) -> list[Block]:
    """Give the sessions that are chosen, each once, drawn or only counted."""
    found = {one.block.session_id: one.block for one in scene.placed}
    for count in scene.counts:
        found |= {one.session_id: one for one in count.blocks}
    return [found[number] for number in selected if number in found]


def allow(
    commands: Mapping[str, Sequence[QAction]],
    chosen: Sequence[Block],
    *,
    is_office: bool,
) -> None:
    """Let only those commands be used that can do something with what is chosen."""
    known = {ability.value: ability for ability in Ability}
    for action in commands.get("session", ()):
        ability = known.get(action.objectName())
        if ability is None:
            continue
        reason = why_not(ability, chosen, is_office=is_office)
        action.setEnabled(not reason)
        action.setProperty("reason", reason)
        action.setStatusTip(reason)
        action.setToolTip(reason or action.iconText())
