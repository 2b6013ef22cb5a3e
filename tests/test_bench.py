"""The bench measures every job on both databases, at whatever speed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.bench import SIZES, NoBenchError, _running
from bench.sizes import SIZES as FILLED
from bench.timing import compare
from tests.conventions import ROOT
from tests.servers import PostgresServer

WINDOWS = 10 if Path("/proc/self/statm").is_file() else 9


def results(office: str) -> list[dict[str, object]]:
    """Measure in a process of its own, where nothing else is kept in memory."""
    command = ["-m", "app", "bench", "--size", "tiny", "--json", "--office", office]
    done = subprocess.run(
        [sys.executable, *command],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=250,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    told = json.loads(done.stdout)
    assert told["size"] == "tiny"
    found: list[dict[str, object]] = told["results"]
    return found


def is_whole(found: list[dict[str, object]], database: str, jobs: int) -> bool:
    names = [one["database"] for one in found]
    numbers = [one[key] for one in found for key in ("ratio", "floor_ms", "ours_ms")]
    return (
        names == [database] * jobs + [""] * 3
        and all(isinstance(number, float) and number > 0 for number in numbers)
        and len({(one["job"], one["floor"]) for one in found}) == len(found)
    )


def test_every_job_is_measured_on_a_file(tmp_path: Path) -> None:
    found = results(str(tmp_path / "office.chalkbook"))
    assert is_whole(found, "SQLite", WINDOWS + 6)


@pytest.mark.long
@pytest.mark.postgres
def test_every_job_is_measured_on_a_server(
    postgres_server: PostgresServer, worker_id: str
) -> None:
    name = f"bench_{worker_id}"
    address = postgres_server.create(name)
    try:
        assert is_whole(results(address), "PostgreSQL", 6)
    finally:
        postgres_server.drop(name)


def test_the_sizes_that_can_be_asked_for_are_those_there_are() -> None:
    assert tuple(FILLED) == SIZES


def test_without_the_source_there_is_no_bench(tmp_path: Path) -> None:
    with pytest.raises(NoBenchError, match="from a checkout"):
        _running(tmp_path)


def test_a_ratio_is_the_median_of_turns_and_what_follows_is_not_timed() -> None:
    order: list[str] = []
    found = compare(
        "job",
        "floor",
        lambda: order.append("floor"),
        lambda: order.append("ours"),
        after=lambda: order.append("after"),
        goal=0.0,
        repetitions=2,
    )
    assert order == ["floor", "after", "ours", "after"] * 3
    assert found.ratio > 0
    assert not found.is_met
