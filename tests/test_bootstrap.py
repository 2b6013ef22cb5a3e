"""An office is opened by what a person types, or refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.bootstrap import AddressError, database_url, open_office
from app.models.schema import NoOfficeError
from tests.fakes import FakeClock


def test_a_path_is_a_file_wherever_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    office = open_office("Büro 50%?.chalkbook", clock=FakeClock(), create=True)
    office.close()
    assert (tmp_path / "Büro 50%?.chalkbook").exists()


def test_a_home_folder_may_be_written_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert str(tmp_path) in database_url("~/office.chalkbook")


@pytest.mark.parametrize(
    "typed",
    [
        "postgresql://ana@db/office",
        "postgres://ana@db/office",
        "postgresql+psycopg://ana@db/office",
    ],
)
def test_every_way_to_write_a_server_means_the_same(typed: str) -> None:
    assert database_url(typed) == "postgresql+psycopg://ana@db/office"


@pytest.mark.parametrize(
    "typed", ["", "  ", "a\0b", "mysql://db/office", "postgresql://", "http://x/y"]
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(AddressError, match="neither an office file nor"):
        database_url(typed)


def test_a_refused_address_does_not_show_its_password() -> None:
    with pytest.raises(AddressError) as told:
        database_url("mysql://ana:secret@db/office")
    assert "secret" not in str(told.value)


def test_a_missing_office_is_not_made_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "office.chalkbook"
    with pytest.raises(NoOfficeError):
        open_office(str(path), clock=FakeClock())
    assert not path.exists()
