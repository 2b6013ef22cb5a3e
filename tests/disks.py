"""Small disks of a test's own: they get full, and they can be made read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Disk:
    """A disk in memory, mounted on a folder."""

    folder: Path

    def fill(self, *, leaving: int = 0) -> None:
        """Use up its room, but for some bytes."""
        filler = self.folder / "filler"
        filler.unlink(missing_ok=True)
        free = shutil.disk_usage(self.folder).free - leaving
        with filler.open("wb") as file:
            file.write(b"x" * max(free, 0))

    def clear(self) -> None:
        """Give the room back."""
        (self.folder / "filler").unlink()

    def remount(self, options: str) -> None:
        """Mount it anew, as ``ro`` or ``rw`` or with another size."""
        _say("mount", "-o", f"remount,{options}", str(self.folder))


@contextmanager
def disk(folder: Path, size: str) -> Iterator[Disk]:
    """Mount a small disk for a while; skip the test where nobody may."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if mount is None or umount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder.mkdir(exist_ok=True)
    try:
        _say("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    except subprocess.CalledProcessError:
        pytest.skip("this root cannot mount a small disk")
    try:
        yield Disk(folder)
    finally:
        _say("umount", "--lazy", str(folder))


def _say(program: str, *words: str) -> None:
    found = shutil.which(program)
    assert found is not None
    subprocess.run([found, *words], check=True, capture_output=True)
