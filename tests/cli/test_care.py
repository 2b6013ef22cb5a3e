"""Checking, migrating and exporting by command, on files and on servers."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.models.schema import head
from tests.cli.speaking import Command, run
from tests.kills.judging import rows
from tests.servers import PostgresServer
from tests.tampering import tamper


def test_check_tells_what_is_well(say: Command, month: str) -> None:
    said = say("check", "--office", month)
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("All is well.\n")


def test_check_prints_one_document(say: Command, month: str) -> None:
    said = say("check", "--office", month, "--json")
    assert (said.code, said.err) == (0, "")
    assert said.document.keys() == {"ok", "findings"}
    assert said.document["ok"] is True
    for finding in said.document["findings"]:
        assert finding.keys() == {"code", "message", "records"}
        assert isinstance(finding["records"], list)


def test_check_ends_with_one_and_a_sentence_when_something_is_wrong(
    say: Command, month: str
) -> None:
    tamper(month, "UPDATE household SET name = 'Somebody else' WHERE id = 1")
    said = say("check", "--office", month)
    assert "FAULT" in said.out
    assert "household:1" in said.out
    assert "1 fault" in said.sentence
    document = say("check", "--office", month, "--json").document
    assert document["ok"] is False
    found = {
        finding["code"]: finding["records"]
        for finding in document["findings"]
        if finding["records"]
    }
    assert found == {"record_changed": ["household:1"]}


def test_check_of_a_damaged_file_says_so_in_both_ways(
    say: Command, month_sqlite: str
) -> None:
    content = Path(month_sqlite).read_bytes()
    Path(month_sqlite).write_bytes(content[: len(content) // 2])
    said = say("check", "--office", month_sqlite, "--json")
    assert month_sqlite in said.sentence
    assert said.document["ok"] is False
    assert said.document["findings"][0]["message"] == said.sentence


def test_migrate_of_what_is_up_to_date_changes_nothing(
    say: Command, month: str
) -> None:
    said = say("migrate", "--office", month)
    assert (said.code, said.err) == (0, "")
    assert "up to date" in said.out
    document = say("migrate", "--office", month, "--json").document
    assert document == {"before": head(), "after": head(), "copy": None}


def test_migrate_of_an_empty_file_makes_the_tables(
    say: Command, tmp_path: Path
) -> None:
    path = tmp_path / "empty.chalkbook"
    path.touch()
    assert "is empty" in say("check", "--office", path).sentence
    assert path.stat().st_size == 0
    said = say("migrate", "--office", path, "--json")
    assert said.document == {"before": "", "after": head(), "copy": None}
    assert say("check", "--office", path).code == 0


@pytest.mark.postgres
def test_migrate_of_an_empty_database_makes_the_tables(
    say: Command, postgres_server: PostgresServer, worker_id: str
) -> None:
    name = f"empty_cli_{worker_id}"
    address = postgres_server.create(name)
    assert "is empty" in say("check", "--office", address).sentence
    assert say("migrate", "--office", address).code == 0
    assert say("check", "--office", address).code == 0
    postgres_server.drop(name)


def test_export_says_what_it_wrote(say: Command, month: str, tmp_path: Path) -> None:
    said = say("export", tmp_path / "all", "--office", month)
    assert (said.code, said.err) == (0, "")
    files = list((tmp_path / "all").glob("*.csv"))
    assert f"in {len(files)} files" in said.out


def test_backup_and_restore_say_what_they_did(
    say: Command, month: str, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.chalkbook"
    said = say("backup", backup, "--office", month)
    assert (said.code, said.err) == (0, "")
    assert str(backup) in said.out
    assert "had this name before" not in said.out
    assert "had this name before" in say("backup", backup, "--office", month).out
    tamper(month, "UPDATE household SET name = 'Somebody else' WHERE id = 1")
    said = say("restore", backup, "--office", month)
    assert (said.code, said.err) == (0, "")
    former = said.out.strip().rpartition(" lies in ")[2].removesuffix(".")
    assert Path(former).exists()
    assert say("check", "--office", month).code == 0
    assert rows(former, "SELECT name FROM household WHERE id = 1") == [
        [("Somebody else",)]
    ]


def test_restore_makes_an_office_where_there_was_none(
    say: Command, month_sqlite: str, tmp_path: Path
) -> None:
    target = tmp_path / "elsewhere" / "office.chalkbook"
    assert say("restore", month_sqlite, "--office", target).code == 0
    assert say("check", "--office", target).code == 0


def test_the_verbs_are_the_same_as_processes(month_sqlite: str, tmp_path: Path) -> None:
    backup = tmp_path / "b.chalkbook"
    assert run("backup", backup, "--office", month_sqlite).code == 0
    assert run("restore", backup, "--office", tmp_path / "new.chalkbook").code == 0
    assert (
        run("export", tmp_path / "e", "--office", tmp_path / "new.chalkbook").code == 0
    )
    assert run("migrate", "--office", tmp_path / "new.chalkbook").code == 0
