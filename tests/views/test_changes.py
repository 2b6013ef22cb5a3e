"""A desk follows the others, also when one of them restores a backup."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from app.bootstrap import open_office
from app.models.values.changes import Changes
from app.views.tools import Tools


class _Listener:
    def __init__(self) -> None:
        self.heard: list[Changes] = []

    def hear(self, changes: Changes) -> None:
        """Note what was told."""
        self.heard.append(changes)


def test_a_desk_shows_all_anew_after_another_restored_a_backup(
    tools: Tools, month_sqlite: str, tmp_path: Path
) -> None:
    listener = _Listener()
    tools.bus.changed.connect(listener.hear)
    with closing(open_office(month_sqlite, clock=tools.clock)) as other:
        made = other.backups.back_up(tmp_path)
        for name in ("Chemistry", "Latin"):
            other.catalog.add_subject(name)
        tools.bus.watch(tools.jobs)
        other.backups.restore(made.path, tmp_path)
        tools.bus.look()
        tools.bus.look()
        assert [told.touch("session", "subject") for told in listener.heard] == [True]
        other.catalog.add_subject("Botany")
        tools.bus.look()
        assert listener.heard[-1].tables == {"subject"}
    tools.bus.leave()
