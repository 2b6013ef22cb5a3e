"""House rules that no linter knows: each takes a module and lists its faults."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parent.parent
FILE_LINES, FUNCTION_LINES, CLASS_LINES = 400, 40, 300

# One letter stands in brackets, so that the patterns do not find themselves.
UNFINISHED = re.compile(r"TO[D]O|FIX[M]E|X[X]X|HA[C]K")
ABOUT_THE_WORK = re.compile(
    r"\b(language mode[l]|LL[M]|GP[T]|Claud[e]|Copilo[t]|chatbo[t])\b"
    r"|\b(sub|coding).?agen[t]\b|/wor[k]/|/roo[t]/|shared/desig[n]",
    re.IGNORECASE,
)
NAIVE = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
}
SLOT = "slot"
MISTAKEN = frozenset({"windowHandle", "nextInFocusChain", "previousInFocusChain"})
PAINTERS = frozenset({"QPainter", "QStylePainter"})
SIGNAL_TYPES = {"object", "str", "bool"}


@dataclass(frozen=True, slots=True)
class Module:
    """A Python file of the project."""

    path: str
    text: str
    tree: ast.Module = field(compare=False, repr=False)

    @classmethod
    def of(cls, path: str, text: str) -> Module:
        """Read a module from its text."""
        return cls(path, text, ast.parse(text, path))

    @property
    def name(self) -> str:
        """The dotted name it is imported by."""
        return self.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """List its calls of methods, with the method's name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield node, node.func.attr


Rule = Callable[[Module], Iterable[str]]


def modules(*folders: str) -> list[Module]:
    """Read the modules of some folders of the project."""
    found = [path for name in folders for path in sorted((ROOT / name).rglob("*.py"))]
    return [
        Module.of(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))
        for path in found
    ]


def everything() -> list[Module]:
    """Read every module of the project."""
    start = ROOT / "start.py"
    starter = Module.of("start.py", start.read_text("utf-8"))
    return [*modules("app", "bench", "tests"), starter]


def is_small(module: Module) -> Iterator[str]:
    """Keep files, classes and functions at a size that is read in one go."""
    if "migrations/versions/" in module.path:
        return  # written out from the tables, one after the other
    lines = module.text.count("\n")
    if lines > FILE_LINES:
        yield f"has {lines} lines"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            most = CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > most:
                yield f"{node.lineno}: {node.name} has {lines} lines"


def says_what_it_is(module: Module) -> Iterator[str]:
    """Begin every module that is not empty with a docstring."""
    if module.tree.body and not ast.get_docstring(module.tree):
        yield "has no docstring"


def is_finished(module: Module) -> Iterator[str]:
    """Leave no marks of unfinished work."""
    for number, line in enumerate(module.text.splitlines(), 1):
        if UNFINISHED.search(line):
            yield f"{number}: {line.strip()}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Raise) and node.exc is not None:
            raised = ast.unparse(node.exc)
            if raised.startswith("NotImplemented"):
                yield f"{node.lineno}: raises {raised}"


def speaks_of_the_product(module: Module) -> Iterator[str]:
    """Say nothing of how or where the code was written."""
    yield from lines_about_the_work(module.text)


def lines_about_the_work(text: str) -> Iterator[str]:
    """List the lines that speak of how or where something was written."""
    for number, line in enumerate(text.splitlines(), 1):
        if ABOUT_THE_WORK.search(line):
            yield f"{number}: {line.strip()}"


def asks_the_clock(module: Module) -> Iterator[str]:
    """Take the time from the clock that was handed in."""
    if module.path == "app/services/clock.py":
        return
    for call, method in module.calls():
        assert isinstance(call.func, ast.Attribute)
        owner = call.func.value
        name = owner.attr if isinstance(owner, ast.Attribute) else ""
        name = owner.id if isinstance(owner, ast.Name) else name
        if (name, method) in NAIVE:
            yield f"{call.lineno}: {name}.{method}()"


def connects_methods(module: Module) -> Iterator[str]:
    """Connect signals to bound methods: a lambda outlives the widget it captures.

    A function may take a ``slot`` and connect it; who calls it is judged instead.
    """
    if not module.path.startswith("app/views/"):
        return
    own_takers = set(_takers_of_slots(module))
    takers = {"command", *own_takers}
    for call, method in module.calls():
        given = [*call.args, *(word.value for word in call.keywords)]
        if method == "connect":
            is_slot = given and isinstance(given[0], ast.Name) and given[0].id == SLOT
            is_method = given and isinstance(given[0], ast.Attribute)
            if not is_method and not (is_slot and own_takers):
                yield f"{call.lineno}: connect() takes a bound method"
        elif method in takers and any(map(_is_made_on_the_spot, given)):
            yield f"{call.lineno}: {method}() takes a bound method"


