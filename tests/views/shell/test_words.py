"""Every word can be translated, and has room when it is longer."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[3]
WORDS = str(ROOT / "installer" / "words.py")
FEWEST = 1500  # texts; fewer means that something was not gathered
DIALOGS = {"AccountDialog", "LeaveDialog", "NewFamily", "NewTask", "NewTutor"}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a walk through the program in the pseudo-language found."""
    folder = tmp_path_factory.mktemp("pseudo")
    runpy.run_path(WORDS)["pseudo"](folder / "translations")
    settings = folder / "settings.toml"
    settings.write_text('language = "en_XA"\n', "utf-8")
    environment = os.environ | {
        "CHALKBOOK_SETTINGS": str(settings),
        "CHALKBOOK_TRANSLATIONS": str(folder / "translations"),
        "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "C.UTF-8",
    }
    out = folder / "found.json"
    command = [sys.executable, "-m", "tests.views.shell.pseudo_walk"]
    done = subprocess.run(
        [*command, str(folder), str(out)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return dict(json.loads(out.read_text("utf-8")))


def test_every_text_is_translated(found: dict[str, Any]) -> None:
    assert found["seen"] > 1000
    assert not found["plain"], "\n".join(found["plain"])


def test_every_text_has_room_at_150_percent(found: dict[str, Any]) -> None:
    assert not found["tight"], "\n".join(found["tight"])


def test_the_walk_saw_dialogs(found: dict[str, Any]) -> None:
    assert set(found["dialogs"]) >= DIALOGS


def test_the_catalogue_holds_the_texts_of_the_code(tmp_path: Path) -> None:
    place = tmp_path / "chalkbook.pot"
    runpy.run_path(WORDS)["template"](place)
    with place.open("rb") as file:
        catalogue = read_po(file)
    assert len(catalogue) > FEWEST
    assert "&Back up now" in catalogue
    assert catalogue["{count} session"].id == ("{count} session", "{count} sessions")


def test_no_text_is_made_before_it_is_translated() -> None:
    wrong = []
    for path in sorted((ROOT / "app").rglob("*.py")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if re.search(r"\b_\(f[\"']", line):
                wrong.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert not wrong, "\n".join(wrong)


def test_values_and_access_keys_stay_in_the_pseudo_language() -> None:
    longer = runpy.run_path(WORDS)["longer"]
    text = longer("&Close {count} sessions of <b>{name}</b>")
    assert text.startswith("⟦&C")
    assert text.endswith("⟧")
    assert {"{count}", "{name}", "<b>", "</b>"} <= set(
        re.findall(r"\{[a-z]+\}|</?b>", text)
    )
    assert len(text) > 1.35 * len("&Close {count} sessions of <b>{name}</b>")
