"""The layers of the house."""

from __future__ import annotations

import subprocess
import sys

from tests.conventions import ROOT

# In a process of its own: the linter sets up logging for everybody.
LINT = "import sys; from importlinter.cli import lint_imports as lint; "


def test_every_contract_is_kept() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LINT + "sys.exit(lint(no_cache=True))"],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
