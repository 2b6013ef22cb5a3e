"""What no office can keep does not come in through any service's door."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import pytest

from app.models.values.entries import ControlCharacterError
from app.models.values.keepable import (
    CalendarError,
    NoNumberError,
    WallTime,
    ZonedError,
    ZonelessError,
)
from app.services.desk import Desk
from app.services.doors import behind_door, require_keepable
from tests.fakes import FakeClock

WALL = datetime(2026, 3, 10, 12)  # noqa: DTZ001
INSTANT = FakeClock().now()


@dataclass(frozen=True, slots=True)
class Wish:
    """A request as services take them."""

    start: WallTime | None = None
    at: datetime | None = None
    by_date: Mapping[date, WallTime] = field(default_factory=dict)
    rates: tuple[Decimal, ...] = ()
    inner: Wish | None = None


class Wishes:
    """A service that does what it is asked."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def grant(self, wish: object, *, again: object = None) -> object:
        """Grant a wish."""
        return (wish, again)


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (date.min, CalendarError),
        (WALL, ZonelessError),
        ("a\0", ControlCharacterError),
        (Wish(start=INSTANT), ZonedError),
        (Wish(at=WALL), ZonelessError),
        (Wish(by_date={date.max: WALL}), CalendarError),
        (Wish(by_date={WALL.date(): INSTANT}), ZonedError),
        (Wish(rates=(Decimal(1), Decimal("NaN"))), NoNumberError),
        (Wish(inner=Wish(inner=Wish(rates=(Decimal("inf"),)))), NoNumberError),
        ([{date.min}], CalendarError),
    ],
)
def test_what_cannot_be_kept_is_found_wherever_it_is(
    desk: Desk, wish: object, error: type[Exception]
) -> None:
    service = behind_door(Wishes)(desk)
    assert isinstance(service, Wishes)
    with pytest.raises(error):
        service.grant(wish)
    with pytest.raises(error):
        service.grant(0, again=wish)


def test_what_can_be_kept_is_handed_on_as_it_is(desk: Desk) -> None:
    wish = Wish(WALL, INSTANT, {WALL.date(): WALL}, (Decimal(1),), Wish())
    assert behind_door(Wishes)(desk).grant(wish, again="a") == (wish, "a")
    require_keepable(wish)


def test_a_door_looks_like_the_method_behind_it(desk: Desk) -> None:
    service = behind_door(Wishes)(desk)
    assert inspect.signature(service.grant) == inspect.signature(Wishes(desk).grant)
    assert type(service).__name__ == "Wishes"
    assert behind_door(Wishes) is behind_door(Wishes)
