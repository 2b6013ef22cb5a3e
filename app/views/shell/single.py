"""One window for an office on this machine: a second start raises the first."""

from __future__ import annotations

import getpass
import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE = 500  # milliseconds
_FILE = "sqlite:///"  # how an address of a file may begin


class FirstWindow(QObject):
    """Stands at the door of an office; whoever comes later knocks and goes.

    Signals:
        knocked: Somebody started the program a second time.
    """

    knocked = Signal()

    def __init__(self, address: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = door_of(address)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)

    def stand(self) -> bool:
        """Stand at the door; False where somebody else stands there, who was told."""
        if self._knock():
            return False
        QLocalServer.removeServer(self._name)  # a door that a crash left open
        if self._server.listen(self._name):
            return True
        return not self._knock()  # somebody may have come between

    def move(self, address: str) -> bool:
        """Stand at another office's door instead; False as for standing."""
        if door_of(address) == self._name:
            return True
        self.leave()
        self._name = door_of(address)
        return self.stand()

    def leave(self) -> None:
        """Let somebody else stand at the door."""
        self._server.close()

    def _knock(self) -> bool:
        """Say whether somebody stands at the door, who is told then."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(PATIENCE):
            return False
        socket.disconnectFromServer()
        return True

    def _on_knock(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.close()
        self.knocked.emit()


def door_of(address: str) -> str:
    """Name the door of an office, for this person alone."""
    try:
        person = getpass.getuser()
    except (KeyError, OSError):
        person = ""
    told = f"{person}\0{_plain(address)}".encode("utf-8", "surrogateescape")
    return f"chalkbook-{hashlib.sha256(told).hexdigest()[:24]}"


def _plain(address: str) -> str:
    """Name an office's file as it is, however it was typed; leave a server's address.

    Links are followed, and what is typed is read from the folder where we are.
    """
    path = address.removeprefix(_FILE)
    if "://" in path:
        return address
    try:
        return os.path.normcase(os.path.realpath(Path(path).expanduser()))
    except (OSError, RuntimeError, ValueError):
        return address
