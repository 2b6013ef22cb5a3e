"""The papers name only commands and files that there are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from app.cli.arguments import make_parser
from tests.conventions import ROOT

PAPERS = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
OWN_VERBS = {"test", "gates", "lock", "VERB"}


EXAMPLES = {"DIR": "folder", "FILE": "file", "DATE": "2026-11-30"}


def commands() -> list[str]:
    """List the commands of the papers, with an example for each word in capitals."""
    found = set[str]()
    for paper in PAPERS:
        text = (ROOT / paper).read_text("utf-8")
        found.update(re.findall(r"`python3 start\.py ([^`\n]+)`", text))
        found.update(re.findall(r"(?m)^    python3 start\.py (.+?)(?:  .*)?$", text))
        found.update(re.findall(r"(?m)^\| `([^`]+)` \|", text))
    lines = [line for line in found if line.split()[0] not in OWN_VERBS]
    named = re.compile("|".join(EXAMPLES))
    return sorted(named.sub(lambda word: EXAMPLES[word[0]], line) for line in lines)


@pytest.mark.parametrize("line", commands())
def test_a_command_of_the_papers_is_understood(line: str) -> None:
    asked = make_parser().parse_args(shlex.split(line))
    assert asked.verb == line.split(maxsplit=1)[0]


def test_every_verb_of_the_program_stands_in_the_readme() -> None:
    offered = re.findall(r"^    ([a-z]+)  ", make_parser().format_help(), re.MULTILINE)
    assert offered
    assert set(offered) <= {line.split()[0] for line in commands()}


@pytest.mark.parametrize("paper", PAPERS)
def test_a_file_that_a_paper_names_is_there(paper: str) -> None:
    text = (ROOT / paper).read_text("utf-8")
    named = re.findall(r"`([\w./-]+(?:\.(?:py|md|txt|toml)|/))`", text)
    named += [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    elsewhere = {"settings.toml"}
    missing = [
        name
        for name in named
        if name not in elsewhere
        and not (ROOT / name).exists()
        and not (ROOT / "app" / name).exists()
    ]
    assert not missing


def test_the_licence_of_what_is_carried_lies_beside_it() -> None:
    fonts = list((ROOT / "resources").rglob("*.ttf"))
    licences = {path.name for path in (ROOT / "licences").glob("*")}
    assert not fonts or "Inter-OFL.txt" in licences
    assert Path(ROOT / "LICENSE").exists()
