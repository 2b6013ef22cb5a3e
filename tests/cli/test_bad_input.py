"""What is wrong outside becomes one clear sentence, and nothing is lost by it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psycopg
import pytest
from sqlalchemy.engine import make_url

from app.bootstrap import database_url
from app.models.copying import restore
from app.models.values.errors import UnavailableError
from tests.cli.speaking import Command, run
from tests.disks import Disk, disk
from tests.fakes import FakeClock
from tests.kills.judging import books, faults
from tests.month import FEBRUARY
from tests.servers import PostgresServer, make_folder, remove_folder
from tests.tampering import picture, tamper

EVERY_VERB = (
    ("check",),
    ("migrate",),
    ("bill", *FEBRUARY),
    ("pay", *FEBRUARY),
    ("backup", "{folder}/b.chalkbook"),
    ("export", "{folder}/all"),
)


def words(verb: tuple[str, ...], folder: Path) -> list[str]:
    return [word.format(folder=folder) for word in verb]


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


def torn(content: bytes) -> bytes:
    return b"\xff" * 200 + content[200:]


def other(_content: bytes) -> bytes:
    return b"Dear parents, " * 500


@pytest.mark.parametrize("verb", EVERY_VERB)
@pytest.mark.parametrize("spoil", [cut, torn, other])
def test_a_broken_file_is_refused_and_left_as_it_is(
    say: Command,
    month_sqlite: str,
    tmp_path: Path,
    verb: tuple[str, ...],
    spoil: object,
) -> None:
    assert callable(spoil)
    path = Path(month_sqlite)
    path.write_bytes(spoil(path.read_bytes()))
    before = picture(tmp_path)
    said = say(*words(verb, tmp_path), "--office", path)
    assert f"“{path}” is damaged" in said.sentence
    assert "chalkbook restore" in said.sentence
    after = picture(tmp_path)
    assert after == before


@pytest.mark.parametrize("verb", EVERY_VERB)
def test_an_office_of_a_newer_program_is_refused_and_left_as_it_is(
    say: Command, month: str, tmp_path: Path, verb: tuple[str, ...]
) -> None:
    tamper(month, "UPDATE alembic_version SET version_num = '9000'")
    before = picture(tmp_path), books(month)
    said = say(*words(verb, tmp_path), "--office", month)
    assert "newer version of the program" in said.sentence
    assert "9000" in said.sentence
    assert "Install the newer program" in said.sentence
    assert (picture(tmp_path), books(month)) == before


def test_flipped_bits_never_end_in_a_traceback(
    say: Command, month_sqlite: str, expected_log: pytest.LogCaptureFixture
) -> None:
    whole = Path(month_sqlite).read_bytes()
    random = Random(7)  # noqa: S311  any bits will do
    for _time in range(8):
        spoilt = bytearray(whole)
        for _bit in range(40):
            spoilt[random.randrange(100, len(spoilt))] ^= 1 << random.randrange(8)
        Path(month_sqlite).write_bytes(spoilt)
        said = say("check", "--office", month_sqlite, "--json")
        assert said.sentence
        assert said.document["ok"] is False
    assert not [each for each in expected_log.records if each.levelname == "ERROR"]


@pytest.fixture
def locked_away(month_sqlite: str, tmp_path: Path) -> Iterator[Path]:
    """An office on a disk that can only be read."""
    with disk(tmp_path / "disk", "8m") as there:
        path = Path(shutil.copyfile(month_sqlite, there.folder / "office.chalkbook"))
        there.remount("ro")
        yield path


@pytest.mark.parametrize("verb", ["bill", "pay"])
def test_an_office_that_cannot_be_written_is_not_changed(
    say: Command, locked_away: Path, verb: str
) -> None:
    before = picture(locked_away.parent)
    said = say(verb, *FEBRUARY, "--office", locked_away)
    assert f"“{locked_away}” cannot be written" in said.sentence
    assert "read-only" in said.sentence
    assert picture(locked_away.parent) == before


def test_an_office_that_cannot_be_written_can_still_be_taken_away(
    say: Command, locked_away: Path, tmp_path: Path
) -> None:
    assert say("check", "--office", locked_away).code == 0
    assert say("backup", tmp_path / "b.chalkbook", "--office", locked_away).code == 0
    assert say("export", tmp_path / "all", "--office", locked_away).code == 0
    assert say("bill", "--dry-run", "--office", locked_away).code in {0, 1}


@pytest.mark.parametrize(
    "verb",
    [
        ("backup", "{folder}/b.chalkbook"),
        ("export", "{folder}/all"),
        ("bill", *FEBRUARY, "--out", "{folder}/out"),
        ("pay", *FEBRUARY, "--out", "{folder}/out"),
        ("demo", "--folder", "{folder}/sample", "--headless"),
    ],
)
def test_a_folder_that_cannot_be_written_is_named(
    say: Command, locked_away: Path, month_sqlite: str, verb: tuple[str, ...]
) -> None:
    folder = locked_away.parent
    own = () if verb[0] == "demo" else ("--office", month_sqlite)
    said = say(*words(verb, folder), *own)
    assert str(folder) in said.sentence
    assert "Read-only file system" in said.sentence or "cannot be" in said.sentence
    assert "choose" in said.sentence or "check" in said.sentence


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Disk]:
    """A small disk."""
    with disk(tmp_path / "disk", "6m") as there:
        yield there


@pytest.mark.parametrize("verb", ["bill", "pay"])
@pytest.mark.parametrize("leaving", [0, 30_000, 90_000])
def test_on_a_full_disk_a_run_stops_with_nothing_half_done_and_goes_on_later(
    say: Command, month_sqlite: str, small: Disk, verb: str, leaving: int
) -> None:
    office = str(shutil.copyfile(month_sqlite, small.folder / "office.chalkbook"))
    small.fill(leaving=leaving)
    said = say(verb, *FEBRUARY, "--office", office)
    assert f"The disk of “{office}” is full" in said.sentence
    assert "free some space" in said.sentence
    assert not faults(office)
    small.clear()
    assert say(verb, *FEBRUARY, "--office", office).code == 0
    alone = Path(month_sqlite)
    assert say(verb, *FEBRUARY, "--office", alone).code == 0
    assert books(office) == books(str(alone))
    assert say("check", "--office", office).code == 0


@pytest.mark.parametrize(
    "verb",
    [
        ("backup", "{folder}/b.chalkbook"),
        ("export", "{folder}/all"),
    ],
)
def test_on_a_full_disk_the_older_copy_stays(
    say: Command, month: str, small: Disk, verb: tuple[str, ...]
) -> None:
    asked = [*words(verb, small.folder), "--office", month]
    assert say(*asked).code == 0
    before = picture(small.folder)
    small.fill(leaving=100_000)
    said = say(*asked)
    assert "full" in said.sentence or "No space left" in said.sentence
    assert str(small.folder) in said.sentence
    small.clear()
    assert picture(small.folder) == before
    assert say(*asked).code == 0


@pytest.mark.parametrize("copies", [0, 0.05, 0.7, 1.5])
def test_on_a_full_disk_a_restore_leaves_the_office_as_it_was(
    say: Command, month_sqlite: str, small: Disk, tmp_path: Path, copies: float
) -> None:
    office = Path(shutil.copyfile(month_sqlite, small.folder / "office.chalkbook"))
    larger = tmp_path / "larger.chalkbook"
    assert say("bill", *FEBRUARY, "--office", month_sqlite).code == 0
    assert say("backup", larger, "--office", month_sqlite).code == 0
    before = books(str(office))
    small.fill(leaving=round(copies * office.stat().st_size))
    said = say("restore", larger, "--office", office)
    assert f"The disk of “{small.folder}" in said.sentence
    assert "is full, so nothing was saved; free some space" in said.sentence
    assert not faults(str(office))
    assert books(str(office)) == before
    small.clear()
    assert say("restore", larger, "--office", office).code == 0
    assert books(str(office)) == books(str(larger))
    for former in small.folder.glob("*before-restore*"):
        assert books(str(former)) == before


@pytest.mark.postgres
@pytest.mark.parametrize("copies", [0, 0.7, 1.5])
def test_on_a_full_disk_a_restore_leaves_the_office_on_a_server_as_it_was(
    say: Command,
    month_postgres: str,
    small: Disk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    copies: float,
) -> None:
    copy = tmp_path / "copy.chalkbook"
    assert say("backup", copy, "--office", month_postgres).code == 0
    assert say("bill", *FEBRUARY, "--office", month_postgres).code == 0
    before = books(month_postgres)
    monkeypatch.setattr(tempfile, "tempdir", str(small.folder))
    small.fill(leaving=round(copies * copy.stat().st_size))
    url = make_url(database_url(month_postgres))
    with pytest.raises(UnavailableError, match=r"full|No space left") as told:
        restore(copy, url, FakeClock().now(), small.folder)
    assert str(small.folder) in str(told.value)
    assert books(month_postgres) == before
    small.clear()
    restore(copy, url, FakeClock().now(), small.folder)
    assert not books(month_postgres).documents


def test_on_a_full_disk_no_document_is_half_written(
    say: Command, month_sqlite: str, small: Disk
) -> None:
    small.fill(leaving=120_000)
    out = small.folder / "out"
    asked = ("bill", *FEBRUARY, "--office", month_sqlite, "--out", out)
    said = say(*asked)
    assert "No space left on device" in said.sentence
    assert len(books(month_sqlite).documents) == 11
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in out.iterdir())
    small.clear()
    assert say(*asked).code == 0
    assert len(list(out.iterdir())) == 11


@pytest.mark.parametrize("verb", EVERY_VERB)
@pytest.mark.parametrize(
    "address",
    [
        "x" * 5000,
        "folder/" * 2000 + "office.chalkbook",
        "mysql://host/" + "x" * 5000,
        "postgresql://ana:secret@127.0.0.1:1/" + "x" * 5000,
    ],
)
def test_an_address_of_thousands_of_letters_is_echoed_shortly(
    say: Command, tmp_path: Path, verb: tuple[str, ...], address: str
) -> None:
    said = say(*words(verb, tmp_path), "--office", address)
    assert said.code == 1
    assert len(said.sentence) < 700
    assert "secret" not in said.err


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://ana:Se%2Fcret@127.0.0.1:1/office", "ana:***@127.0.0.1"),
        ("postgresql://ana:secret@nowhere.invalid/office", "ana:***@nowhere.invalid"),
        ("postgresql://ana:secret@host:abc/office", "ana:***@host:abc"),
        ("postgresql://ana:secret@[::1/office", "***"),
        ("postgresql://ana:secret@127.0.0.1:1/office?sslmode=odd", "ana:***@"),
        ("postgresql://127.0.0.1:1/office?password=secret", "127.0.0.1"),
        ("mysql://ana:secret@host/office", "mysql://ana:***@host"),
    ],
)
def test_a_wrong_address_is_named_without_its_password(
    say: Command, address: str, shown: str, home: Path
) -> None:
    said = say("check", "--office", address)
    assert shown in said.sentence
    assert "secret" not in said.err.lower()
    assert "check the address" in said.sentence or "write a path" in said.sentence
    assert not any(b"secret" in content.lower() for content in picture(home).values())


@pytest.fixture(scope="module")
def locked_server() -> Iterator[str]:
    """The address of a server that asks Ana for her password, without it."""
    folder = make_folder()
    server = PostgresServer(folder)
    address = server.url("postgres")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE ROLE ana LOGIN PASSWORD 'right'")
        (rules,) = connection.execute("SHOW hba_file").fetchone() or ("",)
        Path(rules).write_text(
            "local all ana scram-sha-256\nlocal all all trust\n", "utf-8"
        )
        connection.execute("SELECT pg_reload_conf()")
    yield address.replace("postgres@", "{}@", 1)
    remove_folder(folder)


@pytest.mark.postgres
def test_a_wrong_password_is_refused_and_shown_nowhere(
    locked_server: str, home: Path
) -> None:
    wrong = run("check", "--office", locked_server.format("ana:canary-4711"), "--json")
    assert "cannot be reached" in wrong.sentence
    assert "password" in wrong.sentence
    assert wrong.document["ok"] is False
    assert "canary" not in wrong.out + wrong.err
    assert not any(b"canary" in content for content in picture(home).values())
    right = run("check", "--office", locked_server.format("ana:right"))
    assert "is empty" in right.sentence
