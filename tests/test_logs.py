"""The program's log keeps details, rotates, and never learns a password."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from app.logs import OLD_FILES, discreet, log_file, logging_into
from app.settings import LogLevel

log = logging.getLogger("tests.logs")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://u:pw@h/db", "postgresql://u:***@h/db"),
        ("at postgresql://u:p@w:x@h:1/db.", "at postgresql://u:***@h:1/db."),
        (
            "postgresql://:pw@h/db and pg://a:b@c",
            "postgresql://:***@h/db and pg://a:***@c",
        ),
        ("postgresql://h/db?password=pw&x=1", "postgresql://h/db?password=***&x=1"),
        ("user=u password='pw' host=h", "user=u password='***' host=h"),
        ("postgresql://u@h:5432/db", "postgresql://u@h:5432/db"),
        ("/home/u/office.chalkbook", "/home/u/office.chalkbook"),
    ],
)
def test_passwords_of_addresses_are_hidden(text: str, shown: str) -> None:
    assert discreet(text) == shown


def test_a_record_is_kept_with_its_traceback(
    tmp_path: Path, expected_log: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "deep" / "chalkbook.log"
    with logging_into(path, LogLevel.INFO):
        assert not path.parent.exists()
        log.debug("too small")
        try:
            _ = 1 // 0
        except ZeroDivisionError:
            log.exception("It fell over “ł”")
    log.error("after")
    text = path.read_text("utf-8")
    assert "It fell over “ł”" in text
    assert "ZeroDivisionError" in text
    assert "too small" not in text
    assert "after" not in text
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert expected_log.records


def test_old_records_go_when_there_are_too_many(
    tmp_path: Path, expected_log: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "chalkbook.log"
    with logging_into(path, LogLevel.ERROR):
        for _number in range(800):
            log.error("x" * 10_000)
    expected_log.clear()
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == [
        "chalkbook.log",
        *(f"chalkbook.log.{n}" for n in range(1, OLD_FILES + 1)),
    ]


def test_a_log_that_cannot_be_written_stops_nobody(
    tmp_path: Path,
    expected_log: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "file").touch()
    with logging_into(tmp_path / "file" / "chalkbook.log", LogLevel.INFO):
        log.error("lost")
    assert expected_log.records
    assert not capsys.readouterr().err


def test_the_log_lies_in_the_users_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert log_file().is_relative_to(tmp_path)
