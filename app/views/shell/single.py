"""One window for an office on this machine: a second start raises the first."""

from __future__ import annotations

import getpass
import hashlib
import os
import time
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

PATIENCE = 500  # milliseconds
KNOCKS = 6  # at the door of somebody who is just coming to stand there
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
        self._key = _key_of(self._name)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_knock)

    def stand(self) -> bool:
        """Stand at the door; False where somebody else stands there, who was told.

        Of several that come at once the key lets in one; on Linux the door alone would
        let in all of them, one after the other.
        """
        if not self._key.tryLock(0) and self._is_held():
            self._knock_until_heard()
            return False
        if self._knock():
            return False
        QLocalServer.removeServer(self._name)  # a door that a crash left open
        if self._server.listen(self._name):
            return True
        return not self._knock()  # somebody may have come between

    def _is_held(self) -> bool:
        """Say whether another start holds the key; not where there can be none."""
        return self._key.error() is QLockFile.LockError.LockFailedError

    def move(self, address: str) -> bool:
        """Stand at another office's door instead; False as for standing."""
        if door_of(address) == self._name:
            return True
        self.leave()
        self._name = door_of(address)
        self._key = _key_of(self._name)
        return self.stand()

    def leave(self) -> None:
        """Let somebody else stand at the door."""
        self._server.close()
        self._key.unlock()

    def _knock(self) -> bool:
        """Say whether somebody stands at the door, who is told then."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(PATIENCE):
            return False
        socket.disconnectFromServer()
        return True

    def _knock_until_heard(self) -> None:
        """Knock at the door of somebody who may only be coming to stand there."""
        for _again in range(KNOCKS):
            if self._knock():
                return
            time.sleep(PATIENCE / KNOCKS / 1000)

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


def _key_of(name: str) -> QLockFile:
    """Give the key of a door; that of a program which ended is taken over."""
    key = QLockFile(QDir.temp().filePath(f"{name}.lock"))
    key.setStaleLockTime(0)  # it is held as long as the window is open
    return key


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
