"""What the tests of the command share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.speaking import Command


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own folders, empty, in place of those of whoever runs the tests."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.delenv("CHALKBOOK_SETTINGS", raising=False)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / name.lower()))
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Command:
    """Says something to the program and gives its answer."""
    return Command(capsys)
