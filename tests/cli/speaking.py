"""Runs the command: in this process, or as a person does in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import cli
from tests.conventions import ROOT


@dataclass(frozen=True, slots=True)
class Said:
    """What the command answered."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one sentence on standard error of a command that failed."""
        assert self.code == 1, f"it ended with {self.code}: {self.err}"
        lines = self.err.splitlines()
        assert len(lines) == 1, f"not one line: {self.err}"
        assert self.err.endswith(".\n"), f"not a sentence: {self.err}"
        return lines[0]

    @property
    def document(self) -> Any:  # noqa: ANN401  any JSON value
        """The one JSON document on standard output."""
        return json.loads(self.out)


class Command:
    """Says things to the program in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: object) -> Said:
        """Say something and give the answer."""
        self._capsys.readouterr()
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as ended:  # how wrong arguments end
            code = int(str(ended.code))
        return Said(code, *self._capsys.readouterr())


def run(
    *words: object,
    folder: Path | None = None,
    user: int | None = None,
    more: Mapping[str, str] | None = None,
) -> Said:
    """Start the program in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **(more or {})}
    done = subprocess.run(
        [sys.executable, "-m", "app", *map(str, words)],
        check=False,
        capture_output=True,
        cwd=folder or ROOT,
        env=environment,
        user=user,
        group=user,
    )
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())
