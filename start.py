"""Starts Chalkbook from a plain checkout, with nothing but Python.

``python3 start.py`` opens the desktop, ``test`` runs the tests, ``gates`` checks the
code, ``lock`` renews the list of packages; every other word goes to the program.
The packages lie in ``.venv`` beside this file, and are made when they are missing.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
SHOWING = {"", "test"}  # the words that show windows
USAGE = """\
Usage: python3 start.py [WORD ...]

  (no word)                       open the desktop
  test [--long] [pytest options]  run the tests; --long adds the slow ones
  gates                           check the code: style, types, layers
  lock [uv options]               renew requirements.txt from pyproject.toml
  WORD ...                        everything else goes to the program; try: --help
"""

# What Qt loads, and the Debian package that brings it.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# What it loads besides on an X11 screen.
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


class CannotStartError(Exception):
    """Something stands in the way; the sentence says what, and what to do."""


def say(sentence: str) -> None:
    """Tell the person something, without touching what the program prints."""
    print(sentence, file=sys.stderr, flush=True)


class Environment:
    """The packages of one checkout, in the folder ``.venv`` beside its lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / (
            "Scripts/python.exe" if os.name == "nt" else "bin/python"
        )
        self._lock = root / "requirements.txt"
        self._stamp = self.folder / "complete"

    def wanted(self) -> str:
        """Say what a complete environment is made from."""
        try:
            lock = self._lock.read_bytes()
        except OSError as error:
            sentence = f"Cannot read {self._lock}: {error.strerror}."
            raise CannotStartError(sentence) from error
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return f"{version} {hashlib.sha256(lock).hexdigest()}"

    def found(self) -> str:
        """Say what the environment was made from; nothing if it is not complete."""
        if not self.python.exists() or not self._stamp.exists():
            return ""
        return self._stamp.read_text("utf-8")

    def ensure(self) -> None:
        """Make or complete the environment, one start at a time."""
        if self.found() == self.wanted():
            return
        try:
            with only_one(self.root / ".venv.lock") as held:
                if self.found() != self.wanted():
                    self._make(held)
        except OSError as error:
            sentence = (
                f"Cannot set up {self.folder}: {error.strerror}. "
                "Put Chalkbook into a folder with room where you may write."
            )
            raise CannotStartError(sentence) from error

    def _make(self, held: int) -> None:
        """Install what the lock lists; without a stamp what is there is not trusted."""
        say(f"Setting up {self.folder}; this takes a minute or two, once.")
        wanted = self.wanted()
        same_python = self.found().split(" ")[0] == wanted.split(" ", maxsplit=1)[0]
        self._stamp.unlink(missing_ok=True)
        if not same_python:
            self._create(held)
        pip = [str(self.python), "-m", "pip", "install", "--quiet", "--no-input"]
        pip += ["--disable-pip-version-check", "--only-binary=:all:"]
        pip += ["--require-hashes", "--requirement", str(self._lock)]
        done = run_quietly(pip, held)
        if done.returncode:
            raise CannotStartError(install_failure(done.stderr))
        half = self._stamp.with_suffix(".new")
        half.write_text(wanted, "utf-8")
        half.replace(self._stamp)

    def _create(self, held: int) -> None:
        """Make an empty environment in place of whatever is there."""
        if self.folder.is_symlink() or self.folder.is_file():
            self.folder.unlink()
        elif self.folder.exists():
            shutil.rmtree(self.folder)
        base = str(getattr(sys, "_base_executable", sys.executable))
        done = run_quietly([base, "-m", "venv", str(self.folder)], held)
        if done.returncode:
            last = (done.stdout + done.stderr).strip().splitlines()[-1:]
            sentence = f"Cannot make {self.folder}: {''.join(last)}"
            raise CannotStartError(sentence)


