"""The doors of the services: what no office can keep does not come in.

Every public method of every service is entered through here. What it is handed is
looked through, down to the fields of its requests, before the method begins.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, wraps
from typing import Any, TypeVar, cast, get_args, get_type_hints

from app.models.values.keepable import (
    WALL,
    check_day,
    check_moment,
    check_number,
    check_word,
)

Service = TypeVar("Service")


@cache
def behind_door(service: type[Service]) -> type[Service]:
    """Give a service's class the same with a door before each public method."""
    doors = {
        name: _door(method)
        for name, method in inspect.getmembers(service, inspect.isfunction)
        if not name.startswith("_")
    }
    told = {"__doc__": service.__doc__, "__module__": service.__module__}
    guarded = type(service.__name__, (service,), {**told, **doors})
    return cast("type[Service]", guarded)


def _door(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def enter(*handed: object, **named: object) -> Any:  # noqa: ANN401  the method's
        for value in (*handed[1:], *named.values()):
            require_keepable(value)
            if type(value) is str:  # texts of requests are checked by what they are
                check_word(value)
        return method(*handed, **named)

    return enter


def require_keepable(value: Any, *, on_wall: bool = False) -> None:  # noqa: ANN401
    """Refuse a value, or a part of it, that no office can keep.

    The type is looked at, never the value's own attributes, until it is known: what
    a tutor may not ask is refused by the method itself.

    Args:
        value: what a method was handed; requests and collections are looked through.
        on_wall: whether its times are on the office's wall clock.

    Raises:
        CalendarError: A date outside of the years of an office.
        ZonelessError: An instant without a time zone.
        ZonedError: A time on the wall clock with one.
        NoNumberError: A number without end, or far too large.
    """
    kind = type(value)
    if issubclass(kind, datetime):
        check_moment(value, on_wall=on_wall)
    elif issubclass(kind, date):
        check_day(value)
    elif issubclass(kind, int | float | Decimal):
        check_number(value)
    elif is_dataclass(kind):
        for name, is_wall in _fields(kind):
            require_keepable(getattr(value, name), on_wall=is_wall)
    elif issubclass(kind, Mapping):
        for key, one in value.items():
            require_keepable(key)
            require_keepable(one, on_wall=on_wall)
    elif issubclass(kind, tuple | list | set | frozenset):
        for one in value:
            require_keepable(one, on_wall=on_wall)


@cache
def _fields(kind: type) -> tuple[tuple[str, bool], ...]:
    """List a request's fields, and which are times on the wall clock."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple((field.name, _is_wall(hints[field.name])) for field in fields(kind))


def _is_wall(hint: object) -> bool:
    marks = getattr(hint, "__metadata__", ())
    return WALL in marks or any(_is_wall(part) for part in get_args(hint))
