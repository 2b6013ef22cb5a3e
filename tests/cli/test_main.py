"""The command's manners: exit codes, one sentence, one document, no traceback."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from app.logs import log_file
from app.settings import SettingsError, chosen_office, default_office, settings_file
from tests.cli.speaking import Command, run
from tests.conventions import ROOT
from tests.tampering import tamper

VERBS = ("demo", "migrate", "check", "backup", "restore", "export", "bill", "pay")


@pytest.mark.parametrize(
    "words",
    [
        ("dance",),
        ("check", "--loudly"),
        ("backup",),
        ("restore",),
        ("export",),
        ("bill", "--from", "yesterday"),
        ("pay", "--on", "2026-02-30"),
        ("demo", "--until", "christmas"),
        ("check", "--office"),
    ],
)
def test_words_that_make_no_sense_end_with_two(
    say: Command, words: tuple[str, ...]
) -> None:
    said = say(*words)
    assert said.code == 2
    assert not said.out
    assert "usage: chalkbook" in said.err


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(say: Command, verb: str) -> None:
    said = say(verb, "--help")
    assert said.code == 0
    assert "--office" in said.out
    assert not said.err


def test_the_version_is_told(say: Command) -> None:
    assert say("--version").out.strip().count(".") == 2


@pytest.mark.parametrize(
    "words",
    [
        ("migrate", "--json"),
        ("check",),
        ("backup", "b.chalkbook"),
        ("export", "all"),
        ("bill",),
        ("pay", "--dry-run"),
    ],
)
def test_without_an_office_every_verb_says_so(
    say: Command, words: tuple[str, ...], home: Path
) -> None:
    said = say(*words)
    assert str(home / "data" / "chalkbook") in said.sentence
    assert "There is no office file" in said.sentence
    assert "chalkbook demo" in said.sentence
    assert not list(home.rglob("*.chalkbook"))


def test_the_office_of_the_settings_is_the_default(
    say: Command, month_sqlite: str
) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text(f"office = '{month_sqlite}'\n", "utf-8")
    assert chosen_office() == month_sqlite
    assert say("check").code == 0


def test_the_users_own_office_is_the_default(say: Command, month_sqlite: str) -> None:
    default_office().parent.mkdir(parents=True)
    default_office().write_bytes(Path(month_sqlite).read_bytes())
    assert say("check").code == 0


def test_settings_that_cannot_be_read_stop_only_who_needs_them(
    say: Command, month_sqlite: str
) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("office = 3\n", "utf-8")
    with pytest.raises(SettingsError):
        chosen_office()
    said = say("check")
    assert str(settings_file()) in said.sentence
    assert say("check", "--office", month_sqlite).code == 0


def test_an_empty_address_is_not_the_own_office(say: Command) -> None:
    assert "neither an office file nor" in say("check", "--office", "").sentence


def test_a_fault_of_the_program_becomes_a_sentence_and_an_entry_in_the_log(
    say: Command, month: str, expected_log: pytest.LogCaptureFixture
) -> None:
    tamper(month, "UPDATE charge SET kind = 'dreamt'")
    said = say("bill", "--office", month)
    assert "fault of its own (ValueError)" in said.sentence
    assert str(log_file()) in said.sentence
    text = log_file().read_text("utf-8")
    assert "Traceback" in text
    assert "'dreamt' is not a valid" in text
    assert expected_log.records[-1].levelno == logging.ERROR


def test_nothing_is_left_attached_to_the_log(say: Command, month_sqlite: str) -> None:
    before = list(logging.getLogger().handlers), logging.getLogger().level
    say("check", "--office", month_sqlite)
    assert (logging.getLogger().handlers, logging.getLogger().level) == before


def test_it_is_the_same_as_a_process(month_sqlite: str) -> None:
    said = run("check", "--office", month_sqlite, "--json")
    assert (said.code, said.err) == (0, "")
    assert said.document["ok"] is True
    missing = run("check", "--office", f"{month_sqlite}.not")
    assert "There is no office file" in missing.sentence


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_any_terminal_can_be_written_to(month_sqlite: str, encoding: str) -> None:
    said = run(
        *("bill", "--dry-run", "--from", "2026-02-01", "--to", "2026-02-28"),
        *("--office", month_sqlite),
        more={"PYTHONIOENCODING": encoding, "LC_ALL": "C"},
    )
    assert said.code == 0
    assert "<b>Ł</b>" in said.out


def test_a_reader_that_goes_away_causes_no_traceback(month_sqlite: str) -> None:
    command = f"{sys.executable} -m app check --json --office {month_sqlite} | true"
    done = subprocess.run(
        ["/bin/sh", "-c", command], check=False, cwd=ROOT, capture_output=True
    )
    assert not done.stderr
