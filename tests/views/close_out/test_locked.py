"""A session of a locked period is corrected from the page, with today's money."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models.billing import Charge
from app.models.values.schedule import SessionStatus
from app.services.billing.locks import LockPeriod, Locks
from tests.services.closing.world import World
from tests.views.close_out.conftest import OpenPage


def lock(world: World) -> None:
    """Lock what lies before the fourth of March, which is today."""
    Locks(world.desk()).lock(LockPeriod(until=date(2026, 3, 4)))


def test_the_way_out_of_a_lock_is_one_click(
    show: OpenPage, world: World, qtbot: QtBot
) -> None:
    session = world.session()
    lock(world)
    page = show().page
    page.one.open(session)
    money = page.parts.money
    assert "as a correction" in money.error.text()
    assert money.correct.isVisible()
    QTest.mouseClick(money.correct, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not money.error.isVisible(), timeout=2000)
    assert not money.correct.isVisible()
    assert "next invoices" in money.words()
    page.save()
    assert world.status(session) is SessionStatus.HELD
    with world.database.snapshot() as snapshot:
        [charge] = snapshot.scalars(select(Charge))
    assert (charge.service_on, charge.original_on) == (
        date(2026, 3, 4),
        date(2026, 3, 3),
    )


def test_a_tutor_is_not_offered_a_correction(show: OpenPage, world: World) -> None:
    session = world.session()
    lock(world)
    page = show(world.anna).page
    page.one.open(session)
    money = page.parts.money
    assert "Ask the office" in money.error.text()
    assert not money.correct.isVisible()
