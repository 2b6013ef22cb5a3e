"""A damaged office keeps its name until the backup is whole and takes its place."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from app.bootstrap import database_url
from app.models.copying import back_up, restore
from app.models.faults import DiskFullError
from app.models.files import is_office_file
from app.models.pages import put_in_place
from tests.disks import disk
from tests.fakes import FakeClock
from tests.once import Fresh

NOW = FakeClock().now()
ROOT = Path(__file__).resolve().parents[2]
SWAP = """
import sys
from pathlib import Path
from app.models.pages import put_in_place
put_in_place(*map(Path, sys.argv[1:]))
"""


def _damage(path: Path) -> bytes:
    damaged = path.read_bytes()[:200_000]
    path.write_bytes(damaged)
    return damaged


@pytest.mark.parametrize("is_damaged", [False, True])
def test_a_full_disk_leaves_the_office_under_its_name(
    fresh_sqlite: Fresh, tmp_path: Path, *, is_damaged: bool
) -> None:
    copy = tmp_path / "copy.chalkbook"
    source = Path(fresh_sqlite())
    back_up(make_url(database_url(str(source))), copy, NOW)
    with disk(tmp_path / "disk", "16m") as small:
        office = small.folder / "office.chalkbook"
        shutil.copy(source, office)
        before = _damage(office) if is_damaged else office.read_bytes()
        # Of a whole office the copy still fits, but not what restoring writes.
        room = 0 if is_damaged else office.stat().st_size + 8192
        small.fill(leaving=room)
        with pytest.raises(DiskFullError, match=r"disk/office\.chalkbook"):
            restore(copy, make_url(database_url(str(office))), NOW, small.folder)
        assert office.read_bytes() == before
        left = {path.name for path in small.folder.iterdir()}
        assert left - {"office.chalkbook-journal"} == {"office.chalkbook", "filler"}


def test_what_lay_beside_a_damaged_file_goes_with_it(
    fresh_sqlite: Fresh, tmp_path: Path
) -> None:
    source, office = Path(fresh_sqlite()), tmp_path / "office"
    office.write_bytes(b"damaged")
    (tmp_path / "office-journal").write_bytes(b"hot")
    put_in_place(source, office, tmp_path / "former")
    assert is_office_file(office)
    assert (tmp_path / "former").read_bytes() == b"damaged"
    assert (tmp_path / "former-journal").read_bytes() == b"hot"
    assert not (tmp_path / "office-journal").exists()


def test_a_copy_that_fails_leaves_the_former_as_it_was(tmp_path: Path) -> None:
    office, nothing = tmp_path / "office", tmp_path / "nothing"
    office.write_bytes(b"damaged")
    nothing.write_bytes(b"no database" * 100)
    with pytest.raises(Exception, match="office"):
        put_in_place(nothing, office, tmp_path / "former")
    assert {path.name for path in tmp_path.iterdir()} == {"office", "nothing"}


@pytest.mark.parametrize("call", ["link", "rename"])
def test_whoever_is_killed_while_swapping_leaves_an_office(
    fresh_sqlite: Fresh, tmp_path: Path, call: str
) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("nothing here can kill at a call of the system")
    source, office = Path(fresh_sqlite()), tmp_path / "office"
    damaged = b"damaged" * 1000
    office.write_bytes(damaged)
    (tmp_path / "office-journal").write_bytes(b"hot")
    ended = subprocess.run(
        [
            *(strace, "-f", "-qq", "-o", os.devnull, "-e", f"trace={call}"),
            *("-e", f"inject={call}:signal=KILL:when=1+"),
            *(sys.executable, "-B", "-c", SWAP),
            *map(str, (source, office, tmp_path / "former")),
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    assert ended.returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}
    assert office.read_bytes() == damaged or is_office_file(office)


def test_what_was_moved_goes_back_when_the_swap_fails(
    fresh_sqlite: Fresh, tmp_path: Path
) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("nothing here can make a call of the system fail")
    source, office = Path(fresh_sqlite()), tmp_path / "office"
    office.write_bytes(b"damaged")
    (tmp_path / "office-journal").write_bytes(b"hot")
    second = "inject=rename:error=EIO:when=2"  # the first one moves the journal
    ended = subprocess.run(
        [
            *(
                strace,
                "-f",
                "-qq",
                "-o",
                os.devnull,
                "-e",
                "trace=rename",
                "-e",
                second,
            ),
            *(sys.executable, "-B", "-c", SWAP),
            *map(str, (source, office, tmp_path / "former")),
        ],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    assert ended.returncode == 1
    assert office.read_bytes() == b"damaged"
    assert (tmp_path / "office-journal").read_bytes() == b"hot"
    left = {path.name for path in tmp_path.iterdir()} - {source.name}
    assert left == {"office", "office-journal"}
