"""The program opens an office in a window, draws it, and ends in order."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from app.bootstrap import is_founded, open_office
from app.services.profile import SetUpOffice
from app.views.pages import PAGES
from tests.conventions import ROOT

OPEN_AND_CLOSE = """
import sys
from PySide6.QtCore import QTimer
from app import desktop
from app.views.shell.main_window import MainWindow

shown = MainWindow.showEvent

def close_soon(self, event):
    shown(self, event)
    QTimer.singleShot(1500, self.close)

MainWindow.showEvent = close_soon
sys.exit(desktop.open_desktop(sys.argv[1]))
"""


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the program without a screen, with settings of its own."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "CHALKBOOK_SETTINGS": str(folder / "settings.toml"),
        "XDG_DATA_HOME": str(folder),
    }
    return subprocess.run(
        [sys.executable, *words],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=environment,
        timeout=100,
    )


def test_every_page_is_drawn_into_a_file(month_sqlite: str, tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    words = ("-m", "app", "grab", "--office", month_sqlite, "--out", str(out))
    done = run(*words, "--theme", "dark", "--size", "1024x640", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    drawn = {path.stem for path in out.glob("*.png")}
    assert {page.place.value.replace("_", "-") for page in PAGES} <= drawn
    assert not list(out.glob(".*"))
    assert "Traceback" not in done.stderr


def test_the_window_opens_backs_up_and_closes(
    month_sqlite: str, tmp_path: Path
) -> None:
    done = run("-c", OPEN_AND_CLOSE, month_sqlite, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    office = Path(month_sqlite)
    backups = list(office.with_name(f"{office.stem} backups").glob("*.chalkbook"))
    assert len(backups) == 1
    assert (tmp_path / "windows.ini").is_file()


def test_a_new_place_holds_no_office_until_it_is_set_up(tmp_path: Path) -> None:
    address = str(tmp_path / "new.chalkbook")
    assert not is_founded(address)
    office = open_office(address, create=True)
    assert not is_founded(address)
    office.settings.set_up(SetUpOffice("Chalk & Co", "Europe/London", "GBP"))
    office.close()
    assert is_founded(address)
