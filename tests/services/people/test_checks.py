"""What people are made of is checked field by field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.models.values.entries import EmptyError, NumberError, TooLongError
from app.models.values.errors import InputError
from app.models.values.schedule import PlaceKind
from app.services.people.checks import GUARDIAN, PAYER, TUTOR


@pytest.mark.parametrize(
    ("check", "value", "kept"),
    [
        (GUARDIAN["phones"], (" 0123 ", "0456"), ["0123", "0456"]),
        (GUARDIAN["consents"], {"photo": date(2026, 1, 2)}, {"photo": "2026-01-02"}),
        (TUTOR["languages"], ("en", "", "de", "en"), ["de", "en"]),
        (TUTOR["place_kinds"], (PlaceKind.ONLINE, "home"), ["home", "online"]),
        (TUTOR["speed_kmh"], None, None),
        (PAYER["address"], "1 High St\r\nLondon", "1 High St\nLondon"),
    ],
)
def test_is_kept_so(check: Any, value: Any, kept: Any) -> None:  # noqa: ANN401  of any field
    assert check(value) == kept


@pytest.mark.parametrize(
    ("check", "value", "error"),
    [
        (GUARDIAN["phones"], ("",), EmptyError),
        (GUARDIAN["channel"], "x" * 17, TooLongError),
        (TUTOR["speed_kmh"], 0, NumberError),
        (TUTOR["colour"], 0x1000000, NumberError),
    ],
)
def test_is_refused(check: Any, value: Any, error: type[InputError]) -> None:  # noqa: ANN401  of any field
    with pytest.raises(error):
        check(value)
