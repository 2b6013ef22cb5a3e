"""Every module keeps the house rules, and each rule notices who does not."""

from __future__ import annotations

import tomllib
from functools import cache

import pytest

from tests import conventions
from tests.conventions import ROOT, Module, Rule

LONG = "x = 1\n"

SINS = [
    (conventions.is_small, "app/a.py", LONG * 401),
    (conventions.is_small, "app/a.py", "def f():\n" + "    x = 1\n" * 40),
    (conventions.is_small, "app/a.py", "class A:\n" + "    x = 1\n" * 300),
    (conventions.says_what_it_is, "app/a.py", "x = 1\n"),
    (conventions.is_finished, "app/a.py", "# TO" + "DO: more\n"),
    (conventions.is_finished, "app/a.py", "raise NotImplementedError\n"),
    (conventions.speaks_of_the_product, "app/a.py", "# as Clau" + "de wrote\n"),
    (conventions.speaks_of_the_product, "app/a.py", "x = '/wor" + "k/main'\n"),
    (conventions.asks_the_clock, "app/a.py", "datetime.now()\n"),
    (conventions.asks_the_clock, "app/a.py", "datetime.date.today()\n"),
    (conventions.connects_methods, "app/views/a.py", "b.clicked.connect(lambda: 1)\n"),
    (conventions.connects_methods, "app/views/a.py", "b.clicked.connect(close)\n"),
    (conventions.connects_methods, "app/views/a.py", "b.clicked.connect(slot)\n"),
    (conventions.connects_methods, "app/views/a.py", "self.command('a', lambda: 1)\n"),
    (conventions.never_blocks, "app/views/a.py", "dialog.exec()\n"),
    (conventions.sends_safe_signals, "app/views/a.py", "s = Signal(int)\n"),
    (conventions.ends_painters, "app/views/a.py", "painter = QPainter(self)\n"),
    (conventions.leaves_parents, "app/views/a.py", "self.windowHandle()\n"),
    (conventions.ends_painters, "app/views/a.py", "hair(QPainter(self), 0)\n"),
]


@cache
def everything() -> tuple[Module, ...]:
    return tuple(conventions.everything())


def of(folder: str) -> list[Module]:
    return [module for module in everything() if module.path.startswith(folder)]


@pytest.mark.parametrize("rule", conventions.RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule: Rule) -> None:
    faults = [
        f"{module.path}:{fault}" for module in everything() for fault in rule(module)
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("rule", "path", "text"), SINS)
def test_a_rule_notices_who_breaks_it(rule: Rule, path: str, text: str) -> None:
    assert list(rule(Module.of(path, text)))


def test_every_rule_is_known_to_notice() -> None:
    assert {rule for rule, _, _ in SINS} == set(conventions.RULES)


def test_the_papers_speak_of_the_product() -> None:
    papers = [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), *ROOT.glob(".ci/*")]
    faults = [
        f"{paper.name}:{fault}"
        for paper in papers
        for fault in conventions.lines_about_the_work(paper.read_text("utf-8"))
    ]
    assert papers
    assert not faults, "\n".join(faults)


def test_every_error_for_people_is_raised_in_a_test() -> None:
    raised = conventions.names_used(of("tests/"))
    missing = conventions.error_classes(of("app/")) - raised
    assert not missing, f"no test raises {sorted(missing)}"


def test_every_module_of_the_program_is_tested() -> None:
    missing = conventions.untested(of("app/"), of("tests/"))
    assert not missing, f"no test reaches {missing}"


def test_a_module_that_no_test_reaches_is_noticed() -> None:
    program = [
        Module.of("app/a/face.py", '"""Face."""\nfrom app.a.part import x\n'),
        Module.of("app/a/part.py", '"""Part."""\nfrom app.b.part import x\n'),
        Module.of("app/b/part.py", '"""Elsewhere."""\nx = 1\n'),
    ]
    tests = [Module.of("tests/test_a.py", "from app.a.face import x\n")]
    assert conventions.untested(program, tests) == ["app/b/part.py"]
    assert not conventions.untested(program[:2], tests)


def test_the_lock_names_no_server() -> None:
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    options = [line for line in lock.splitlines() if line.startswith("-")]
    assert not options
    assert "://" not in lock


def test_the_lock_pins_what_the_project_needs() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needs = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    lock = (ROOT / "requirements.txt").read_text("utf-8")
    pinned = {line.split("==")[0] for line in lock.splitlines() if "==" in line}
    names = {
        need.split(">")[0].split("[")[0].strip().lower().replace("_", "-")
        for need in needs
    }
    assert names <= pinned