def run_quietly(
    command: Sequence[str],
    *held: int,
    environment: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a step of the set-up; what is held stays held until it ends."""
    return subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        errors="replace",
        env=environment,
        pass_fds=() if os.name == "nt" else held,
    )


def install_failure(output: str) -> str:
    """Turn what pip said into one sentence."""
    lost = r"connection broken by|Max retries exceeded|Could not fetch URL|timed out"
    if re.search(lost, output):
        return (
            "Cannot fetch the packages of Chalkbook: no network, or it is blocked. "
            "Connect and start again; what is there already is used."
        )
    errors = [line for line in output.splitlines() if line.startswith("ERROR:")]
    reason = " ".join((errors or output.splitlines() or ["pip failed"])[-1].split())
    return f"Cannot install the packages of Chalkbook: {reason}"


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[int]:
    """Hold a file's lock, waiting for another start to finish first."""
    with path.open("a+b") as file:
        if not take(file.fileno()):
            say("Another start is setting up this folder; waiting for it.")
            while not take(file.fileno()):
                time.sleep(0.5)
        yield file.fileno()


if sys.platform == "win32":
    import msvcrt

    def take(descriptor: int) -> bool:
        """Try to take the lock of an open file; it ends when the file is closed."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def take(descriptor: int) -> bool:
        """Try to take the lock of an open file; it ends when the file is closed."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def missing_libraries(libraries: Mapping[str, str]) -> list[str]:
    """Name the packages of the system libraries that cannot be loaded."""
    missing = []
    for library, package in libraries.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def ensure_system(word: str, *, complete: bool) -> None:
    """Install missing system packages on Debian as root; else say the command."""
    if complete and word not in SHOWING:
        return
    has_venv = all(map(importlib.util.find_spec, ("venv", "ensurepip")))
    needed = [] if complete or has_venv else ["python3-venv"]
    useful: list[str] = []
    if sys.platform == "linux":
        x11 = not word and not os.environ.get("WAYLAND_DISPLAY")
        (needed if word in SHOWING else useful).extend(missing_libraries(QT_LIBRARIES))
        (needed if x11 else useful).extend(missing_libraries(X11_LIBRARIES))
    problem = install_packages(needed + useful) if needed or useful else ""
    if needed and problem:
        raise CannotStartError(problem)


def install_packages(names: list[str]) -> str:
    """Install Debian packages where that is allowed, else give a sentence."""
    listed = " ".join(names)
    apt, geteuid = shutil.which("apt-get"), getattr(os, "geteuid", None)
    if apt is None:
        return f"This system lacks libraries that Debian calls: {listed}"
    command = f"apt-get install --yes --no-install-recommends {listed}"
    if geteuid is None or geteuid() != 0:
        return f"Chalkbook needs system packages. Run: sudo {command}"
    say(f"Installing system packages: {listed}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_quietly([apt, "update"], environment=quiet)
    done = run_quietly([apt, *command.split()[1:]], environment=quiet)
    if done.returncode == 0:
        return ""
    last = "".join(done.stderr.strip().splitlines()[-1:])
    return f"Cannot install system packages: {last} Try: {command}"


def command_in(python: Path, arguments: Sequence[str]) -> list[str]:
    """Make the command that runs Python on this checkout, and find its modules."""
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    return [str(python), "-P", *arguments]


def hand_over(python: Path, arguments: Sequence[str]) -> int:
    """Become Python in the environment; where that cannot be, wait for it."""
    command = command_in(python, arguments)
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606  the program is our own
    return subprocess.call(command)


def test(python: Path, arguments: list[str]) -> int:
    """Run the tests, the long ones only when asked for."""
    os.chdir(ROOT)
    chosen = [] if "--long" in arguments else ["-m", "not long"]
    rest = [argument for argument in arguments if argument != "--long"]
    workers = min(os.cpu_count() or 1, 4)
    spread = ["-n", str(workers), "--dist", "worksteal"]
    pytest = ["-m", "pytest", *spread, *chosen, *rest]
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return hand_over(python, pytest)


def gates(python: Path, _arguments: list[str]) -> int:
    """Check style, types and layers; all of them, even when one fails."""
    os.chdir(ROOT)
    layers = "import sys; from importlinter.cli import lint_imports; "
    checks = {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format": ["-m", "ruff", "format", "--check", "."],
        "mypy": ["-m", "mypy"],
        "import-linter": ["-c", layers + "sys.exit(lint_imports())"],
    }
    failed = []
    for name, check in checks.items():
        say(f"== {name}")
        if subprocess.call(command_in(python, check)):
            failed.append(name)
    say(f"Failed: {', '.join(failed)}" if failed else "All gates passed.")
    return 1 if failed else 0


def lock(python: Path, arguments: list[str]) -> int:
    """Renew the one list of packages, for every system, naming no server."""
    os.chdir(ROOT)
    uv = ["-m", "uv", "pip", "compile", "pyproject.toml", "--group", "dev"]
    uv += ["--universal", "--python-version", ".".join(map(str, OLDEST))]
    uv += ["--generate-hashes", "--no-emit-index-url", "--quiet"]
    uv += ["--custom-compile-command", "python3 start.py lock"]
    return hand_over(python, [*uv, "--output-file", "requirements.txt", *arguments])


VERBS: dict[str, Callable[[Path, list[str]], int]] = {
    "test": test,
    "gates": gates,
    "lock": lock,
}


def main(arguments: list[str]) -> int:
    """Set up what is missing, then do what the first word asks for."""
    word = arguments[0] if arguments else ""
    if word == "help":
        print(USAGE, end="")
        return 0
    try:
        environment = Environment(ROOT)
        ensure_system(word, complete=environment.found() == environment.wanted())
        environment.ensure()
        if word in VERBS:
            return VERBS[word](environment.python, arguments[1:])
        return hand_over(environment.python, ["-m", "app", *arguments])
    except CannotStartError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit("Chalkbook needs Python 3.11 or newer.")
    sys.exit(main(sys.argv[1:]))
