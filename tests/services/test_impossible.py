"""Whatever a service is handed, it does its work or refuses it in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import open_office
from app.models.values.errors import OfficeError
from app.services.office import _OWN, Office
from tests.fakes import FakeClock
from tests.services.asked import Method, askings, methods

CLOCK = FakeClock(datetime(2026, 3, 4, 22, tzinfo=UTC))
SERVICES = [name for name in Office.__dataclass_fields__ if name not in _OWN]


def complaint(method: Method, asked: Mapping[str, Any]) -> str:
    """Ask, and tell what is wrong with the answer; nothing if nothing is."""
    try:
        told = method(**asked)
        if isinstance(told, AbstractContextManager) and not isinstance(told, Path):
            with told:
                pass
    except OfficeError as error:
        said = str(error)
        is_one = said.endswith((".", "?", "”")) and "\n" not in said
        return "" if is_one and len(said) < 600 else f"no sentence: {said!r}"
    except Exception as error:  # noqa: BLE001  whatever else came is told
        return f"{type(error).__name__}: {str(error)[:200]}"
    return ""


@pytest.mark.parametrize("name", SERVICES)
def test_an_office_refuses_in_one_sentence_what_it_cannot_keep(
    month: str, tmp_path: Path, name: str
) -> None:
    office = open_office(month, clock=CLOCK)
    wrong: list[str] = []
    try:
        for full, method in methods(office).items():
            if full.partition(".")[0] != name:
                continue
            for asked in askings(method, tmp_path):
                found = complaint(method, asked)
                if found:
                    wrong.append(f"{full}({asked!r:.300}): {found}")
    finally:
        office.close()
    assert not wrong, "\n".join(wrong)