def _takers_of_slots(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef):
            names = {argument.arg for argument in node.args.args}
            if SLOT in names:
                yield node.name


def _is_made_on_the_spot(given: ast.expr) -> bool:
    if isinstance(given, ast.Call) and isinstance(given.func, ast.Name):
        return given.func.id == "partial"
    return isinstance(given, ast.Lambda)


def never_blocks(module: Module) -> Iterator[str]:
    """Open dialogs instead of running a loop inside the loop."""
    if not module.path.startswith("app/views/"):
        return
    for call, method in module.calls():
        if method in {"exec", "exec_", "processEvents"}:
            yield f"{call.lineno}: {method}()"


def sends_safe_signals(module: Module) -> Iterator[str]:
    """Send objects, texts and booleans: other types lose values on the way."""
    for node in ast.walk(module.tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if not is_call or node.func.id != "Signal":  # type: ignore[attr-defined]
            continue
        assert isinstance(node, ast.Call)
        for kind in node.args:
            if not (isinstance(kind, ast.Name) and kind.id in SIGNAL_TYPES):
                yield f"{node.lineno}: Signal({ast.unparse(kind)})"


def ends_painters(module: Module) -> Iterator[str]:
    """Paint ``with`` a painter: one that an error leaves open brings Qt down.

    What went wrong is kept until Python is asked again, and the open painter with it.
    """
    held = {
        item.context_expr
        for node in ast.walk(module.tree)
        if isinstance(node, ast.With)
        for item in node.items
    }
    for node in ast.walk(module.tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if is_call and node not in held and node.func.id in PAINTERS:  # type: ignore[attr-defined]
            assert isinstance(node, ast.Call)
            yield f"{node.lineno}: {ast.unparse(node)} outside of a with"


def leaves_parents(module: Module) -> Iterator[str]:
    """Never ask Qt what makes Python mistake whose part something is."""
    if not module.path.startswith("app/"):
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in MISTAKEN:
            yield f"{node.lineno}: {node.attr}"


RULES: tuple[Rule, ...] = (
    is_small,
    says_what_it_is,
    is_finished,
    speaks_of_the_product,
    asks_the_clock,
    connects_methods,
    never_blocks,
    sends_safe_signals,
    ends_painters,
    leaves_parents,
)


def error_classes(found: Iterable[Module]) -> set[str]:
    """Name the errors that are told to people: the last in each line of heirs."""
    heirs: dict[str, list[str]] = {}
    for module in found:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                for base in node.bases:
                    heirs.setdefault(ast.unparse(base), []).append(node.name)
    waiting, errors = ["OfficeError", "SettingsError"], set[str]()
    while waiting:
        name = waiting.pop()
        waiting.extend(heirs.get(name, []))
        if name not in heirs:
            errors.add(name)
    return errors


def names_used(found: Iterable[Module]) -> set[str]:
    """List every name that some module uses."""
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for module in found
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
    }


def names_imported(found: Iterable[Module]) -> set[str]:
    """List every dotted name that some module imports."""
    names = set[str]()
    for module in found:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Import):
                names.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module)
                names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def untested(program: Sequence[Module], tests: Sequence[Module]) -> list[str]:
    """List the modules of the program that no test reaches.

    A test reaches the modules it imports or is named after, and, through those, the
    parts they import from their own package.
    """
    by_name = {module.name: module for module in program}
    stems = {PurePosixPath(module.path).stem for module in tests}
    waiting = [*(names_imported(tests) & by_name.keys())]
    waiting += [name for name in by_name if f"test_{name.rpartition('.')[2]}" in stems]
    reached = set[str]()
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        package = name if by_name[name].path.endswith("__init__.py") else ""
        package = package or name.rpartition(".")[0]
        if package in by_name:  # importing a part runs its package's own module
            waiting.append(package)
        waiting += [
            part
            for part in names_imported([by_name[name]]) & by_name.keys()
            if part.rpartition(".")[0] == package
        ]
    return [
        module.path
        for name, module in by_name.items()
        if name not in reached
        and len(module.tree.body) > 1  # more than its docstring
        and "migrations/" not in module.path  # they make every test's database
    ]
