"""Finds the cases of a folder and reads them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from tests.golden import series_story, story
from tests.golden.series_story import SeriesStory
from tests.golden.steps import Step
from tests.golden.story import Story
from tests.golden.strict import DAY, WALL, CaseError, read, read_part, read_record

FOLDER = "GOLDEN_CASES"
OWN = Path(__file__).parent / "cases"
_SERIES, _MATCHING = "series", "matching"
_READ_APART = frozenset({"kind", "steps", "expect"})


def case_files() -> list[Path]:
    """List the cases of this project, or of the folder that the environment names.

    Matching cases are left out: nothing plays them.

    Raises:
        CaseError: There are none.
    """
    folder = Path(os.environ.get(FOLDER, OWN))
    files = [path for path in sorted(folder.glob("*.json")) if _is_played(path)]
    if not files:
        raise CaseError(str(folder), "there are no cases here")
    return files


def read_case(path: Path) -> Story | SeriesStory:
    """Read a case.

    Raises:
        CaseError: It says what the format does not know.
    """
    return read_plain(_loaded(path), path.name)


def read_plain(data: Any, where: str) -> Story | SeriesStory:  # noqa: ANN401  any JSON
    """Read a case from its JSON values.

    Raises:
        CaseError: It says what the format does not know.
    """
    if not isinstance(data, dict):
        raise CaseError(where, "a case is an object")
    kind = data.get("kind")
    if kind not in {None, _SERIES}:
        raise CaseError(where, f"“{kind}” is no kind of case that is played")
    if kind == _SERIES:
        series: SeriesStory = _read(data, where, SeriesStory, series_story)
        return series
    money: Story = _read(data, where, Story, story)
    return money


def _read(data: Mapping[str, Any], where: str, kind: Any, form: Any) -> Any:  # noqa: ANN401
    for key in ("steps", "expect"):
        if key not in data:
            raise CaseError(where, f"“{key}” is missing")
    rest = {key: value for key, value in data.items() if key not in _READ_APART}
    steps = _steps(data["steps"], f"{where}.steps", form.STEPS)
    days = list(_dates({**rest, "steps": data["steps"]}))
    if not days:
        raise CaseError(where, "no date is named")
    return read_record(
        kind,
        rest,
        where,
        first_day=min(days),
        steps=steps,
        expect=read(form.Expect, data["expect"], f"{where}.expect"),
    )


def _steps(data: Any, where: str, known: Mapping[str, type[Step]]) -> tuple[Step, ...]:  # noqa: ANN401
    if not isinstance(data, list) or not data:
        raise CaseError(where, "steps are a list, and there is one at least")
    steps = []
    for number, one in enumerate(data):
        place = f"{where}[{number}]"
        if not isinstance(one, dict):
            raise CaseError(place, "a step is an object")
        verb = read_part(one, "do", place)
        if verb not in known:
            raise CaseError(place, f"“{verb}” is no step of the format")
        rest = {key: value for key, value in one.items() if key != "do"}
        steps.append(read(known[verb], rest, place))
    return tuple(steps)


def _dates(data: Any) -> Iterator[date]:  # noqa: ANN401
    """Give every date named anywhere."""
    if isinstance(data, dict):
        for value in data.values():
            yield from _dates(value)
    elif isinstance(data, list):
        for value in data:
            yield from _dates(value)
    elif isinstance(data, str) and (DAY.fullmatch(data) or WALL.fullmatch(data)):
        with suppress(ValueError):  # its own place tells what is wrong
            yield date.fromisoformat(data[:10])


def _is_played(path: Path) -> bool:
    try:
        data = _loaded(path)
    except CaseError:
        return True  # its own test tells what is wrong
    return not isinstance(data, dict) or data.get("kind") != _MATCHING


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        msg = "a key is given twice"
        raise ValueError(msg)
    return found


def _loaded(path: Path) -> Any:  # noqa: ANN401
    try:
        return json.loads(path.read_text("utf-8"), object_pairs_hook=_object)
    except ValueError as fault:
        raise CaseError(path.name, f"no JSON: {fault}") from fault
