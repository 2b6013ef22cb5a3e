"""The door of an office, and the curtain before its window."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtNetwork import QLocalServer
from pytestqt.qtbot import QtBot

from app.views.shell.curtain import Curtain
from app.views.shell.single import FirstWindow, door_of
from app.views.state import State


def test_whoever_was_overtaken_at_the_door_goes(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qtbot
    address = f"door {uuid4()}"
    other = QLocalServer()

    def overtake(_name: str) -> bool:
        return other.listen(door_of(address))

    monkeypatch.setattr(QLocalServer, "removeServer", staticmethod(overtake))
    second = FirstWindow(address)
    (server,) = second.findChildren(QLocalServer)
    server.setSocketOptions(QLocalServer.SocketOption.NoOptions)  # a door for one
    try:
        assert not second.stand()
    finally:
        second.leave()
        other.close()


def test_who_opens_another_office_stands_at_its_door(qtbot: QtBot) -> None:
    former, new = f"door {uuid4()}", f"door {uuid4()}"
    first, late, free = FirstWindow(former), FirstWindow(new), FirstWindow(former)
    assert first.stand()
    assert first.move(new)
    try:
        with qtbot.waitSignal(first.knocked):
            assert not late.stand()
        assert free.stand()
    finally:
        first.leave()
        free.leave()


@pytest.mark.usefixtures("_dressed")
def test_an_unseen_curtain_goes_on_too(qtbot: QtBot, state: State) -> None:
    curtain = Curtain(state)
    qtbot.addWidget(curtain)
    curtain.setUpdatesEnabled(False)  # nothing is painted
    with qtbot.waitSignal(curtain.painted, timeout=3000):
        curtain.show()


@pytest.mark.usefixtures("_dressed")
def test_a_closed_curtain_says_so(qtbot: QtBot, state: State) -> None:
    curtain = Curtain(state)
    qtbot.addWidget(curtain)
    curtain.show()
    with qtbot.waitSignal(curtain.closed):
        curtain.close()
