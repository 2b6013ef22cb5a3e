"""The program reads its first word and hands over."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

from app.__main__ import run
from app.cli import NoWindowsError, _code_of
from app.cli.arguments import make_parser
from tests.conventions import ROOT


def test_without_a_word_and_a_screen_it_says_what_can_be_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["chalkbook"])
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert run() == 1
    printed = capsys.readouterr()
    assert "no screen" in printed.err
    assert not printed.out


@pytest.mark.parametrize("words", [[], ["grab", "--out", "pictures"]])
def test_what_needs_windows_is_refused_where_nothing_shows_them(
    words: list[str],
) -> None:
    asked = make_parser().parse_args(words)
    with pytest.raises(NoWindowsError, match="no screen"):
        _code_of(asked, None)


def test_the_installed_command_is_the_same_program() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["scripts"] == {"chalkbook": f"{run.__module__}:{run.__name__}"}


def test_a_word_it_does_not_know_is_a_wrong_argument() -> None:
    command = [sys.executable, "-m", "app", "dance"]
    done = subprocess.run(command, check=False, cwd=ROOT, capture_output=True)
    assert done.returncode == 2
    assert b"dance" in done.stderr
    assert not done.stdout
