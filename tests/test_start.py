"""One command makes the environment, survives what happens to it, and says why not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

import start
from start import CannotStartError, Environment

PROGRAM = 'import sys\nprint("Hello", *sys.argv[1:])\n'
LOCK = "# nothing is needed\n"
PATIENCE = 60.0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout whose environment was made."""
    root = checkout(tmp_path_factory.mktemp("made"))
    Environment(root).ensure()
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A checkout of this test's own, with its environment."""
    copy = tmp_path / "chalkbook"
    shutil.copytree(made, copy, symlinks=True)
    return copy


def checkout(root: Path) -> Path:
    (root / "app").mkdir()
    (root / "app" / "__init__.py").touch()
    (root / "app" / "__main__.py").write_text(PROGRAM)
    (root / "requirements.txt").write_text(LOCK)
    shutil.copy(start.__file__, root / "start.py")
    return root


def begin(root: Path, *words: str) -> subprocess.Popen[str]:
    """Start a checkout's program on a machine without apt-get."""
    return subprocess.Popen(
        [sys.executable, str(root / "start.py"), *words],
        env={**os.environ, "PATH": str(Path(sys.executable).parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_an_environment_is_made_once(root: Path) -> None:
    environment = Environment(root)
    stamp = root / ".venv" / "complete"
    before = stamp.stat().st_mtime_ns
    environment.ensure()
    assert environment.found() == environment.wanted()
    assert stamp.stat().st_mtime_ns == before


def test_another_word_goes_to_the_program_and_only_its_words_are_printed(
    root: Path,
) -> None:
    program = begin(root, "bill", "--json")
    said, told = program.communicate(timeout=PATIENCE)
    assert (program.returncode, said, told) == (0, "Hello bill --json\n", "")


def test_a_changed_lock_renews_the_environment_in_place(root: Path) -> None:
    environment = Environment(root)
    (root / ".venv" / "kept").touch()
    (root / "requirements.txt").write_text(LOCK + "# changed\n")
    assert environment.found() != environment.wanted()
    environment.ensure()
    assert environment.found() == environment.wanted()
    assert (root / ".venv" / "kept").exists()


def test_a_half_made_environment_is_made_anew(root: Path) -> None:
    (root / ".venv" / "complete").unlink()
    (root / ".venv" / "rubbish").touch()
    environment = Environment(root)
    environment.ensure()
    assert environment.found() == environment.wanted()
    assert not (root / ".venv" / "rubbish").exists()


def test_an_environment_of_another_python_is_made_anew(root: Path) -> None:
    stamp = root / ".venv" / "complete"
    stamp.write_text(stamp.read_text().replace(f"3.{sys.version_info.minor}", "3.1"))
    (root / ".venv" / "rubbish").touch()
    Environment(root).ensure()
    assert not (root / ".venv" / "rubbish").exists()


@pytest.mark.long
def test_a_start_that_was_killed_is_completed_by_the_next(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    first = begin(root, "hello")
    deadline = time.monotonic() + PATIENCE
    while not (root / ".venv").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    first.kill()
    first.communicate()
    assert not Environment(root).found()
    second = begin(root, "hello")
    said, _ = second.communicate(timeout=PATIENCE)
    assert (second.returncode, said) == (0, "Hello hello\n")


@pytest.mark.long
def test_two_starts_at_once_share_one_environment(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    both = [begin(root, "hello"), begin(root, "hello")]
    told = [program.communicate(timeout=PATIENCE) for program in both]
    assert [said for said, _ in told] == ["Hello hello\n"] * 2
    assert any("waiting" in sentence for _, sentence in told)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    root = checkout(tmp_path)
    (root / ".venv.lock").mkdir()
    with pytest.raises(CannotStartError, match="where you may write"):
        Environment(root).ensure()


def test_a_missing_lock_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotStartError, match=r"Cannot read .*requirements\.txt"):
        Environment(tmp_path).ensure()


def test_a_package_that_is_not_as_locked_is_refused(root: Path) -> None:
    wheel = root / "chalk-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("chalk.py", "")
        archive.writestr("chalk-1.0.dist-info/METADATA", "Name: chalk\nVersion: 1.0\n")
    lock = f"chalk @ {wheel.as_uri()} --hash=sha256:{'0' * 64}\n"
    (root / "requirements.txt").write_text(lock)
    with pytest.raises(CannotStartError, match="DO NOT MATCH THE HASHES"):
        Environment(root).ensure()
    assert not Environment(root).found()


def test_a_missing_network_is_told() -> None:
    output = (
        "WARNING: Retrying (Retry(total=0)) after connection broken by "
        "'NewConnectionError(...)'\nERROR: No matching distribution found for x\n"
    )
    assert "no network" in start.install_failure(output)


def test_any_other_failure_is_told_in_its_own_words() -> None:
    output = "ERROR: Could not install: [Errno 28] No space left on device\n\n"
    sentence = start.install_failure(output)
    assert sentence.endswith("[Errno 28] No space left on device")


def test_missing_system_libraries_are_named_by_their_packages() -> None:
    known = {"libc.so.6": "libc6"} if sys.platform == "linux" else {}
    wanted = {**known, "libchalk-nowhere.so.9": "libchalk9"}
    assert start.missing_libraries(wanted) == ["libchalk9"]


def test_without_apt_the_missing_packages_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "libchalk9" in start.install_packages(["libchalk9"])
