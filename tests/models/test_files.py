"""Files of an office are private, and are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from app.bootstrap import database_url, open_office
from app.models.copying import back_up
from app.models.faults import CannotOpenError, ReadOnlyError
from app.models.files import (
    NoFolderError,
    file_url,
    free_name,
    is_office_file,
    is_there,
    make_private,
    sqlite_path,
    written_aside,
)
from app.models.schema import upgrade
from tests.fakes import FakeClock

NOW = FakeClock().now()


@pytest.fixture
def _open_umask() -> Iterator[None]:
    """A system that lets everybody read new files."""
    former = os.umask(0)
    yield
    os.umask(former)


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


@pytest.mark.usefixtures("_open_umask")
def test_a_new_office_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "office.chalkbook"
    open_office(str(path), clock=FakeClock(), create=True).close()
    assert (mode(path), mode(path.parent)) == ("600", "700")
    journal = path.with_name(f"{path.name}-journal")
    assert not journal.exists() or mode(journal) == "600"


@pytest.mark.usefixtures("_open_umask")
def test_so_are_its_copies(month: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.chalkbook"
    back_up(make_url(database_url(month)), copy, NOW)
    assert mode(copy) == "600"
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private(tmp_path / "office.chalkbook")
    assert mode(tmp_path) == "755"


def test_a_file_that_is_there_keeps_its_content_and_rights(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("mine")
    path.chmod(0o644)
    make_private(path)
    assert (path.read_text(), mode(path)) == ("mine", "644")


@pytest.mark.parametrize(
    "name", ["a?b=c.db", "50%20off.db", "#1.db", "ä ö.db", "a'b\".db", "x@y:z.db"]
)
def test_any_name_is_opened_as_it_is(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert sqlite_path(file_url(path)) == path
    upgrade(file_url(path), NOW)
    assert [
        found.name for found in tmp_path.iterdir() if "journal" not in found.name
    ] == [name]
    assert is_office_file(path)


def test_what_is_written_aside_appears_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("old")
    with written_aside(target) as aside:
        aside.write_text("new")
        assert target.read_text() == "old"
        assert mode(aside) == "600"
    assert target.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["target"]


def test_what_fails_half_way_leaves_the_old(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("old")
    with pytest.raises(UnicodeEncodeError), written_aside(target) as aside:
        aside.write_text("half \ud800", "utf-8")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["target"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(NoFolderError, match="nowhere"),
        written_aside(tmp_path / "nowhere" / "a"),
    ):
        pass
    (tmp_path / "file").touch()
    with pytest.raises(NoFolderError), written_aside(tmp_path / "file" / "a"):
        pass


def test_a_name_that_no_file_can_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotOpenError):
        is_there(tmp_path / ("x" * 300))


def test_who_may_not_write_is_told() -> None:
    with pytest.raises((ReadOnlyError, CannotOpenError, NoFolderError)):
        make_private(Path("/proc/office.chalkbook"))


def test_free_names_are_free(tmp_path: Path) -> None:
    path = tmp_path / "office"
    names = []
    for _time in range(3):
        found = free_name(path, "before")
        found.touch()
        names.append(found.name)
    assert names == ["office.before", "office.before-2", "office.before-3"]


def test_other_files_are_no_office(tmp_path: Path) -> None:
    assert not is_office_file(tmp_path / "nothing")
    (tmp_path / "text").write_text("Dear parents, " * 100)
    assert not is_office_file(tmp_path / "text")
