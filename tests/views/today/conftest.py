"""The page of today on a Tuesday afternoon, shown to the office or to a tutor."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.views.today.page import TodayPage
from tests.fakes import FakeClock
from tests.views import stage as shown
from tests.views.stage import Stage

OpenPage = Callable[..., "Seen"]


class Seen(shown.Seen[TodayPage]):
    """The page of today with what it said and where it led."""

    @property
    def needs(self) -> list[str]:
        """The keys of what needs the office, in order."""
        return [item.key for item in self.page.needs_card.items]


@pytest.fixture
def clock() -> FakeClock:
    """A clock at Tuesday, 3 March 2026, 15:30 UTC, half an hour before a session."""
    clock = FakeClock()
    clock.set(2026, 3, 3, 15, 30)
    return clock


@pytest.fixture
def show(stage: Stage) -> OpenPage:
    """Shows the page to somebody, the office's administrator unless said."""

    def open_page(tutor: int | None = None) -> Seen:
        tools = stage.tools(tutor)
        page = stage.put(TodayPage(tools))
        stage.focus(page.day_card)
        return Seen(page, tools.office)

    return open_page
