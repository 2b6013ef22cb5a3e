"""The page of close-outs, shown to the office or to a tutor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.views.close_out.page import CloseOutPage
from tests.views import stage as shown
from tests.views.stage import Stage

OpenPage = Callable[..., "Seen"]


class Seen(shown.Seen[CloseOutPage]):
    """The page of close-outs with what it said."""

    @property
    def open(self) -> list[int]:
        """The sessions that wait, by the office."""
        waiting = self.office.close_outs.open_close_outs()
        return [row.session_id for row in waiting]


@pytest.fixture
def show(stage: Stage) -> OpenPage:
    """Shows the page to somebody, the office's administrator unless said."""

    def open_page(tutor: int | None = None) -> Seen:
        tools = stage.tools(tutor)
        page = stage.put(CloseOutPage(tools))
        if page.board.open or page.board.undecided:
            stage.focus(page.rows)
        return Seen(page, tools.office)

    return open_page
