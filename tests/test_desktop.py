"""The program opens an office in a window, draws it, and ends in order."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.__main__ import address_asked
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


BEHIND_THE_CURTAIN = """
import sys
from app.opening import Opening

opening = Opening(sys.argv[1])
assert opening.come_up()
heavy = {"sqlalchemy", "alembic", "psycopg", "reportlab", "icalendar", "app.services"}
print(sorted(heavy & set(sys.modules)), opening.curtain.isVisible())
second = Opening(sys.argv[1])
print(second.come_up(), second.curtain.isVisible())
"""

CLOSE_THE_CURTAIN = """
import sys
from app.opening import Opening

opening = Opening(sys.argv[1])
assert opening.come_up()
from app import desktop

opening.curtain.close()
print(desktop.open_desktop(sys.argv[1], opening))
early = Opening(sys.argv[1])
early.curtain.painted.disconnect()
early.curtain.painted.connect(early.curtain.close)
print(early.come_up())
"""

READ_AND_QUIT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMessageBox
from app import __main__ as program

shown = QMessageBox.showEvent

def read(self, event):
    shown(self, event)
    print(self.text(), "|", self.informativeText())
    QTimer.singleShot(0, self.defaultButton().click)

QMessageBox.showEvent = read
sys.exit(program.run())
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
    pages = {page.place.value.replace("_", "-") for page in PAGES}
    assert pages <= {stem.partition("-")[0] for stem in drawn} | drawn
    assert {f"empty-{page}" for page in pages} <= drawn
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


def test_the_frame_is_on_the_screen_before_the_services_are_loaded(
    month_sqlite: str, tmp_path: Path
) -> None:
    done = run("-c", BEHIND_THE_CURTAIN, month_sqlite, folder=tmp_path)
    assert done.stdout.splitlines() == ["[] True", "False False"], done.stderr


def test_closing_the_frame_while_all_is_loading_ends_the_program(
    month_sqlite: str, tmp_path: Path
) -> None:
    done = run("-c", CLOSE_THE_CURTAIN, month_sqlite, folder=tmp_path)
    assert done.stdout.splitlines() == ["0", "False"], done.stderr
    office = Path(month_sqlite)
    assert not office.with_name(f"{office.stem} backups").exists()


def test_a_window_says_why_an_office_cannot_be_opened(tmp_path: Path) -> None:
    broken = tmp_path / "broken.chalkbook"
    broken.write_text("This is a letter.", "utf-8")
    done = run("-c", READ_AND_QUIT, "--office", str(broken), folder=tmp_path)
    heading, sentence = done.stdout.strip().split(" | ")
    assert (done.returncode, heading) == (1, "The office cannot be opened")
    assert sentence
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_window_says_what_is_wrong_with_the_settings(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("office = ", "utf-8")
    done = run("-c", READ_AND_QUIT, folder=tmp_path)
    heading, sentence = done.stdout.strip().split(" | ")
    assert (done.returncode, heading) == (1, "The office cannot be opened")
    assert "settings.toml” cannot be used" in sentence
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "address"),
    [
        (["--office", "a.chalkbook"], "a.chalkbook"),
        (["--office=b.chalkbook"], "b.chalkbook"),
        (["check"], None),
        (["--office", "a.chalkbook", "check"], None),
        (["--version"], None),
    ],
)
def test_only_a_wish_for_a_window_brings_one_up(
    words: list[str], address: str | None
) -> None:
    assert address_asked(words) == address


def test_without_words_the_own_office_comes_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "settings.toml"
    monkeypatch.setenv("CHALKBOOK_SETTINGS", str(settings))
    settings.write_text('office = "ours.chalkbook"', "utf-8")
    assert str(address_asked([])).endswith("ours.chalkbook")
    settings.write_text("office = 7", "utf-8")
    assert address_asked([]) is None


def test_a_new_place_holds_no_office_until_it_is_set_up(tmp_path: Path) -> None:
    address = str(tmp_path / "new.chalkbook")
    assert not is_founded(address)
    office = open_office(address, create=True)
    assert not is_founded(address)
    office.settings.set_up(SetUpOffice("Chalk & Co", "Europe/London", "GBP"))
    office.close()
    assert is_founded(address)
