"""The layers of the house."""

from __future__ import annotations

import pytest
from importlinter.cli import lint_imports


def test_every_contract_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(no_cache=True)
    assert broken == 0, capsys.readouterr().out
