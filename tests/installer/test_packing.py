"""Everything that goes into the package is there, for every system."""

from __future__ import annotations

import plistlib
import runpy
import struct
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_that_is_packed_is_missing() -> None:
    build = runpy.run_path(str(ROOT / "installer" / "build.py"))
    assert build["check"]() == 0


def test_the_linux_entry_names_program_and_icon() -> None:
    parser = ConfigParser(interpolation=None)
    parser.read(ROOT / "installer" / "linux" / "chalkbook.desktop", "utf-8")
    entry = parser["Desktop Entry"]
    assert (entry["Name"], entry["Exec"], entry["Icon"]) == (
        "Chalkbook",
        "chalkbook",
        "chalkbook",
    )


def test_the_entitlements_for_macos_are_a_property_list() -> None:
    path = ROOT / "installer" / "macos" / "entitlements.plist"
    assert plistlib.loads(path.read_bytes())["com.apple.security.network.client"]


def test_the_windows_installer_names_only_files_that_are_there() -> None:
    folder = ROOT / "installer" / "windows"
    text = (folder / "chalkbook.iss").read_text("utf-8")
    for name in ("SetupIconFile", "LicenseFile"):
        value = text.split(f"{name}=")[1].splitlines()[0].replace("\\", "/")
        assert (folder / value).is_file()


def test_the_windows_icon_has_every_size() -> None:
    data = (ROOT / "installer" / "icons" / "chalkbook.ico").read_bytes()
    count = struct.unpack_from("<H", data, 4)[0]
    sizes = {data[6 + 16 * number] or 256 for number in range(count)}
    assert {16, 32, 48, 256} <= sizes
