"""Column types: texts that are the same for the same value."""

from __future__ import annotations

import pytest

from app.models.types import canonical_json, canonical_list


@pytest.mark.parametrize(
    "parts",
    [
        [],
        [None, "", 0, -7, 10**18],
        ['a "quoted" word', "back\\slash", "tab\tline\nbell\x07", "\x7f\u2028\ud800"],
        ['{"name":"Zoë","note":null}', None],
    ],
)
def test_a_list_written_sooner_is_the_same_text(parts: list[str | int | None]) -> None:
    """The chain of every office's journal rests on it."""
    assert canonical_list(parts) == canonical_json(parts)
