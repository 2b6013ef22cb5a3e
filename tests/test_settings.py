"""This machine's choices are read, and a bad file is told in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import settings
from app.settings import LogLevel, Settings, SettingsError


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of a settings file of this test's own."""
    path = tmp_path / "settings.toml"
    monkeypatch.setenv("CHALKBOOK_SETTINGS", str(path))
    return path


def test_a_missing_file_means_the_defaults(file: Path) -> None:
    assert Settings.read(file) == Settings(
        office="", language="", log_level=LogLevel.INFO
    )


def test_every_choice_is_read(file: Path) -> None:
    file.write_text('office = "a.chalkbook"\nlanguage = "de"\nlog_level = "debug"\n')
    assert Settings.read(file) == Settings("a.chalkbook", "de", LogLevel.DEBUG)


def test_an_editor_may_begin_the_file_with_a_mark(file: Path) -> None:
    file.write_text('office = "a.chalkbook"\n', encoding="utf-8-sig")
    assert Settings.read(file).office == "a.chalkbook"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"office =", "Invalid value"),
        (b'office = "\xff"', "not written in UTF-8"),
        (b"offise = 'a'", "“offise” is none of office, language, log_level"),
        (b"office = 3", "“office” must be a text in quotes"),
        (b"log_level = 'loud'", "none of debug, info, warning, error"),
    ],
)
def test_a_bad_file_is_told_in_one_sentence(
    file: Path, text: bytes, fault: str
) -> None:
    file.write_bytes(text)
    with pytest.raises(SettingsError, match=fault) as told:
        Settings.read(file)
    assert str(file) in str(told.value)
    assert "\n" not in str(told.value)


def test_a_folder_in_place_of_the_file_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(SettingsError, match="Is a directory"):
        Settings.read(file)


def test_the_settings_choose_the_office(file: Path) -> None:
    file.write_text('office = "postgresql://db/office"\n')
    assert settings.chosen_office() == "postgresql://db/office"


def test_else_it_is_the_users_own_file(file: Path) -> None:
    assert not file.exists()
    own = Path(settings.chosen_office())
    assert own.is_absolute()
    assert own.name == "office.chalkbook"


def test_settings_lie_in_the_users_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CHALKBOOK_SETTINGS", raising=False)
    assert settings.settings_file().parts[-2:] == ("chalkbook", "settings.toml")
