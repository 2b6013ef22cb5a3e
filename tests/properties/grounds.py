"""Where random offices lie, and what was played on them."""

from __future__ import annotations

import shutil
from collections import Counter
from itertools import count
from pathlib import Path
from typing import Protocol

from tests.servers import PostgresServer

_numbers = count(1)


class Ground(Protocol):
    """Gives each random office an empty database, and takes it away again."""

    def open(self) -> str:
        """Give the address of an empty office."""

    def close(self, address: str) -> None:
        """Throw an office away."""


class FileGround:
    """Offices in files of one folder."""

    def __init__(self, template: Path, folder: Path) -> None:
        self._template = template
        self._folder = folder

    def open(self) -> str:
        """Copy the empty office."""
        path = self._folder / f"office{next(_numbers)}.chalkbook"
        shutil.copyfile(self._template, path)
        return str(path)

    def close(self, address: str) -> None:
        """Delete the file and those beside it."""
        for path in Path(address).parent.glob(f"{Path(address).name}*"):
            path.unlink()


class ServerGround:
    """Offices in databases of the tests' server."""

    def __init__(self, server: PostgresServer, template: str, name: str) -> None:
        self._server = server
        self._template = template
        self._name = name
        self._names: dict[str, str] = {}

    def open(self) -> str:
        """Copy the empty office's database."""
        name = f"{self._name}_{next(_numbers)}"
        address = self._server.create(name, self._template)
        self._names[address] = name
        return address

    def close(self, address: str) -> None:
        """Drop the database."""
        self._server.drop(self._names.pop(address))


class Score:
    """Counts the steps that were played.

    Attributes:
        done: steps by name that changed the office.
        refused: steps by name and error that were refused with a sentence.
        offices: how many offices were founded.
    """

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()
        self.offices = 0

    @property
    def played(self) -> int:
        """The number of all steps."""
        return self.done.total() + self.refused.total()

    def report(self) -> str:
        """Tell in lines what was played."""
        done = ", ".join(f"{name} {n}" for name, n in self.done.most_common())
        refused = ", ".join(
            f"{name}/{error} {n}" for (name, error), n in self.refused.most_common(40)
        )
        return (
            f"{self.offices} offices, {self.played} steps: {done}\nrefused: {refused}\n"
        )
