"""Finds errors for people whose sentence no translator ever sees."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from tests.conventions import Module

TRANSLATORS = {"_", "ngettext"}
NOUN_TAKERS = {"fetch", "usable", "read_at", "names_a_record", "MissingRecordError"}
Statement = ast.Assign | ast.AnnAssign | ast.AugAssign


def untranslated(program: Sequence[Module]) -> list[str]:
    """List the errors whose sentence does not come from a translator."""
    return [
        f"{module.path}:{call.lineno}: {error.name}"
        for module, error in _errors(program)
        for makes in error.body
        if isinstance(makes, ast.FunctionDef) and makes.name == "__init__"
        for call in _calls_of_super(makes)
        if call.args and not _speaks(call.args[0], _speakers(module, makes))
    ]


def nouns(program: Iterable[Module]) -> set[str]:
    """List the plain words by which records are named to those who miss them."""
    return {
        given.value
        for module in program
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in NOUN_TAKERS
        for given in node.args
        if isinstance(given, ast.Constant) and isinstance(given.value, str)
    }


def _errors(program: Sequence[Module]) -> list[tuple[Module, ast.ClassDef]]:
    heirs: dict[str, list[tuple[Module, ast.ClassDef]]] = {}
    for module in program:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                for base in node.bases:
                    heirs.setdefault(ast.unparse(base), []).append((module, node))
    found: list[tuple[Module, ast.ClassDef]] = []
    waiting = ["OfficeError"]
    while waiting:
        for module, node in heirs.pop(waiting.pop(), []):
            found.append((module, node))
            waiting.append(node.name)
    return found


def _calls_of_super(makes: ast.FunctionDef) -> Iterator[ast.Call]:
    for node in ast.walk(makes):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__":
            yield node


def _speakers(module: Module, makes: ast.FunctionDef) -> set[str]:
    """Name what holds translated words: functions, constants and variables."""
    names = set(TRANSLATORS)
    inner = [node for node in ast.walk(makes) if isinstance(node, Statement)]
    for part in [*module.tree.body, *module.tree.body, *inner, *inner]:
        if isinstance(part, ast.FunctionDef) and _speaks(part, names):
            names.add(part.name)
        elif isinstance(part, Statement) and part.value and _speaks(part.value, names):
            targets = part.targets if isinstance(part, ast.Assign) else [part.target]
            names.update(map(ast.unparse, targets))
    return names


def _speaks(node: ast.AST, names: set[str]) -> bool:
    return any(
        isinstance(part, ast.Name) and part.id in names for part in ast.walk(node)
    )
