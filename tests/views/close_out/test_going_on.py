"""Going on to the next session takes nothing of the last one along."""

from __future__ import annotations

from datetime import time, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.services.closing.world import START, World
from tests.views.close_out.conftest import OpenPage


def test_times_of_one_session_do_not_stay_in_the_next(
    show: OpenPage, world: World
) -> None:
    hour = timedelta(hours=1)
    first, second, third = (world.session(START - place * hour) for place in (3, 2, 1))
    page = (seen := show()).page
    QTest.keyClick(page.rows, Qt.Key.Key_2)
    start = page.form.times.start
    QTest.keyClicks(start, "1430")
    QTest.keyClick(start, Qt.Key.Key_Return)
    assert page.rows.chosen() == [second]
    assert page.rows.hasFocus()
    assert page.form.opened is not None
    assert start.clock == page.form.opened.start.time() != time(14, 30)
    QTest.keyClick(page.rows, Qt.Key.Key_1)
    assert world.charges(first) != world.charges(second) == [4800]
    assert seen.open == [third]
