"""Builds the program that is installed: `python installer/build.py check|build|smoke`.

``check`` looks whether everything that goes into the package is there, for every
system; ``build`` packs it for the system that it runs on; ``smoke`` opens a sample
office with the packed program, draws a page and ends.
"""

# ruff: noqa: INP001, T201  it is run by its path, and speaks by print

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build"
WANTED = (
    "resources/fonts/screen/Inter-Regular.ttf",
    "resources/icons/LICENSE",
    "resources/theme/style.qss",
    "resources/rates/mileage.toml",
    "app/models/migrations/env.py",
    "installer/icons/chalkbook.ico",
    "installer/icons/chalkbook.icns",
    "installer/icons/chalkbook.png",
    "installer/linux/chalkbook.desktop",
    "installer/windows/chalkbook.iss",
    "installer/macos/entitlements.plist",
    "LICENSE",
)


def check() -> int:
    """Name what the package would lack; 0 when nothing."""
    missing = [name for name in WANTED if not (ROOT / name).is_file()]
    for name in missing:
        print(f"missing: {name}")
    return int(bool(missing))


def build() -> int:
    """Pack the program for this system."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean"]
    command += ["--distpath", str(OUT / "dist"), "--workpath", str(OUT / "work")]
    command.append(str(ROOT / "installer" / "chalkbook.spec"))
    return subprocess.run(command, check=False, cwd=ROOT).returncode  # noqa: S603  our own


def smoke() -> int:
    """Make a sample office with the packed program, draw its pages, look at them."""
    program = packed()
    if not program.is_file():
        print(f"There is no packed program at {program}; build it first.")
        return 1
    with tempfile.TemporaryDirectory(prefix="chalkbook") as name:
        folder = Path(name)
        made = run(program, "demo", "--folder", folder / "sample", "--headless")
        office = folder / "sample" / "office.chalkbook"
        drawn = run(program, "grab", "--office", office, "--out", folder / "pictures")
        pictures = list((folder / "pictures").glob("*.png"))
        print(f"{len(pictures)} pages drawn")
        return made or drawn or int(not pictures)


def packed() -> Path:
    """Name the packed program of this system."""
    if sys.platform == "darwin":
        return OUT / "dist" / "Chalkbook.app" / "Contents" / "MacOS" / "chalkbook"
    ending = ".exe" if sys.platform == "win32" else ""
    return OUT / "dist" / "chalkbook" / f"chalkbook{ending}"


def run(program: Path, *words: str | Path) -> int:
    """Run the packed program and give its exit code."""
    command = [str(program), *map(str, words)]
    return subprocess.run(command, check=False, timeout=600).returncode  # noqa: S603  our own


def main() -> int:
    """Do what was asked for."""
    verbs = {"check": check, "build": build, "smoke": smoke}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("verb", choices=verbs)
    return verbs[parser.parse_args().verb]()


if __name__ == "__main__":
    sys.exit(main())
