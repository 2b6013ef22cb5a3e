"""What a process does that works in an office while others copy it."""

from __future__ import annotations

from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event

from app.bootstrap import open_office
from tests.fakes import FakeClock
from tests.kills.judging import rows
from tests.processes import CONTEXT


def start_writing(address: str, number: int, stop: Event) -> ForkServerProcess:
    """Start a process that adds subjects, one transaction each, until it is told."""
    process = CONTEXT.Process(target=write, args=(address, number, stop))
    process.start()
    return process


def write(address: str, number: int, stop: Event) -> None:
    """Add subjects named by writer and turn, without a gap."""
    office = open_office(address, clock=FakeClock())
    turn = 0
    while not stop.is_set():
        turn += 1
        office.catalog.add_subject(f"Writer {number} turn {turn}")
    office.close()


def turns(address: str, number: int) -> list[int]:
    """List the turns of a writer that an office holds."""
    (names,) = rows(
        address, "SELECT name FROM subject WHERE name LIKE 'Writer %' ORDER BY id"
    )
    start = f"Writer {number} turn "
    return [
        int(name.removeprefix(start)) for (name,) in names if name.startswith(start)
    ]
