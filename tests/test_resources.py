"""The files that go with the program are found, however it was installed."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

import app
from app.resources import resource
from app.text import _, ngettext

ROOT = Path(__file__).parent.parent


def test_a_checkout_has_its_files_beside_the_program() -> None:
    assert resource("fonts") == ROOT / "resources" / "fonts"


def test_a_frozen_build_carries_them_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resource("fonts") == tmp_path / "resources" / "fonts"


def test_without_a_translation_the_words_stay_english() -> None:
    assert _("Nothing to bill.") == "Nothing to bill."
    assert ngettext("{n} session", "{n} sessions", 1) == "{n} session"
    assert ngettext("{n} session", "{n} sessions", 2) == "{n} sessions"


def test_the_version_stands_in_one_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == app.__version__
