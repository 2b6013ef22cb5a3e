"""A close-out that cannot reach the office is kept, and tried again by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.models.values.errors import OfficeError, UnavailableError
from app.models.values.schedule import SessionStatus
from app.views.close_out.drafts import Draft
from app.views.close_out.saving import Saving
from tests.fakes import InlineJobs
from tests.services.closing.world import World
from tests.views.close_out.conftest import OpenPage

T = TypeVar("T")


class BrokenLine(InlineJobs):
    """Jobs that do not reach the office until the line is mended."""

    is_broken = True

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[OfficeError], None] | None = None,
        words: str = "",
    ) -> None:
        """Refuse while the line is broken."""
        if self.is_broken and failed is not None:
            failed(UnavailableError("The office cannot be reached."))
        else:
            super().run(owner, work, done=done, failed=failed, words=words)


def test_what_cannot_reach_the_office_is_tried_again(
    show: OpenPage, world: World, qtbot: QtBot
) -> None:
    session = world.session()
    page = show().page
    jobs = BrokenLine()
    tools = replace(page.tools, jobs=jobs)
    draft = Draft(prompts=("Fractions", "", ""))
    saving = Saving(tools, session, draft, "Maya", page, retry_after=20)
    saving.failed.connect(page.one.failed)
    saving.saved.connect(page.one.saved)
    saving.start()
    [line] = [row for row in page.rows.rows if row.session_id == session]
    assert line.mark == "not saved, trying again"
    assert "cannot be reached" in page.notice.text
    assert page.book.drafts[session] == draft
    jobs.is_broken = False
    qtbot.waitUntil(lambda: world.status(session) is SessionStatus.HELD, timeout=2000)
    assert page.notice.text == ""
    assert session not in page.book.drafts
